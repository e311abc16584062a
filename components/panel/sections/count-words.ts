import { t, tCount } from '../../../lib/i18n.ts';
import type { Counts } from '../../../lib/panel/counts.ts';
import { formatNumber } from '../../../lib/panel/format.ts';
import type { Section, SectionName } from '../../../lib/panel-state.ts';

/** The parts of a section in words: "3 open, 1 overdue, 2 done"; "2 in the newest 50 of 1,312, 1 open, 1 closed". */
export const countWords = (name: SectionName, counts: Counts, section: Section): string =>
  counts
    .map(([part, count]) => {
      if (part !== 'there') return tCount(`count.${part}`, count);
      return windowWords(section) ?? tCount(`section.${name}Count`, count);
    })
    .join(', ');

/** How far was looked, where that was not everywhere: never a plain total then. */
export function windowWords(section: Section): string | null {
  if (section.status !== 'ready' || !section.window) return null;
  const { items, window } = section;
  if (window.seen >= window.total) return null;
  return t('section.window', {
    found: formatNumber(items.length),
    seen: formatNumber(window.seen),
    total: formatNumber(window.total),
  });
}
