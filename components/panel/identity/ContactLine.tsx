import type { FieldValue } from '../../../lib/core/contact.ts';
import { CopyButton } from '../../shared/CopyButton.tsx';
import classes from './Identity.module.css';

export function ContactLine({
  value,
  empty,
  copyLabel,
}: {
  value: FieldValue;
  empty: string;
  copyLabel: string;
}) {
  if (value === null) return <p className={classes.missing}>{empty}</p>;
  return (
    <p className={classes.contact}>
      <bdi className={classes.contactValue}>{value}</bdi>
      <CopyButton value={value} label={copyLabel} />
    </p>
  );
}
