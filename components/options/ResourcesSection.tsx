import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { t } from '../../lib/i18n.ts';
import type { ResourcesStore } from '../../lib/panel/resources-store.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { vendorWord } from '../shared/error-words.ts';
import fields from './Fields.module.css';
import classes from './Options.module.css';
import { ResourceRowView } from './ResourceRowView.tsx';

interface Props {
  store: StoreApi<ResourcesStore>;
  /** Other settings of the page depend on these. */
  onSaved: () => void;
}

/** What the panel shows of a person, and where it may be written. Every change is stored at once. */
export function ResourcesSection({ store, onSaved }: Props) {
  const { rows, isBusy, failure, done, load, change, reset } = useStore(store);
  useEffect(() => store.getState().connect(), [store]);
  return (
    <section id="resources" className={classes.section} aria-labelledby="resources-title">
      <h2 id="resources-title">{t('options.resources')}</h2>
      <p role="status" className={classes.done}>
        {done ? t(done === 'saved' ? 'resource.saved' : 'resource.savedReset') : ''}
      </p>
      {failure && <ErrorNotice isSettings error={failure} onRetry={() => void load()} />}
      {rows === undefined && !failure && <p className={classes.soft}>{t('resource.loading')}</p>}
      {rows === null && <p className={classes.soft}>{t('resource.notConnected')}</p>}
      {rows && (
        <div className={classes.card}>
          <p className={classes.soft}>{t('resource.intro')}</p>
          <table className={fields.table} aria-label={t('resource.table')}>
            <thead>
              <tr>
                <th scope="col">{t('resource.kind')}</th>
                <th scope="col">{t('resource.show')}</th>
                <th scope="col">{vendorWord('atera')}</th>
                <th scope="col">{t('resource.written')}</th>
                <th scope="col">{vendorWord('ghl')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((setting) => (
                <ResourceRowView
                  key={setting.resource}
                  setting={setting}
                  onChange={(changed) =>
                    void change({ resource: setting.resource, ...changed }).then(onSaved)
                  }
                />
              ))}
            </tbody>
          </table>
          <Button
            size="compact-sm"
            variant="default"
            className={classes.submit}
            disabled={isBusy}
            onClick={() => void reset().then(onSaved)}
          >
            {t('resource.reset')}
          </Button>
        </div>
      )}
    </section>
  );
}
