import { t, tCount } from '../../lib/i18n.ts';
import { openWaits } from '../../lib/panel/waits.ts';
import type { AccountWait } from '../../lib/panel-state.ts';
import { useNow } from '../shared/use-now.ts';
import { usePanel } from './panel-context.ts';
import classes from './WaitNotice.module.css';

/** Says which system is waited for, and why. The place stays, so that what comes into it is read out. */
export function WaitNotice() {
  const waits = usePanel((store) => store.waits);
  return (
    <div role="status" aria-label={t('wait.region')}>
      {waits.length > 0 && <Waits waits={waits} />}
    </div>
  );
}

function Waits({ waits }: { waits: AccountWait[] }) {
  const now = useNow(500);
  return openWaits(waits, now).map((wait) => (
    <p key={`${wait.vendor}:${wait.accountId}`} className={classes.line}>
      {words(wait, now)}
    </p>
  ));
}

function words({ vendor: name, reason, waitingUntil, queued }: AccountWait, now: number) {
  const vendor = t(`vendor.${name}`);
  if (reason !== 'asked' || waitingUntil === null)
    return queued === 0 ? t('wait.next', { vendor }) : tCount('wait.queue', queued, { vendor });
  const seconds = Math.max(1, Math.ceil((waitingUntil - now) / 1000));
  // Only the first half is read out: seconds that count down would never be silent.
  return (
    <>
      {t('wait.asked', { vendor })} <span aria-live="off">{t('wait.goingOn', { seconds })}</span>
    </>
  );
}
