import { t, tCount } from '../../lib/i18n.ts';

/** Said before an account goes: what was told to be written goes with it. `count`: null while it is not known. */
export function Unwritten({ count }: { count: number | null }) {
  if (count === 0) return null;
  return <p>{count === null ? t('options.unwrittenUnknown') : tCount('options.unwritten', count)}</p>;
}
