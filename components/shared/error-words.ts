import type { VendorName } from '../../lib/core/contact.ts';
import { ERROR_POLICY, type ErrorView } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';

export const vendorWord = (vendor: VendorName | undefined): string => t(`vendor.${vendor ?? 'unknown'}`);

const WHERE = { atera: 'notice.rightAtera', ghl: 'notice.rightGhl' } as const;

export interface ErrorWords {
  what: string;
  cause: string;
  next: string;
  /** Where an admin gives the missing right; null where none is missing, or it is not known of which system. */
  where: string | null;
  canRetry: boolean;
  needsSettings: boolean;
}

/** The sentences of one error. */
export function errorWords(error: ErrorView): ErrorWords {
  const vendor = vendorWord(error.vendor);
  return {
    what: t(`error.${error.code}.what`, { vendor }),
    cause: t(`error.${error.code}.cause`, { vendor }),
    next: t(`error.${error.code}.next`, { vendor }),
    where: error.code === 'forbidden' && error.vendor ? t(WHERE[error.vendor]) : null,
    canRetry: ERROR_POLICY[error.code].retryable,
    needsSettings: ['unauthorized', 'forbidden', 'not_connected'].includes(error.code),
  };
}
