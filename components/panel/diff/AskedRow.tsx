import { type Choice, type DiffRow, optionFor, otherSide, type Side } from '../../../lib/core/rows.ts';
import { t } from '../../../lib/i18n.ts';
import { rowValue, vendorOfSide } from '../../../lib/panel/selectors.ts';
import { canEdit, canKeep, decisionOf } from '../../../lib/panel/syncing.ts';
import { Decide } from '../../shared/Decide.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Diff.module.css';
import { DirectionSign } from './DirectionSign.tsx';
import { beforeWords, blockWords, effectWords, factWords } from './diff-words.ts';
import { QuirkNote } from './QuirkNote.tsx';
import { Value } from './Value.tsx';

const SIDES = ['left', 'right'] as const;

/** One field that nobody but the agent can settle: both values, and whose is kept, or another one for both. */
export function AskedRow({ row, choice }: { row: DiffRow; choice: Choice | undefined }) {
  const decide = usePanel((store) => store.decide);
  const field = t(`field.${row.field}`);
  const decision = decisionOf(row, choice);
  const own = choice && 'value' in choice ? choice.value : null;
  const kept = choice && 'keep' in choice ? choice.keep : null;
  const isWritten = (side: Side): boolean =>
    decision !== null && !('keep' in decision && decision.keep === side);
  const before = beforeWords(row);
  return (
    <li className={classes.row} data-asked={row.status === 'conflict'}>
      <span className={classes.field}>{field}</span>
      <span className={classes.fact}>{factWords(row)}</span>
      <Value vendor="atera" value={row.left} isReplaced={isWritten('left')} />
      <DirectionSign
        target={kept ? vendorOfSide(otherSide(kept)) : 'both'}
        state={decision === null ? 'stays' : 'goes'}
      />
      <Value vendor="ghl" value={row.right} isReplaced={isWritten('right')} />
      {before && (
        <p className={classes.note} dir="auto">
          {before}
        </p>
      )}
      <div className={classes.decide}>
        <Decide
          legend={t('sync.decide', { field })}
          options={[
            {
              label: t('sync.leave'),
              isChecked: kept === null && own === null,
              onChoose: () => decide(row.field, undefined),
            },
            ...SIDES.map((side) => ({
              label: t('sync.keep', { vendor: vendorWord(vendorOfSide(side)) }),
              isChecked: kept === side,
              isPossible: canKeep(row, side),
              onChoose: () => decide(row.field, { keep: side }),
            })),
            {
              label: t('sync.edit'),
              isChecked: own !== null,
              isPossible: canEdit(row),
              onChoose: () => decide(row.field, { value: row.left ?? row.right ?? '' }),
            },
          ]}
          own={
            own === null
              ? null
              : {
                  label: t('sync.value', { field }),
                  value: own,
                  onChange: (value) => decide(row.field, { value }),
                }
          }
        />
      </div>
      {kept && <Consequence row={row} side={otherSide(kept)} />}
      {SIDES.map((side) => (
        <Obstacle key={side} row={row} side={side} />
      ))}
      {SIDES.filter((side) => optionFor(row, side).can || canEdit(row)).map((side) => (
        <QuirkNote key={side} vendor={vendorOfSide(side)} field={row.field} />
      ))}
    </li>
  );
}

/** What keeping one value does to the other side, where that is more than meets the eye. */
function Consequence({ row, side }: { row: DiffRow; side: Side }) {
  const option = optionFor(row, side);
  const target = vendorOfSide(side);
  if (!option.can) return null;
  if (option.value === null) return <p className={classes.danger}>{effectWords(row, target, null)}</p>;
  if (option.value === rowValue(row, vendorOfSide(otherSide(side)))) return null;
  return <p className={classes.note}>{t('diff.storedAs', { value: option.value })}</p>;
}

/** Why nothing can be written to one side. */
function Obstacle({ row, side }: { row: DiffRow; side: Side }) {
  const option = optionFor(row, side);
  return option.can ? null : <p className={classes.note}>{blockWords(option.reason, vendorOfSide(side))}</p>;
}
