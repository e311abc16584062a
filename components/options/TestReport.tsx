import type { AccountReport } from '../../lib/connection-report.ts';
import { t } from '../../lib/i18n.ts';
import { vendorWord } from '../shared/error-words.ts';
import { VendorMark } from '../shared/VendorMark.tsx';
import classes from './Options.module.css';
import test from './TestSection.module.css';
import { TestStep } from './TestStep.tsx';

/** One column: the steps of one account, what it says of itself, and a few of its people. */
export function TestReport({ report: { vendor, steps, info, people } }: { report: AccountReport }) {
  const id = `test-${vendor}`;
  return (
    <section className={classes.card} aria-labelledby={id}>
      <h3 id={id}>
        <VendorMark vendor={vendor} />
      </h3>
      <ol className={test.steps} aria-label={t('probe.steps', { vendor: vendorWord(vendor) })}>
        {steps.map((step) => (
          <TestStep key={step.id} step={step} vendor={vendor} />
        ))}
      </ol>
      {info && (
        <>
          <h4 className={test.title}>{t('probe.infoTitle')}</h4>
          <dl className={test.info}>
            {(['name', 'country', 'timeZone'] as const).map((key) => (
              <div key={key}>
                <dt>{t(`probe.${key}`)}</dt>
                <dd dir="auto">{info[key] || t('probe.unknown')}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <h4 className={test.title}>{t('probe.peopleTitle')}</h4>
      {people === null && <p className={classes.soft}>{t('probe.noPeople')}</p>}
      {people?.length === 0 && <p className={classes.soft}>{t('probe.nobodyThere')}</p>}
      {people !== null && people.length > 0 && (
        <ul className={test.people}>
          {people.map((person) => (
            <li key={person.id}>
              <strong dir="auto">{person.name}</strong>
              <span className={classes.soft} dir="auto">
                {person.email ?? t('probe.noEmail')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
