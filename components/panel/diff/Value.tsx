import type { FieldValue, VendorName } from '../../../lib/core/contact.ts';
import { t } from '../../../lib/i18n.ts';
import { VendorMark } from '../../shared/VendorMark.tsx';
import classes from './Diff.module.css';

interface Props {
  vendor: VendorName;
  value: FieldValue;
  isReplaced: boolean;
}

/** One vendor's value. The vendor's name is always there for a screen reader, and on screen where columns stack. */
export function Value({ vendor, value, isReplaced }: Props) {
  const text = value ?? t('field.empty');
  const Tag = isReplaced ? 'del' : 'span';
  return (
    <div className={classes.value} data-vendor={vendor}>
      <span className={classes.valueMark}>
        <VendorMark vendor={vendor} />
      </span>
      <Tag
        className={classes.text}
        data-empty={value === null}
        data-replaced={isReplaced}
        title={text}
        dir="auto"
      >
        {text}
      </Tag>
    </div>
  );
}
