import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import type { FieldName, FieldValue } from '../../../lib/core/contact.ts';
import type { BackChoice, BackChoices, OfferedField, UndoInstead } from '../../../lib/core/undo-offer.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import type { ActivityView } from '../../../lib/panel-state.ts';
import { Decide } from '../Decide.tsx';
import { vendorWord } from '../error-words.ts';
import classes from './Activity.module.css';

interface Props {
  /** The way back that was refused. */
  refused: ActivityView;
  offer: readonly OfferedField[];
  isBusy: boolean;
  onUndo: (instead: UndoInstead) => void;
}

/** Instead of a way back that was refused: what nobody changed goes back, and the agent says what becomes of the rest. */
export function UndoOffer({ refused: { id, vendor }, offer, isBusy, onUndo }: Props) {
  const costId = useId();
  const [chosen, setChosen] = useState<{ of: string; choices: BackChoices }>({ of: id, choices: {} });
  // What was chosen for other values than these is asked again.
  const choices = chosen.of === id ? chosen.choices : {};
  const choose = (field: FieldName, choice: BackChoice | undefined): void => {
    const { [field]: _before, ...others } = choices;
    setChosen({ of: id, choices: choice ? { ...others, [field]: choice } : others });
  };
  const count = offer.filter(({ field, state }) => state === 'as-written' || choices[field]).length;
  const isTyped = Object.values(choices).every(
    (choice) => !('value' in choice) || choice.value.trim() !== '',
  );
  return (
    <fieldset className={classes.offer}>
      <legend className={classes.offerTitle}>{t('undo.offer.title')}</legend>
      <ul className={classes.offered}>
        {offer.map((one) => (
          <li key={one.field} className={classes.offeredField}>
            <strong>{t(`field.${one.field}`)}</strong>
            <p dir="auto">
              {t('undo.offer.values', {
                before: shown(one.before),
                written: shown(one.written),
                now: shown(one.now),
              })}
            </p>
            <Fate
              offered={one}
              choice={choices[one.field]}
              onChoose={(choice) => choose(one.field, choice)}
            />
          </li>
        ))}
      </ul>
      <Button
        size="compact-sm"
        variant="default"
        className={classes.offerButton}
        aria-describedby={costId}
        disabled={isBusy || count === 0 || !isTyped}
        onClick={() => onUndo({ refused: id, choices })}
      >
        {tCount('undo.offer.button', count)}
      </Button>
      <p id={costId} className={classes.soft}>
        {t('undo.offer.cost', { vendor: vendorWord(vendor) })}
      </p>
    </fieldset>
  );
}

const shown = (value: FieldValue): string => value ?? t('field.empty');

interface FateProps {
  offered: OfferedField;
  choice: BackChoice | undefined;
  onChoose: (choice: BackChoice | undefined) => void;
}

/** What becomes of one field. */
function Fate({ offered: { field, state, now }, choice, onChoose }: FateProps) {
  if (state === 'as-written') return <p className={classes.soft}>{t('undo.offer.goesBack')}</p>;
  if (state === 'as-before') return <p className={classes.soft}>{t('undo.offer.isBack')}</p>;
  const name = t(`field.${field}`);
  const own = choice && 'value' in choice ? choice.value : null;
  return (
    <Decide
      legend={t('sync.decide', { field: name })}
      options={[
        { label: t('undo.offer.keep'), isChecked: !choice, onChoose: () => onChoose(undefined) },
        {
          label: t('undo.offer.back'),
          isChecked: choice !== undefined && own === null,
          onChoose: () => onChoose({ back: true }),
        },
        { label: t('sync.edit'), isChecked: own !== null, onChoose: () => onChoose({ value: now ?? '' }) },
      ]}
      own={
        own === null
          ? null
          : {
              label: t('sync.value', { field: name }),
              value: own,
              onChange: (value) => onChoose({ value }),
            }
      }
    />
  );
}
