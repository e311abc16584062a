import { VENDOR_NAMES } from '../../lib/core/contact.ts';
import { t } from '../../lib/i18n.ts';
import { exactTime, relativeTime } from '../../lib/panel/format.ts';
import type { SubjectView } from '../../lib/panel-state.ts';
import { useNow } from '../shared/use-now.ts';
import classes from './AsOf.module.css';
import { usePanel } from './panel-context.ts';

/** How old the data on screen is; the exact times on hover or focus. Pressing it reads again. */
export function AsOf({ view }: { view: SubjectView }) {
  const now = useNow();
  const refresh = usePanel((store) => store.refresh);
  const read = VENDOR_NAMES.flatMap((vendor) => {
    const at = view.asOf[vendor];
    return at === null ? [] : [{ vendor: t(`vendor.${vendor}`), at }];
  });
  if (view.refreshing) return <p className={classes.line}>{t('stamp.refreshing')}</p>;
  if (read.length === 0) return null;
  const each = read.map(({ vendor, at }) => ({ vendor, when: relativeTime(Math.min(at, now), now) }));
  const isOneTime = new Set(each.map(({ when }) => when)).size === 1;
  const when = isOneTime ? (each[0]?.when ?? '') : each.map((words) => t('stamp.each', words)).join(' · ');
  const exact = read.map(({ vendor, at }) => t('stamp.exact', { vendor, when: exactTime(at) })).join('\n');
  return (
    <span className={classes.holder}>
      <button
        type="button"
        className={classes.line}
        aria-describedby="as-of-exact"
        onClick={() => void refresh()}
      >
        {t('stamp.asOf', { when })}
      </button>
      <span role="tooltip" id="as-of-exact" className={classes.exact}>
        {exact}
      </span>
    </span>
  );
}
