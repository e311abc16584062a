import { Button } from '@mantine/core';
import { t } from '../../../lib/i18n.ts';
import { undoneIn } from '../../../lib/panel/activity.ts';
import shared from '../../shared/activity/Activity.module.css';
import { EntryItem } from '../../shared/activity/EntryItem.tsx';
import { useBrowserActions } from '../../shared/browser-context.ts';
import card from '../company/Company.module.css';
import { usePanel } from '../panel-context.ts';

const SHOWN = 5;

/** What was written for the person, or the company, on screen, the newest first. */
export function ActivityCard({ isCompany = false }: { isCompany?: boolean }) {
  const activity = usePanel((store) => store.activity);
  const undoing = usePanel((store) => store.undoing);
  const undo = usePanel((store) => store.undo);
  const { openOptions } = useBrowserActions();
  if (!activity) return null;
  const { entries, total } = activity;
  return (
    <section className={card.card} aria-label={t(isCompany ? 'activity.regionCompany' : 'activity.region')}>
      <h2 className={card.title}>{t('activity.title')}</h2>
      {entries.length === 0 && (
        <p className={shared.soft}>{t(isCompany ? 'activity.noneCompany' : 'activity.none')}</p>
      )}
      <ul className={shared.list}>
        {entries.slice(0, SHOWN).map((entry) => (
          <EntryItem
            key={entry.id}
            entry={entry}
            by={undoneIn(entries, entry.id)}
            undoing={undoing}
            onUndo={(id, instead) => void undo(id, instead)}
          />
        ))}
      </ul>
      {total > 0 && (
        <div>
          <Button size="compact-sm" variant="subtle" onClick={() => void openOptions('activity')}>
            {t('activity.all')}
          </Button>
        </div>
      )}
    </section>
  );
}
