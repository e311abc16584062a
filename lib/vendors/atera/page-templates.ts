import type { Subject } from '../../core/contact.ts';
import type { PageTemplate } from '../../core/page-template.ts';
import { ATERA_ORIGIN, detectAtera, isOldApp } from './detect.ts';

const WORD = /^[A-Za-z][A-Za-z0-9_-]{0,40}$/u;
const ID = /^[1-9]\d{0,15}$/u;
/**
 * Words of an address that name a part of the web app, and a person or a company at its end. Nothing else is kept: a word may be
 * somebody's name, and devices and other records are numbered like people.
 */
const AREAS = new Set('new rmm admin app crm helpdesk portal main dashboard management settings'.split(' '));
const NAMED =
  /^(?:contact|customer|client|company|companie|person|people|user|enduser|requester|employee|account|organization|firm)s?(?:list|detail|details|page|profile|view)?$/u;
const isKnownWord = (word: string): boolean => {
  const plain = word.toLowerCase().replaceAll(/[-_]/gu, '');
  return AREAS.has(plain) || NAMED.test(plain);
};

/**
 * Splits the address of an unknown Atera page into a template and the id in it. Null for pages that are known already, for other
 * sites, for what is no person or company, and where not exactly one number stands there: then nothing says which one is the id.
 */
export function templateOf(url: string): { template: string; id: string } | null {
  const page = URL.canParse(url) ? new URL(url) : null;
  if (page?.origin !== ATERA_ORIGIN || detectAtera(url)) return null;
  const isHash = isOldApp(page.pathname);
  const path = isHash ? (page.hash.split('?')[0] ?? '') : page.pathname;
  const [root, ...segments] = path.split('/');
  if (root !== (isHash ? '#' : '')) return null;
  const parts = segments.filter((segment, index) => segment !== '' || index < segments.length - 1);
  const ids = parts.filter((part) => ID.test(part));
  const [id] = ids;
  if (id === undefined || ids.length !== 1) return null;
  const words = parts.slice(0, parts.indexOf(id));
  const tabs = parts.slice(parts.indexOf(id) + 1);
  const isNamed = NAMED.test((words.at(-1) ?? '').toLowerCase().replaceAll(/[-_]/gu, ''));
  if (!isNamed || !words.every(isKnownWord) || !tabs.every((tab) => WORD.test(tab))) return null;
  // What stands behind the id is a sub-tab. An id without a word before it says nothing about its kind.
  const template = `${root}/${words.join('/')}/{id}`;
  return template.length > 200 ? null : { template, id };
}

/** What a page shows after the templates that agents have marked; null when none fits. */
export function detectByTemplate(url: string | undefined, known: readonly PageTemplate[]): Subject | null {
  const found = url === undefined ? null : templateOf(url);
  const marked = found && known.find(({ template }) => template === found.template);
  return found && marked ? { vendor: 'atera', kind: marked.kind, id: found.id } : null;
}
