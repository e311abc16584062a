import type { VendorName } from '../../lib/core/contact.ts';

/**
 * One place where a vendor's OpenAPI file is silent or wrong, and what the sandbox and the clients do there.
 *
 * `aspect` says what the checks overlook: a `status` that is not declared, a part of a `request` or `response` body (below
 * `at`), or nothing at all (`silent`: the file says nothing that could be checked).
 */
export interface SpecGap {
  vendor: VendorName;
  /** "GET /contacts/{contactId}" as in the file, or "*". */
  operation: string;
  aspect: 'status' | 'request' | 'response' | 'silent';
  statuses?: number[];
  /** JSON pointer below which a body may differ. */
  at?: string;
  spec: string;
  ours: string;
  source: string;
}

const MEASURED = 'measured by third parties';
const CLIENTS = 'public client code';
const CAREFUL = 'unknown, the careful reading';

export const SPEC_GAPS: SpecGap[] = [
  {
    vendor: 'ghl',
    operation: '*',
    aspect: 'status',
    statuses: [401, 403, 404, 422, 429],
    spec: 'Not declared, or only in part',
    ours: '401 scope or version header, 403 other location, 404 no such route, 422 unknown keys, 429 limit',
    source: MEASURED,
  },
  {
    vendor: 'ghl',
    operation: '*',
    aspect: 'silent',
    spec: 'Nothing about records that are gone',
    ours: '400 with "not found" in the message',
    source: MEASURED,
  },
  {
    vendor: 'ghl',
    operation: '*',
    aspect: 'silent',
    spec: 'No rule for unknown body or query keys',
    ours: '422 "property x should not exist"',
    source: MEASURED,
  },
  {
    vendor: 'ghl',
    operation: '*',
    aspect: 'silent',
    spec: 'Bodies without `traceId`',
    ours: '`traceId` in every body',
    source: 'official documentation',
  },
  {
    vendor: 'ghl',
    operation: '*',
    aspect: 'silent',
    spec: 'Rate-limit headers not described',
    ours: '`X-RateLimit-*` on every answer, 100 in 10 s',
    source: 'official documentation',
  },
  {
    vendor: 'ghl',
    operation: '*',
    aspect: 'silent',
    spec: '`succeded`, `buiseness`',
    ours: 'Spelt like that, because the vendor sends it',
    source: 'OpenAPI file',
  },
  {
    vendor: 'ghl',
    operation: 'POST /contacts/search',
    aspect: 'request',
    at: '',
    spec: 'Body without any key',
    ours: '`locationId`, `pageLimit`, `page` or `searchAfter`, `filters`, `sort`, `query`',
    source: 'official documentation',
  },
  {
    vendor: 'ghl',
    operation: 'POST /contacts/search',
    aspect: 'silent',
    spec: 'Answer untyped',
    ours: '`contacts` with their own `searchAfter`, and `total`; writes of the last 12 s are missing',
    source: MEASURED,
  },
  {
    vendor: 'ghl',
    operation: 'GET /contacts/search/duplicate',
    aspect: 'silent',
    spec: 'Answer untyped',
    ours: '`contact`, or null when there is none',
    source: CLIENTS,
  },
  {
    vendor: 'ghl',
    operation: 'POST /contacts/',
    aspect: 'silent',
    spec: 'No rule for duplicates',
    ours: '400 with `meta.contactId` and `meta.matchingField`',
    source: MEASURED,
  },
  {
    vendor: 'ghl',
    operation: 'POST /contacts/',
    aspect: 'request',
    at: '/dateOfBirth',
    spec: '`dateOfBirth` is an object',
    ours: 'Text, as in its own example',
    source: 'OpenAPI file',
  },
  {
    vendor: 'ghl',
    operation: 'PUT /contacts/{contactId}',
    aspect: 'request',
    at: '/dateOfBirth',
    spec: '`dateOfBirth` is an object',
    ours: 'Text, as in its own example',
    source: 'OpenAPI file',
  },
  {
    vendor: 'ghl',
    operation: 'PUT /contacts/{contactId}',
    aspect: 'silent',
    spec: 'Does not say what empties a field',
    ours: 'null, where the key may be null',
    source: CAREFUL,
  },
  {
    vendor: 'ghl',
    operation: 'PUT /contacts/{contactId}',
    aspect: 'silent',
    spec: 'Unknown custom fields not mentioned',
    ours: 'Dropped without a word',
    source: MEASURED,
  },
  {
    vendor: 'ghl',
    operation: 'POST /contacts/bulk/tags/update/{type}',
    aspect: 'response',
    at: '/responses',
    spec: '`responses` are texts',
    ours: 'Objects, as in its own example',
    source: 'OpenAPI file',
  },
  {
    vendor: 'ghl',
    operation: 'POST /contacts/bulk/tags/update/{type}',
    aspect: 'silent',
    spec: 'No scope named',
    ours: '`contacts.write`, also for `bulk/business`',
    source: CAREFUL,
  },
  {
    vendor: 'ghl',
    operation: 'POST /locations/{locationId}/tasks/search',
    aspect: 'response',
    at: '/tasks',
    spec: '`tasks` is a list of lists',
    ours: 'A list of tasks',
    source: CLIENTS,
  },
  {
    vendor: 'ghl',
    operation: 'POST /contacts/{contactId}/tasks',
    aspect: 'silent',
    spec: '`dueDate` is a text',
    ours: 'Milliseconds are refused with 422, though answers have them',
    source: CLIENTS,
  },
  {
    vendor: 'ghl',
    operation: 'GET /contacts/{contactId}',
    aspect: 'silent',
    spec: 'No `additionalEmails`, `additionalPhones`, `followers`',
    ours: 'Present',
    source: 'issue tracker of the vendor',
  },
  {
    vendor: 'atera',
    operation: '*',
    aspect: 'status',
    statuses: [400, 401, 403, 404],
    spec: 'Not declared, or only in part',
    ours: '401 with an empty body, 403 right missing, 404 for what does not exist, 400 for bad input',
    source: CLIENTS,
  },
  {
    vendor: 'atera',
    operation: 'POST /api/v3/tickets/{ticketId}/comments',
    aspect: 'silent',
    spec: 'No rule for wrong keys',
    ours: '404 "Invalid input"',
    source: CLIENTS,
  },
  {
    vendor: 'atera',
    operation: 'POST /api/v3/tickets/{ticketId}/comments',
    aspect: 'silent',
    spec: '200 or 201',
    ours: '200',
    source: 'OpenAPI file',
  },
  {
    vendor: 'atera',
    operation: 'POST /api/v3/contacts',
    aspect: 'silent',
    spec: 'No rule for an address that exists',
    ours: '400',
    source: CAREFUL,
  },
  {
    vendor: 'atera',
    operation: 'POST /api/v3/contacts',
    aspect: 'silent',
    spec: 'An unknown `CustomerName` is not mentioned',
    ours: '400, no customer is created',
    source: CAREFUL,
  },
  {
    vendor: 'atera',
    operation: 'PUT /api/v3/contacts/{contactId}',
    aspect: 'silent',
    spec: 'Meaning of null and of keys left out',
    ours: 'Both leave the value; empty text is stored; unknown keys (also `Email`) are ignored',
    source: CAREFUL,
  },
  {
    vendor: 'atera',
    operation: 'GET /api/v3/contacts',
    aspect: 'silent',
    spec: 'Older keys spell filters `searchOptions.email`',
    ours: 'Each kind of token knows its spelling only; an unknown filter returns everyone',
    source: CAREFUL,
  },
  {
    vendor: 'atera',
    operation: 'GET /api/v3/contacts',
    aspect: 'silent',
    spec: 'At most 50 a page; more is not mentioned',
    ours: 'Cut down to 50',
    source: CAREFUL,
  },
  {
    vendor: 'atera',
    operation: 'GET /api/v3/contacts',
    aspect: 'silent',
    spec: 'Phone search: which numbers, which format',
    ours: 'Digits of both numbers, "contains"',
    source: CAREFUL,
  },
  {
    vendor: 'atera',
    operation: 'GET /api/v3/account',
    aspect: 'silent',
    spec: 'Naming of `TimeZoneName`',
    ours: 'IANA',
    source: CAREFUL,
  },
  {
    vendor: 'atera',
    operation: 'GET /api/v3/customvalues/contactfields/{contactId}',
    aspect: 'silent',
    spec: 'Fields without value',
    ours: 'Left out',
    source: CAREFUL,
  },
  {
    vendor: 'atera',
    operation: '*',
    aspect: 'silent',
    spec: 'No rate limit published',
    ours: 'None kept; 429 only as a fault',
    source: 'official documentation',
  },
];

/** The same list as a table for the documentation. */
export const renderSpecGaps = (): string =>
  [
    '| Vendor | Operation | The OpenAPI file | What we do | Source |',
    '|---|---|---|---|---|',
    ...SPEC_GAPS.map(({ vendor, operation, spec, ours, source }) => {
      const name = vendor === 'atera' ? 'Atera' : 'GHL';
      return `| ${name} | ${operation === '*' ? 'all' : `\`${operation}\``} | ${spec} | ${ours} | ${source} |`;
    }),
  ].join('\n');
