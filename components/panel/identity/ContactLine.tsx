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
  // An address breaks before its "@" rather than inside a word.
  const [local, ...domain] = value.split('@');
  return (
    <p className={classes.contact}>
      <bdi className={classes.contactValue}>
        {local}
        {domain.length > 0 && <wbr />}
        {domain.map((part) => `@${part}`)}
      </bdi>
      <CopyButton value={value} label={copyLabel} />
    </p>
  );
}
