import type { FieldName, FieldValue } from './contact.ts';
import type { FieldChange } from './plan.ts';
import { sameValue, TRANSFORMS, type TransformContext } from './transform.ts';
import type { Write } from './undo.ts';

/**
 * One field of a way back that was refused, as it was found then. `as-written`: nobody changed it since. `as-before`: it holds the
 * earlier value again. `changed`: somebody changed it, and only the agent can say what it is to be.
 */
export interface OfferedField {
  field: FieldName;
  state: 'as-written' | 'as-before' | 'changed';
  before: FieldValue;
  written: FieldValue;
  now: FieldValue;
}

/** What the agent says of a field that somebody changed since. One of which nothing is said is kept as it is. */
export type BackChoice = { back: true } | { value: string };
export type BackChoices = Readonly<Partial<Record<FieldName, BackChoice>>>;

/** What is to be done instead of a way back that was refused. `refused`: the entry whose offer was shown. */
export interface UndoInstead {
  refused: string;
  choices: BackChoices;
}

type FieldsWrite = Write & { kind: 'fields' };

/** What is offered instead of a way back that was refused, of the fields that were read. */
export function offerOf(
  { changes }: FieldsWrite,
  found: readonly { field: FieldName; found: FieldValue }[],
  context: TransformContext,
): OfferedField[] {
  return changes.flatMap(({ field, transform, value, expected }): OfferedField[] => {
    const read = found.find((one) => one.field === field);
    if (!read) return [];
    const now = read.found;
    const isBack = sameValue(transform, now, value, context);
    const state = now === expected ? 'as-written' : isBack ? 'as-before' : 'changed';
    return [{ field, state, before: value, written: expected, now }];
  });
}

/**
 * The way back as it was chosen: what nobody changed goes back, what somebody changed becomes what the agent says and expects what was
 * shown. Null where something was said of a field that was not asked about, cannot be written as typed, or nothing is left to write.
 */
export function chosenBack(
  { target, changes }: FieldsWrite,
  offer: readonly OfferedField[],
  choices: BackChoices,
  context: TransformContext,
): FieldsWrite | null {
  const asked = offer.filter(({ state }) => state === 'changed').map(({ field }) => field);
  if (Object.keys(choices).some((field) => !asked.includes(field as FieldName))) return null;
  const wanted: FieldChange[] = [];
  const beside: FieldChange[] = [];
  for (const change of changes) {
    const shown = offer.find(({ field }) => field === change.field);
    const choice = choices[change.field];
    if (shown?.state === 'as-written') wanted.push(change);
    else if (!shown || !choice) beside.push(change);
    else {
      const value =
        'back' in choice ? change.value : TRANSFORMS[change.transform].toTarget(choice.value, context);
      if (value === null && !('back' in choice)) return null;
      wanted.push({ ...change, expected: shown.now, value });
    }
  }
  if (wanted.length === 0) return null;
  return { kind: 'fields', target, changes: wanted, ...(beside.length > 0 ? { beside } : {}) };
}
