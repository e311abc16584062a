import { IconChevronDown, IconEqual } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { DiffRow } from '../../../lib/core/rows.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import classes from './Diff.module.css';

/** Equal is quiet: folded until somebody asks. */
export function EqualRows({ rows }: { rows: DiffRow[] }) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  if (rows.length === 0) return null;
  return (
    <div className={classes.equal}>
      <button
        type="button"
        className={classes.equalToggle}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <IconEqual size={14} aria-hidden="true" />
        {tCount('diff.equal', rows.length)}
        <IconChevronDown size={14} aria-hidden="true" className={classes.chevron} />
      </button>
      <dl id={id} className={classes.equalList} hidden={!isOpen}>
        {rows.map(({ field, left, right }) => (
          <div key={field}>
            <dt>{t(`field.${field}`)}</dt>
            <dd dir="auto">{left ?? right}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
