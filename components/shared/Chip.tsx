import type { ReactNode } from 'react';
import classes from './Chip.module.css';

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';

/** A short fact. Colour only repeats what the words say. */
export function Chip({
  tone = 'plain',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span className={classes.chip} data-tone={tone}>
      {icon}
      <span dir="auto">{children}</span>
    </span>
  );
}
