import type { ActivityEntry } from '../core/activity.ts';
import type { BaseValue } from '../core/base.ts';
import type { Contact, FieldName, Ref, Subject, VendorName } from '../core/contact.ts';
import type { ItemLink } from '../core/copied.ts';
import type { CreationRow, CreationValue } from '../core/creation.ts';
import type { Decisions, DiffRow, Side } from '../core/diff.ts';
import type { Job } from '../core/job.ts';
import type { FieldSetting } from '../core/mapping-settings.ts';
import type { Operation } from '../core/plan.ts';
import type { QuirkMemory } from '../core/quirk.ts';
import type { ResourceSetting } from '../core/resource-settings.ts';
import type { TagRules } from '../core/tag-rules.ts';
import type { TagBase, TagOp, TagSets } from '../core/tag-sync.ts';
import type { TaskRules } from '../core/task-ticket.ts';
import type { BackWrite, Item, TagDone, Undo, Write } from '../core/undo.ts';
import type { ErrorView } from '../errors.ts';
import type {
  Addition,
  AdditionResult,
  CompanyName,
  CreationResult,
  Identity,
  JobStepWords,
  Joiner,
  PersonView,
  Receipt,
  SubjectView,
  TagFieldView,
  TagPartName,
  TagSyncResult,
} from '../panel-state.ts';
import type { AreaDefinition, SealedStore } from '../platform/sealed-store.ts';
import type { GhlLocation } from '../vendors/ghl/index.ts';
import type { PersonRecord } from '../vendors/vendor.ts';

export interface StoredAccount {
  id: string;
  vendor: VendorName;
  kind: 'real' | 'sample';
  name: string;
  connectedAt: number;
  expiresAt: number | null;
  problem: ErrorView | null;
  /**
   * Given once, when the account is connected: a renewed token keeps it, connecting again after a disconnect does not. Part of the
   * scope of every row, so that nothing of an account that was erased is ever found again.
   */
  generation?: string;
  /** Atera only: the vendor's own id of the account, null when no token could read it so far. Absent in rows of earlier versions. */
  tenant?: string | null;
}

/** Where everything of one account is kept. Rows of earlier versions have no generation. */
export const scopeOfAccount = ({ id, generation }: Pick<StoredAccount, 'id' | 'generation'>): string =>
  generation === undefined ? id : `${id}#${generation}`;

/** What is on screen and may be applied. Kept so that a restart of the worker between look and click changes nothing. */
export interface StoredPlan {
  id: string;
  subject: Subject;
  tabId: number;
  windowId: number;
  version: number;
  /** The person on screen, whichever way the plan goes: `source` of a push and of a sync, `target` of a pull. */
  viewed: Ref;
  source: Ref;
  target: Ref;
  /** Which side is written; null for a sync, where each row says so. */
  side: Side | null;
  /** A link made or confirmed before; without one the identity is proven again before the first write. */
  linked: boolean;
  /** Name of `viewed`. */
  personName: string;
  rows: DiffRow[];
  /** Fingerprint of the mapping that the rows were made with. */
  mapping: string;
}

export interface StoredReceipt {
  receipt: Receipt;
  subject: Subject;
  plan: StoredPlan;
  fields: FieldName[];
  /** What the agent decided, for a sync. */
  choices?: Decisions;
  /** The writes, at most one per record. Absent in rows of earlier versions. */
  operations?: Operation[];
}

/**
 * Stored before anything is read or sent. `stage`: whether the write may have been sent; `before`: what was there already and looks
 * the same; `result`: null while it is not known.
 */
export interface StoredAddition {
  id: string;
  /** The pair of accounts that it is for. */
  scope: string;
  at: number;
  tabId: number;
  version: number;
  subject: Subject;
  contactId: string;
  addition: Addition;
  stage: 'open' | 'sent';
  before: string[];
  /** What others have in a text that is sent whole. Absent in rows of earlier versions, and where none is. */
  keeps?: string[];
  /** The contact of the other vendor, for what is copied from there. */
  otherId?: string;
  result: AdditionResult | null;
  /** Whom it is for, as the panel showed it. Absent in rows of earlier versions. */
  who?: { name: string; person: Ref; contact: Ref };
  /** What was new when it was read back. */
  made?: Item[];
  /** Only an address said that both are the same person, and it matters: proven again before the write. */
  isOnTrust?: boolean;
}

/** One entry of the journal, and what its way back needs. */
export interface StoredActivity {
  /** The pair of accounts that it is for. */
  scope: string;
  entry: ActivityEntry<ErrorView>;
  write: Write;
  undo: Undo;
  /** For what takes another entry back: stored before it is sent, and after every step. */
  job: Job<BackWrite, ErrorView, null> | null;
}

/** One step of a job. Whatever the step needs is in it: what was on screen may be gone. */
export type JobOp =
  | { kind: 'plan'; row: StoredReceipt }
  | { kind: 'addition'; row: StoredAddition }
  /** `of`: the entry that is taken back. */
  | { kind: 'undo'; of: string; write: BackWrite }
  | { kind: 'tags'; row: StoredTagSync }
  /** `customer`: null where the vendor wants none. */
  | { kind: 'create'; plan: StoredCreationPlan; fields: FieldName[]; customer: CompanyName | null }
  | { kind: 'company'; planId: string; fields: FieldName[] }
  /** `customer`: null where the vendor wants none, or where an earlier step brings it. */
  | { kind: 'contact'; planId: string; fields: FieldName[]; customer: CompanyName | null }
  /** `vendor`: where it goes. `person`: whom it is taken from. `print`: of the original, as it was shown. */
  | {
      kind: 'carry';
      item: { kind: 'task' | 'ticket' | 'note'; id: string; print: string } | { kind: 'tag'; tag: string };
      /** Tickets alone: key of the rules for tasks when it was pressed. */
      rules?: string;
      vendor: VendorName;
      person: Ref;
      personName: string;
    }
  /** Somebody of a company is put into the one that it is linked to. `isLast`: of the press. */
  | { kind: 'join'; joiner: Joiner; company: CompanyName; to: CompanyName; isLast: boolean };

/** What later steps need of earlier ones. */
export interface StepResult {
  customer?: CompanyName;
  contact?: Ref;
  /** Where notes go. */
  ticketId?: string;
  /** Whom it was for, as they were called right before the write: told of the step from then on. */
  personName?: string;
}

/** Stored before anything of it is read or sent, under the id of the press. */
export interface StoredJob {
  /** The pair of accounts that it is for. */
  scope: string;
  people: Ref[];
  personName: string;
  /** One for each step. */
  words: JobStepWords[];
  job: Job<JobOp, ErrorView, null>;
}

/** Stored before anything is read or sent. `result`: null while it is not known. */
export interface StoredTagSync {
  id: string;
  /** The pair of accounts that it is for. */
  scope: string;
  at: number;
  tabId: number;
  version: number;
  subject: Subject;
  /** Whom it is for, as the panel showed it. */
  who: { name: string; person: Ref; counterpart: Ref };
  ops: TagOp[];
  rules: TagRules;
  /** The field of Atera that holds tags. */
  field: string;
  /** The tags that the panel showed; of what had to wait, those that were there right before the write. */
  seen: TagSets;
  parts: StoredTagPart[];
  stage: 'open' | 'sent';
  result: TagSyncResult | null;
  /** Only an address said that both are the same person: proven again before the write. */
  isOnTrust?: boolean;
}

/** One request. `tags`: what is known of each so far; `keeps`: what others have in a text that is sent whole. */
export interface StoredTagPart {
  part: TagPartName;
  vendor: VendorName;
  tags: TagDone[];
  keeps: string[];
}

/** A custom field of contacts that serves a purpose, as it was found last. */
export interface StoredTagField {
  name: string;
  state: Exclude<TagFieldView['state'], 'off'>;
  error: ErrorView | null;
  /** GHL only: values are kept under it. */
  id?: string;
}

/** Where each side keeps who its counterpart is. A row means that this is wanted. */
export type StoredRegistry = Record<VendorName, StoredTagField>;

/** A creation as it was shown: what it is for, and what each field would get. */
export interface StoredCreationPlan {
  id: string;
  subject: Subject;
  tabId: number;
  windowId: number;
  version: number;
  source: Ref;
  /** Who creates. */
  vendor: VendorName;
  personName: string;
  rows: CreationRow[];
  /** Fingerprint of the mapping that the rows were made with. */
  mapping: string;
}

/** Stored before the request is sent, or while it waits, under the id of its plan. `result`: null while it is not known. */
export interface StoredCreation {
  id: string;
  source: Ref;
  vendor: VendorName;
  personName: string;
  fields: FieldName[];
  values: CreationValue[];
  customerId: string | null;
  startedAt: number;
  /** Ids of those who had the same address or number before, and are somebody else. */
  before: string[];
  /** As the vendor named it, or as it was found; null while neither is believed. */
  createdId: string | null;
  result: CreationResult | null;
  /** Long enough ago and not found: whoever wants to may create again. */
  released: boolean;
}

export interface AccountMeta {
  country: string | null;
  timeZone: string | null;
  /** GHL only. */
  location: GhlLocation | null;
  readAt: number;
  /** Atera only: a few people of the tenant, by which a token that may not read the tenant's id is recognised. */
  witnesses?: { id: string; email: string | null; name: string }[];
}

/** `pairing`: which two keys were compared, and how; another pairing of the same field makes the value worthless. */
export type StoredBase = Partial<Record<FieldName, BaseValue & { pairing: string }>>;

/** Everything that is stored about people, and every secret: always encrypted. */
export interface Areas {
  credentials: { token: string };
  accounts: StoredAccount;
  meta: AccountMeta;
  views: SubjectView;
  links: { atera: Ref; ghl: Ref };
  /** Who else has the address of a person, found when a write was about to rely on it. */
  doubts: { twins: Contact[]; rivals: PersonRecord[] };
  plans: StoredPlan;
  receipts: StoredReceipt;
  /** Which receipt was the last one for what a page shows. */
  lastReceipts: { planId: string };
  sample: { json: string };
  /** Two records that an agent has said to be two people. */
  rejections: { atera: Ref; ghl: Ref };
  /** Field rules of a pair. Not disposable: what was switched off must not come back by itself. */
  mappings: { rows: FieldSetting[] };
  additions: StoredAddition;
  /** People shown lately, one row per pair. */
  recents: { person: PersonView; seenAt: number }[];
  /** Which addition was the last one for what a page shows, until a panel has shown its outcome. */
  lastAdditions: { id: string };
  identities: Identity;
  /** The custom field of Atera contacts that holds tags. */
  tagField: StoredTagField;
  creationPlans: StoredCreationPlan;
  creations: StoredCreation;
  /** What is shown and written for a pair. Not disposable: what was switched off must not come back by itself. */
  resources: { rows: ResourceSetting[] };
  activity: StoredActivity;
  /** What a linked pair held when it was last verified to agree, one row per pair: belongs to the link, and goes with it. */
  bases: { fields: StoredBase };
  /** What was copied of one person's items, one row per GHL contact. Not disposable: without it everything could be copied again. */
  itemLinks: { links: ItemLink[] };
  /** What was told to be written and is not over. */
  jobs: StoredJob;
  /** The custom fields in which two linked records name each other. */
  registry: StoredRegistry;
  /** Two records that were unlinked while their fields may still name each other: that says nothing any more. */
  distrusted: { atera: Ref; ghl: Ref };
  /** How tags of a pair of accounts belong together. Not disposable: what was switched off must not come back by itself. */
  tagRules: TagRules;
  /** Tags of both records of a link at their last sync, and the field of Atera that they were in: goes with the link. */
  tagBases: { sets: TagBase; field: string };
  tagSyncs: StoredTagSync;
  /** Which sync of tags was the last one for what a page shows, until a panel has shown its outcome. */
  lastTagSyncs: { id: string };
  /** What a vendor of this pair accepted and did not keep, one row per field. No values, and nobody's ids. */
  quirks: { scope: string; memory: QuirkMemory };
  /** How tasks and tickets of a pair belong together. Not disposable: what was taken out must not come back by itself. */
  taskRules: TaskRules;
}

const DAY_MS = 86_400_000;
/** What a job goes on with must be there for as long as the job is: without it, what was sent could be sent once more. */
const JOB_MS = 30 * DAY_MS;

export const AREAS: { [A in keyof Areas]: AreaDefinition } = {
  credentials: { keepMs: null, disposable: false },
  accounts: { keepMs: null, disposable: false },
  // Goes with its account: a country that ran out would make numbers differ that are the same.
  meta: { keepMs: null, disposable: true },
  views: { keepMs: 7 * DAY_MS, disposable: true },
  links: { keepMs: null, disposable: false },
  doubts: { keepMs: DAY_MS, disposable: true },
  plans: { keepMs: DAY_MS, disposable: true },
  receipts: { keepMs: JOB_MS, disposable: false },
  lastReceipts: { keepMs: DAY_MS, disposable: true },
  sample: { keepMs: null, disposable: true },
  rejections: { keepMs: null, disposable: false },
  mappings: { keepMs: null, disposable: false },
  additions: { keepMs: JOB_MS, disposable: false },
  recents: { keepMs: 7 * DAY_MS, disposable: true },
  lastAdditions: { keepMs: DAY_MS, disposable: true },
  identities: { keepMs: null, disposable: false },
  tagField: { keepMs: null, disposable: false },
  creationPlans: { keepMs: JOB_MS, disposable: true },
  creations: { keepMs: JOB_MS, disposable: false },
  resources: { keepMs: null, disposable: false },
  activity: { keepMs: JOB_MS, disposable: false },
  // Without it nothing is guessed: a row that cannot be read asks about everything, and is written anew with the next agreement.
  bases: { keepMs: null, disposable: true },
  itemLinks: { keepMs: null, disposable: false },
  jobs: { keepMs: JOB_MS, disposable: false },
  registry: { keepMs: null, disposable: false },
  distrusted: { keepMs: null, disposable: false },
  tagRules: { keepMs: null, disposable: false },
  tagBases: { keepMs: null, disposable: true },
  tagSyncs: { keepMs: JOB_MS, disposable: false },
  lastTagSyncs: { keepMs: DAY_MS, disposable: true },
  // Without news for so long, the vendor may have changed: the next write tells again.
  quirks: { keepMs: 90 * DAY_MS, disposable: true },
  taskRules: { keepMs: null, disposable: false },
};

export type Store = SealedStore<Areas>;
