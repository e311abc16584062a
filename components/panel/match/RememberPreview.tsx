import { Checkbox } from '@mantine/core';
import type { VendorName } from '../../../lib/core/contact.ts';
import { t } from '../../../lib/i18n.ts';
import type { RegistryView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import classes from './Match.module.css';

interface Props {
  vendors: readonly VendorName[];
  registry: RegistryView;
  /** Sides whose other text the agent lets go. */
  replaced: readonly VendorName[];
  onReplace: (vendor: VendorName, isOn: boolean) => void;
}

/** What stands in each field, and what will stand there. */
export function RememberPreview({
  vendors,
  registry: { fields, pointers, wanted },
  replaced,
  onReplace,
}: Props) {
  return (
    <dl className={classes.preview} aria-label={t('remember.preview')}>
      {vendors.map((vendor) => {
        const { name } = fields[vendor];
        const pointer = pointers[vendor];
        const words = { vendor: vendorWord(vendor), field: name };
        return (
          <div key={vendor}>
            <dt dir="auto">{t('remember.field', words)}</dt>
            <dd>
              {t('remember.now')}{' '}
              {pointer?.state === 'empty' ? t('field.empty') : <code dir="auto">{pointer?.text ?? '…'}</code>}
            </dd>
            <dd>
              {t('remember.then')} <code>{wanted?.[vendor]}</code>
            </dd>
            {pointer && pointer.state !== 'empty' && (
              <dd>
                {pointer.text === null ? (
                  <p className={classes.soft}>{t('remember.tooLong', words)}</p>
                ) : (
                  <Checkbox
                    label={t('remember.replace', words)}
                    checked={replaced.includes(vendor)}
                    onChange={({ currentTarget }) => onReplace(vendor, currentTarget.checked)}
                  />
                )}
              </dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}
