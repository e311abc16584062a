import { isAppError, toErrorView } from '../errors.ts';
import type { CustomerView } from '../panel-state.ts';
import type { AteraTicket } from '../vendors/atera/schemas.ts';
import type { Pair } from './accounts.ts';
import type { SubjectTab } from './views.ts';

export interface CustomerViews {
  /** What is known now; starts reading when this customer is new to the tab. */
  open(tab: SubjectTab, pair: Pair): CustomerView;
  /** Reads everything again, with what is known still on screen. */
  refresh(tab: SubjectTab, pair: Pair): CustomerView;
  /** What is known now; starts nothing. */
  peek(tab: SubjectTab): CustomerView;
  /** Tabs that a customer is known of. */
  tabs(): number[];
  /** Forgets what a tab showed: closed tabs, or all of them when accounts change. */
  close(tabId?: number): void;
}

interface Entry {
  view: CustomerView;
  /** The newest load; an older one that is still under way has no say any more. */
  load: symbol;
}

/**
 * A customer's page: its own fields, its newest tickets, and the people who wrote them. Atera cannot list the contacts of a customer,
 * so people without a ticket among the newest fifty are not found. In memory only: everything can be read again.
 */
export function createCustomerViews({
  onChange,
  onBug,
}: {
  onChange: (tabId: number) => void;
  onBug: (error: unknown) => void;
}): CustomerViews {
  const entries = new Map<number, Entry>();

  const run = async (tabId: number, load: symbol, { atera }: Pair, id: string): Promise<void> => {
    const patch = (change: Partial<CustomerView>): void => {
      const entry = entries.get(tabId);
      if (entry?.load !== load) return;
      entry.view = { ...entry.view, ...change };
      onChange(tabId);
    };
    const failed = (error: unknown) => {
      if (!isAppError(error)) onBug(error);
      return { status: 'failed', error: toErrorView(error) } as const;
    };
    // Each part reports for itself: what one call refuses does not hide the other.
    await Promise.all([
      atera.readCustomerCard(id).then(
        (value) => patch({ customer: { status: 'ready', value } }),
        (error: unknown) => patch({ customer: failed(error) }),
      ),
      atera.readCustomerTickets(id).then(
        ({ tickets, items, seen, total }) =>
          patch({
            people: { status: 'ready', value: requestersOf(tickets) },
            tickets: { status: 'ready', items, window: { seen, total } },
          }),
        (error: unknown) => patch({ people: failed(error), tickets: failed(error) }),
      ),
    ]);
    patch({ refreshing: false });
  };

  const start = (tab: SubjectTab, pair: Pair, view: CustomerView): CustomerView => {
    const load = Symbol('load');
    entries.set(tab.tabId, { view, load });
    run(tab.tabId, load, pair, tab.subject.id).catch(onBug);
    return view;
  };

  const known = (tab: SubjectTab): CustomerView | null => {
    const view = entries.get(tab.tabId)?.view;
    return view?.version === tab.version ? view : null;
  };

  return {
    open(tab, pair) {
      const shown = entries.get(tab.tabId)?.view;
      // Whoever asks for an older page than the one shown was overtaken on the way.
      if (shown && shown.version > tab.version) return shown;
      return known(tab) ?? start(tab, pair, skeleton(tab));
    },
    refresh(tab, pair) {
      const view = start(tab, pair, retried(known(tab) ?? skeleton(tab)));
      onChange(tab.tabId);
      return view;
    },
    peek: (tab) => known(tab) ?? skeleton(tab),
    tabs: () => [...entries.keys()],
    close(tabId) {
      if (tabId === undefined) entries.clear();
      else entries.delete(tabId);
    },
  };
}

const skeleton = ({ subject, version }: SubjectTab): CustomerView => ({
  subject,
  version,
  customer: { status: 'loading' },
  people: { status: 'loading' },
  tickets: { status: 'loading' },
  refreshing: true,
});

/** What failed is tried again under a skeleton, what is known stays in place. */
const retried = (view: CustomerView): CustomerView => ({
  ...view,
  customer: view.customer.status === 'failed' ? { status: 'loading' } : view.customer,
  people: view.people.status === 'failed' ? { status: 'loading' } : view.people,
  tickets: view.tickets.status === 'failed' ? { status: 'loading' } : view.tickets,
  refreshing: true,
});

type Requester = (CustomerView['people'] & { status: 'ready' })['value'][number];

/** Whoever wrote one of these tickets, most tickets first. A ticket without a requester names nobody. */
function requestersOf(tickets: readonly AteraTicket[]): Requester[] {
  const people = new Map<string, Requester>();
  for (const { EndUserID, EndUserFirstName, EndUserLastName, EndUserEmail } of tickets) {
    if (!EndUserID) continue;
    const id = String(EndUserID);
    const name = [EndUserFirstName, EndUserLastName].filter(Boolean).join(' ').trim();
    const email = EndUserEmail?.trim() || null;
    const before = people.get(id);
    people.set(
      id,
      before
        ? { ...before, tickets: before.tickets + 1 }
        : { id, name: name || email || id, email, tickets: 1 },
    );
  }
  return [...people.values()].sort((a, b) => b.tickets - a.tickets || a.name.localeCompare(b.name));
}
