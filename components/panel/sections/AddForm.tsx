import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useId } from 'react';
import type { VendorName } from '../../../lib/core/contact.ts';
import { type AddPlace, type Drafts, ownPress } from '../../../lib/panel/adding.ts';
import type { Addition, SubjectView } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';
import classes from './AddArea.module.css';
import { AddOutcome } from './AddOutcome.tsx';

interface Props {
  vendor: VendorName;
  section: AddPlace;
  view: SubjectView;
  button: string;
  /** How many writes, where, and what may follow. Null: it cannot be sent, and the children say why. */
  cost: string | null;
  /** What is asked for; null while something is missing. */
  addition: Addition | null;
  children: ReactNode;
}

/** Inputs, the cost, one button, and what came of it. */
export function AddForm({ vendor, section, view, button, cost, addition, children }: Props) {
  const adding = usePanel((store) => store.adding);
  const add = usePanel((store) => store.add);
  const costId = useId();
  const isBusy = (adding !== null && adding.result === null) || view.refreshing;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (addition && cost !== null && !isBusy) void add(view, addition);
  };
  return (
    <form className={classes.form} aria-label={button} onSubmit={submit}>
      {children}
      {cost !== null && (
        <p id={costId} className={classes.warning}>
          {cost}
        </p>
      )}
      {cost !== null && (
        <Button
          type="submit"
          size="compact-sm"
          variant="default"
          className={classes.button}
          aria-describedby={costId}
          disabled={addition === null || isBusy}
        >
          {button}
        </Button>
      )}
      <AddOutcome adding={ownPress(adding, view.version, vendor, section)} />
    </form>
  );
}

/** Binds an input to what is typed and not sent yet. */
export function useDraft(key: keyof Drafts) {
  const value = usePanel(({ drafts }) => drafts[key]);
  const type = usePanel((store) => store.type);
  const isSending = usePanel(({ adding }) => adding !== null && adding.result === null);
  return {
    value,
    readOnly: isSending,
    autoComplete: 'off',
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      type({ [key]: currentTarget.value }),
  };
}
