import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { VENDOR_NAMES } from '../../../lib/core/contact.ts';
import { mayWrite } from '../../../lib/core/resource-settings.ts';
import { t } from '../../../lib/i18n.ts';
import { canAdd } from '../../../lib/panel/adding.ts';
import type { RelatedItem, SubjectView } from '../../../lib/panel-state.ts';
import { Chip } from '../../shared/Chip.tsx';
import { VendorMark } from '../../shared/VendorMark.tsx';
import { usePanel } from '../panel-context.ts';
import addClasses from './AddArea.module.css';
import { TAG_INPUT_ID } from './AddArea.tsx';
import classes from './Sections.module.css';

/** Tags under the mark of the vendor they are in; those of GHL can be taken off. */
export function TagList({ items, view }: { items: RelatedItem[]; view: SubjectView }) {
  const add = usePanel((store) => store.add);
  const isSending = usePanel(({ adding }) => adding !== null && adding.result === null);
  const isOpen = usePanel(({ mirror }) => mirror === null || mayWrite(mirror.resources, 'tags', 'ghl'));
  const remove = (tag: string): void => {
    void add(view, { kind: 'remove-tag', tag });
    // The button goes with its tag: the keyboard stays in this section.
    document.getElementById(TAG_INPUT_ID)?.focus();
  };
  return VENDOR_NAMES.map((vendor) => {
    const own = items.filter((item) => item.vendor === vendor);
    if (own.length === 0) return null;
    return (
      <div key={vendor} className={classes.pad}>
        <VendorMark vendor={vendor} />
        <ul className={classes.tags}>
          {own.map(({ id, title }) => (
            <li key={id} className={addClasses.removable}>
              <Chip>{title}</Chip>
              {vendor === 'ghl' && isOpen && canAdd(view) && (
                <ActionIcon
                  size={24}
                  variant="subtle"
                  color="gray"
                  aria-label={t('add.removeTag', { tag: title })}
                  disabled={isSending || view.refreshing}
                  onClick={() => remove(id)}
                >
                  <IconX size={14} aria-hidden="true" />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      </div>
    );
  });
}
