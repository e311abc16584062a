import { Button } from '@mantine/core';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { t } from '../../lib/i18n.ts';
import type { WorkStore } from '../../lib/panel/work-store.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { WhoAreYou } from '../shared/WhoAreYou.tsx';
import classes from './Options.module.css';

/** Who the agent is in Atera: comments are written in that name, or not at all. */
export function YouSection({ store }: { store: StoreApi<WorkStore> }) {
  const state = useStore(store);
  const { you, tagField, failure, done, isBusy } = state;
  const isConnected = tagField !== null && tagField !== undefined;
  return (
    <section id="you" className={classes.section} aria-labelledby="you-title">
      <h2 id="you-title">{t('options.you')}</h2>
      <p className={classes.soft}>{t('who.intro')}</p>
      <p role="status" className={classes.done}>
        {done === 'you' ? t('who.saved') : done === 'nobody' ? t('who.forgotten') : ''}
      </p>
      {failure && failure.of !== 'tagField' && (
        <ErrorNotice isSettings error={failure.error} onRetry={() => void state.load()} />
      )}
      {tagField === undefined && !failure && <p className={classes.soft}>{t('who.loadingYou')}</p>}
      {tagField === null && <p className={classes.soft}>{t('who.notConnected')}</p>}
      {isConnected && (
        <div className={classes.card}>
          {you && (
            <>
              <p dir="auto">{t('who.you', { name: you.email ? `${you.name} (${you.email})` : you.name })}</p>
              <Button
                size="compact-sm"
                variant="default"
                className={classes.submit}
                disabled={isBusy}
                onClick={() => void state.forgetIdentity()}
              >
                {t('who.forget')}
              </Button>
            </>
          )}
          {!you && <WhoAreYou isSettings list={state.listTechnicians} choose={state.setIdentity} />}
        </div>
      )}
    </section>
  );
}
