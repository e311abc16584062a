import type { VendorName } from '../../lib/core/contact.ts';
import type { ResourceName } from '../../lib/core/resource-settings.ts';
import { t } from '../../lib/i18n.ts';
import { joinWords } from '../../lib/panel/format.ts';
import { useBrowserActions } from '../shared/browser-context.ts';
import { vendorWord } from '../shared/error-words.ts';
import classes from './SwitchedOff.module.css';

/** Says what the settings keep out of the panel, and where that is changed. */
export function SwitchedOff({ names, heading }: { names: readonly ResourceName[]; heading?: string }) {
  const { openOptions } = useBrowserActions();
  if (names.length === 0) return null;
  return (
    <div className={classes.line}>
      {heading !== undefined && <h1 className="cp-hidden">{heading}</h1>}
      <p>{t('resource.switchedOff', { names: joinWords(names.map((name) => t(`resource.${name}`))) })}</p>
      <button type="button" className={classes.change} onClick={() => void openOptions('resources')}>
        {t('resource.change')}
      </button>
    </div>
  );
}

/** Says that the settings let nothing of this kind be written there. */
export function ReadOnly({ vendor }: { vendor: VendorName }) {
  const { openOptions } = useBrowserActions();
  return (
    <div className={classes.line}>
      <p>{t('resource.notWritten', { vendor: vendorWord(vendor) })}</p>
      <button type="button" className={classes.change} onClick={() => void openOptions('resources')}>
        {t('resource.change')}
      </button>
    </div>
  );
}
