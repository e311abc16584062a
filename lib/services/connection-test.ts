import type { AccountReport, ConnectionReport, ConnectionStep, StepId } from '../connection-report.ts';
import type { VendorName } from '../core/contact.ts';
import { type ErrorCode, type ErrorView, toErrorView } from '../errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { AteraVendor } from '../vendors/atera/index.ts';
import { operations as ateraOperations } from '../vendors/atera/operations.ts';
import type { GhlVendor } from '../vendors/ghl/index.ts';
import { operations as ghlOperations } from '../vendors/ghl/operations.ts';
import type { AccountInfo, PersonRecord } from '../vendors/vendor.ts';

/** One connected account with the client that everything else of it goes through. */
export type OpenAccount =
  | { vendor: 'atera'; id: string; client: AteraVendor }
  | { vendor: 'ghl'; id: string; client: GhlVendor };

/** What the first read brought, for the reads that need an id. */
interface Found {
  people: PersonRecord[];
  customerId: string | null;
}

interface Row {
  id: StepId;
  scope: string;
  optional: boolean;
  /** A read, and nothing else; null when there is nobody to try it on. Absent where only a write could prove the right. */
  read?: (found: Found) => Promise<unknown> | null;
}

interface Probe {
  first: { scope: string; read: () => Promise<Found> };
  info: { scope: string; read: () => Promise<AccountInfo> };
  rows: Row[];
}

const PEOPLE = 3;
/** After one of these, every further call would meet the same. */
const UNREACHABLE: readonly ErrorCode[] = ['network', 'timeout', 'vendor_unavailable'];
const STOPS: readonly ErrorCode[] = [...UNREACHABLE, 'unauthorized', 'rate_limited'];

const ateraProbe = (client: AteraVendor): Probe => ({
  first: { scope: ateraOperations.listContacts.scope, read: () => client.readSome(PEOPLE) },
  info: { scope: ateraOperations.getAccount.scope, read: () => client.readAccount() },
  rows: [
    {
      id: 'tickets',
      scope: ateraOperations.listTickets.scope,
      optional: false,
      read: () => client.probeTickets(),
    },
    {
      id: 'customers',
      scope: ateraOperations.getCustomer.scope,
      optional: true,
      read: ({ customerId }) => (customerId === null ? null : client.readCustomer(customerId)),
    },
    {
      id: 'customValues',
      scope: ateraOperations.listContactValues.scope,
      optional: true,
      read: ({ people: [first] }) => (first ? client.readValues(first.contact.ref.id) : null),
    },
    { id: 'write', scope: ateraOperations.updateContact.scope, optional: true },
  ],
});

const ghlProbe = (client: GhlVendor): Probe => ({
  first: {
    scope: ghlOperations.searchContacts.scope,
    read: async () => ({ people: await client.readSome(PEOPLE), customerId: null }),
  },
  info: { scope: ghlOperations.getLocation.scope, read: () => client.readLocation() },
  rows: [
    {
      id: 'customFields',
      scope: ghlOperations.listCustomFields.scope,
      optional: true,
      read: () => client.readCustomFields(),
    },
    {
      id: 'conversations',
      scope: ghlOperations.searchConversations.scope,
      optional: true,
      read: () => client.probeConversations(),
    },
    { id: 'write', scope: ghlOperations.updateContact.scope, optional: true },
  ],
});

type Asked<T> = { ms: number; value: T; error: null } | { ms: number; value: null; error: ErrorView };

/** Asks each account what it lets us read, by reads alone. Never throws for what a vendor answers: that is the report. */
export async function testConnection(accounts: OpenAccount[], clock: Clock): Promise<ConnectionReport> {
  const reports = accounts.map((account) =>
    account.vendor === 'atera'
      ? testAccount(account, ateraProbe(account.client), clock)
      : testAccount(account, ghlProbe(account.client), clock),
  );
  return { at: clock.now(), accounts: await Promise.all(reports) };
}

async function testAccount(
  { id: accountId, vendor }: { id: string; vendor: VendorName },
  { first, info, rows }: Probe,
  clock: Clock,
): Promise<AccountReport> {
  const ask = async <T>(read: () => Promise<T>): Promise<Asked<T>> => {
    const since = clock.now();
    try {
      const value = await read();
      return { ms: clock.now() - since, value, error: null };
    } catch (error) {
      return { ms: clock.now() - since, value: null, error: toErrorView(error) };
    }
  };

  const people = await ask(first.read);
  const isStopped = people.error !== null && STOPS.includes(people.error.code);
  const about = isStopped ? null : await ask(info.read);
  const rest = await Promise.all(
    rows.map(async (row): Promise<ConnectionStep> => {
      const base = { id: row.id, scope: row.scope, optional: row.optional };
      if (isStopped || !row.read) return { ...base, outcome: 'not-run', ms: null, error: null };
      const { read } = row;
      // Without the list of people there is no id to ask with; what needs none is asked all the same.
      const found = people.value ?? { people: [], customerId: null };
      const needed = read(found);
      if (needed === null)
        return { ...base, outcome: people.error ? 'not-run' : 'not-needed', ms: null, error: null };
      return stepOf(base, await ask(() => needed));
    }),
  );
  const contacts = { id: 'contacts', scope: first.scope, optional: false } as const;
  const account = { id: 'account', scope: info.scope, optional: true } as const;
  const rights: ConnectionStep[] = [
    // A refused token says nothing of a right. Whoever must slow down is asked this later again.
    isStopped && !isTooFast(people) ? notRun(contacts) : stepOf(contacts, people),
    about ? stepOf(account, about) : notRun(account),
    ...rest,
  ];
  return {
    accountId,
    vendor,
    steps: [...gates(people, rights), ...rights],
    info: about?.value
      ? { name: about.value.name, country: about.value.country, timeZone: about.value.timeZone }
      : null,
    people:
      people.value?.people.map(({ contact }) => ({
        id: contact.ref.id,
        name: contact.name,
        email: contact.fields.email ?? null,
      })) ?? null,
  };
}

type Base = Pick<ConnectionStep, 'id' | 'scope' | 'optional'>;
const notRun = (base: Base): ConnectionStep => ({ ...base, outcome: 'not-run', ms: null, error: null });
const stepOf = (base: Base, { ms, error }: Asked<unknown>): ConnectionStep => ({
  ...base,
  outcome: error ? 'failed' : 'ok',
  ms,
  error,
});

/** Says nothing of the token. */
const isTooFast = ({ error }: Asked<unknown>): boolean => error?.code === 'rate_limited';

/** Both are read off the calls that are made anyway: a call that is answered, or refused for its right alone, proves them. */
function gates(people: Asked<unknown>, rights: ConnectionStep[]): ConnectionStep[] {
  const base = { scope: null, optional: false };
  const reachable: Base = { id: 'reachable', ...base };
  const authenticated: Base = { id: 'authenticated', ...base };
  const { ms, error } = people;
  if (error && UNREACHABLE.includes(error.code)) return [stepOf(reachable, people), notRun(authenticated)];
  if (isTooFast(people)) return [stepOf(reachable, { ms, value: null, error: null }), notRun(authenticated)];
  const isProven = rights.some(({ outcome, error }) => outcome === 'ok' || error?.code === 'forbidden');
  return [
    stepOf(reachable, { ms, value: null, error: null }),
    stepOf(authenticated, isProven ? { ms, value: null, error: null } : people),
  ];
}
