import type { UndoInstead } from '../../../lib/core/undo-offer.ts';
import { t } from '../../../lib/i18n.ts';
import type { ActivityView } from '../../../lib/panel-state.ts';
import { Chip } from '../Chip.tsx';
import { errorWords } from '../error-words.ts';
import { Time } from '../Time.tsx';
import { VendorMark } from '../VendorMark.tsx';
import classes from './Activity.module.css';
import { cameTone, cameWords, entryWords, goneWords, lineName } from './activity-words.ts';
import { UndoButton } from './UndoButton.tsx';

interface Props {
  entry: ActivityView;
  by: ActivityView | null;
  undoing: string | null;
  onUndo: (id: string, instead?: UndoInstead) => void;
  /** Where entries of many people stand beside each other. */
  hasName?: boolean;
}

/** One thing that was told to be written: what, where, what came of it, and the way back. */
export function EntryItem({ entry, by, undoing, onUndo, hasName = false }: Props) {
  const { vendor, at, personName, lines, error } = entry;
  const words = error ? errorWords(error) : null;
  const lost = goneWords(entry);
  return (
    <li className={classes.entry}>
      <p className={classes.head}>
        <strong dir="auto">{entryWords(entry)}</strong>
        <Chip tone={cameTone(entry)}>{cameWords(entry)}</Chip>
      </p>
      <p className={classes.soft}>
        <VendorMark vendor={vendor} /> · {hasName && <bdi>{personName}</bdi>}
        {hasName && ' · '}
        <Time at={at} />
      </p>
      {lost && (
        <p className={classes.lost} dir="auto">
          {lost}
        </p>
      )}
      <details className={classes.details}>
        <summary>{t('activity.details')}</summary>
        <dl className={classes.lines}>
          {lines.map((line) => (
            <div key={`${line.what} ${line.before ?? ''} ${line.after ?? ''}`} dir="auto">
              <dt>{lineName(line)}</dt>
              <dd>
                {line.isHidden
                  ? t('activity.hidden')
                  : t('activity.change', {
                      before: line.before ?? t('field.empty'),
                      after: line.after ?? t('field.empty'),
                    })}
                {line.found !== null && <> ({t('activity.found', { value: line.found })})</>}
              </dd>
            </div>
          ))}
        </dl>
        {words && (
          <p className={classes.soft}>
            {words.what} {words.next}
          </p>
        )}
      </details>
      <UndoButton entry={entry} by={by} undoing={undoing} onUndo={onUndo} />
    </li>
  );
}
