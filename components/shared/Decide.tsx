import { TextInput } from '@mantine/core';
import { useId } from 'react';
import classes from './Decide.module.css';

/** As long as a message may hold. */
const LONGEST = 1_000;

export interface DecideOption {
  label: string;
  isChecked: boolean;
  isPossible?: boolean;
  onChoose: () => void;
}

interface Props {
  /** What is decided; read out with each option. */
  legend: string;
  options: DecideOption[];
  /** The agent's own value, while that is what was chosen. */
  own: { label: string; value: string; onChange: (value: string) => void } | null;
}

/** One value that nobody but the agent can settle: whose is kept, or another one. */
export function Decide({ legend, options, own }: Props) {
  const name = useId();
  return (
    <fieldset className={classes.decide}>
      <legend className="cp-hidden">{legend}</legend>
      {options.map(({ label, isChecked, isPossible = true, onChoose }) => (
        <label key={label} className={classes.option} data-off={!isPossible}>
          <input type="radio" name={name} checked={isChecked} disabled={!isPossible} onChange={onChoose} />
          <span>{label}</span>
        </label>
      ))}
      {own && (
        <TextInput
          size="xs"
          className={classes.own}
          aria-label={own.label}
          value={own.value}
          maxLength={LONGEST}
          onChange={({ currentTarget }) => own.onChange(currentTarget.value)}
        />
      )}
    </fieldset>
  );
}
