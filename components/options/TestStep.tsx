import { IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react';
import type { ConnectionStep, StepOutcome } from '../../lib/connection-report.ts';
import type { VendorName } from '../../lib/core/contact.ts';
import { t } from '../../lib/i18n.ts';
import { errorWords, vendorWord } from '../shared/error-words.ts';
import classes from './Options.module.css';
import test from './TestSection.module.css';

const ICONS = {
  ok: IconCheck,
  failed: IconAlertTriangle,
  'not-run': IconMinus,
  'not-needed': IconMinus,
} as const satisfies Record<StepOutcome, unknown>;
const WORDS = {
  ok: 'probe.ok',
  failed: 'probe.failed',
  'not-run': 'probe.notRun',
  'not-needed': 'probe.notNeeded',
} as const satisfies Record<StepOutcome, string>;

/** What was tried, how it went in words beside the sign, and for a failure why, what is missing without it, and what to do. */
export function TestStep({ step, vendor }: { step: ConnectionStep; vendor: VendorName }) {
  const { id, outcome, ms, scope, error } = step;
  const Icon = ICONS[outcome];
  const words = error && errorWords(error);
  const why = whyNot(step);
  return (
    <li className={test.step} data-outcome={outcome}>
      <Icon size={16} className={test.icon} aria-hidden="true" />
      <div>
        <p>
          <strong>{t(`probe.step.${id}`, { vendor: vendorWord(vendor) })}</strong>
          {' · '}
          <span className={test.outcome}>{t(WORDS[outcome])}</span>
          {ms !== null && <span className={classes.soft}> · {t('probe.ms', { ms: Math.round(ms) })}</span>}
        </p>
        {scope && <p className={classes.soft}>{t('probe.right', { scope })}</p>}
        {why && <p className={classes.soft}>{why}</p>}
        {words && (
          <>
            <p>{words.what}</p>
            <p>{words.cause}</p>
            {id !== 'reachable' && id !== 'authenticated' && error?.code !== 'rate_limited' && (
              <p>{t(`probe.without.${id}`)}</p>
            )}
            <p>{words.next}</p>
          </>
        )}
      </div>
    </li>
  );
}

function whyNot({ id, outcome }: ConnectionStep): string | null {
  if (outcome === 'not-needed') return t('probe.nobody');
  if (outcome !== 'not-run') return null;
  return id === 'write' ? `${t('probe.neverWrites')} ${t('probe.without.write')}` : t('probe.afterFailure');
}
