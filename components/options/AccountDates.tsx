import { t } from '../../lib/i18n.ts';
import { exactTime, relativeTime } from '../../lib/panel/format.ts';
import type { AccountView } from '../../lib/panel-state.ts';
import { useNow } from '../shared/use-now.ts';
import classes from './Options.module.css';

export function AccountDates({ account: { connectedAt, expiresAt, kind } }: { account: AccountView }) {
  const now = useNow();
  return (
    <p className={classes.soft}>
      <span title={exactTime(connectedAt)}>
        {t('options.since', { when: relativeTime(connectedAt, now) })}
      </span>
      {kind === 'real' && ' · '}
      {kind === 'real' &&
        (expiresAt === null ? (
          t('options.noExpiry')
        ) : (
          <span title={exactTime(expiresAt)} className={expiresAt < now ? classes.bad : undefined}>
            {t(expiresAt < now ? 'options.expired' : 'options.expires', {
              when: relativeTime(expiresAt, now),
            })}
          </span>
        ))}
    </p>
  );
}
