import type { VendorName } from '../../lib/core/contact.ts';
import { t } from '../../lib/i18n.ts';
import classes from './VendorMark.module.css';

/** Green square for Atera, blue dot for GHL, always with the word. */
export function VendorMark({ vendor }: { vendor: VendorName }) {
  return (
    <span className={classes.mark} data-vendor={vendor}>
      <span className={classes.sign} aria-hidden="true" />
      {t(`vendor.${vendor}`)}
    </span>
  );
}
