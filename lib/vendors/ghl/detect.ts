import type { RefKind, Subject } from '../../core/contact.ts';

/** The web app under HighLevel's own names. All serve the same pages. */
const HOSTS = ['app.gohighlevel.com', 'app.leadconnectorhq.com', 'app.msgsndr.com'];

/** Match patterns of all pages of the web app. */
export const GHL_PAGES = HOSTS.map((host) => `https://${host}/*`);

/** Below `/v2/location/{locationId}/` (older pages: without `v2`). Ids are opaque letters and digits, about 20 of them. */
const PAGES: readonly { kind: RefKind; pattern: RegExp }[] = [
  { kind: 'contact', pattern: /^contacts\/detail\/([A-Za-z0-9]{18,26})(?:\/|$)/u },
  { kind: 'conversation', pattern: /^conversations\/conversations\/([A-Za-z0-9]{18,26})(?:\/|$)/u },
  { kind: 'opportunity', pattern: /^opportunities\/list\/([A-Za-z0-9]{18,26})(?:\/|$)/u },
];

const LOCATION = /^\/(?:v2\/)?location\/([A-Za-z0-9]{18,26})\/(.*)$/u;

/** What a page of GHL shows, by its address alone; null when it shows nobody, or is no page of GHL. */
export function detectGhl(url: string): Subject | null {
  const page = URL.canParse(url) ? new URL(url) : null;
  if (page?.protocol !== 'https:' || page.port !== '' || !HOSTS.includes(page.hostname)) return null;
  const [, locationId, rest = ''] = LOCATION.exec(page.pathname) ?? [];
  if (!locationId) return null;
  for (const { kind, pattern } of PAGES) {
    const id = pattern.exec(rest)?.[1];
    if (id) return { vendor: 'ghl', kind, id, locationId };
  }
  return null;
}
