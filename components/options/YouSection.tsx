import { Button } from '@mantine/core';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { FieldValue, VendorName } from '../../lib/core/contact.ts';
import { t } from '../../lib/i18n.ts';
import type { WorkStore } from '../../lib/panel/work-store.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { vendorWord } from '../shared/error-words.ts';
import { VendorMark } from '../shared/VendorMark.tsx';
import { WhoAreYou } from '../shared/WhoAreYou.tsx';
import classes from './Options.module.css';

/** Who the agent is in Atera: comments are written in that name, or not at all. */
export function YouSection({ store }: { store: StoreApi<WorkStore> }) {
  const state = useStore(store);
  const { you, tagField, failure, done } = state;
  const isConnected = tagField !== null && tagField !== undefined;
  return (
    <section id="you" className={classes.section} aria-labelledby="you-title">
      <h2 id="you-title">{t('options.you')}</h2>
      <p className={classes.soft}>{t('who.intro')}</p>
      <p role="status" className={classes.done}>
        {done === 'you' ? t('who.saved') : done === 'nobody' ? t('who.forgotten') : ''}
      </p>
      {failure && failure.of !== 'tagField' && failure.of !== 'taskRules' && (
        <ErrorNotice isSettings error={failure.error} onRetry={() => void state.load()} />
      )}
      {tagField === undefined && !failure && <p className={classes.soft}>{t('who.loadingYou')}</p>}
      {tagField === null && <p className={classes.soft}>{t('who.notConnected')}</p>}
      {isConnected && (
        <div className={classes.card}>
          <VendorMark vendor="atera" />
          {you?.atera ? (
            <Known vendor="atera" somebody={you.atera} state={state} />
          ) : (
            <WhoAreYou
              isSettings
              vendor="atera"
              email={you?.ghl?.email}
              list={state.listTechnicians}
              choose={(id) => state.setIdentity(Number(id))}
            />
          )}
        </div>
      )}
      {isConnected && (
        <div className={classes.card}>
          <VendorMark vendor="ghl" />
          <p className={classes.soft}>{t('who.ghlIntro')}</p>
          {you?.ghl ? (
            <Known vendor="ghl" somebody={you.ghl} state={state} />
          ) : (
            <WhoAreYou
              isSettings
              vendor="ghl"
              email={you?.atera?.email}
              list={state.listGhlUsers}
              choose={state.setGhlUser}
            />
          )}
        </div>
      )}
    </section>
  );
}

function Known({
  vendor,
  somebody: { name, email },
  state,
}: {
  vendor: VendorName;
  somebody: { name: string; email: FieldValue };
  state: WorkStore;
}) {
  const words = { vendor: vendorWord(vendor) };
  return (
    <>
      <p dir="auto">{t('who.you', { ...words, name: email ? `${name} (${email})` : name })}</p>
      <Button
        size="compact-sm"
        variant="default"
        className={classes.submit}
        disabled={state.isBusy}
        onClick={() => void state.forgetIdentity(vendor)}
      >
        {t('who.forget', words)}
      </Button>
    </>
  );
}
