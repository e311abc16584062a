import type { Subject, VendorName } from '../core/contact.ts';
import type { QuirkName } from '../core/quirk.ts';
import type { ResourceName } from '../core/resource-settings.ts';
import type { TaskRules } from '../core/task-ticket.ts';
import type { Item } from '../core/undo.ts';
import type { Addition, AteraTags, Identity, PointerView, SubjectView } from '../panel-state.ts';
import type { Pair } from './accounts.ts';
import { ATERA_KINDS } from './addition-kinds-atera.ts';
import { COMPANY_KINDS } from './addition-kinds-company.ts';
import { COPY_KINDS } from './addition-kinds-copy.ts';
import { GHL_KINDS } from './addition-kinds-ghl.ts';
import { REGISTRY_KINDS } from './addition-kinds-registry.ts';
import { TASK_KINDS } from './addition-kinds-task.ts';
import type { StoredTagField } from './areas.ts';
import type { ItemLinks } from './item-links.ts';
import type { Registry } from './registry.ts';

/** What an addition is made with. */
export interface AdditionContext {
  pair: Pair;
  /** The contact of the kind's vendor. */
  contactId: string;
  subject: Subject;
  startedAt: number;
  you: Identity;
  tagField: StoredTagField | null;
  /** Asks Atera for its fields again. */
  checkTagField: () => Promise<StoredTagField | null>;
  /** The contact of the other vendor; null where the kind does not ask for it. */
  otherId: string | null;
  itemLinks: ItemLinks;
  /** As they are set at that moment; null where they cannot be understood. */
  taskRules: () => Promise<TaskRules | null>;
  now: () => number;
  registry: Pick<Registry, 'readerOf' | 'checkOf' | 'isLinked'>;
}

/** What was read of the place where something is added. */
export interface Seen {
  /** One entry for each thing that is what is wanted; two that cannot be told apart are two equal entries. */
  found: string[];
  /** The same with what they look like, where they have ids. */
  items?: Item[];
  /** Whether everything that is there was read; where it was not, what is not found may be there all the same. */
  isWhole?: boolean;
  /** The text that a change is made to, where the vendor takes it whole. */
  text?: string | null;
  /** To be shown, as it was read. */
  show: { sections?: Partial<SubjectView['sections']>; ateraTags?: AteraTags; pointer?: PointerView };
}

/** A text that is sent whole; null when it is as wanted by now. `keeps`: what others have in it. */
export interface Prepared {
  text: string | null;
  keeps: string[];
  /** Somebody else has done it since the first read: nothing is sent, and theirs is not ours to take back. */
  isThere?: true;
}

/** One kind of thing that can be added. Everything else about adding is the same for all of them. */
export interface AdditionKind<A> {
  vendor: VendorName;
  /** What the pair's settings call it. */
  resource: ResourceName;
  /** Something that is so or not (a tag), instead of one more thing: when it is so already, nothing is sent. */
  isState: boolean;
  /** One more thing, of which there should be just one: another like it that turns up with it was made at the same moment. */
  isOnce?: true;
  /** The field that it sets, where it is one: whether the vendor keeps it is remembered. */
  sets?: Pick<QuirkName, 'resource' | 'field'>;
  /** Something of the counterpart goes into it: a pair that nobody linked must prove itself, whoever is on screen. */
  needsBoth?: true;
  /** What is written follows from a record of the counterpart, which may be written because of this one: never both at once. */
  isOfBoth?: true;
  /** Much of what is shown follows from it: everything is read again afterwards. */
  isReread?: boolean;
  /** Rejects with an `AppError` when it must not be sent. Runs beside the first read. */
  check?(context: AdditionContext, addition: A): Promise<void>;
  /** `sentId`: what the vendor called the new thing, where it did. */
  read(context: AdditionContext, addition: A, sentId?: string | null): Promise<Seen>;
  /** Reads again, right before the write, what it is made from. Rejects when that must not be sent. */
  prepare?(context: AdditionContext, addition: A, seen: Seen): Promise<Prepared>;
  /** Remembers what is there, once it is known to be. `fresh`: what was not there before. */
  keep?(context: AdditionContext, addition: A, fresh: readonly string[]): Promise<void>;
  /** Sends one write, and reads nothing; answers with the id of the new thing, where the vendor gives one. */
  send(context: AdditionContext, addition: A, prepared: Prepared | null): Promise<string | null>;
}

export type AdditionOf<K extends Addition['kind']> = Addition & { kind: K };
export type Kinds<K extends Addition['kind']> = { [Name in K]: AdditionKind<AdditionOf<Name>> };

const KINDS: Kinds<Addition['kind']> = {
  ...GHL_KINDS,
  ...ATERA_KINDS,
  ...COPY_KINDS,
  ...TASK_KINDS,
  ...COMPANY_KINDS,
  ...REGISTRY_KINDS,
};

export const kindOf = (addition: Addition): AdditionKind<Addition> =>
  KINDS[addition.kind] as AdditionKind<Addition>;

/** What was found and was not there before. */
export const freshItems = (before: readonly string[], { items = [] }: Seen): Item[] =>
  items.filter(({ id }) => !before.includes(id));

/** The same, where each may stand there more than once. */
export function freshOf(before: readonly string[], found: readonly string[]): string[] {
  const left = [...found];
  for (const known of before) {
    const index = left.indexOf(known);
    if (index >= 0) left.splice(index, 1);
  }
  return left;
}
