import { Checkbox } from '@mantine/core';
import type { FieldName, VendorName } from '../../../lib/core/contact.ts';
import type { CreationRow } from '../../../lib/core/creation.ts';
import { t } from '../../../lib/i18n.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { blockWords } from '../diff/diff-words.ts';
import { QuirkNote } from '../diff/QuirkNote.tsx';
import classes from './Create.module.css';

interface Props {
  rows: readonly CreationRow[];
  vendor: VendorName;
  chosen: readonly FieldName[];
  isBusy: boolean;
  onChange: (fields: FieldName[]) => void;
}

/** Each field that the new record gets, to be left out one by one; and those left out anyway, with the reason. */
export function CreateFields({ rows, vendor, chosen, isBusy, onChange }: Props) {
  const left = rows.filter(({ write }) => !write.can);
  return (
    <>
      <fieldset className={classes.group}>
        <legend>{t('create.fields', { vendor: vendorWord(vendor) })}</legend>
        <ul className={classes.list}>
          {rows.map(({ field, write, required }) =>
            write.can ? (
              <li key={field}>
                <Checkbox
                  size="sm"
                  label={labelOf(field, required, vendor)}
                  description={<bdi>{write.value}</bdi>}
                  checked={chosen.includes(field)}
                  disabled={required || isBusy}
                  onChange={({ currentTarget }) =>
                    onChange(
                      currentTarget.checked ? [...chosen, field] : chosen.filter((other) => other !== field),
                    )
                  }
                />
                <QuirkNote vendor={vendor} field={field} />
              </li>
            ) : null,
          )}
        </ul>
      </fieldset>
      {left.length > 0 && (
        <details className={classes.soft}>
          <summary>{t('create.leftOut')}</summary>
          <ul>
            {left.map(({ field, write }) =>
              write.can ? null : (
                <li key={field}>
                  {t('create.reason', {
                    field: t(`field.${field}`),
                    reason: blockWords(write.reason, vendor),
                  })}
                </li>
              ),
            )}
          </ul>
        </details>
      )}
    </>
  );
}

const labelOf = (field: FieldName, required: boolean, vendor: VendorName): string =>
  required
    ? t('create.needed', { field: t(`field.${field}`), vendor: vendorWord(vendor) })
    : t(`field.${field}`);
