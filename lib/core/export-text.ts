/** Turns rows into text that other programs read. */

export type ExportRow = Readonly<Record<string, string | number | null>>;

/**
 * Comma separated values as spreadsheets read them (RFC 4180). A cell that a spreadsheet would take for a formula starts with an
 * apostrophe: what customers write must not run in somebody's spreadsheet.
 */
export function toCsv(columns: readonly string[], rows: readonly ExportRow[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  const text =
    typeof value === 'string' && /^[\s]*[=+\-@]|^[\t\r\n]/u.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One JSON value per line. */
export const toJsonLines = (rows: readonly unknown[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');
