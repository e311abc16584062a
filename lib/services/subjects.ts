import { isSuggestion, type Ref, refKey, type Subject, sameSubject } from '../core/contact.ts';
import { AppError } from '../errors.ts';
import { browser } from '../platform/browser.ts';
import { pageTemplates, type TabSubject, tabSubjects } from '../platform/storage.ts';
import { detectByTemplate, templateOf } from '../vendors/atera/page-templates.ts';
import { subjectOf } from '../vendors/detect.ts';

/** A tab as far as it concerns us. `readable`: its address could be read (it is a page that we have access to). */
export interface TabView extends TabSubject {
  tabId: number;
  windowId: number;
  active: boolean;
  readable: boolean;
  /** An Atera page that nobody has marked yet, with a number in its address that may be an id. */
  unmarked: { template: string; id: string } | null;
  /** The marked template by which the subject was recognised, if it was. */
  template: string | null;
  /** The page only suggests who it is about: a write must confirm the name. */
  suggested: boolean;
}

/** A tab whose page shows somebody. */
export type SubjectTab = TabView & { subject: Subject };

export interface Subjects {
  /**
   * What the tab shows now, read from its address at this moment; the version grows when that is not what it showed before.
   * Null when the tab is gone.
   */
  look(tabId: number): Promise<TabView | null>;
  activeTab(windowId: number): Promise<number | null>;
  /**
   * Shows somebody in the panel of a tab, if it still shows this version. `keepsWay`: reached from what is shown, which leaving goes
   * back to; otherwise the page shows nobody.
   */
  choose(
    tabId: number,
    subject: Subject,
    scope: string,
    from: { version: number; keepsWay: boolean },
  ): Promise<void>;
  /** One step back: to what the chosen was reached from, at last to what the page shows. */
  leave(tabId: number): Promise<void>;
  /** The tab shows again what its page shows. */
  leaveAll(tabId: number): Promise<void>;
  /** Remembers who the agent says is on the page, for as long as the tab shows this version; later ones know nothing of it. */
  confirm(tabId: number, version: number, person: Ref): Promise<void>;
  /** The tab is closed: from this call on, no look finds it. */
  forget(tabId: number): Promise<void>;
}

/** Kinds of pages that lead to a person, or to a company and its people. */
export const SHOWN: ReadonlySet<string> = new Set([
  'ticket',
  'contact',
  'conversation',
  'customer',
  'business',
  'agent',
  'snmp',
]);

export const isSubjectTab = (tab: TabView): tab is SubjectTab => isShown(tab.subject);

const isShown = (subject: Subject | null): subject is Subject => subject !== null && SHOWN.has(subject.kind);

/** A choice stays while the page shows what it was made from; one made over a page that shows nobody, while that page stays. */
const stays = ({ chosen, under, page }: TabSubject, seen: Subject | null, now: string): boolean =>
  chosen && (under ? sameSubject(under, seen) : !isShown(seen) && page === now);

/** The page by its address, whatever is searched, filtered or scrolled to on it; empty where the address cannot be read. */
function pageAt(url: string | undefined): string {
  if (!url || !URL.canParse(url)) return '';
  const { origin, pathname, hash } = new URL(url);
  return `${origin}${pathname}${hash.startsWith('#/') ? (hash.split('?')[0] ?? '') : ''}`;
}

/** The way back from `next`, with `shown` as its last step. Whoever is met again is not gone round twice. */
function wayFrom(
  { chosen, under, trail = [] }: TabSubject,
  shown: Subject,
  next: Subject,
): Pick<TabSubject, 'under' | 'trail' | 'chosen'> {
  const page = chosen ? under : shown;
  const way = [...(chosen ? trail : []), shown];
  const again = way.findIndex((step) => sameSubject(step, next));
  const isPage = page !== undefined && sameSubject(page, next);
  if (isPage) return { chosen: false };
  return { chosen: true, trail: again < 0 ? way : way.slice(0, again), ...(page ? { under: page } : {}) };
}

/** Pages are hostile ground: nothing here comes from a page, only the browser's own word for a tab's address. */
export function createSubjects(): Subjects {
  /** One change at a time, so that no version is given twice. */
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work, work);
    queue = result.catch(() => undefined);
    return result;
  };

  /** Browsers still answer for a tab for a moment after they said that it is closed, and a look takes several steps. Ids are not used again. */
  const closed = new Set<number>();

  const write = async (tabId: number, next: TabSubject): Promise<void> => {
    await tabSubjects.setValue({ ...(await tabSubjects.getValue()), [tabId]: next });
  };

  const lookNow = async (tabId: number): Promise<TabView | null> => {
    // What is written for nobody on screen names no tab, and Chrome throws at such an id.
    if (tabId < 0) return null;
    const tab = await browser.tabs.get(tabId).catch(() => null);
    if (!tab?.id || closed.has(tabId)) return null;
    const known = subjectOf(tab.url);
    const marked = known ? null : detectByTemplate(tab.url, await pageTemplates.getValue());
    const seen = known ?? marked;
    const parts = seen && !marked ? null : templateOf(tab.url ?? '');
    const before = (await tabSubjects.getValue())[tabId];
    let current: TabSubject;
    if (
      before &&
      (stays(before, seen, pageAt(tab.url)) || (!before.chosen && sameSubject(before.subject, seen)))
    ) {
      current = before;
    } else {
      current = { subject: seen, version: (before?.version ?? 0) + 1, chosen: false };
      await write(tabId, current);
    }
    if (closed.has(tabId)) return null;
    return {
      ...current,
      page: pageAt(tab.url),
      tabId,
      windowId: tab.windowId ?? -1,
      active: tab.active,
      readable: Boolean(tab.url),
      unmarked: marked ? null : parts,
      template: marked && parts ? parts.template : null,
      // Atera numbers contacts, devices and customers alike: that somebody has this number does not say that the page is theirs.
      suggested:
        current.subject !== null && (isSuggestion(current.subject) || (marked !== null && !current.chosen)),
    };
  };

  return {
    look: (tabId) => inTurn(() => lookNow(tabId)),
    async activeTab(windowId) {
      const [tab] = await browser.tabs.query({ active: true, windowId });
      return tab?.id ?? null;
    },
    choose: (tabId, subject, scope, { version, keepsWay }) =>
      inTurn(async () => {
        const now = await lookNow(tabId);
        // The page moved on between the press and this moment.
        if (now?.version !== version) throw new AppError('subject_changed');
        const next = { subject, version: version + 1, chosen: true, scope, page: now.page ?? '' };
        await write(
          tabId,
          keepsWay && now.subject ? { ...next, ...wayFrom(now, now.subject, subject) } : next,
        );
      }),
    leave: (tabId) =>
      inTurn(async () => {
        const before = (await tabSubjects.getValue())[tabId];
        if (!before?.chosen) return;
        const { under, scope, page, trail = [] } = before;
        const subject = trail.at(-1) ?? null;
        const rest = trail.slice(0, -1);
        const isPage = subject === null || (under !== undefined && rest.length === 0);
        await write(tabId, {
          subject,
          version: before.version + 1,
          chosen: !isPage,
          ...(isPage
            ? {}
            : { trail: rest, ...(under ? { under } : {}), ...(scope ? { scope } : {}), page: page ?? '' }),
        });
      }),
    leaveAll: (tabId) =>
      inTurn(async () => {
        const before = (await tabSubjects.getValue())[tabId];
        if (before?.chosen)
          await write(tabId, { subject: before.under ?? null, version: before.version + 1, chosen: false });
      }),
    confirm: (tabId, version, person) =>
      inTurn(async () => {
        const before = (await tabSubjects.getValue())[tabId];
        if (before?.version === version) await write(tabId, { ...before, confirmed: refKey(person) });
      }),
    forget(tabId) {
      closed.add(tabId);
      return inTurn(async () => {
        const { [tabId]: _gone, ...rest } = await tabSubjects.getValue();
        await tabSubjects.setValue(rest);
      });
    },
  };
}
