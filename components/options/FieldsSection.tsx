import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { MappedResource } from '../../lib/core/mapping-settings.ts';
import { t } from '../../lib/i18n.ts';
import type { MappingStore } from '../../lib/panel/mapping-store.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { vendorWord } from '../shared/error-words.ts';
import { FieldRow } from './FieldRow.tsx';
import fields from './Fields.module.css';
import classes from './Options.module.css';

const WORDS = {
  contacts: {
    id: 'fields',
    title: 'options.fields',
    intro: 'mapping.intro',
    nobody: 'mapping.nobody',
    table: 'mapping.table',
    loading: 'mapping.loading',
    notConnected: 'mapping.notConnected',
  },
  companies: {
    id: 'companyFields',
    title: 'options.companyFields',
    intro: 'mapping.introCompany',
    nobody: 'mapping.nobodyCompany',
    table: 'mapping.tableCompany',
    loading: 'mapping.loadingCompany',
    notConnected: 'mapping.notConnectedCompany',
  },
} as const;

/** Which fields of people, or of companies, are compared and pushed between the two connected accounts. Every change is stored at once. */
export function FieldsSection({ store, of }: { store: StoreApi<MappingStore>; of: MappedResource }) {
  const words = WORDS[of];
  const { view, isBusy, failure, done, load, change, reset } = useStore(store);
  useEffect(() => store.getState().connect(), [store]);
  useEffect(() => {
    // Back from a page: somebody else may be in view now.
    const reread = (): void => void store.getState().load();
    window.addEventListener('focus', reread);
    return () => window.removeEventListener('focus', reread);
  }, [store]);
  return (
    <section id={words.id} className={classes.section} aria-labelledby={`${words.id}-title`}>
      <h2 id={`${words.id}-title`}>{t(words.title)}</h2>
      <p role="status" className={classes.done}>
        {done ? t(done === 'saved' ? 'mapping.saved' : 'mapping.savedReset') : ''}
      </p>
      {failure && <ErrorNotice isSettings error={failure} onRetry={() => void load()} />}
      {view === undefined && !failure && <p className={classes.soft}>{t(words.loading)}</p>}
      {view === null && <p className={classes.soft}>{t(words.notConnected)}</p>}
      {view && (
        <div className={classes.card}>
          <p className={classes.soft}>{t(words.intro)}</p>
          <p className={classes.soft} dir="auto">
            {view.personName === null ? t(words.nobody) : t('mapping.valuesOf', { name: view.personName })}
          </p>
          <table className={fields.table} aria-label={t(words.table)}>
            <thead>
              <tr>
                <th scope="col">{t('mapping.field')}</th>
                <th scope="col">{t('mapping.on')}</th>
                <th scope="col">{vendorWord('atera')}</th>
                <th scope="col">{t('mapping.direction')}</th>
                <th scope="col">{vendorWord('ghl')}</th>
                <th scope="col">{t('mapping.rule')}</th>
              </tr>
            </thead>
            <tbody>
              {view.rows.map((row) => (
                <FieldRow
                  key={row.field}
                  row={row}
                  of={of}
                  onChange={(changed) => void change({ field: row.field, ...changed })}
                />
              ))}
            </tbody>
          </table>
          <Button
            size="compact-sm"
            variant="default"
            className={classes.submit}
            disabled={isBusy}
            onClick={() => void reset()}
          >
            {t('mapping.reset')}
          </Button>
        </div>
      )}
    </section>
  );
}
