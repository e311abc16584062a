import type { Subject, VendorName } from '../core/contact.ts';
import { sameSubject } from '../core/contact.ts';
import { isShown } from '../core/resource-settings.ts';
import { type ErrorView, isAppError, toErrorView } from '../errors.ts';
import type { CompanyView } from '../panel-state.ts';
import type { Pair } from './accounts.ts';
import { sourceOf } from './company-sources.ts';
import type { Resources } from './resources.ts';
import type { SubjectTab } from './views.ts';

export interface CompanyViews {
  /** What is known now; starts reading when this company is new to the tab. */
  open(tab: SubjectTab, pair: Pair): CompanyView;
  /** Reads everything again, with what is known still on screen. */
  refresh(tab: SubjectTab, pair: Pair): CompanyView;
  /** What is known now; starts nothing. */
  peek(tab: SubjectTab): CompanyView;
  /** Name of a company that this tab has shown, where it is still known. */
  nameOf(tabId: number, subject: Subject): string | null;
  /** Tabs that a company is known of. */
  tabs(): number[];
  /** Forgets what a tab showed: closed tabs, or all of them when accounts change. */
  close(tabId?: number): void;
}

interface Entry {
  view: CompanyView;
  /** The newest load; an older one that is still under way has no say any more. */
  load: symbol;
}

/**
 * A company of either vendor: its own fields, its people, and in Atera its newest tickets. The page of a device first leads to the
 * customer that it belongs to. In memory only: everything can be read again.
 */
export function createCompanyViews({
  resources,
  onChange,
  onBug,
  report,
}: {
  resources: Pick<Resources, 'of'>;
  onChange: (tabId: number) => void;
  onBug: (error: unknown) => void;
  /** Tells whether a credential works: a rejected one is the account's problem, not only this page's. */
  report: (vendor: VendorName, problem: ErrorView | null) => Promise<void>;
}): CompanyViews {
  const entries = new Map<number, Entry>();

  const run = async (tabId: number, load: symbol, pair: Pair, subject: Subject): Promise<void> => {
    const problems: ErrorView[] = [];
    const patch = (change: Partial<CompanyView>): void => {
      const entry = entries.get(tabId);
      if (entry?.load !== load) return;
      entry.view = { ...entry.view, ...change };
      onChange(tabId);
    };
    const failed = (error: unknown) => {
      if (!isAppError(error)) onBug(error);
      problems.push(toErrorView(error));
      return { status: 'failed', error: toErrorView(error) } as const;
    };
    const source = sourceOf(subject);
    const settings = await resources.of(pair);
    const readCompany = async (id: string): Promise<void> => {
      // Each part reports for itself: what one call refuses does not hide the other.
      await Promise.all([
        isShown(settings, 'companies') &&
          source.readCard(pair, id).then(
            (value) => patch({ company: { status: 'ready', value } }),
            (error: unknown) => patch({ company: failed(error) }),
          ),
        (subject.vendor === 'ghl' || isShown(settings, 'tickets')) &&
          source.readFolk(pair, id).then(
            ({ people, window, tickets }) =>
              patch({ people: { status: 'ready', value: people }, window, tickets }),
            (error: unknown) => {
              const part = failed(error);
              patch({ people: part, ...(subject.vendor === 'atera' ? { tickets: part } : {}) });
            },
          ),
      ]);
    };
    const id = source.locate ? await locate(source.locate(pair, subject.id), patch, failed) : subject.id;
    if (id !== null) await readCompany(id);
    patch({ refreshing: false });
    const rejected = problems.find(({ code }) => code === 'unauthorized');
    // Where everything failed for other reasons, nothing is known of the credential.
    if (rejected) await report(subject.vendor, rejected);
    else if (problems.length === 0) await report(subject.vendor, null);
  };

  const start = (tab: SubjectTab, pair: Pair, view: CompanyView): CompanyView => {
    const load = Symbol('load');
    entries.set(tab.tabId, { view, load });
    run(tab.tabId, load, pair, tab.subject).catch(onBug);
    return view;
  };

  const known = (tab: SubjectTab): CompanyView | null => {
    const view = entries.get(tab.tabId)?.view;
    return view?.version === tab.version ? view : null;
  };
  /** This company as the tab last showed it: painted again while it is read again. */
  const before = ({ tabId, subject, version }: SubjectTab): CompanyView | null => {
    const view = entries.get(tabId)?.view;
    return view && sameSubject(view.subject, subject) ? retried({ ...view, version }) : null;
  };

  return {
    open(tab, pair) {
      const shown = entries.get(tab.tabId)?.view;
      // Whoever asks for an older page than the one shown was overtaken on the way.
      if (shown && shown.version > tab.version) return shown;
      return known(tab) ?? start(tab, pair, before(tab) ?? skeleton(tab));
    },
    refresh(tab, pair) {
      const view = start(tab, pair, retried(known(tab) ?? skeleton(tab)));
      onChange(tab.tabId);
      return view;
    },
    peek: (tab) => known(tab) ?? skeleton(tab),
    nameOf(tabId, subject) {
      const view = entries.get(tabId)?.view;
      if (!view || !sameSubject(view.subject, subject) || view.company.status !== 'ready') return null;
      return view.company.value.name;
    },
    tabs: () => [...entries.keys()],
    close(tabId) {
      if (tabId === undefined) entries.clear();
      else entries.delete(tabId);
    },
  };
}

/** Id of the company that a device belongs to; null when that is not found, and the page says why. */
async function locate(
  looking: ReturnType<NonNullable<ReturnType<typeof sourceOf>['locate']>>,
  patch: (change: Partial<CompanyView>) => void,
  failed: (error: unknown) => { status: 'failed'; error: ErrorView },
): Promise<string | null> {
  try {
    const found = await looking;
    if (found.status === 'unlisted') {
      patch({ device: found });
      return null;
    }
    patch({ device: { status: 'ready', value: found.device } });
    return found.device.companyId;
  } catch (error) {
    patch({ device: failed(error) });
    return null;
  }
}

const skeleton = ({ subject, version }: SubjectTab): CompanyView => ({
  subject,
  version,
  device: sourceOf(subject).locate ? { status: 'loading' } : null,
  company: { status: 'loading' },
  people: { status: 'loading' },
  window: null,
  tickets: subject.vendor === 'atera' ? { status: 'loading' } : null,
  refreshing: true,
});

/** What failed is tried again under a skeleton, what is known stays in place. */
const retried = (view: CompanyView): CompanyView => {
  const isOpen = view.device?.status === 'failed' || view.device?.status === 'unlisted';
  return {
    ...view,
    device: isOpen ? { status: 'loading' } : view.device,
    company: view.company.status === 'failed' ? { status: 'loading' } : view.company,
    people: view.people.status === 'failed' ? { status: 'loading' } : view.people,
    tickets: view.tickets?.status === 'failed' ? { status: 'loading' } : view.tickets,
    refreshing: true,
  };
};
