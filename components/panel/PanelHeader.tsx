import { ActionIcon } from '@mantine/core';
import { IconExternalLink, IconRefresh, IconSettings } from '@tabler/icons-react';
import { t } from '../../lib/i18n.ts';
import { accountPair, subjectOf } from '../../lib/panel/selectors.ts';
import type { AccountView, PanelState } from '../../lib/panel-state.ts';
import { useBrowserActions } from '../shared/browser-context.ts';
import { Chip } from '../shared/Chip.tsx';
import classes from './PanelHeader.module.css';
import { usePanel } from './panel-context.ts';

export function PanelHeader() {
  const mirror = usePanel((store) => store.mirror);
  const isReading = usePanel((store) => store.busy === 'refresh' || store.busy === 'load');
  // A press that would be dropped is not offered.
  const isTaken = usePanel(
    (store) => store.busy !== null && store.busy !== 'refresh' && store.busy !== 'load',
  );
  const refresh = usePanel((store) => store.refresh);
  const isBound = usePanel((store) => store.boundTab !== null);
  const { openOptions, openPanelTab } = useBrowserActions();
  const tabId = mirror?.tabId ?? null;
  const accounts = shownAccounts(mirror);
  const isRefreshing = isReading || subjectOf(mirror)?.refreshing === true;
  return (
    <header className={classes.header}>
      <img className={classes.logo} src="/icon/logo.svg" alt="" />
      <p className={classes.names}>
        <AccountNames accounts={accounts} />
      </p>
      {accounts.some(({ kind }) => kind === 'sample') && <Chip tone="accent">{t('account.sample')}</Chip>}
      <span className={classes.actions}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('header.refresh')}
          title={t('header.refresh')}
          disabled={!mirror || mirror.page.kind === 'gone' || isTaken}
          data-spinning={isRefreshing}
          className={classes.refresh}
          onClick={() => void refresh()}
        >
          <IconRefresh size={17} />
        </ActionIcon>
        {!isBound && tabId !== null && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label={t('detached.open')}
            title={t('detached.open')}
            onClick={() => void openPanelTab(tabId)}
          >
            <IconExternalLink size={17} />
          </ActionIcon>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('header.settings')}
          title={t('header.settings')}
          onClick={() => void openOptions()}
        >
          <IconSettings size={17} />
        </ActionIcon>
      </span>
    </header>
  );
}

function AccountNames({ accounts }: { accounts: AccountView[] }) {
  const [left, right] = accounts;
  if (!left) return <strong>{t('extName')}</strong>;
  if (!right) return <strong dir="auto">{left.name}</strong>;
  const [before, middle, after] = t('account.pair').split(/\{left\}|\{right\}/u);
  return (
    <>
      {before}
      <strong dir="auto">{left.name}</strong>
      <span className={classes.with}>{middle}</span>
      <strong dir="auto">{right.name}</strong>
      {after}
    </>
  );
}

function shownAccounts(mirror: PanelState | null): AccountView[] {
  if (!mirror) return [];
  const { atera, ghl } = accountPair(mirror);
  return [atera, ghl].filter((account) => account !== null);
}
