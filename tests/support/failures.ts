import { screen, within } from '@testing-library/dom';
import { expect } from 'vitest';
import type { VendorName } from '../../lib/core/contact.ts';
import type { ErrorView } from '../../lib/errors.ts';

const WORD = { atera: 'Atera', ghl: 'GHL' } as const;
const RIGHT = { atera: 'Tickets: Read', ghl: 'contacts.readonly' } as const;
const WHERE = {
  atera: /^In Atera: Admin → Data management → API\. Create a token with this right/u,
  ghl: /^In GHL: Settings → Private Integrations/u,
} as const;

interface FailureCase {
  name: string;
  error(vendor: VendorName): ErrorView;
  /** Sentences that must be there. */
  words(vendor: VendorName): (string | RegExp)[];
  /** Whether trying again can help; else the way to the settings is offered. */
  canRetry: boolean;
}

/** How a part may fail, and what a person must be told. */
export const FAILURES: FailureCase[] = [
  {
    name: 'no network',
    error: (vendor) => ({ code: 'network', vendor }),
    words: (vendor) => [`${WORD[vendor]} could not be reached.`, 'Check the connection, then try again.'],
    canRetry: true,
  },
  {
    name: 'a problem at the vendor',
    error: (vendor) => ({ code: 'vendor_unavailable', vendor, status: 503 }),
    words: (vendor) => [`${WORD[vendor]} has a problem on its side.`],
    canRetry: true,
  },
  {
    name: 'a rate limit',
    error: (vendor) => ({ code: 'rate_limited', vendor, retryAfterMs: 42_000 }),
    words: (vendor) => [`${WORD[vendor]} asks to slow down.`, 'Next try possible in 42s.'],
    canRetry: true,
  },
  {
    name: 'an unreadable answer',
    error: (vendor) => ({ code: 'invalid_response', vendor }),
    words: (vendor) => [`The answer of ${WORD[vendor]} could not be read.`],
    canRetry: true,
  },
  {
    name: 'no right',
    error: (vendor) => ({ code: 'forbidden', vendor, scope: RIGHT[vendor] }),
    words: (vendor) => [
      `Missing right: ${RIGHT[vendor]}`,
      `Ask your ${WORD[vendor]} admin for the missing right.`,
      WHERE[vendor],
    ],
    canRetry: false,
  },
];

/** The one notice on screen says all of it, and offers what helps. */
export function expectFailure(failure: FailureCase, vendor: VendorName, title?: string): void {
  const notice = within(screen.getByRole('alert'));
  // A part with a title of its own says what happened as the cause.
  const words = failure.words(vendor);
  for (const sentence of title === undefined ? words : [title, ...words.slice(1)]) {
    expect(notice.getByText(sentence)).toBeDefined();
  }
  const buttons = notice.queryAllByRole('button').map(({ textContent }) => textContent);
  expect(buttons).toEqual([failure.canRetry ? 'Try again' : 'Open settings']);
}
