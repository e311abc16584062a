import { describe, expect, it, vi } from 'vitest';
import type { FieldName } from '../../lib/core/contact.ts';
import { PATIENT } from '../support/tags.ts';
import { createWorld, type World } from '../support/world.ts';

const FIELDS: FieldName[] = ['firstName', 'lastName', 'email', 'phone', 'jobTitle'];
const EMAIL = 'robin.ellery@tannerbakery.example';

const robin = (world: World) => {
  const found = world.sandbox.state.ghl.contacts.find(({ email }) => email === EMAIL);
  if (!found) throw new Error('No such contact');
  return found;
};
const made = (world: World) => world.sandbox.state.atera.contacts.filter(({ Email }) => Email === EMAIL);
const customer = (world: World, name: string) => {
  const found = world.sandbox.state.atera.customers.find(({ CustomerName }) => CustomerName === name);
  if (!found) throw new Error(`No customer ${name}`);
  return found;
};
const bakery = (world: World) => {
  const { CustomerID, CustomerName } = customer(world, 'Tanner & Daughters Bakery');
  return { id: String(CustomerID), name: CustomerName };
};
const posts = (world: World) =>
  world.sandbox.log.filter(({ method, path }) => method === 'POST' && path === '/api/v3/contacts');
const post = { vendor: 'atera', method: 'POST', path: /\/contacts$/u } as const;

/** A GHL page of a lead who is not in Atera. */
async function lead(change: (world: World) => void = () => undefined, path?: (world: World) => string) {
  const world = await createWorld();
  change(world);
  await world.connect();
  const place = `https://app.gohighlevel.com/v2/location/${world.sandbox.ghl.locationId}`;
  const tabId = await world.openTab(`${place}/${path?.(world) ?? `contacts/detail/${robin(world).id}`}`);
  const view = await world.shown(tabId, world.settled);
  if (view.person.status !== 'ready') throw new Error('No person');
  const shown = { target: { tabId }, version: view.version, person: view.person.value.ref };
  world.sandbox.log.length = 0;
  return {
    world,
    tabId,
    view,
    preview: () => world.send('previewCreate', shown),
    create: (
      planId: string | null,
      company: { id: string; name: string } | undefined = bakery(world),
      confirmedName?: string,
    ) =>
      world.send('createCounterpart', {
        target: { tabId },
        planId: planId ?? 'none',
        fields: FIELDS,
        customer: company,
        confirmedName,
      }),
  };
}

describe('the preview of a creation in Atera', () => {
  it('finds the company by the domain of the address, and says why', async () => {
    const { world, preview } = await lead();
    robin(world).companyName = 'Somewhere else';
    const { vendor, companies, problem, planId, rows } = await preview();
    expect({ vendor, problem }).toEqual({ vendor: 'atera', problem: null });
    expect(planId).not.toBeNull();
    expect(companies).toMatchObject({
      status: 'ready',
      candidates: [{ ...bakery(world), signs: ['domain'] }],
    });
    if (companies?.status !== 'ready') throw new Error(companies?.status);
    expect(companies.all).toHaveLength(world.sandbox.state.atera.customers.length);
    expect(rows.find(({ field }) => field === 'email')?.required).toBe(true);
    expect(world.writes()).toEqual([]);
  });

  it('finds it by the name in GHL, where the address says nothing', async () => {
    const { world, preview } = await lead((fresh) => {
      Object.assign(robin(fresh), { companyName: 'bright smile dental' });
      customer(fresh, 'Tanner & Daughters Bakery').Domain = null;
    });
    const { companies } = await preview();
    expect(companies).toMatchObject({
      status: 'ready',
      candidates: [{ name: customer(world, 'Bright Smile Dental').CustomerName, signs: ['name'] }],
    });
  });

  it('names nobody when nothing agrees, and every company can still be chosen', async () => {
    const { preview } = await lead((fresh) => {
      delete robin(fresh).companyName;
      customer(fresh, 'Tanner & Daughters Bakery').Domain = 'gmail.com';
    });
    expect((await preview()).companies).toMatchObject({ status: 'ready', candidates: [] });
  });

  it('says what is missing: an address, or the right to read companies', async () => {
    const { world, preview } = await lead(
      (fresh) => {
        delete robin(fresh).email;
      },
      (fresh) =>
        `contacts/detail/${fresh.sandbox.state.ghl.contacts.find(({ firstName }) => firstName === 'Robin')?.id}`,
    );
    expect(await preview()).toMatchObject({ planId: null, problem: 'no-email' });
    world.faults.add({ path: /\/customers$/u }, { kind: 'status', status: 403 });
    expect((await preview()).companies).toMatchObject({
      status: 'failed',
      error: { code: 'forbidden', scope: 'Customers: Read' },
    });
  });
});

describe('creating in Atera', () => {
  it('sends one request with the chosen company, reads it back and links', async () => {
    const { world, tabId, preview, create } = await lead();
    const { planId } = await preview();
    const result = await create(planId);
    expect(result).toMatchObject({ state: 'created', error: null, created: { name: 'Robin Ellery' } });
    expect(result.fields.every(({ stored }) => stored)).toBe(true);
    expect(posts(world).map(({ body }) => body)).toMatchObject([
      { Email: EMAIL, CustomerID: Number(bakery(world).id), Firstname: 'Robin' },
    ]);
    const view = await world.shown(
      tabId,
      ({ match, refreshing }) => match.status === 'linked' && !refreshing,
    );
    expect(view.match).toMatchObject({ counterpart: { company: bakery(world).name } });
    expect(world.bugs).toEqual([]);
  });

  it('is stopped when the company is another one by now, or gone', async () => {
    const { world, preview, create } = await lead();
    const company = bakery(world);
    const [first, second] = [await preview(), await preview()];
    customer(world, company.name).CustomerName = 'Tanner Holdings';
    expect(await create(first.planId, company)).toMatchObject({
      state: 'conflict',
      error: { code: 'conflict', input: 'customer' },
    });
    world.sandbox.state.atera.customers = [];
    expect(await create(second.planId, company)).toMatchObject({
      state: 'failed',
      error: { code: 'not_found' },
    });
    expect(posts(world)).toEqual([]);
  });

  it('is refused without a company', async () => {
    const { world, tabId, preview } = await lead();
    const { planId } = await preview();
    const command = { target: { tabId }, planId: planId ?? '', fields: FIELDS };
    await expect(world.send('createCounterpart', command)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(posts(world)).toEqual([]);
  });

  it('offers somebody with the address who has come since, also one whom only part of a search finds', async () => {
    const { world, preview, create } = await lead();
    const { planId } = await preview();
    const [model] = world.sandbox.state.atera.contacts;
    if (!model) throw new Error('No contact');
    const others = { Firstname: 'R', Phone: null, MobilePhone: null };
    world.sandbox.state.atera.contacts.push(
      { ...model, ...others, EndUserID: 777_001, Email: `x${EMAIL}` },
      { ...model, ...others, EndUserID: 777_002, Email: EMAIL.toUpperCase() },
    );
    const result = await create(planId);
    expect(result.state).toBe('found');
    expect(result.people.map(({ ref }) => ref.id)).toEqual(['777002']);
    expect(posts(world)).toEqual([]);
  });

  it.each(['(510) 555-0187', '510-555-0187', '510.555.0187', '+1 510 555 0187'])(
    'offers somebody whose number Atera holds as %s, where it compares text',
    async (Phone) => {
      const { world, preview, create } = await lead((fresh) => {
        fresh.sandbox.state.atera.phonesAsText = true;
      });
      const { planId } = await preview();
      const [model] = world.sandbox.state.atera.contacts;
      if (!model) throw new Error('No contact');
      const other = { ...model, EndUserID: 777_004, Email: 'r@old.example', Phone, MobilePhone: null };
      world.sandbox.state.atera.contacts.push(other);
      expect(await create(planId)).toMatchObject({ state: 'found', people: [{ ref: { id: '777004' } }] });
      expect(posts(world)).toEqual([]);
    },
  );

  it('creates nobody when the search by number has no end, as when its filter is ignored', async () => {
    const { world, preview, create } = await lead();
    const { planId } = await preview();
    const [model] = world.sandbox.state.atera.contacts;
    if (!model) throw new Error('No contact');
    world.sandbox.state.atera.contacts.push(
      ...Array.from({ length: 501 }, (_, index) => ({
        ...model,
        EndUserID: 800_000 + index,
        Email: `crowd${index}@nowhere.example`,
        Phone: '+1 212 555 0187',
        MobilePhone: null,
      })),
    );
    expect(await create(planId)).toMatchObject({ state: 'failed', error: { code: 'invalid_response' } });
    expect(posts(world)).toEqual([]);
  });

  it('looks who it is when Atera refuses the values', async () => {
    const { world, preview, create } = await lead();
    const { planId } = await preview();
    const hold = world.faults.add(post, { kind: 'hold', when: 'before' });
    const creating = create(planId);
    await hold.arrived;
    const [model] = world.sandbox.state.atera.contacts;
    if (!model) throw new Error('No contact');
    world.sandbox.state.atera.contacts.push({ ...model, EndUserID: 777_003, Email: EMAIL, Phone: null });
    hold.release();
    expect(await creating).toMatchObject({ state: 'found', people: [{ ref: { id: '777003' } }] });
    expect(made(world)).toHaveLength(1);
  });

  it.each([
    ['names no id', { kind: 'status', status: 201 }, 0, 'unknown'],
    ['is lost after it was stored', { kind: 'cut', when: 'after' }, 1, 'created'],
  ] as const)('is settled by a look when the answer %s', async (_case, fault, count, state) => {
    const { world, preview, create } = await lead();
    const { planId } = await preview();
    world.faults.add(post, fault);
    expect((await create(planId)).state).toBe(state);
    expect(made(world)).toHaveLength(count);
  });

  it('is failed with the missing right when the token may not write', async () => {
    const { world, preview, create } = await lead();
    const { planId } = await preview();
    world.faults.add(post, { kind: 'status', status: 403 });
    expect(await create(planId)).toMatchObject({
      state: 'failed',
      error: { code: 'forbidden', vendor: 'atera', scope: 'Contacts: Write' },
    });
  });

  it('asks for the name first on a page that only suggests somebody', async () => {
    const { world, view, preview, create } = await lead(
      (fresh) => {
        const [conversation] = fresh.sandbox.state.ghl.conversations;
        if (conversation) conversation.contactId = robin(fresh).id;
      },
      (fresh) => `conversations/conversations/${fresh.sandbox.state.ghl.conversations[0]?.id}`,
    );
    expect(view.suggested).toBe(true);
    const { planId, personName } = await preview();
    const company = bakery(world);
    await expect(create(planId, company)).rejects.toMatchObject({ code: 'unconfirmed' });
    await expect(create(planId, company, 'Somebody Else')).rejects.toMatchObject({ code: 'unconfirmed' });
    expect(posts(world)).toEqual([]);
    expect((await create(planId, company, personName)).state).toBe('created');
  });
});

describe('a creation in Atera that waits', () => {
  const waiting = async () => {
    const shown = await lead();
    const { world, preview, create } = shown;
    const { planId } = await preview();
    world.faults.add({ vendor: 'atera', method: 'GET' }, { kind: 'cut', when: 'before' });
    expect(await create(planId)).toMatchObject({ state: 'queued', error: { code: 'network' } });
    world.faults.clear();
    return shown;
  };
  const over = async (world: World) => {
    world.ring('online');
    await vi.waitFor(async () => expect(await world.send('getJobs', {})).toEqual([]), PATIENT);
    return (await world.send('getActivity', { people: null, limit: null }))?.entries;
  };

  it('is created in the company that was chosen', async () => {
    const { world } = await waiting();
    expect(await over(world)).toMatchObject([{ kind: 'create', vendor: 'atera', state: 'done' }]);
    expect(made(world)).toMatchObject([{ CustomerID: Number(bakery(world).id) }]);
    expect(posts(world)).toHaveLength(1);
  });

  it('is not created where the company is called otherwise by then', async () => {
    const { world } = await waiting();
    customer(world, bakery(world).name).CustomerName = 'Another Bakery';
    expect(await over(world)).toMatchObject([{ state: 'conflict' }]);
    expect(world.writes()).toEqual([]);
  });
});
