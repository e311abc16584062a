import type { ReactNode } from 'react';
import type { VendorName } from '../../lib/core/contact.ts';
import { t } from '../../lib/i18n.ts';
import classes from './Options.module.css';

/** A form that is not needed every day: folded away once its vendor is connected. */
export function Foldable({
  isFolded,
  vendor,
  children,
}: {
  isFolded: boolean;
  vendor: VendorName;
  children: ReactNode;
}) {
  if (!isFolded) return children;
  return (
    <details className={classes.foldable}>
      <summary>{t('options.replaceToken', { vendor: t(`vendor.${vendor}`) })}</summary>
      {children}
    </details>
  );
}
