import type { SampleSubject } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import { createSandbox, type Sandbox, type SandboxState, SCENES, type SceneName } from '../sandbox/index.ts';
import type { SampleSource } from './account-clients.ts';
import type { Store } from './areas.ts';

export interface Sample {
  /** Where its state is kept. */
  scope: string;
  source(): Promise<SampleSource>;
  /** Back to the beginning: what was changed is forgotten. */
  reset(): Promise<void>;
  /** People worth a look, best first. */
  subjects(): Promise<SampleSubject[]>;
}

const SCOPE = 'sample';
const SHOWN: readonly SceneName[] = [
  'main',
  'differing',
  'several',
  'roleMailbox',
  'none',
  'rtl',
  'hostile',
  'sameEverything',
];

/**
 * The sandbox inside the extension: made-up people who live in this browser alone. Its ids cannot exist at a vendor, it never
 * touches the network, and what is changed in it is kept until the sample accounts are disconnected.
 */
export function createSample(store: Store, clock: Clock): Sample {
  let opened: Promise<Sandbox> | null = null;

  const open = async (): Promise<Sandbox> => {
    const kept = await store.get('sample', SCOPE, 'state');
    const state = kept && (JSON.parse(kept.json) as SandboxState);
    return createSandbox({ now: () => clock.now(), ids: 'sample', ...(state ? { state } : {}) });
  };
  const sandbox = (): Promise<Sandbox> => {
    opened ??= open();
    return opened;
  };

  const keeping =
    (vendor: 'atera' | 'ghl') =>
    async (request: Request): Promise<Response> => {
      const box = await sandbox();
      const response = await box[vendor].fetch(request);
      if (request.method !== 'GET' && response.ok) {
        await store.put('sample', SCOPE, 'state', { json: JSON.stringify(box.state) });
      }
      return response;
    };

  return {
    scope: SCOPE,
    async source() {
      const { atera, ghl } = await sandbox();
      return {
        atera: { apiKey: atera.apiKey, fetch: keeping('atera') },
        ghl: { token: ghl.token, locationId: ghl.locationId, fetch: keeping('ghl') },
      };
    },
    async reset() {
      opened = null;
      await store.delete('sample', SCOPE, 'state');
    },
    async subjects() {
      const { state } = await sandbox();
      return SHOWN.flatMap((name): SampleSubject[] => {
        const ticket = state.atera.tickets.find(({ TicketID }) => TicketID === SCENES.sample[name].ticketId);
        if (!ticket) return [];
        const requester = state.atera.contacts.find(({ EndUserID }) => EndUserID === ticket.EndUserID);
        return [
          {
            subject: { vendor: 'atera', kind: 'ticket', id: String(ticket.TicketID) },
            title: ticket.TicketTitle,
            personName:
              [requester?.Firstname, requester?.Lastname].filter(Boolean).join(' ') || ticket.EndUserEmail,
          },
        ];
      });
    },
  };
}
