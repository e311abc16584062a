import { describe, expect, it } from 'vitest';
import { createSandbox, createState, type IdMode, SCENES, type SceneName } from '../../lib/sandbox/index.ts';
import type { AteraContact, GhlContact, GhlState } from '../../lib/sandbox/state.ts';
import { NOW } from './client.ts';

const MODES: IdMode[] = ['served', 'sample'];

const setup = (ids: IdMode = 'served') => {
  const state = createState(NOW, ids);
  const people = (name: SceneName): { atera: AteraContact; ghl: GhlContact[] } => {
    const scene = SCENES[ids][name];
    const ticket = state.atera.tickets.find(({ TicketID }) => TicketID === scene.ticketId);
    const atera = state.atera.contacts.find(({ EndUserID }) => EndUserID === ticket?.EndUserID);
    if (!atera || atera.EndUserID !== scene.ateraContactId) throw new Error(`scene ${name} does not resolve`);
    const ghl = scene.ghlContactIds.map((id) => state.ghl.contacts.find((contact) => contact.id === id));
    return { atera, ghl: ghl.filter((contact) => contact !== undefined) };
  };
  const digits = (text: string | null | undefined): string => (text ?? '').replace(/\D/g, '').slice(-10);
  const jobOf = (contact: GhlContact | undefined): unknown =>
    contact?.customFields.find(({ id }) => id === state.ghl.customFields[0]?.id)?.value;
  return { state, people, digits, jobOf };
};

const everything = (ghl: GhlState): { id: string }[] => [
  ...ghl.contacts,
  ...ghl.tasks,
  ...ghl.notes,
  ...ghl.appointments,
  ...ghl.businesses,
  ...ghl.tags,
  ...ghl.users,
  ...ghl.customFields,
  ...ghl.conversations,
];

describe('the seed', () => {
  it('has at least 40 people in at least 8 companies', () => {
    const { state } = setup();
    expect(state.atera.contacts.length).toBeGreaterThanOrEqual(40);
    expect(state.ghl.contacts.length).toBeGreaterThanOrEqual(40);
    expect(state.ghl.businesses.length).toBeGreaterThanOrEqual(8);
    expect(state.atera.customers.length).toBeGreaterThanOrEqual(8);
  });

  it('names nobody real: only .example addresses and numbers kept for fiction', () => {
    const text = JSON.stringify(createState(NOW, 'served'));
    const addresses = text.match(/[\w.+-]+@[\w.-]+/g) ?? [];
    expect(addresses.filter((address) => !address.endsWith('.example'))).toEqual([]);
    const { state } = setup();
    const numbers = [
      ...state.atera.contacts.flatMap(({ Phone, MobilePhone }) => [Phone, MobilePhone]),
      ...state.ghl.contacts.map(({ phone }) => phone),
      ...state.atera.customers.map(({ Phone }) => Phone),
      ...state.ghl.users.map(({ phone }) => phone),
    ].filter((number) => number !== null && number !== undefined);
    const isFiction = (number: string): boolean => /(555\D*01\d\d|20\D*7946\D*0\d\d\d)$/.test(number);
    expect(numbers.filter((number) => !isFiction(number))).toEqual([]);
  });

  it.each(MODES)('is the same for the same moment (%s)', (ids) => {
    expect(createState(NOW, ids)).toEqual(createState(NOW, ids));
  });

  it.each(MODES)('has no id twice (%s)', (ids) => {
    const { atera, ghl } = createState(NOW, ids);
    const lists: (string | number)[][] = [
      atera.contacts.map(({ EndUserID }) => EndUserID),
      atera.tickets.map(({ TicketID }) => TicketID),
      atera.customers.map(({ CustomerID }) => CustomerID),
      everything(ghl).map(({ id }) => id),
    ];
    for (const list of lists) expect(new Set(list).size).toBe(list.length);
  });

  it('gives sample records ids that no vendor hands out', () => {
    const { atera, ghl } = createState(NOW, 'sample');
    const numbers = [
      ...atera.contacts.flatMap(({ EndUserID, CustomerID }) => [EndUserID, CustomerID]),
      ...atera.tickets.map(({ TicketID }) => TicketID),
      ...atera.technicians.map(({ id }) => id),
      atera.nextId,
      atera.nextTicketId,
    ];
    expect(numbers.every((id) => id >= 900_000_000_000_000 && Number.isSafeInteger(id))).toBe(true);
    const texts = [ghl.location, ...ghl.contacts, ...ghl.businesses, ...ghl.tasks, ...ghl.users].map(
      ({ id }) => id,
    );
    expect(texts.every((id) => /^sample[A-Za-z0-9]{18}$/.test(id))).toBe(true);
    const served = createState(NOW, 'served').ghl;
    expect(served.contacts.every(({ id }) => /^[A-Za-z0-9]{20}$/.test(id) && !id.startsWith('sample'))).toBe(
      true,
    );
    expect(served.businesses.every(({ id }) => /^[0-9a-f]{24}$/.test(id))).toBe(true);
  });

  it('links every record to one that is there', () => {
    const { atera, ghl } = createState(NOW, 'served');
    const contacts = new Set(ghl.contacts.map(({ id }) => id));
    for (const list of [ghl.tasks, ghl.notes, ghl.appointments, ghl.conversations]) {
      expect(list.filter(({ contactId }) => !contacts.has(contactId))).toEqual([]);
    }
    const customers = new Set(atera.customers.map(({ CustomerID }) => CustomerID));
    expect(atera.contacts.filter(({ CustomerID }) => !customers.has(CustomerID))).toEqual([]);
    expect(atera.tickets.filter(({ EndUserID }) => EndUserID === 0)).toEqual([]);
  });
});

describe.each(MODES)('the scenes (%s)', (ids) => {
  const { state, people, digits, jobOf } = setup(ids);

  it('main: a typo, another number, and much around it', () => {
    const { atera, ghl } = people('main');
    const [counterpart] = ghl;
    expect(atera).toMatchObject({
      Firstname: 'Dana',
      Lastname: 'Whitfield',
      Phone: '+1 415 555 0137',
      JobTitle: 'Office manager',
    });
    expect(counterpart).toMatchObject({
      lastName: 'Whitfeld',
      phone: '+14155550199',
      companyName: 'Bright Smile Dental',
    });
    expect(counterpart?.email).toBe(atera.Email);
    expect(counterpart?.tags).toHaveLength(5);
    expect(counterpart?.dndSettings.SMS?.status).toBe('active');
    const mine = <T extends { contactId: string }>(list: T[]): T[] =>
      list.filter(({ contactId }) => contactId === counterpart?.id);
    const tasks = mine(state.ghl.tasks);
    expect(tasks).toHaveLength(2);
    expect(tasks.every(({ dueDate, completed }) => Date.parse(dueDate) < NOW && !completed)).toBe(true);
    expect(mine(state.ghl.notes)).toHaveLength(4);
    expect(mine(state.ghl.notes).filter(({ body }) => body.includes('<script>'))).toHaveLength(1);
    expect(mine(state.ghl.appointments)).toHaveLength(1);
    expect(
      state.atera.tickets.filter(({ EndUserID }) => EndUserID === atera.EndUserID).length,
    ).toBeGreaterThan(2);
    expect(state.atera.customValues.map(({ name }) => name)).toContain('GHL tags');
  });

  it.each(['exact', 'sameEverything'] as const)('%s: nothing differs', (name) => {
    const { atera, ghl } = people(name);
    expect(ghl).toHaveLength(1);
    expect(ghl[0]).toMatchObject({
      firstName: atera.Firstname,
      lastName: atera.Lastname,
      email: atera.Email,
    });
    expect(digits(ghl[0]?.phone)).toBe(digits(atera.Phone));
    expect(jobOf(ghl[0])).toBe(atera.JobTitle);
    const customer = state.atera.customers.find(({ CustomerID }) => CustomerID === atera.CustomerID);
    expect(ghl[0]).toMatchObject({
      address1: customer?.Address,
      city: customer?.City,
      postalCode: customer?.ZipCodeStr,
    });
  });

  it('differing: name, job title and address', () => {
    const { atera, ghl } = people('differing');
    const customer = state.atera.customers.find(({ CustomerID }) => CustomerID === atera.CustomerID);
    expect(ghl[0]?.email).toBe(atera.Email);
    expect(ghl[0]?.lastName).not.toBe(atera.Lastname);
    expect(jobOf(ghl[0])).not.toBe(atera.JobTitle);
    expect(ghl[0]?.address1).not.toBe(customer?.Address);
  });

  it('phoneFormats: the same number, written differently', () => {
    const { atera, ghl } = people('phoneFormats');
    expect(ghl[0]?.phone).not.toBe(atera.Phone);
    expect(digits(ghl[0]?.phone)).toBe(digits(atera.Phone));
  });

  it('switchboard: one number for many, and no common address', () => {
    const { atera, ghl } = people('switchboard');
    expect(ghl.length).toBeGreaterThan(2);
    expect(ghl.every(({ phone }) => digits(phone) === digits(atera.Phone))).toBe(true);
    expect(state.ghl.contacts.some(({ email }) => email === atera.Email)).toBe(false);
  });

  it('roleMailbox: an address read by many', () => {
    const { atera, ghl } = people('roleMailbox');
    expect(atera.Email).toMatch(/^info@/);
    expect(ghl[0]?.email).toBe(atera.Email);
  });

  it('several: who of them?', () => {
    const { atera, ghl } = people('several');
    expect(ghl.length).toBeGreaterThan(1);
    expect(ghl.some(({ email }) => email === atera.Email)).toBe(false);
    expect(ghl.filter(({ phone }) => digits(phone) === digits(atera.Phone)).length).toBeGreaterThan(1);
  });

  it('none: nobody in GHL', () => {
    const { atera } = people('none');
    expect(
      state.ghl.contacts.filter(
        ({ email, phone }) => email === atera.Email || digits(phone) === digits(atera.Phone),
      ),
    ).toEqual([]);
  });

  it('rtl and cjk: other scripts', () => {
    expect(people('rtl').atera.Firstname).toMatch(/\p{Script=Arabic}/u);
    expect(people('cjk').atera.Lastname).toMatch(/\p{Script=Han}/u);
    const names = JSON.stringify(state.atera.contacts.map(({ Lastname }) => Lastname));
    for (const script of [/\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Hebrew}/u])
      expect(names).toMatch(script);
  });

  it('noEmailInGhl and archived', () => {
    const { ghl } = people('noEmailInGhl');
    expect(ghl).toHaveLength(1);
    expect(ghl[0]).not.toHaveProperty('email');
    expect(people('archived').atera.Archived).toBe(true);
  });

  it('hostile: markup in name, title and note', () => {
    const { atera, ghl } = people('hostile');
    const ticket = state.atera.tickets.find(({ EndUserID }) => EndUserID === atera.EndUserID);
    const note = state.ghl.notes.find(({ contactId }) => contactId === ghl[0]?.id);
    expect(atera.Firstname).toContain('onerror');
    expect(ticket?.TicketTitle).toContain('<script>');
    expect(note?.body).toMatch(/onerror.*<script>.*javascript:/s);
  });

  it('veryLong: values far beyond any column', () => {
    const { atera } = people('veryLong');
    expect(atera.Lastname?.length).toBeGreaterThan(200);
    expect(atera.JobTitle?.length).toBeGreaterThan(400);
  });
});

describe('the sandbox', () => {
  it('makes the same new ids in the same situation, others with a source of its own', async () => {
    const create = async (random?: () => number): Promise<string | undefined> => {
      const sandbox = createSandbox({ now: () => NOW, ids: 'sample', ...(random ? { random } : {}) });
      await sandbox.ghl.fetch(
        new Request('https://any.example/contacts/', {
          method: 'POST',
          headers: { authorization: `Bearer ${sandbox.ghl.token}`, version: '2021-07-28' },
          body: JSON.stringify({ locationId: sandbox.ghl.locationId, email: 'a@nightjar.example' }),
        }),
      );
      return sandbox.state.ghl.contacts.at(-1)?.id;
    };
    expect(await create()).toBe(await create());
    expect(await create()).toMatch(/^sample[A-Za-z0-9]{18}$/);
    expect(await create(() => 0.5)).not.toBe(await create());
  });

  it('keeps the tokens of the sample workspace, whenever it is seeded', () => {
    const early = createSandbox({ now: () => NOW, ids: 'sample' });
    const late = createSandbox({ now: () => NOW + 1e10, ids: 'sample' });
    expect([late.atera.apiKey, late.ghl.token]).toEqual([early.atera.apiKey, early.ghl.token]);
  });

  it('goes on from a stored state', async () => {
    const first = createSandbox({ now: () => NOW, ids: 'sample' });
    const id = SCENES.sample.main.ghlContactIds[0];
    const call = (sandbox: typeof first, method: string, body?: unknown): Promise<Response> =>
      sandbox.ghl.fetch(
        new Request(`https://any.example/contacts/${id}`, {
          method,
          headers: { authorization: `Bearer ${first.ghl.token}`, version: '2021-07-28' },
          body: body ? JSON.stringify(body) : null,
        }),
      );
    await call(first, 'PUT', { city: 'Oakland' });
    const second = createSandbox({
      now: () => NOW,
      ids: 'sample',
      state: JSON.parse(JSON.stringify(first.state)),
    });
    expect(await (await call(second, 'GET')).json()).toMatchObject({ contact: { city: 'Oakland' } });
  });

  it('goes back to the seed, in place, with the log emptied and tokens kept', async () => {
    const sandbox = createSandbox({ now: () => NOW, ids: 'served' });
    const { state } = sandbox;
    await sandbox.atera.fetch(
      new Request('https://any.example/api/v3/customers/311', {
        method: 'PUT',
        headers: { authorization: `Bearer ${sandbox.atera.apiKey}` },
        body: '{"City":"Reno"}',
      }),
    );
    expect(state.atera.customers[0]?.City).toBe('Reno');
    sandbox.reset();
    expect(sandbox.state).toBe(state);
    expect(state).toEqual(createState(NOW, 'served'));
    expect(sandbox.log).toEqual([]);
    const answer = await sandbox.atera.fetch(
      new Request('https://any.example/api/v3/customers/311', {
        headers: { authorization: `Bearer ${sandbox.atera.apiKey}` },
      }),
    );
    expect(await answer.json()).toMatchObject({ City: 'San Francisco' });
  });

  it('logs each request with its body and answer, never the credential', async () => {
    const sandbox = createSandbox({ now: () => NOW, ids: 'served' });
    await sandbox.ghl.fetch(
      new Request('https://any.example/contacts/search?x=1', {
        method: 'POST',
        headers: { authorization: `Bearer ${sandbox.ghl.token}`, version: '2021-07-28' },
        body: '{"a":1}',
      }),
    );
    expect(sandbox.log).toMatchObject([
      {
        vendor: 'ghl',
        method: 'POST',
        path: '/contacts/search',
        query: { x: '1' },
        body: { a: 1 },
        status: 422,
        at: NOW,
      },
    ]);
    expect(sandbox.log[0]?.headers).toMatchObject({ version: '2021-07-28', authorization: 'hidden' });
    expect(JSON.stringify(sandbox.log)).not.toContain(sandbox.ghl.token);
  });
});
