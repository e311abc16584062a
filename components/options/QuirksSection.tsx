import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { quirkKey } from '../../lib/core/quirk.ts';
import { t, tCount } from '../../lib/i18n.ts';
import { shortDay } from '../../lib/panel/format.ts';
import type { QuirksStore } from '../../lib/panel/quirks-store.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { vendorWord } from '../shared/error-words.ts';
import { quirkName } from '../shared/quirk-words.ts';
import { VendorMark } from '../shared/VendorMark.tsx';
import classes from './Options.module.css';

/** What vendors accepted and did not keep, and the way not to be told of it any more. */
export function QuirksSection({ store }: { store: StoreApi<QuirksStore> }) {
  const { quirks, failure, forgotten, isBusy, load, forget } = useStore(store);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => store.getState().connect(), [store]);
  // The button goes with its line: the keyboard stays in this section.
  useEffect(() => {
    if (forgotten) heading.current?.focus();
  }, [forgotten]);
  return (
    <section id="quirks" className={classes.section} aria-labelledby="quirks-title">
      <h2 id="quirks-title" ref={heading} tabIndex={-1}>
        {t('options.quirks')}
      </h2>
      <p className={classes.soft}>{t('quirk.intro')}</p>
      {failure && <ErrorNotice isSettings error={failure} onRetry={() => void load()} />}
      {quirks === undefined && !failure && <p className={classes.soft}>{t('quirk.loading')}</p>}
      {quirks === null && <p className={classes.soft}>{t('quirk.notConnected')}</p>}
      {quirks?.length === 0 && <p className={classes.soft}>{t('quirk.none')}</p>}
      {quirks && quirks.length > 0 && (
        <ul className={classes.card}>
          {quirks.map((quirk) => (
            <li key={quirkKey(quirk)} className={classes.quirk}>
              <p>
                <VendorMark vendor={quirk.vendor} /> · <strong>{quirkName(quirk)}</strong>
                <br />
                <span className={classes.soft}>
                  {tCount('quirk.seen', quirk.count, { date: shortDay(quirk.lastAt) })}
                </span>
              </p>
              <Button
                size="compact-sm"
                variant="default"
                disabled={isBusy}
                aria-label={t('quirk.forgetName', {
                  field: quirkName(quirk),
                  vendor: vendorWord(quirk.vendor),
                })}
                onClick={() => void forget(quirk)}
              >
                {t('quirk.forget')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p role="status" className={classes.soft}>
        {forgotten
          ? t('quirk.forgotten', { field: quirkName(forgotten), vendor: vendorWord(forgotten.vendor) })
          : ''}
      </p>
    </section>
  );
}
