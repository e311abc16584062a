import type { VendorName } from './core/contact.ts';
import type { ErrorView } from './errors.ts';

/** Every step of a connection test, in the order in which they are shown. */
export const STEP_IDS = [
  'reachable',
  'authenticated',
  'contacts',
  'account',
  'tickets',
  'customers',
  'customValues',
  'customFields',
  'conversations',
  'write',
] as const;
export type StepId = (typeof STEP_IDS)[number];

/**
 * `not-run`: something before it failed, or it would have to write. `not-needed`: the account holds nobody to try it on.
 */
export type StepOutcome = 'ok' | 'failed' | 'not-run' | 'not-needed';

export interface ConnectionStep {
  id: StepId;
  outcome: StepOutcome;
  /** How long it took; null when nothing was asked. */
  ms: number | null;
  /** Right that the step proves, in the vendor's words; null where it is not about one. */
  scope: string | null;
  /** Whether the product works without this right, with less to show. */
  optional: boolean;
  /** Present exactly when it failed. */
  error: ErrorView | null;
}

export interface AccountReport {
  accountId: string;
  vendor: VendorName;
  steps: ConnectionStep[];
  /** Null when it could not be read. */
  info: { name: string; country: string | null; timeZone: string | null } | null;
  /** A few people as they were read; null when they could not be. */
  people: { id: string; name: string; email: string | null }[] | null;
}

/** What a connection test found out. Carries no credential. */
export interface ConnectionReport {
  at: number;
  /** Atera first; empty when nothing is connected. */
  accounts: AccountReport[];
}
