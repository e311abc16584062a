import { VENDOR_NAMES } from '../../../lib/core/contact.ts';
import type { RelatedItem } from '../../../lib/panel-state.ts';
import { Chip } from '../../shared/Chip.tsx';
import { VendorMark } from '../../shared/VendorMark.tsx';
import classes from './Sections.module.css';

/** Tags under the mark of the vendor they are in. */
export function TagList({ items }: { items: RelatedItem[] }) {
  return VENDOR_NAMES.map((vendor) => {
    const own = items.filter((item) => item.vendor === vendor);
    if (own.length === 0) return null;
    return (
      <div key={vendor} className={classes.pad}>
        <VendorMark vendor={vendor} />
        <ul className={classes.tags}>
          {own.map(({ id, title }) => (
            <li key={id}>
              <Chip>{title}</Chip>
            </li>
          ))}
        </ul>
      </div>
    );
  });
}
