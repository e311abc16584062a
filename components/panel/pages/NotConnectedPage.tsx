import { Button } from '@mantine/core';
import { IconCheck, IconPlugConnected } from '@tabler/icons-react';
import { VENDOR_NAMES, type VendorName } from '../../../lib/core/contact.ts';
import { t } from '../../../lib/i18n.ts';
import { useBrowserActions } from '../../shared/browser-context.ts';
import { Chip } from '../../shared/Chip.tsx';
import classes from '../Panel.module.css';
import { usePanel } from '../panel-context.ts';

export function NotConnectedPage({ missing }: { missing: VendorName[] }) {
  const { openOptions } = useBrowserActions();
  const connectSample = usePanel((store) => store.connectSample);
  const isStarting = usePanel((store) => store.busy === 'sample');
  return (
    <section className={classes.page}>
      <span className={classes.pageIcon} aria-hidden="true">
        <IconPlugConnected size={22} />
      </span>
      <h1>{t('page.notConnectedTitle')}</h1>
      <p className={classes.soft}>{t('page.notConnectedBody')}</p>
      <div className={classes.actions}>
        {VENDOR_NAMES.map((vendor) =>
          missing.includes(vendor) ? (
            <Button key={vendor} size="sm" onClick={() => void openOptions(vendor)}>
              {t('page.connect', { vendor: t(`vendor.${vendor}`) })}
            </Button>
          ) : (
            <Chip key={vendor} tone="good" icon={<IconCheck size={13} aria-hidden="true" />}>
              {t('page.connected', { vendor: t(`vendor.${vendor}`) })}
            </Chip>
          ),
        )}
      </div>
      <hr className={classes.divider} />
      <Button size="sm" variant="default" loading={isStarting} onClick={() => void connectSample()}>
        {t('page.trySample')}
      </Button>
      <p className={classes.small} role="status">
        {t(isStarting ? 'page.startingSample' : 'page.trySampleHint')}
      </p>
    </section>
  );
}
