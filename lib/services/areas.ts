import type { Contact, FieldName, Ref, Subject, VendorName } from '../core/contact.ts';
import type { DiffRow, Side } from '../core/diff.ts';
import type { FieldSetting } from '../core/mapping-settings.ts';
import type { ErrorView } from '../errors.ts';
import type { Addition, AdditionResult, PersonView, Receipt, SubjectView } from '../panel-state.ts';
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
  source: Ref;
  target: Ref;
  /** Which side is written. */
  side: Side;
  /** A link made or confirmed before; without one the identity is proven again before the first write. */
  linked: boolean;
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
}

/** Stored before the write is sent. `before`: ids that the section held then; `result`: null while it is not known. */
export interface StoredAddition {
  contactId: string;
  addition: Addition;
  before: string[];
  result: AdditionResult | null;
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
}

const DAY_MS = 86_400_000;

export const AREAS: { [A in keyof Areas]: AreaDefinition } = {
  credentials: { keepMs: null, disposable: false },
  accounts: { keepMs: null, disposable: false },
  // Goes with its account: a country that ran out would make numbers differ that are the same.
  meta: { keepMs: null, disposable: true },
  views: { keepMs: 7 * DAY_MS, disposable: true },
  links: { keepMs: null, disposable: false },
  doubts: { keepMs: DAY_MS, disposable: true },
  plans: { keepMs: DAY_MS, disposable: true },
  receipts: { keepMs: 30 * DAY_MS, disposable: false },
  lastReceipts: { keepMs: DAY_MS, disposable: true },
  sample: { keepMs: null, disposable: true },
  rejections: { keepMs: null, disposable: false },
  mappings: { keepMs: null, disposable: false },
  additions: { keepMs: DAY_MS, disposable: false },
  recents: { keepMs: 7 * DAY_MS, disposable: true },
};

export type Store = SealedStore<Areas>;
