import { t } from '../../../lib/i18n.ts';
import { isOverdue } from '../../../lib/panel/counts.ts';
import { exactTime } from '../../../lib/panel/format.ts';
import type { RelatedItem, SectionName, SubjectView } from '../../../lib/panel-state.ts';
import { Chip } from '../../shared/Chip.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { OpenLink } from '../../shared/OpenLink.tsx';
import { useNow } from '../../shared/use-now.ts';
import { VendorMark } from '../../shared/VendorMark.tsx';
import { CopyArea } from './CopyArea.tsx';
import { ItemText } from './ItemText.tsx';
import { itemWords } from './item-words.ts';
import classes from './Sections.module.css';

interface Props {
  name: SectionName;
  item: RelatedItem;
  /** Whose item it is; absent on the page of a company, where nothing is copied. */
  view?: SubjectView;
}

export function RelatedItemView({ name, item, view }: Props) {
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
          {name === 'comments' && item.state === 'internal' && <Chip>{t('item.internal')}</Chip>}
        </div>
        <VendorMark vendor={item.vendor} />
        <OpenLink url={item.url} label={t('person.openItem', { title, vendor: vendorWord(item.vendor) })} />
      </div>
      {item.body !== '' && <ItemText item={item} />}
      {view && <CopyArea item={item} view={view} />}
    </li>
  );
}
