import type { RefKind, Subject } from '../../core/contact.ts';

/** Where the id stands: in the path of the new web app, or in the hash of the old one (`/Admin#/…`). */
interface PagePattern {
  kind: RefKind;
  part: 'path' | 'hash';
  pattern: RegExp;
}

/** How the web app writes the id of a device; old addresses may hold the API's own number instead. */
const GUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/**
 * Pages of Atera's web app whose address carries an id. Query strings and sub-tabs behind the id do not matter. No public address
 * of a contact's page is known. Evidence: links built by several unrelated public clients from the API's own ids.
 */
const PAGES: readonly PagePattern[] = [
  { kind: 'ticket', part: 'path', pattern: /^\/new\/(?:rmm\/)?tickets?\/([1-9]\d{0,15})(?:\/|$)/u },
  { kind: 'ticket', part: 'hash', pattern: /^#\/ticket\/([1-9]\d{0,15})(?:[/?]|$)/u },
  { kind: 'customer', part: 'path', pattern: /^\/new\/(?:rmm\/)?customers?\/([1-9]\d{0,15})(?:\/|$)/u },
  { kind: 'customer', part: 'hash', pattern: /^#\/customers?\/([1-9]\d{0,15})(?:[/?]|$)/u },
  ...(['agent', 'snmp'] as const).flatMap((kind): PagePattern[] => [
    { kind, part: 'path', pattern: new RegExp(`^/new/rmm/device/(${GUID})/${kind}(?:/|$)`, 'u') },
    {
      kind,
      part: 'hash',
      pattern: new RegExp(`^#/rmm/device/(${GUID}|[1-9]\\d{0,15})/${kind}(?:[/?]|$)`, 'u'),
    },
  ]),
];

export const ATERA_ORIGIN = 'https://app.atera.com';

/** Pages of the old web app keep their address in the hash. */
export const isOldApp = (pathname: string): boolean => /^\/admin\/?$/iu.test(pathname);

/** What a page of Atera shows, by its address alone; null when it shows nobody, or is no page of Atera. */
export function detectAtera(url: string): Subject | null {
  const page = URL.canParse(url) ? new URL(url) : null;
  if (page?.origin !== ATERA_ORIGIN) return null;
  const isOld = isOldApp(page.pathname);
  for (const { kind, part, pattern } of PAGES) {
    const id = part === 'path' ? pattern.exec(page.pathname)?.[1] : isOld && pattern.exec(page.hash)?.[1];
    // Letters of a GUID may be written either way: one device is one subject.
    if (id) return { vendor: 'atera', kind, id: id.toLowerCase() };
  }
  return null;
}
