import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useId } from 'react';
import { DIRECTIONS } from '../../../lib/core/rows.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import { possible, targetOf } from '../../../lib/panel/selectors.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Diff.module.css';

/** Which way values go, and how many can go there. */
export function DirectionControl({ view }: { view: SubjectView }) {
  const name = useId();
  const chosen = usePanel((store) => store.direction);
  const choose = usePanel((store) => store.chooseDirection);
  return (
    <fieldset className={classes.directions}>
      <legend className="cp-hidden">{t('direction.legend')}</legend>
      {DIRECTIONS.map((direction) => {
        const target = targetOf(view, direction);
        const Arrow = target === 'ghl' ? IconArrowRight : IconArrowLeft;
        const count = possible(view, direction).length;
        return (
          <label key={direction} className={classes.direction} data-chosen={direction === chosen}>
            <input
              type="radio"
              className="cp-hidden"
              name={name}
              checked={direction === chosen}
              onChange={() => choose(direction)}
            />
            <Arrow size={14} aria-hidden="true" />
            <span>{t(`direction.${direction}`, { vendor: vendorWord(target) })}</span>{' '}
            <span className={classes.possible} aria-hidden="true">
              {count}
            </span>
            <span className="cp-hidden">{tCount('direction.possible', count)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
