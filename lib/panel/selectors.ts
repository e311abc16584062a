import type { FieldName, VendorName } from '../core/contact.ts';
import {
  DIRECTIONS,
  type DiffRow,
  type Direction,
  type OneWay,
  optionFor,
  type Choices as RowChoices,
  type Side,
  settleable,
} from '../core/rows.ts';
import type {
  AccountView,
  PanelState,
  PersonView,
  Receipt,
  RelatedItem,
  SubjectView,
} from '../panel-state.ts';

/** Who, or which company, is on screen beside their counterpart: what is compared and written is the same for both. */
export const subjectOf = (state: PanelState | null): SubjectView | null => {
  if (state?.page.kind === 'subject') return state.page.view;
  return state?.page.kind === 'company' ? (state.page.compared ?? null) : null;
};

/** What the agent's choices belong to. When it changes, they are void. */
export const viewKey = (view: SubjectView | null): string =>
  view
    ? `${view.subject.vendor}/${view.subject.kind}/${view.subject.id}@${view.version}#${DIRECTIONS.map((direction) => view.plans[direction] ?? '').join('/')}:${personKey(view)}`
    : '';

/** What kind of page is on screen, and in which tab: what failed on one page is not told on the next. */
export function placeOf(state: PanelState | null): string {
  if (!state) return '';
  const { page, tabId } = state;
  const what = page.kind === 'unmarked' ? `${page.template}#${page.id}` : '';
  const version = page.kind === 'company' || page.kind === 'subject' ? page.view.version : 0;
  return `${tabId}:${page.kind}:${what}@${version}`;
}

/** Whose record is on screen: a page may show another requester without moving on. */
export const personKey = (view: SubjectView): string =>
  view.person.status === 'ready' ? view.person.value.ref.id : '';

/** Whose people may be on screen: another value means that none of those who were there may stay. */
export const accountsKey = (accounts: readonly AccountView[]): string =>
  accounts.map(({ id, connectedAt }) => `${id}@${connectedAt}`).join(' ');

export const sideOf = (vendor: VendorName): Side => (vendor === 'atera' ? 'left' : 'right');
export const vendorOfSide = (side: Side): VendorName => (side === 'left' ? 'atera' : 'ghl');
export const otherVendor = (vendor: VendorName): VendorName => (vendor === 'atera' ? 'ghl' : 'atera');

export const rowValue = (row: DiffRow, vendor: VendorName) => (vendor === 'atera' ? row.left : row.right);

/** Never chosen by itself: a write that would leave the target empty. */
export const isDangerous = (row: DiffRow, side: Side): boolean => {
  const option = optionFor(row, side);
  return option.can && option.value === null;
};

/** Who is written to. */
export const targetOf = ({ pushTarget }: SubjectView, direction: OneWay): VendorName =>
  direction === 'push' ? pushTarget : otherVendor(pushTarget);

/** Rows that can be settled this way. */
export const possible = (view: SubjectView, direction: OneWay): DiffRow[] =>
  settleable(view.rows, sideOf(targetOf(view, direction)));

/** The direction of the plan on screen that has this id; null when there is none. */
export const directionOfPlan = ({ plans }: SubjectView, planId: string): Direction | null =>
  DIRECTIONS.find((direction) => plans[direction] === planId) ?? null;

/** Which way a receipt of what is on screen went. */
export const directionOfReceipt = (
  { pushTarget }: Pick<SubjectView, 'pushTarget'>,
  { target, isSync }: Receipt,
): Direction => (isSync ? 'sync' : target.vendor === pushTarget ? 'push' : 'pull');

/** What the agent wants to be written: the fields of either way on its own, and what was said of single rows of a sync. */
export interface Choices extends Record<OneWay, FieldName[]> {
  sync: RowChoices;
}

export const NO_CHOICES: Choices = { push: [], pull: [], sync: {} };

/** The edit that this write would undo is newer than what it would write. */
export const isNewer = ({ status }: DiffRow, side: Side): boolean =>
  status === 'conflict' || status === (side === 'left' ? 'changed-left' : 'changed-right');

/**
 * What is ticked before anybody says anything. A vendor that did not keep a field before leaves its row ticked: the note beside it says
 * so, a write is checked as ever, and only a write that is kept ends the note.
 */
export const defaultChoices = (view: SubjectView | null): Choices => {
  if (!view) return NO_CHOICES;
  const wanted = (direction: OneWay): FieldName[] => {
    const side = sideOf(targetOf(view, direction));
    return possible(view, direction)
      .filter((row) => !isDangerous(row, side) && !isNewer(row, side))
      .map(({ field }) => field);
  };
  return { push: wanted('push'), pull: wanted('pull'), sync: {} };
};

/** The same person read again: what was chosen stays, for all that is as it was when it was chosen. */
export const keptChoices = (
  before: SubjectView | null,
  view: SubjectView | null,
  choices: Choices,
): Choices => {
  const fresh = defaultChoices(view);
  if (!before || !view) return fresh;
  const isAsBefore = (field: FieldName): boolean => {
    const [old, row] = [before, view].map(({ rows }) => rows.find((one) => one.field === field));
    return (
      old !== undefined && row?.status === old.status && row.left === old.left && row.right === old.right
    );
  };
  const ticked = (direction: OneWay): FieldName[] =>
    possible(view, direction)
      .map(({ field }) => field)
      .filter((field) => (isAsBefore(field) ? choices : fresh)[direction].includes(field));
  const decided = Object.entries(choices.sync).filter(([field]) => isAsBefore(field as FieldName));
  return { push: ticked('push'), pull: ticked('pull'), sync: Object.fromEntries(decided) };
};

export const differing = (rows: readonly DiffRow[]): DiffRow[] =>
  rows.filter(({ status }) => status !== 'same');
export const equal = (rows: readonly DiffRow[]): DiffRow[] => rows.filter(({ status }) => status === 'same');

/** The chosen fields that may really be written this way, in the order of the rows. */
export const chosenFields = (view: SubjectView, direction: OneWay, choices: Choices): FieldName[] =>
  possible(view, direction)
    .map(({ field }) => field)
    .filter((field) => choices[direction].includes(field));

/** The record of each vendor that is on screen; null while it is not certain or not read. */
export function peopleOf(view: SubjectView): Record<VendorName, PersonView | null> {
  const people: Record<VendorName, PersonView | null> = { atera: null, ghl: null };
  if (view.person.status === 'ready') people[view.person.value.ref.vendor] = view.person.value;
  if (view.match.status === 'linked' || view.match.status === 'one') {
    people[view.match.counterpart.ref.vendor] = view.match.counterpart;
  }
  return people;
}

export const accountOf = (accounts: readonly AccountView[], vendor: VendorName): AccountView | null =>
  accounts.find((account) => account.vendor === vendor) ?? null;

/** Accounts the panel works with: of the person in view where known, else the first of each vendor. */
export function accountPair(state: PanelState): Record<VendorName, AccountView | null> {
  const view = subjectOf(state);
  const people = view ? peopleOf(view) : null;
  const pick = (vendor: VendorName): AccountView | null => {
    const id = people?.[vendor]?.ref.accountId;
    return state.accounts.find((account) => account.id === id) ?? accountOf(state.accounts, vendor);
  };
  return { atera: pick('atera'), ghl: pick('ghl') };
}

/** Tasks: overdue first, then by due date, done ones last. */
export const sortTasks = (items: readonly RelatedItem[]): RelatedItem[] =>
  [...items].sort(
    (a, b) =>
      Number(a.done) - Number(b.done) ||
      (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY) ||
      0,
  );

/** A receipt that was closed comes back when something new happened to it. */
export const receiptKey = (receipt: Receipt): string => `${receipt.id}:${receipt.state}`;
