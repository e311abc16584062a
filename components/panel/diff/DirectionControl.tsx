import { IconArrowLeft, IconArrowRight, IconArrowsLeftRight } from '@tabler/icons-react';
import { useId } from 'react';
import type { Direction } from '../../../lib/core/rows.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import { differing, possible, targetOf } from '../../../lib/panel/selectors.ts';
import { canSettle, offersSync } from '../../../lib/panel/syncing.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Diff.module.css';

/** Which way values go, and how many can go there. */
export function DirectionControl({ view, direction: shown }: { view: SubjectView; direction: Direction }) {
  const name = useId();
  const choose = usePanel((store) => store.chooseDirection);
  const directions: readonly Direction[] = offersSync(view) ? ['sync', 'push', 'pull'] : ['push', 'pull'];
  return (
    <fieldset className={classes.directions}>
      <legend className="cp-hidden">{t('direction.legend')}</legend>
      {directions.map((direction) => {
        const target = direction === 'sync' ? null : targetOf(view, direction);
        const Arrow =
          target === null ? IconArrowsLeftRight : target === 'ghl' ? IconArrowRight : IconArrowLeft;
        const rows =
          direction === 'sync' ? differing(view.rows).filter(canSettle) : possible(view, direction);
        return (
          <label key={direction} className={classes.direction} data-chosen={direction === shown}>
            <input
              type="radio"
              className="cp-hidden"
              name={name}
              checked={direction === shown}
              onChange={() => choose(direction)}
            />
            <Arrow size={14} aria-hidden="true" />
            <span>{t(`direction.${direction}`, { vendor: target ? vendorWord(target) : '' })}</span>{' '}
            <span className={classes.possible} aria-hidden="true">
              {rows.length}
            </span>
            <span className="cp-hidden">{tCount('direction.possible', rows.length)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
