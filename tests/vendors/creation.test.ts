import { describe, expect, it } from 'vitest';
import { createBench, errorOf, MOBILE } from './bench.ts';

const HANK = [
  { key: 'firstName', value: 'Hank' },
  { key: 'email', value: 'hank.dufour@kestrel.example' },
  { key: 'companyName', value: 'Kestrel Logistics' },
  { key: MOBILE, value: '+15035550116' },
];

describe('creating somebody in GHL', () => {
  it('is one explicit POST with the listed keys, and answers with the id', async () => {
    const bench = createBench();
    const ghl = bench.ghl();
    const id = await ghl.createPerson(HANK, null);
    expect(bench.writes()).toMatchObject([
      {
        method: 'POST',
        path: '/contacts/',
        body: {
          locationId: bench.sandbox.ghl.locationId,
          firstName: 'Hank',
          email: 'hank.dufour@kestrel.example',
          companyName: 'Kestrel Logistics',
          customFields: [{ field_value: '+15035550116' }],
        },
      },
    ]);
    const made = await ghl.readPerson(id ?? '');
    expect(made.fields.values).toMatchObject({ companyName: 'Kestrel Logistics', [MOBILE]: '+15035550116' });
    expect(made.createdAt).toBeTypeOf('number');
    expect(bench.problems()).toEqual([]);
  });

  it('names the person who is there already', async () => {
    const bench = createBench();
    const [dana] = bench.sandbox.state.ghl.contacts;
    const error = await errorOf(
      bench.ghl().createPerson([{ key: 'email', value: dana?.email?.toUpperCase() ?? '' }], null),
    );
    expect(error).toMatchObject({ code: 'duplicate', existingId: dana?.id });
  });

  it('takes what the location has a field for', async () => {
    const bench = createBench();
    const { companyName, ...creatable } = await bench.ghl().creatable();
    expect(companyName).toBe(true);
    expect(creatable[MOBILE]).toBe(true);
    bench.known.location = null;
    expect((await bench.ghl().creatable())[MOBILE]).toBe('custom-fields-unreadable');
  });
});

describe('creating somebody in Atera', () => {
  const ROBIN = [
    { key: 'Email', value: 'robin@tannerbakery.example' },
    { key: 'Firstname', value: 'Robin' },
  ];

  it('is one POST with address and customer, and answers with the id', async () => {
    const bench = createBench();
    const id = await bench.atera().createPerson(ROBIN, '311');
    expect(bench.writes()).toMatchObject([
      { body: { Email: 'robin@tannerbakery.example', Firstname: 'Robin', CustomerID: 311 } },
    ]);
    expect((await bench.atera().readPerson(id ?? '', [])).contact.name).toBe('Robin');
    expect(bench.problems()).toEqual([]);
  });

  it('sends nothing without a customer or an address', async () => {
    const bench = createBench();
    expect((await errorOf(bench.atera().createPerson(ROBIN, null))).code).toBe('invalid_input');
    expect((await errorOf(bench.atera().createPerson(ROBIN.slice(1), '311'))).code).toBe('invalid_input');
    expect(bench.writes()).toEqual([]);
  });

  it('has no id to tell when the answer names none', async () => {
    const bench = createBench();
    bench.answer('', 201);
    expect(await bench.atera().createPerson(ROBIN, '311')).toBeNull();
  });
});

describe('customers of Atera', () => {
  it('are read page by page, each once', async () => {
    const bench = createBench();
    const [first] = bench.sandbox.state.atera.customers;
    if (!first) throw new Error('No customer');
    for (let index = 0; index < 60; index += 1)
      bench.sandbox.state.atera.customers.push({ ...first, CustomerID: 90_000 + index });
    const { customers, total } = await bench.atera().listCustomers();
    expect(customers).toHaveLength(bench.sandbox.state.atera.customers.length);
    expect(total).toBe(customers.length);
    expect(bench.sandbox.log.map(({ query }) => query.page)).toEqual(['1', '2']);
    expect(bench.problems()).toEqual([]);
  });

  it('are followed no further than a thousand', async () => {
    const bench = createBench();
    const [first] = bench.sandbox.state.atera.customers;
    if (!first) throw new Error('No customer');
    for (let index = 0; index < 1100; index += 1)
      bench.sandbox.state.atera.customers.push({ ...first, CustomerID: 90_000 + index });
    const { customers, total } = await bench.atera().listCustomers();
    expect(customers).toHaveLength(1000);
    expect(total).toBeGreaterThan(1100);
  });
});
