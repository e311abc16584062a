import type { Contact, FieldName, Ref, Subject, VendorName } from '../core/contact.ts';
import type { DiffRow, Side } from '../core/diff.ts';
import type { ErrorView } from '../errors.ts';
import type { PersonView, Receipt, SubjectView } from '../panel-state.ts';
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
}

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
}

export interface StoredReceipt {
  receipt: Receipt;
  subject: Subject;
  plan: StoredPlan;
  fields: FieldName[];
}

export interface AccountMeta {
  country: string | null;
  timeZone: string | null;
  /** GHL only. */
  location: GhlLocation | null;
  readAt: number;
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
  /** People shown lately, one row per pair. */
  recents: { person: PersonView; seenAt: number }[];
}

const DAY_MS = 86_400_000;

export const AREAS: { [A in keyof Areas]: AreaDefinition } = {
  credentials: { keepMs: null, disposable: false },
  accounts: { keepMs: null, disposable: false },
  meta: { keepMs: 7 * DAY_MS, disposable: true },
  views: { keepMs: 7 * DAY_MS, disposable: true },
  links: { keepMs: null, disposable: false },
  doubts: { keepMs: DAY_MS, disposable: true },
  plans: { keepMs: DAY_MS, disposable: true },
  receipts: { keepMs: 30 * DAY_MS, disposable: false },
  lastReceipts: { keepMs: DAY_MS, disposable: true },
  sample: { keepMs: null, disposable: true },
  recents: { keepMs: 7 * DAY_MS, disposable: true },
};

export type Store = SealedStore<Areas>;
