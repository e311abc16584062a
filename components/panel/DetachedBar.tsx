import { IconArrowUpRight } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { t } from '../../lib/i18n.ts';
import type { TabInfo } from '../../lib/panel/api.ts';
import { subjectOf } from '../../lib/panel/selectors.ts';
import type { PanelState } from '../../lib/panel-state.ts';
import { useBrowserActions } from '../shared/browser-context.ts';
import classes from './DetachedBar.module.css';
import { usePanel } from './panel-context.ts';

/** In a panel that is a tab of its own: which tab it speaks for, and the way there. */
export function DetachedBar() {
  const tabId = usePanel((store) => store.boundTab);
  const mirror = usePanel((store) => store.mirror);
  if (tabId === null || mirror?.page.kind === 'gone') return null;
  return <BoundTo key={tabId} tabId={tabId} mirror={mirror} />;
}

function BoundTo({ tabId, mirror }: { tabId: number; mirror: PanelState | null }) {
  const { watchTab, goToTab } = useBrowserActions();
  const [tab, setTab] = useState<TabInfo | null>(null);
  const [isLost, setLost] = useState(false);
  useEffect(() => watchTab(tabId, setTab), [tabId, watchTab]);
  const go = (): void => {
    goToTab(tabId).then(
      () => setLost(false),
      () => setLost(true),
    );
  };
  const name = tab?.title || shownName(mirror);
  return (
    <section className={classes.bar} aria-label={t('detached.region')}>
      <p className={classes.text}>
        <span className={classes.soft}>{t('detached.boundTo')}</span>{' '}
        <bdi className={classes.title}>{name ?? t('detached.unnamed')}</bdi>
        {tab?.host && <span className={classes.soft}> · {tab.host}</span>}
      </p>
      <button type="button" className={classes.go} onClick={go}>
        {t('detached.go')}
        <IconArrowUpRight size={14} aria-hidden="true" />
      </button>
      <p role="status" className={classes.status}>
        {isLost ? t('detached.lost') : ''}
      </p>
    </section>
  );
}

/** What the panel itself knows of the tab, where the browser does not tell its title. */
function shownName(mirror: PanelState | null): string | null {
  const view = subjectOf(mirror);
  if (view?.person.status === 'ready') return view.person.value.name;
  if (view?.headline) return view.headline.title || view.headline.number || null;
  const page = mirror?.page;
  return page?.kind === 'company' && page.view.company.status === 'ready'
    ? page.view.company.value.name
    : null;
}
