import type { VendorName } from './core/contact.ts';

export const ERROR_CODES = [
  'network',
  'timeout',
  'vendor_unavailable',
  'rate_limited',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'duplicate',
  'rejected',
  'invalid_response',
  'subject_changed',
  'plan_expired',
  'not_connected',
  'invalid_input',
  'storage',
  'internal',
  'unconfirmed',
  'uncertain',
  'no_identity',
  'tag_field',
  'switched_off',
  'tab_closed',
  'already_copied',
  'cancelled',
  'too_many',
  'registry_field',
  'task_rules',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What a job does after an error, and whether an agent can do something about it by trying again. */
interface ErrorPolicy {
  queue: 'backoff' | 'pause' | 'stop';
  retryable: boolean;
  /** Only ever said before anything was sent: it is certain that nothing was written. */
  isRefusal: boolean;
}

/**
 * One row per code. The sentences (`error.<code>.what`, `.cause`, `.next`) are in the locale files;
 * a test checks that each row has all three.
 */
export const ERROR_POLICY: Record<ErrorCode, ErrorPolicy> = {
  network: { queue: 'backoff', retryable: true, isRefusal: false },
  timeout: { queue: 'backoff', retryable: true, isRefusal: false },
  vendor_unavailable: { queue: 'backoff', retryable: true, isRefusal: false },
  rate_limited: { queue: 'backoff', retryable: true, isRefusal: false },
  unauthorized: { queue: 'pause', retryable: false, isRefusal: false },
  forbidden: { queue: 'pause', retryable: false, isRefusal: false },
  not_found: { queue: 'stop', retryable: false, isRefusal: false },
  conflict: { queue: 'stop', retryable: false, isRefusal: true },
  duplicate: { queue: 'stop', retryable: false, isRefusal: false },
  rejected: { queue: 'stop', retryable: false, isRefusal: false },
  invalid_response: { queue: 'stop', retryable: true, isRefusal: false },
  subject_changed: { queue: 'stop', retryable: false, isRefusal: true },
  plan_expired: { queue: 'stop', retryable: true, isRefusal: true },
  not_connected: { queue: 'pause', retryable: false, isRefusal: true },
  invalid_input: { queue: 'stop', retryable: false, isRefusal: true },
  storage: { queue: 'stop', retryable: true, isRefusal: false },
  internal: { queue: 'stop', retryable: true, isRefusal: false },
  unconfirmed: { queue: 'stop', retryable: false, isRefusal: true },
  uncertain: { queue: 'stop', retryable: false, isRefusal: true },
  no_identity: { queue: 'stop', retryable: false, isRefusal: true },
  tag_field: { queue: 'stop', retryable: false, isRefusal: true },
  switched_off: { queue: 'stop', retryable: false, isRefusal: true },
  tab_closed: { queue: 'stop', retryable: false, isRefusal: true },
  already_copied: { queue: 'stop', retryable: false, isRefusal: true },
  cancelled: { queue: 'stop', retryable: false, isRefusal: true },
  too_many: { queue: 'stop', retryable: false, isRefusal: false },
  registry_field: { queue: 'stop', retryable: false, isRefusal: true },
  task_rules: { queue: 'stop', retryable: false, isRefusal: true },
};

/** What an `AppError` may carry besides its code: JSON only, no secret, no payload. */
export interface ErrorDetails {
  vendor?: VendorName;
  /** Row name in the vendor's operations table. */
  operation?: string;
  /** Right that the operation needs, in the vendor's words. */
  scope?: string;
  /** HTTP status, when an answer came. */
  status?: number;
  /** Milliseconds until the vendor allows the next try. */
  retryAfterMs?: number;
  /** Sentences of the vendor ("property x should not exist"), as text; never shown as markup. */
  vendorMessages?: string[];
  /** Which input is wrong, for `invalid_input`. */
  input?: string;
  /** Record that is already there, for `duplicate`. */
  existingId?: string;
}

/** An `AppError` in a form that crosses contexts and is shown to people. */
export interface ErrorView extends ErrorDetails {
  code: ErrorCode;
}

/** The only error that people meet. Anything else is a bug and becomes `internal` at the edge. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(details.vendorMessages?.length ? `${code}: ${details.vendorMessages.join('; ')}` : code, options);
    this.code = code;
    this.details = details;
  }

  toView(): ErrorView {
    return { code: this.code, ...this.details };
  }
}

/** Recognised by name as well as by class, so that it survives a change of realm. */
export const isAppError = (error: unknown): error is AppError =>
  error instanceof AppError || (error instanceof Error && error.name === 'AppError' && 'code' in error);

/** What a vendor did is an outcome to answer with; anything else is a bug and goes on to the top. */
export function expected(error: unknown): AppError {
  if (!isAppError(error)) throw error;
  return error;
}

/** After a write was sent: no answer, or one that says nothing, so that it may have happened. Everything else means that it did not. */
export const mayBeWritten = ({ code }: AppError): boolean => UNCLEAR.has(code);
const UNCLEAR: ReadonlySet<ErrorCode> = new Set([
  'network',
  'timeout',
  'vendor_unavailable',
  'invalid_response',
  'internal',
]);

export const isRefusal = ({ code }: ErrorView): boolean => ERROR_POLICY[code].isRefusal;

export const toErrorView = (error: unknown): ErrorView =>
  isAppError(error) ? { code: error.code, ...error.details } : { code: 'internal' };

export const fromErrorView = ({ code, ...details }: ErrorView): AppError => new AppError(code, details);
