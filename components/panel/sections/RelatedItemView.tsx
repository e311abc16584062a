import { t } from '../../../lib/i18n.ts';
import { isOverdue } from '../../../lib/panel/counts.ts';
import { exactTime } from '../../../lib/panel/format.ts';
import type { RelatedItem, SectionName } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { OpenLink } from '../../shared/OpenLink.tsx';
import { useNow } from '../../shared/use-now.ts';
import { VendorMark } from '../../shared/VendorMark.tsx';
import { ItemText } from './ItemText.tsx';
import { itemWords } from './item-words.ts';
import classes from './Sections.module.css';

export function RelatedItemView({ name, item }: { name: SectionName; item: RelatedItem }) {
  const now = useNow();
  const title = item.title || t('item.untitled');
  return (
    <li className={classes.item} data-done={name === 'tasks' && item.done}>
      <div className={classes.itemHead}>
        <div className={classes.itemText}>
          {(item.title || item.body === '') && (
            <p className={classes.itemTitle} dir="auto">
              {title}
            </p>
          )}
          <p
            className={classes.meta}
            data-overdue={name === 'tasks' && isOverdue(item, now)}
            title={item.at === null ? undefined : exactTime(item.at)}
          >
            {itemWords(name, item, now)}
          </p>
        </div>
        <VendorMark vendor={item.vendor} />
        <OpenLink url={item.url} label={t('person.openItem', { title, vendor: vendorWord(item.vendor) })} />
      </div>
      {item.body !== '' && <ItemText item={item} />}
    </li>
  );
}
