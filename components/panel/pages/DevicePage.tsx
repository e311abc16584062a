import { IconDeviceDesktopSearch } from '@tabler/icons-react';
import { t } from '../../../lib/i18n.ts';
import type { CompanyView } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import classes from '../Panel.module.css';
import { usePanel } from '../panel-context.ts';
import { RecentPeople } from './RecentPeople.tsx';
import { SearchBox } from './SearchBox.tsx';

/** A device that did not lead to its company: why, and a search instead. */
export function DevicePage({ view: { device, version } }: { view: CompanyView }) {
  const refresh = usePanel((store) => store.refresh);
  return (
    <section className={classes.page}>
      <span className={classes.pageIcon} aria-hidden="true">
        <IconDeviceDesktopSearch size={22} />
      </span>
      <h1>{t('device.title')}</h1>
      {device?.status === 'failed' && <ErrorNotice error={device.error} onRetry={() => void refresh()} />}
      {device?.status === 'unlisted' && (
        <p className={classes.soft}>
          {t('device.unlisted', { seen: String(device.seen), total: String(device.total) })}
        </p>
      )}
      <SearchBox version={version} />
      <RecentPeople version={version} />
    </section>
  );
}
