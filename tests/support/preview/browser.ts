declare const MESSAGES: Record<string, { message: string }>;

const getMessage = (key: string, substitutions: string[] = []): string =>
  (MESSAGES[key]?.message ?? '').replace(
    /\$(\d)/gu,
    (_, index: string) => substitutions[Number(index) - 1] ?? '',
  );

Object.assign(globalThis, { chrome: { i18n: { getMessage }, runtime: { id: 'preview' } } });
