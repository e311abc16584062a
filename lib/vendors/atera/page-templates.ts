import type { Subject } from '../../core/contact.ts';
import type { PageTemplate } from '../../core/page-template.ts';
import { ATERA_ORIGIN, detectAtera, isOldApp } from './detect.ts';

const ID = /^[1-9]\d{0,15}$/u;
const WORD = /^[A-Za-z][A-Za-z0-9_-]{0,40}$/u;

/**
 * Splits the address of an unknown Atera page into a template and the id in it. Null for pages that are known already, for other
 * sites, and where not exactly one number stands among plain words: then nothing says which one is the id.
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
  if (id === undefined || ids.length !== 1 || !parts.every((part) => part === id || WORD.test(part)))
    return null;
  const words = parts.slice(0, parts.indexOf(id));
  // What stands behind the id is a sub-tab. An id without a word before it says nothing about its kind.
  const template = `${root}/${words.join('/')}/{id}`;
  return words.length === 0 || template.length > 200 ? null : { template, id };
}

/** What a page shows after the templates that agents have marked; null when none fits. */
export function detectByTemplate(url: string | undefined, known: readonly PageTemplate[]): Subject | null {
  const found = url === undefined ? null : templateOf(url);
  const marked = found && known.find(({ template }) => template === found.template);
  return found && marked ? { vendor: 'atera', kind: marked.kind, id: found.id } : null;
}
