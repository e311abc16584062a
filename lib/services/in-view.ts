import { isCompany } from '../core/contact.ts';
import type { MappedResource } from '../core/mapping-settings.ts';
import { browser } from '../platform/browser.ts';
import type { Pair } from './accounts.ts';
import type { Records } from './load-parts.ts';
import type { Subjects } from './subjects.ts';
import type { Views } from './views.ts';

/** Who is on screen, for pages that are not a panel themselves. */
export interface InView {
  /**
   * Both records of the person, or company, in the last focused window: in its active tab, else in the tab that was looked at before the
   * settings page came in front of it. Null when none is settled there.
   */
  records(of: MappedResource): Promise<Records | null>;
  /** Compares everything on screen again, under the rules of this moment. Reads nothing. */
  renew(pair: Pair): Promise<void>;
  /** Reads everything on screen again. */
  reread(pair: Pair): Promise<void>;
}

export function createInView({ subjects, views }: { subjects: Subjects; views: Views }): InView {
  return {
    async records(of) {
      const tabs = await browser.tabs.query({ lastFocusedWindow: true });
      const order = tabs.sort(
        (a, b) => Number(b.active) - Number(a.active) || (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0),
      );
      const known = new Set(views.tabs());
      for (const { id } of order) {
        const tab = id !== undefined && known.has(id) ? await subjects.look(id) : null;
        const isWanted = tab?.subject && isCompany(tab.subject) === (of === 'companies');
        const records = isWanted ? views.records(tab) : null;
        if (records) return records;
      }
      return null;
    },
    async renew(pair) {
      for (const tabId of views.tabs()) {
        const tab = await subjects.look(tabId);
        if (tab?.subject) await views.renewPlans({ ...tab, subject: tab.subject }, pair);
      }
    },
    async reread(pair) {
      for (const tabId of views.tabs()) {
        const tab = await subjects.look(tabId);
        if (tab?.subject) views.refresh({ ...tab, subject: tab.subject }, pair);
      }
    },
  };
}
