/**
 * What the background tells the panel and the options page: plain JSON, no secret, no vendor record.
 * The background owns it and replaces it whole; the panel only mirrors it.
 */
import type { ActivityEntry, ActivityKind } from './core/activity.ts';
import type { ClaimProblem } from './core/claim.ts';
import type { CompanyCandidate, CompanyName } from './core/company.ts';
import type { FieldName, FieldValue, Ref, RefKind, Subject, VendorName } from './core/contact.ts';
import type { Copied, CopyItem } from './core/copied.ts';
import type { CreationProblem, CreationRow } from './core/creation.ts';
import type { JobStatus, StepState } from './core/job.ts';
import type { BlockReason, MappingDirection } from './core/mapping.ts';
import type { FieldSetting } from './core/mapping-settings.ts';
import type { Candidate, Evidence } from './core/match.ts';
import type { Quirk } from './core/quirk.ts';
import type { ResourceSetting } from './core/resource-settings.ts';
import type { DiffRow, Direction } from './core/rows.ts';
import type { SecretKind } from './core/secret-scan.ts';
import type { TagOp, TagRow } from './core/tag-sync.ts';
import type { Follow, TaskRules } from './core/task-ticket.ts';
import type { TagDone } from './core/undo.ts';
import type { ErrorView } from './errors.ts';

export type { CompanyName } from './core/company.ts';

export interface AccountView {
  id: string;
  vendor: VendorName;
  kind: 'real' | 'sample';
  /** Company or location name as the vendor gives it; falls back to the id. */
  name: string;
  /** Epoch ms when the token runs out, where the token says so. */
  expiresAt: number | null;
  connectedAt: number;
  /** The last failure that concerns the credential or its rights; null while the account works. */
  problem: ErrorView | null;
}

export type Loadable<T> =
  | { status: 'loading' }
  | { status: 'ready'; value: T }
  | { status: 'failed'; error: ErrorView };

export interface PersonView {
  ref: Ref;
  name: string;
  email: FieldValue;
  phone: FieldValue;
  jobTitle: FieldValue;
  company: FieldValue;
  archived: boolean;
  /** Deep link into the vendor's web app, or null where no public URL is known (Atera contacts). */
  url: string | null;
  /** Channels on which this person must not be contacted, in the vendor's words ("SMS"); empty when none. */
  optOuts: string[];
  /** Id of their company in the same vendor, where it is known. */
  companyId?: string | null;
  /** Atera alone: the customer that the contact belongs to, where it was read. */
  customer?: CompanyCard | null;
  /** GHL alone: whether the contact is linked to a business; its name alone is free text. */
  isInBusiness?: boolean;
}

export interface CandidateView extends Candidate {
  person: PersonView;
}

/**
 * `linked`: stored link, or confirmed by this agent. `one`: recognised by a sure sign (exact e-mail). `several`: people to
 * choose from (also when there is just one suspicion). `none`: searched and not found. `rejected`: how many were said to be
 * somebody else, and are not offered therefore.
 */
export type MatchView =
  | { status: 'loading' }
  | { status: 'linked' | 'one'; evidence: Evidence[]; counterpart: PersonView }
  | { status: 'several'; candidates: CandidateView[]; rejected?: number }
  | { status: 'none'; rejected?: number }
  | { status: 'failed'; error: ErrorView };

export interface RelatedItem {
  id: string;
  vendor: VendorName;
  title: string;
  /** Plain text, already stripped of markup and shortened. */
  body: string;
  /** Characters left out of `body`; 0 when it is whole. */
  omitted: number;
  /** Epoch ms: task due, note written, ticket created, appointment start. Null when the vendor gives none. */
  at: number | null;
  /** Vendor's own state word (ticket status, appointment status), or null. */
  state: string | null;
  done: boolean;
  /** Deep link, or null. */
  url: string | null;
  /** What it is known by when it is copied; absent where it cannot be copied. */
  copy?: CopyItem;
  /** Where its copy is, or what it is a copy of. */
  copied?: Copied;
  /** It says that it is a copy, and is not taken for one. */
  claim?: ClaimProblem;
}

export type SectionName = 'tasks' | 'notes' | 'tickets' | 'comments' | 'appointments' | 'tags';

export type Section =
  | { status: 'loading' }
  /** `window`: only the newest `seen` of `total` were looked through (Atera cannot filter tickets by person). */
  | { status: 'ready'; items: RelatedItem[]; window: { seen: number; total: number } | null }
  | { status: 'failed'; error: ErrorView }
  /** Not shown, because it is not certain who the counterpart is. */
  | { status: 'withheld' }
  /** Switched off for this pair of accounts: neither read nor shown. */
  | { status: 'off' };

export type FieldOutcome =
  | 'waiting'
  | 'sent'
  | 'accepted'
  | 'verified'
  | 'not-stored'
  | 'changed-meanwhile'
  | 'not-written'
  | 'unknown';

export interface ReceiptField {
  field: FieldName;
  /** Value in the target before, as seen when the plan was made. */
  before: FieldValue;
  /** Value that this receipt writes. */
  sent: FieldValue;
  /** Value found in the target by the last read; null before the first read, or when it is empty. */
  found: FieldValue;
  outcome: FieldOutcome;
  /** Who is written to, in a sync; else it is the receipt's target. */
  vendor?: VendorName;
}

/**
 * `running` until every field has its final outcome. `queued`: nothing was written yet, it is tried again by itself. `conflict`: somebody changed the target (or the viewed record) since it
 * was shown, nothing was written. `refused`: the identity of the pair is not certain any more, nothing was written.
 * `failed`: the vendor said no, nothing was written. `unknown`: no answer came and read-back was not possible.
 */
export type ReceiptState = 'queued' | 'running' | 'done' | 'conflict' | 'refused' | 'failed' | 'unknown';

export interface Receipt {
  /** Same as the id of the plan: applying a plan twice yields the same receipt. */
  id: string;
  at: number;
  source: Ref;
  target: Ref;
  personName: string;
  state: ReceiptState;
  /** Values went both ways: a field that was written to both records is there twice. */
  isSync?: true;
  fields: ReceiptField[];
  error: ErrorView | null;
  /** Of a sync alone: why the write to the other record did not end well either. */
  otherError?: ErrorView | undefined;
}

/**
 * What an agent adds to (or takes off) the person on screen: tags, notes and tasks of the GHL contact; tags, internal comments and
 * tickets of the Atera contact. `dueAt`: epoch ms. `authorId`, `userId`: the technician, or
 * the user of GHL, whom the preview named as the author.
 */
export type Addition =
  | { kind: 'add-tag' | 'remove-tag'; tag: string }
  | { kind: 'note'; body: string; userId?: string | undefined }
  | { kind: 'task'; title: string; dueAt: number }
  | { kind: 'add-atera-tag' | 'remove-atera-tag'; tag: string }
  | { kind: 'comment'; ticketId: string; body: string; authorId: number }
  | { kind: 'ticket'; title: string; body: string }
  | NoteCopy
  | CommentCopy
  | TaskCopy
  | TicketCopy
  | Follow
  /** Their company in GHL (a business), or in Atera (the customer). `from`: where they were shown to be; null: nowhere. */
  | { kind: 'set-business' | 'set-customer'; from: CompanyName | null; to: CompanyName }
  | Remembering;

/**
 * Writes into this custom field of one record who its counterpart is: `text`. `expected`: what stands there now, as the agent saw it;
 * anything else is not written over.
 */
export interface Remembering {
  kind: 'remember-in-atera' | 'remember-in-ghl';
  field: string;
  text: string;
  expected: FieldValue;
}

/** `body`: the whole text, as the preview showed it. `print`: of the original then. `seen`: the warnings that were answered. */
interface ShownCopy {
  sourceId: string;
  body: string;
  print: string;
  seen: SecretKind[];
}
/** A note of GHL as an internal comment on this ticket. */
export interface NoteCopy extends ShownCopy {
  kind: 'copy-note';
  ticketId: string;
  authorId: number;
}
/** A task of GHL as a ticket of Atera; with whom of Atera has the e-mail of its assignee. */
export interface TaskCopy extends ShownCopy {
  kind: 'copy-task';
  title: string;
  technicianId?: number | undefined;
}
/** A ticket of Atera as a task of GHL; with whom of GHL has the e-mail of its technician. */
export interface TicketCopy extends ShownCopy {
  kind: 'copy-ticket';
  title: string;
  dueAt: number;
  assignedTo?: string | undefined;
  /** Key of the rules that it was shown by. */
  rules: string;
}
/** A comment of Atera as a note of GHL. */
export interface CommentCopy extends ShownCopy {
  kind: 'copy-comment';
  userId?: string | undefined;
}

/**
 * `done`: found when read back. `not-stored`: not found, with the error when no clear answer came. `unknown`: could not be read
 * back. `failed`: refused, nothing was written. `queued`: nothing was written yet, it is tried again by itself.
 */
export interface AdditionResult {
  id: string;
  state: 'queued' | 'done' | 'not-stored' | 'unknown' | 'failed';
  error: ErrorView | null;
  /** Not found, but only a part of the place could be read. */
  isPartly?: true;
  /** What others had there right before it was written, and is there no more. */
  gone?: string[];
  /** How many of it are there, where it should be one: another browser wrote it at the same moment. */
  doubles?: number;
}

export interface Gap {
  part: 'customer' | 'custom-values';
  error: ErrorView;
}

export interface SubjectView {
  subject: Subject;
  /** Grows with every change of what the tab shows; a plan of an older version is refused. */
  version: number;
  /** "Ticket 4821 · Printer offline again"; null while loading. */
  headline: { number: string; title: string } | null;
  person: Loadable<PersonView>;
  match: MatchView;
  /** Left is always Atera, right always GHL. Empty until both records are here. */
  rows: DiffRow[];
  /** What may be applied to `rows`, per direction; null while nothing may. Using one of them renews them all. `sync`: only for a linked pair, where
   * something is known of how a difference came about. */
  plans: Record<Direction, string | null>;
  /** Who receives a push. */
  pushTarget: VendorName;
  sections: Record<SectionName, Section>;
  receipt: Receipt | null;
  /** Parts of the person that could not be read; what depends on them is left out of `rows`. */
  gaps: Gap[];
  /** Epoch ms of the oldest data on screen from that vendor; null while nothing was read. */
  asOf: Record<VendorName, number | null>;
  /** True while a fresh read is under way over data that is shown already. */
  refreshing: boolean;
  /** The page only suggests that it is about `person`: a write must confirm the name. */
  suggested: boolean;
  ateraTags: AteraTags;
  /** Null, or absent, while nobody is named in custom fields for this pair. */
  registry?: RegistryView | null;
}

/** What a vendor knows of a company. */
export interface CompanyCard {
  name: string;
  phone: FieldValue;
  domain: FieldValue;
  /** One line. */
  address: FieldValue;
  /** Deep link, or null where no public address is known (GHL companies). */
  url: string | null;
}

/** A device that Atera watches. `user`: who is signed in, or was last, by the computer's own name for them. */
export interface DeviceCard {
  name: string;
  online: boolean | null;
  user: FieldValue;
  /** Whose it is: the customer that its page leads to. */
  companyId: string;
}

/** Somebody of a company. `tickets`: how many of the tickets looked through they wrote; null where that is not how they were found. */
export interface CompanyPerson extends PersonHit {
  tickets: number | null;
}

export interface CompanyView {
  subject: Subject;
  version: number;
  /**
   * The device whose page this is; null on a company's own page. `unlisted`: not among the first `seen` of `total` devices. Without a
   * device there is no company either, and its parts stay as they are.
   */
  device: Loadable<DeviceCard> | { status: 'unlisted'; seen: number; total: number } | null;
  company: Loadable<CompanyCard> | { status: 'off' };
  people: Loadable<CompanyPerson[]> | { status: 'off' };
  /** How far people were looked for: in Atera among the newest tickets, in GHL among its people. */
  window: { seen: number; total: number } | null;
  /** Null in GHL, which has none. */
  tickets: Section | null;
  refreshing: boolean;
}

export interface SampleSubject {
  subject: Subject;
  title: string;
  personName: string;
}

export type PageView =
  /** The tab's address cannot be read. `host`: one of our own pages whose access was switched off, or null. */
  | { kind: 'no-access'; origins: string[] }
  | { kind: 'not-connected'; missing: VendorName[] }
  /** Readable page, nobody on it. With sample accounts, people to try are listed. */
  | { kind: 'nothing'; samples: SampleSubject[] }
  /** An Atera page whose address holds a number that may be an id: the agent can say what it is. */
  | { kind: 'unmarked'; id: string; template: string }
  /** The page belongs to another GHL location than the connected one: nothing is read or written. */
  | { kind: 'wrong-location'; pageLocationId: string; accountLocationId: string }
  /** `chosen`: found by the agent, while the page itself shows nobody. */
  | { kind: 'subject'; view: SubjectView; chosen?: true; back?: BackTo }
  /**
   * A company and its people. `compared`: the company itself, beside the one that it is linked to; null where it is linked to none and
   * nobody asked. `chosen`: reached from a person, not from the page.
   */
  | { kind: 'company'; view: CompanyView; compared?: SubjectView | null; chosen?: true; back?: BackTo }
  /** A page that is recognised, and that no documented call leads to a person from. */
  | { kind: 'unreachable'; subject: Subject }
  /** The tab that a panel was bound to is closed. */
  | { kind: 'gone' };

/** Where leaving what was chosen leads to. `name` is null where it is not known any more. */
export interface BackTo {
  kind: RefKind;
  name: string | null;
}

export interface PanelState {
  /** Grows with every state sent; an older one arriving late is ignored. */
  revision: number;
  windowId: number;
  tabId: number | null;
  /** Whether the tab is the one in front of its window: a panel that speaks for the window ignores the others. */
  active: boolean;
  accounts: AccountView[];
  /** The page is recognised because an agent marked pages with this address; null for all others. */
  template: string | null;
  page: PageView;
  /** Null while nothing is connected. */
  adding: AddingState | null;
  /** What is shown and written for the connected pair; empty while nothing is connected. */
  resources: ResourceSetting[];
  /** Null while it is not certain whose tags they are, while they are not read, and where no field of Atera holds tags. */
  tagSync: TagSyncState | null;
  /** What the vendors of the connected pair accepted and did not keep, whoever it was written for. */
  quirks: Quirk[];
}

export interface MappingRowView extends FieldSetting {
  /** Directions that may be chosen. */
  directions: MappingDirection[];
  /** Whether the field can be written there, or why not. */
  toAtera: true | BlockReason;
  toGhl: true | BlockReason;
  /** Values of the person in view; null when nobody is. */
  values: Record<VendorName, FieldValue> | null;
}

/** Field rules of the connected pair. */
export interface MappingView {
  /** Whose values are shown; null when nobody is in view. */
  personName: string | null;
  rows: MappingRowView[];
}
/** Somebody to look at without their page: a person, or the requester of a ticket (then with the ticket's title). */
export interface PersonHit {
  subject: Subject;
  person: PersonView;
  title: string | null;
}

/** What one vendor says to a search. `not-possible`: it was not asked, because it cannot search by this. */
export type VendorHits =
  | { status: 'ready'; hits: PersonHit[]; more: boolean }
  | { status: 'failed'; error: ErrorView }
  | { status: 'not-possible'; reason: 'by-name' | 'by-id' | 'page' | 'no-requester' };

export type FoundPeople = Record<VendorName, VendorHits>;

/** Somebody who works with tickets in Atera, as tickets name them. */
export interface Technician {
  id: number;
  name: string;
  email: FieldValue;
}

export interface GhlUser {
  id: string;
  name: string;
  email: FieldValue;
}

/** Who the agent is, in each system. */
export interface Identity {
  atera: Technician | null;
  ghl: GhlUser | null;
}

/**
 * The custom field of Atera contacts that holds tags. `off`: none is chosen. `ready`: it is there, and holds text. `missing`: Atera
 * has no such field of contacts. `wrong-type`: it is there, and holds something else. `unread`: the fields could not be read. `taken`:
 * it serves another purpose here. `twice`: more than one has that name.
 */
export interface TagFieldView {
  name: string | null;
  state: 'off' | 'ready' | 'missing' | 'wrong-type' | 'unread' | 'taken' | 'twice';
  /** Why it is unread. */
  error: ErrorView | null;
}

/** How tasks and tickets of the connected pair belong together. `isDamaged`: what was stored cannot be understood, and these are proposed. */
export interface TaskRulesView {
  rules: TaskRules;
  isDamaged: boolean;
}

/** What a panel must know of the pair, and of the last press, before anything is added. */
export interface AddingState {
  /** Who the agent is in Atera; null until they said so. */
  you: Technician | null;
  /** Who the agent is in GHL, if they said so: then their notes are in that name. */
  youInGhl: GhlUser | null;
  tagField: TagFieldView;
  /** How tasks and tickets belong together; null where that cannot be understood. */
  taskRules: TaskRules | null;
  /** The last addition for what the tab shows whose outcome no panel has said to have shown; `result` is null while it runs. */
  last: { id: string; addition: Addition; result: AdditionResult | null } | null;
}

/** Tags that are kept in Atera. `off`: no field is chosen for them. */
export type AteraTags =
  | { status: 'loading' | 'off' }
  | { status: 'ready'; tags: string[] }
  | { status: 'failed'; error: ErrorView };

/** Companies to choose from. `all`: everyone looked through, of `total`; null: there are more, and nobody says how many. */
export type CompanyOffer =
  | { status: 'ready'; candidates: CompanyCandidate[]; all: CompanyName[]; total: number | null }
  | { status: 'failed'; error: ErrorView };

/** A record of Atera that a page may be about. */
export interface MarkedRecord {
  id: string;
  name: string;
}

/** What creating the counterpart would do. Nothing is written by asking. */
export interface CreationPreview {
  /** Null when it may not be created now: see `problem` and `earlier`. */
  planId: string | null;
  vendor: VendorName;
  personName: string;
  rows: CreationRow[];
  problem: CreationProblem | null;
  /** Null where the vendor wants no company. */
  companies: CompanyOffer | null;
  /** The last creation of this person, where it is not known what came of it, or where it turned out to be there. */
  earlier: CreationResult | null;
}

export interface CreatedField {
  field: FieldName;
  sent: FieldValue;
  found: FieldValue;
  stored: boolean;
}

/**
 * `created`: read back, and linked. `found`: somebody is there already, nothing was written. `conflict`: the viewed record, or the
 * company, has changed, nothing was written. `failed`: refused, nothing was written. `unknown`: no clear answer came and it was not
 * found, or it could not be read yet; it is never sent again. `queued`: nothing was sent yet, it is tried again.
 */
export interface CreationResult {
  id: string;
  at: number;
  vendor: VendorName;
  personName: string;
  state: 'created' | 'found' | 'conflict' | 'failed' | 'unknown' | 'queued';
  /** Whether the two are linked now. A link that the agent made meanwhile stays, and this one is not made. */
  isLinked: boolean;
  /** As read back; null when that was not possible. */
  created: PersonView | null;
  fields: CreatedField[];
  /** It is about a company, not a person. */
  isCompany?: true;
  /** Who was found instead. */
  people: PersonView[];
  error: ErrorView | null;
}

/** Somebody of the other vendor whom a search found, compared with the person on screen. */
export interface FoundCounterpart {
  person: PersonView;
  evidence: Evidence[];
  /** Linked to somebody else: a new link takes its place. */
  linkedTo: Ref | null;
}

/** What the other vendor says to a search for the counterpart. */
export type CounterpartHits =
  | { status: 'ready'; people: FoundCounterpart[]; more: boolean }
  | Exclude<VendorHits, { status: 'ready' }>;

/** A token that works, but for another account than the connected one, or perhaps so. Nothing is stored or erased until it is answered. */
export interface ConnectQuestion {
  kind: 'question';
  id: string;
  vendor: VendorName;
  /** Name of the connected account. */
  present: string;
  /** Name of the other one; null when the vendor does not tell. */
  next: string | null;
  /** The vendor does not tell which account the token is for: only a person knows. */
  canBeSame: boolean;
}
/** `same`: another token of the connected account. `replace`: erase that, and connect the other. */
export type ConnectAnswer = 'same' | 'replace' | 'keep';

/** One entry of the journal, as pages are told of it. */
export type ActivityView = ActivityEntry<ErrorView>;
/** The newest entries first. `total`: how many there are. */
export interface ActivityPage {
  entries: ActivityView[];
  total: number;
}

/** Requests of an account that wait, and why: see `Wait` in `lib/platform/limiter.ts`. `toldAt`: epoch ms. */
export interface AccountWait {
  vendor: VendorName;
  accountId: string;
  /** `asked`: the vendor said "too many". `pace`: more would be more than it allows. `busy`: as many as may are under way. */
  reason: 'asked' | 'pace' | 'busy';
  /** Epoch ms when it goes on; null where that depends on answers that have not come. */
  waitingUntil: number | null;
  /** Requests before the one that the agent waits for. */
  queued: number;
  toldAt: number;
}

/** What copying would write, to the letter. Nothing is written by asking. */
export interface CopyPreview {
  body: string;
  print: string;
  /** What it looks like it holds: to be answered before it is copied. */
  secrets: SecretKind[];
  /** For tasks and tickets. */
  title?: string;
  /** When the new task is due: the ticket's own time, or some days from now. */
  dueAt?: number;
  /** Key of the rules for tasks that this follows from, where it does. */
  rules?: string;
  /** Who gets it: whoever has the same e-mail there. Null when nobody has. */
  assignee?: { id: string; name: string } | null;
}

/** One step of a job, in words: what is written, and where. */
export interface JobStepWords {
  kind: ActivityKind;
  vendor: VendorName;
  /** Of a task, a ticket, a tag: text of people. */
  title?: string;
  /** Of an undo: what is taken back. */
  undoes?: ActivityKind;
  /** It goes to both systems. */
  isBoth?: boolean;
  /** Whose record it is, where a job is for several people. */
  personName?: string;
}

/** Something that was told to be written and is not over, or stopped on its way. */
export interface JobView {
  id: string;
  personName: string;
  people: Ref[];
  status: JobStatus;
  createdAt: number;
  /** Tries that came to nothing. */
  attempts: number;
  /** Epoch ms of the next try; null when none is due. */
  runAt: number | null;
  /** Why it waits. */
  error: ErrorView | null;
  canCancel: boolean;
  canGoOn: boolean;
  steps: { words: JobStepWords; state: StepState; error: ErrorView | null }[];
}

/** Where the contact of one vendor is, and where they may belong. */
export type CompanySide =
  | { status: 'ready'; contact: Ref; present: CompanyName | null; offer: CompanyOffer }
  | { status: 'failed'; error: ErrorView };

/** Somebody of the company on screen whose counterpart is not in the company that it is linked to. */
export interface Outsider {
  /** Of the company on screen. */
  person: Ref;
  name: string;
  email: FieldValue;
  /** The same person at the other vendor, whose record would be written. */
  contact: Ref;
  contactName: string;
  /** Said by a link; else by an address that both have, and that is proven again right before the write. */
  isLinked: boolean;
  /** Where the contact is; null: in no company. */
  from: CompanyName | null;
}

/** Who of the company on screen may be put into the one that it is linked to. */
export interface CompanyOutsiders {
  /** Who would be written to, and into which company. */
  vendor: VendorName;
  to: CompanyName;
  people: Outsider[];
  /** How many are in there already. */
  inside: number;
  /** How many have nobody there who is certainly the same person. */
  uncertain: number;
  /** How many could not be looked for, and why not; null where all could. */
  failed: { count: number; error: ErrorView } | null;
  /** How many were not looked at: a list has its limits. */
  left: number;
}

/** One person to put into a company, as the panel showed them. */
export type Joiner = Pick<Outsider, 'person' | 'name' | 'contact' | 'isLinked' | 'from'>;

/** The companies of the person on screen; null where it is not certain who they are in that vendor. */
export type CompanySides = Record<VendorName, CompanySide | null>;

/**
 * What the custom field of one record says of the counterpart. `agrees`: it names whoever is shown as the counterpart. `hint`: it names
 * somebody who may be. `stranger`: it names somebody whose e-mail, phone and name all say something else. `other`: it names somebody
 * else than the counterpart. `gone`: it names nobody who is there. `elsewhere`: it names somebody of another account. `unreadable`: it
 * holds something else. `unread`: whom it names could not be read.
 */
export interface PointerView {
  state: 'empty' | 'agrees' | 'hint' | 'stranger' | 'other' | 'gone' | 'elsewhere' | 'unreadable' | 'unread';
  /** What stands there; null where nothing does, or where it is too long to be shown. */
  text: FieldValue;
  /** Whom it names, where they were read. */
  name: string | null;
}

/** `key`: what its value is kept under; null where the vendor has no such field. */
export interface RegistryField extends Pick<TagFieldView, 'state'> {
  name: string;
  key: string | null;
}

/** The custom fields in which two records name each other. */
export interface RegistryView {
  fields: Record<VendorName, RegistryField>;
  /** What stands in the field of each record; null where that was not read. */
  pointers: Record<VendorName, PointerView | null>;
  /** What is to be written into each; null while it is not certain who the counterpart is. */
  wanted: Record<VendorName, string> | null;
}

/** Whether linked records name each other in custom fields, and in which. */
export interface RegistrySettings {
  isOn: boolean;
  fields: Record<VendorName, TagFieldView>;
  /** The token may not read the id of the Atera account: nothing could say of which account a contact is. */
  isNameless: boolean;
}

/** Tags of both records as one list, and what may be done with each. */
export interface TagSyncState {
  /** Names the rules that `rows` were made with: a press under other ones is refused. */
  rules: string;
  rows: TagRow[];
  /** Whether both remember what they held at their last sync. */
  hasPast: boolean;
  /** The last press for what the tab shows whose outcome no panel has said to have shown; `result` is null while it runs. */
  last: { id: string; ops: TagOp[]; result: TagSyncResult | null } | null;
}

/** One request: the whole text of Atera, what is put on in GHL, or what is taken off there. */
export type TagPartName = 'atera' | 'ghl-on' | 'ghl-off';

/**
 * `conflict`: nobody asks for any of it any more, nothing was sent. `failed`: refused, or not reached, nothing was written. `queued`:
 * nothing of the press was sent yet, it is tried again. The others as for an addition.
 */
export interface TagPart {
  part: TagPartName;
  vendor: VendorName;
  state: 'queued' | 'done' | 'not-stored' | 'conflict' | 'failed' | 'unknown';
  tags: TagDone[];
  error: ErrorView | null;
  /** What others had there right before it was written, and is there no more. */
  gone?: string[];
}

/** Each part ends by itself: what one vendor refuses does not undo what the other took. */
export interface TagSyncResult {
  id: string;
  parts: TagPart[];
}

/** What goes along when somebody is created in the other system, as it was shown. `print`: of the original then. */
export interface BroughtItem {
  kind: 'task' | 'ticket' | 'note';
  id: string;
  print: string;
  /** For people alone. */
  title: string;
}
