import { NativeSelect, Switch } from '@mantine/core';
import type { VendorName } from '../../lib/core/contact.ts';
import {
  directionsOf,
  RESOURCES,
  type ResourceReason,
  type ResourceSetting,
} from '../../lib/core/resource-settings.ts';
import { t, wordKey } from '../../lib/i18n.ts';
import { vendorWord } from '../shared/error-words.ts';
import classes from './Fields.module.css';

interface Props {
  setting: ResourceSetting;
  onChange: (change: Partial<Omit<ResourceSetting, 'resource'>>) => void;
}

/** One kind of records: whether it is shown, where it may be written, and why not elsewhere. */
export function ResourceRowView({ setting, onChange }: Props) {
  const row = RESOURCES.find(({ resource }) => resource === setting.resource);
  if (!row) return null;
  const name = t(`resource.${setting.resource}`);
  const directions = directionsOf(row);
  return (
    <tr data-enabled={setting.enabled}>
      <th scope="row">{name}</th>
      <td>
        {row.off === true ? (
          <Switch
            aria-label={t('resource.switch', { name })}
            checked={setting.enabled}
            onChange={({ currentTarget }) => onChange({ enabled: currentTarget.checked })}
          />
        ) : (
          <Reason reason={row.off} />
        )}
      </td>
      <Side vendor="atera" can={row.atera} />
      <td>
        {directions.length > 1 ? (
          <NativeSelect
            size="xs"
            aria-label={t('resource.writtenOf', { name })}
            value={setting.direction}
            disabled={!setting.enabled}
            data={directions.map((value) => ({ value, label: t(`resource.${wordKey(value)}`) }))}
            onChange={({ currentTarget }) => {
              const chosen = directions.find((candidate) => candidate === currentTarget.value);
              if (chosen) onChange({ direction: chosen });
            }}
          />
        ) : (
          t(`resource.${wordKey(setting.direction)}`)
        )}
      </td>
      <Side vendor="ghl" can={row.ghl} />
    </tr>
  );
}

const Reason = ({ reason }: { reason: ResourceReason }) => (
  <span className={classes.reason}>{t(`resource.${wordKey(reason)}`)}</span>
);

/** Why this side is not written; nothing where it can be. */
const Side = ({ vendor, can }: { vendor: VendorName; can: true | ResourceReason }) =>
  can === true ? (
    <td />
  ) : (
    <td data-vendor={vendorWord(vendor)}>
      <Reason reason={can} />
    </td>
  );
