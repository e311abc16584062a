import { NativeSelect, Switch } from '@mantine/core';
import type { FieldValue, VendorName } from '../../lib/core/contact.ts';
import { EMPTY_RULES, type FieldSetting, type MappedResource } from '../../lib/core/mapping-settings.ts';
import { t, wordKey } from '../../lib/i18n.ts';
import { otherVendor } from '../../lib/panel/selectors.ts';
import type { MappingRowView } from '../../lib/panel-state.ts';
import { vendorWord } from '../shared/error-words.ts';
import classes from './Fields.module.css';

interface Props {
  row: MappingRowView;
  of: MappedResource;
  onChange: (change: Partial<Omit<FieldSetting, 'field'>>) => void;
}

/** One field: what it holds on both sides now, and the rules for it. */
export function FieldRow({ row, of, onChange }: Props) {
  const name = t(`field.${row.field}`);
  // Both tables are on one page: what is changed must be told apart without seeing where it stands.
  const field = of === 'companies' ? t('mapping.companyField', { field: name }) : name;
  const { enabled, direction, directions, empty, values } = row;
  return (
    <tr data-enabled={enabled}>
      <th scope="row">{name}</th>
      <td>
        <Switch
          aria-label={t('mapping.switch', { field })}
          checked={enabled}
          onChange={({ currentTarget }) => {
            onChange({ enabled: currentTarget.checked });
          }}
        />
      </td>
      <Side vendor="atera" row={row} value={values?.atera} />
      <td data-head={t('mapping.direction')}>
        <NativeSelect
          size="xs"
          aria-label={t('mapping.directionOf', { field })}
          value={direction}
          disabled={!enabled}
          data={directions.map((value) => ({ value, label: t(`mapping.${wordKey(value)}`) }))}
          onChange={({ currentTarget }) => {
            const chosen = directions.find((candidate) => candidate === currentTarget.value);
            if (chosen) onChange({ direction: chosen });
          }}
        />
      </td>
      <Side vendor="ghl" row={row} value={values?.ghl} />
      <td data-head={t('mapping.rule')}>
        <NativeSelect
          size="xs"
          aria-label={t('mapping.ruleOf', { field })}
          value={empty}
          disabled={!enabled}
          data={EMPTY_RULES.map((value) => ({ value, label: t(`mapping.${wordKey(value)}`) }))}
          onChange={({ currentTarget }) => {
            const chosen = EMPTY_RULES.find((candidate) => candidate === currentTarget.value);
            if (chosen) onChange({ empty: chosen });
          }}
        />
      </td>
    </tr>
  );
}

/** Value on one side, where somebody is in view, and why that side cannot be written. */
function Side({
  vendor,
  row,
  value,
}: {
  vendor: VendorName;
  row: MappingRowView;
  value: FieldValue | undefined;
}) {
  const can = vendor === 'atera' ? row.toAtera : row.toGhl;
  return (
    <td data-head={vendorWord(vendor)}>
      {value !== undefined && (
        <span dir="auto" className={value === null ? classes.empty : classes.value}>
          {value ?? t('field.empty')}
        </span>
      )}
      {can !== true && (
        <span className={classes.reason}>
          {t(`block.${wordKey(can)}`, {
            vendor: vendorWord(vendor),
            source: vendorWord(otherVendor(vendor)),
          })}
        </span>
      )}
    </td>
  );
}
