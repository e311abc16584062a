import type { VendorName } from '../core/contact.ts';
import { FOLLOW_KINDS } from '../core/task-ticket.ts';
import { isRefusal, toErrorView } from '../errors.ts';
import type { AddingState, Addition, AdditionResult, SectionName, SubjectView } from '../panel-state.ts';

/** What is typed and not sent yet; kept while other sections are looked at. */
export interface Drafts {
  tag: string;
  note: string;
  task: string;
  due: string;
  ateraTag: string;
  comment: string;
  /** The ticket that is commented; empty: the first that is offered. */
  commentTicket: string;
  ticketTitle: string;
  ticketBody: string;
}
export const NO_DRAFTS: Drafts = {
  tag: '',
  note: '',
  task: '',
  due: '',
  ateraTag: '',
  comment: '',
  commentTicket: '',
  ticketTitle: '',
  ticketBody: '',
};

/** The last press of a button that adds something, and what came of it; `result` is null while it is sent. */
export interface Adding {
  version: number;
  id: string;
  addition: Addition;
  result: AdditionResult | null;
  /** The background did not answer: pressing again asks for the outcome of this press. */
  isLost: boolean;
  /** Pressed in another life of the panel: its answer comes with the state, and only while its page is shown. */
  isAdopted?: boolean;
}

/** What came of a press whose message failed. */
export function resultOfFailure(id: string, problem: unknown): AdditionResult {
  const error = toErrorView(problem);
  return { id, state: isRefusal(error) ? 'failed' : 'unknown', error };
}

/** A new id for a new press; the old one where the answer to the same wish was lost, or where it waits. */
export function idFor(last: Adding | null, version: number, addition: Addition, newId: () => string): string {
  const isOpen = last?.isLost || last?.result?.state === 'queued';
  const isSame =
    last && isOpen && last.version === version && JSON.stringify(last.addition) === JSON.stringify(addition);
  return isSame ? last.id : newId();
}

/** The drafts after what they held was written. */
export function withoutSent(drafts: Drafts, { kind }: Addition): Drafts {
  if (kind === 'note') return { ...drafts, note: '' };
  if (kind === 'task') return { ...drafts, task: '', due: '' };
  if (kind === 'comment') return { ...drafts, comment: '' };
  if (kind === 'ticket') return { ...drafts, ticketTitle: '', ticketBody: '' };
  if (kind === 'add-atera-tag') return { ...drafts, ateraTag: '' };
  return kind === 'add-tag' ? { ...drafts, tag: '' } : drafts;
}

/** Whether it is what the drafts still hold, as it was typed. */
export function isTyped(drafts: Drafts, addition: Addition): boolean {
  const holds = (draft: string, text: string): boolean => draft.trim() === text;
  if (addition.kind === 'note') return holds(drafts.note, addition.body);
  if (addition.kind === 'task') return holds(drafts.task, addition.title);
  if (addition.kind === 'comment') return holds(drafts.comment, addition.body);
  if (addition.kind === 'ticket')
    return holds(drafts.ticketTitle, addition.title) && holds(drafts.ticketBody, addition.body);
  if (addition.kind === 'add-atera-tag') return holds(drafts.ateraTag, addition.tag);
  return addition.kind === 'add-tag' && holds(drafts.tag, addition.tag);
}

/** Where in the view something is pressed: in a section, or at the company. */
export type AddPlace = SectionName | 'company';

/** Where an addition is written, and where it is pressed; null outside of all. */
export const HOME: Record<Addition['kind'], { vendor: VendorName; section: AddPlace | null }> = {
  'add-tag': { vendor: 'ghl', section: 'tags' },
  'remove-tag': { vendor: 'ghl', section: 'tags' },
  note: { vendor: 'ghl', section: 'notes' },
  task: { vendor: 'ghl', section: 'tasks' },
  'add-atera-tag': { vendor: 'atera', section: 'tags' },
  'remove-atera-tag': { vendor: 'atera', section: 'tags' },
  comment: { vendor: 'atera', section: 'comments' },
  ticket: { vendor: 'atera', section: 'tickets' },
  'copy-note': { vendor: 'atera', section: 'notes' },
  'copy-comment': { vendor: 'ghl', section: 'comments' },
  'copy-task': { vendor: 'atera', section: 'tasks' },
  'copy-ticket': { vendor: 'ghl', section: 'tickets' },
  'complete-task': { vendor: 'ghl', section: 'tasks' },
  'reopen-task': { vendor: 'ghl', section: 'tasks' },
  'resolve-ticket': { vendor: 'atera', section: 'tickets' },
  'reopen-ticket': { vendor: 'atera', section: 'tickets' },
  'set-business': { vendor: 'ghl', section: 'company' },
  'set-customer': { vendor: 'atera', section: 'company' },
  // Told where it is certain who is who.
  'remember-in-atera': { vendor: 'atera', section: null },
  'remember-in-ghl': { vendor: 'ghl', section: null },
};

/** Told at the row that was pressed, and not by the form below the rows. */
const IN_ROW: ReadonlySet<Addition['kind']> = new Set(FOLLOW_KINDS);

/** The last press in this part of the view; null when it was elsewhere, or for another view. */
export const ownPress = (
  adding: Adding | null,
  version: number,
  vendor: VendorName,
  section: AddPlace,
): Adding | null => {
  if (adding?.version !== version || IN_ROW.has(adding.addition.kind)) return null;
  const home = HOME[adding.addition.kind];
  return home.vendor === vendor && home.section === section ? adding : null;
};

/**
 * What the background says of the last press. A panel that knows of none (it was opened anew) takes it over; one that waits for this
 * very press, or lost the answer, learns the outcome.
 */
export function adopt(
  adding: Adding | null,
  last: AddingState['last'],
  version: number,
  isNewView: boolean,
): Adding | null {
  // Whose page is gone would never come to its end, and hold up everything else.
  const known = isNewView && adding?.isAdopted && adding.result === null ? null : adding;
  if (!last) return known;
  if (known?.id === last.id) {
    const isWaiting = known.result === null || known.isLost || known.result.state === 'queued';
    return isWaiting && last.result ? { ...known, result: last.result, isLost: false } : known;
  }
  const isFree = known === null || known.result !== null;
  return isNewView && isFree ? { ...last, version, isLost: false, isAdopted: true } : known;
}

/**
 * Whether it is certain whom an addition to this vendor would be for: their contact itself is on screen, or it is the known
 * counterpart. A page that only suggests somebody does not count; the background refuses it too.
 */
export function canAddTo({ person, match, suggested }: SubjectView, vendor: VendorName): boolean {
  if (suggested || person.status !== 'ready') return false;
  return person.value.ref.vendor === vendor || match.status === 'linked' || match.status === 'one';
}

export const canAdd = (view: SubjectView): boolean => canAddTo(view, 'ghl');
