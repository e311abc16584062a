import { IconArrowLeft, IconArrowRight, IconArrowsLeftRight, IconBan } from '@tabler/icons-react';
import type { VendorName } from '../../../lib/core/contact.ts';
import classes from './Diff.module.css';

const ARROWS = { atera: IconArrowLeft, ghl: IconArrowRight, both: IconArrowsLeftRight };

/** Arrow in the direction of the write; its meaning is in the words of the row. */
export function DirectionSign({
  target,
  state,
}: {
  target: VendorName | 'both';
  state: 'goes' | 'stays' | 'blocked';
}) {
  const Icon = state === 'blocked' ? IconBan : ARROWS[target];
  return (
    <span className={classes.sign} data-state={state} aria-hidden="true">
      <Icon size={14} />
    </span>
  );
}
