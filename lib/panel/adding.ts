import { type ErrorCode, toErrorView } from '../errors.ts';
import type { Addition, AdditionResult, SubjectView } from '../panel-state.ts';

/** What is typed and not sent yet; kept while other sections are looked at. */
export interface Drafts {
  tag: string;
  note: string;
  task: string;
  due: string;
}
export const NO_DRAFTS: Drafts = { tag: '', note: '', task: '', due: '' };

/** The last press of a button that adds something, and what came of it; `result` is null while it is sent. */
export interface Adding {
  version: number;
  id: string;
  addition: Addition;
  result: AdditionResult | null;
  /** The background did not answer: pressing again asks for the outcome of this press. */
  isLost: boolean;
}

/** Refused by the background before anything was sent. */
const NOT_SENT: ReadonlySet<ErrorCode> = new Set([
  'subject_changed',
  'plan_expired',
  'not_connected',
  'invalid_input',
  'switched_off',
]);

/** What came of a press whose message failed. */
export function resultOfFailure(id: string, problem: unknown): AdditionResult {
  const error = toErrorView(problem);
  return { id, state: NOT_SENT.has(error.code) ? 'failed' : 'unknown', error };
}

/** A new id for a new press; the old one where the answer to the same wish was lost. */
export function idFor(last: Adding | null, version: number, addition: Addition, newId: () => string): string {
  const isSame =
    last?.isLost && last.version === version && JSON.stringify(last.addition) === JSON.stringify(addition);
  return isSame ? last.id : newId();
}

/** The drafts after what they held was written. */
export function withoutSent(drafts: Drafts, { kind }: Addition): Drafts {
  if (kind === 'note') return { ...drafts, note: '' };
  if (kind === 'task') return { ...drafts, task: '', due: '' };
  return kind === 'add-tag' ? { ...drafts, tag: '' } : drafts;
}

/**
 * Whether it is certain whom an addition would be for: the GHL contact itself is on screen, or its counterpart is known. A
 * conversation only suggests somebody; the background refuses it.
 */
export const canAdd = ({ subject, match }: SubjectView): boolean =>
  subject.vendor === 'ghl' ? subject.kind === 'contact' : match.status === 'linked' || match.status === 'one';
