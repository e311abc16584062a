import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { EXPORT_COLUMNS, exportRows, filterActivity, NO_FILTER } from '../../lib/core/activity.ts';
import { toCsv, toJsonLines } from '../../lib/core/export-text.ts';
import { t, tCount } from '../../lib/i18n.ts';
import { undoneIn } from '../../lib/panel/activity.ts';
import type { ActivityStore } from '../../lib/panel/activity-store.ts';
import type { ActivityView } from '../../lib/panel-state.ts';
import shared from '../shared/activity/Activity.module.css';
import { EntryItem } from '../shared/activity/EntryItem.tsx';
import { useBrowserActions } from '../shared/browser-context.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { ActivityFilters } from './ActivityFilters.tsx';
import classes from './Options.module.css';

/** Everything that was told to be written, with filter, way back and export. */
export function ActivitySection({ store }: { store: StoreApi<ActivityStore> }) {
  const { entries, failure, load } = useStore(store);
  useEffect(() => store.getState().connect(), [store]);
  return (
    <section id="activity" className={classes.section} aria-labelledby="activity-title">
      <h2 id="activity-title">{t('options.activity')}</h2>
      <p className={classes.soft}>{t('activity.intro')}</p>
      {failure && <ErrorNotice isSettings error={failure} onRetry={() => void load()} />}
      {entries === undefined && !failure && <p className={classes.soft}>{t('activity.loading')}</p>}
      {entries === null && <p className={classes.soft}>{t('activity.notConnected')}</p>}
      {entries?.length === 0 && <p className={classes.soft}>{t('activity.empty')}</p>}
      {entries && entries.length > 0 && <Entries entries={entries} store={store} />}
    </section>
  );
}

function Entries({ entries, store }: { entries: ActivityView[]; store: StoreApi<ActivityStore> }) {
  const undoing = useStore(store, (state) => state.undoing);
  const undo = useStore(store, (state) => state.undo);
  const [filter, setFilter] = useState(NO_FILTER);
  const shown = filterActivity(entries, filter);
  return (
    <div className={classes.card}>
      <ActivityFilters filter={filter} onChange={setFilter} />
      <p role="status" className={classes.soft}>
        {tCount('activity.shown', shown.length)}
      </p>
      {shown.length === 0 && <p>{t('activity.noMatch')}</p>}
      <ul className={shared.list} aria-label={t('activity.list')}>
        {shown.map((entry) => (
          <EntryItem
            key={entry.id}
            hasName
            entry={entry}
            by={undoneIn(entries, entry.id)}
            undoing={undoing}
            onUndo={(id, instead) => void undo(id, instead)}
          />
        ))}
      </ul>
      <Export entries={shown} />
    </div>
  );
}

function Export({ entries }: { entries: ActivityView[] }) {
  const { saveText } = useBrowserActions();
  const isEmpty = entries.length === 0;
  return (
    <>
      <div className={classes.row}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isEmpty}
          onClick={() =>
            saveText(
              'counterpart-activity.csv',
              'text/csv;charset=utf-8',
              toCsv(EXPORT_COLUMNS, exportRows(entries)),
            )
          }
        >
          {t('activity.exportCsv')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isEmpty}
          onClick={() => saveText('counterpart-activity.jsonl', 'application/x-ndjson', toJsonLines(entries))}
        >
          {t('activity.exportJsonl')}
        </Button>
      </div>
      <p className={classes.soft}>{t('activity.exportNote')}</p>
    </>
  );
}
