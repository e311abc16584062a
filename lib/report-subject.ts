import { browser } from 'wxt/browser';
import type { ContentScriptContext } from 'wxt/utils/content-script-context';
import { type Subject, sameSubject } from './core/contact.ts';
import type { Envelope } from './messaging.ts';

/**
 * The whole content script: says when the page's address starts to show somebody else. Reads nothing but the address, holds
 * no secret, and what it says is only a wake-up.
 */
export function reportSubject(ctx: ContentScriptContext, detect: (url: string) => Subject | null): void {
  let last: Subject | null | undefined;
  const report = (): void => {
    const subject = detect(location.href);
    if (last !== undefined && sameSubject(last, subject)) return;
    last = subject;
    // Rejects when the extension was updated or removed under this page: its successor reports instead.
    browser.runtime
      .sendMessage({ type: 'subjectSeen', data: { subject } } satisfies Envelope<'subjectSeen'>)
      .catch(() => ctx.abort());
  };
  report();
  // The event may come just before the address changes: look once it has.
  ctx.addEventListener(window, 'wxt:locationchange', () => void ctx.setTimeout(report, 0));
}
