import type { Ref } from '../../lib/core/contact.ts';
import type { SubjectView } from '../../lib/panel-state.ts';
import type { Intent, Ledger } from './ledger.ts';
import { type Agent, TAB } from './world.ts';

export const target = { tabId: TAB };

/** Whom a view shows of a vendor, when it is certain enough to be offered. */
export function refOf(view: SubjectView, vendor: 'atera' | 'ghl'): Ref | null {
  const { person, match } = view;
  if (person.status !== 'ready') return null;
  if (person.value.ref.vendor === vendor) return person.value.ref;
  return match.status === 'linked' || match.status === 'one' ? match.counterpart.ref : null;
}

/** A button that writes: `go` sends it, and once more when it is pressed again. */
export type Press = (
  agent: Agent,
  wish: Pick<Intent, 'id' | 'kind'> & Partial<Intent>,
  go: (intent: Intent) => Promise<unknown>,
) => void;

export function createPress(ledger: Ledger, tell: (work: Promise<unknown>) => void) {
  const last = new Map<Agent, () => void>();
  const press: Press = (agent, wish, go) => {
    const intent: Intent = ledger.intents.get(wish.id) ?? {
      addition: null,
      ops: [],
      entryId: null,
      carried: [],
      chosen: [],
      ...wish,
      browser: agent.name,
      tabId: TAB,
      url: agent.browser.address(TAB),
      from: ledger.now(),
      until: null,
      turns: 0,
      laterFrom: null,
    };
    ledger.intents.set(intent.id, intent);
    const doIt = (): void => tell(go(intent));
    last.set(agent, doIt);
    doIt();
  };
  return { press, again: (agent: Agent) => last.get(agent)?.() };
}
