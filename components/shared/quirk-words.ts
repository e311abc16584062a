import type { Quirk, QuirkName } from '../../lib/core/quirk.ts';
import { t, tCount } from '../../lib/i18n.ts';
import { shortDay } from '../../lib/panel/format.ts';
import { vendorWord } from './error-words.ts';

/** What to expect of the next write, as one sentence after what is known. */
export function quirkWords({ vendor, field, lastAt, count }: Quirk): string {
  const words = { vendor: vendorWord(vendor), date: shortDay(lastAt) };
  return field === 'tag' ? tCount('quirk.tags', count, words) : tCount('quirk.note', count, words);
}

export const quirkName = ({ resource, field }: QuirkName): string =>
  field === 'tag'
    ? t('quirk.tag')
    : t(`quirk.${resource === 'companies' ? 'ofCompany' : 'ofContact'}`, {
        field: t(`field.${field}`),
      });
