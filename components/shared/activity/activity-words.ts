import type { ActivityEntry, ActivityLine, ActivityState } from '../../../lib/core/activity.ts';
import { FIELD_NAMES, type FieldName } from '../../../lib/core/contact.ts';
import { t, wordKey } from '../../../lib/i18n.ts';
import { joinWords } from '../../../lib/panel/format.ts';
import type { ActivityView } from '../../../lib/panel-state.ts';
import type { Tone } from '../Chip.tsx';
import { vendorWord } from '../error-words.ts';

const isField = (name: string): name is FieldName => (FIELD_NAMES as readonly string[]).includes(name);

export const lineName = ({ what }: Pick<ActivityLine, 'what'>): string =>
  isField(what) ? t(`field.${what}`) : t(`activity.what.${what}`);

export const kindWords = ({ kind }: Pick<ActivityEntry, 'kind'>): string =>
  t(`activity.kind.${wordKey(kind)}`);
export const stateWords = (state: ActivityState): string => t(`activity.state.${wordKey(state)}`);

/** What the agent called off has not failed. */
const isCancelled = ({ state, error }: ActivityView): boolean =>
  state === 'failed' && error?.code === 'cancelled';
export const cameWords = (entry: ActivityView): string =>
  isCancelled(entry) ? t('activity.cancelled') : stateWords(entry.state);

export const cameTone = (entry: ActivityView): Tone => {
  const { state } = entry;
  if (isCancelled(entry)) return 'plain';
  if (state === 'done') return 'good';
  if (state === 'running') return 'accent';
  return state === 'failed' ? 'bad' : 'warn';
};

/** As much of a text as tells it apart from others. */
const LONGEST = 40;
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** "Push: Phone, Last name"; what has no fields is told by its beginning: "Note: Called back". */
export function entryWords(entry: ActivityEntry): string {
  const { kind, lines } = entry;
  const names = [...new Set(lines.map(lineName))];
  const hasNames = kind === 'undo' || kind === 'create' || lines.some(({ what }) => isField(what));
  const texts = lines.flatMap(({ after, before }) => after ?? before ?? []).map(short);
  return [kindWords(entry), joinWords(hasNames ? names : texts)].filter(Boolean).join(': ');
}

/** What came of taking this entry back: with what is there instead, and what of it was not taken back. */
export function undoneWords(entry: ActivityEntry, by: ActivityEntry): string {
  const said = t(`undo.outcome.${wordKey(by.state)}`, { vendor: vendorWord(by.vendor) });
  const present = by.lines
    .filter(({ found, outcome }) => found !== null && outcome !== 'verified')
    .map((line) => `${lineName(line)}, ${t('activity.found', { value: line.found ?? t('field.empty') })}`);
  const instead = by.state === 'done' ? otherwise(entry, by) : [];
  return [said, ...present, ...instead, goneWords(by)].filter(Boolean).join(' ');
}

/** What others had, and is there no more since this was written; empty where that is nothing. */
export const goneWords = ({ vendor, gone = [] }: Pick<ActivityEntry, 'vendor' | 'gone'>): string =>
  gone.length > 0 ? t('add.gone', { vendor: vendorWord(vendor), names: joinWords(gone) }) : '';

/** Whether this took back all of what the entry wrote. */
export const isWhole = (entry: ActivityEntry, by: ActivityEntry): boolean =>
  otherwise(entry, by).length === 0;

/** Fields that were written and are not as they were before that: left as they are, or given another value. */
function otherwise({ lines }: ActivityEntry, by: ActivityEntry): string[] {
  const fields = lines.filter(({ what, outcome }) => isField(what) && outcome === 'verified');
  const written = by.lines.filter(({ what }) => isField(what));
  if (written.length === 0) return [];
  const left = fields.filter(({ what }) => !written.some((line) => line.what === what));
  const other = fields.filter(({ what, before }) =>
    written.some((line) => line.what === what && line.after !== before),
  );
  const told = (key: 'undo.left' | 'undo.other', which: ActivityLine[]): string[] =>
    which.length === 0 ? [] : [t(key, { fields: joinWords(which.map(lineName)) })];
  return [...told('undo.left', left), ...told('undo.other', other)];
}

/** What can be done by hand about something that is no field and was changed since. */
export function changedHint({ offer, lines: [line] }: ActivityEntry): string {
  const what = offer ? undefined : HINTS.find((name) => name === line?.what);
  return what === undefined ? '' : t(`undo.changed.${what}`);
}
const HINTS = ['note', 'task', 'completed', 'status', 'archived', 'company', 'pointer'] as const;

/** Why it cannot be taken back, or what of it stays; empty when nothing is to be said. */
export function undoWords({ undo, state }: ActivityEntry): string {
  // That it waits is said already, and nothing is under way.
  if (state === 'queued') return '';
  if (!undo.can) return t(`undo.not.${wordKey(undo.reason)}`);
  if (undo.stays.length === 0) return '';
  return t('undo.stays', { fields: joinWords(undo.stays.map((field) => t(`field.${field}`))) });
}
