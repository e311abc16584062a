import { afterEach, describe, expect, it } from 'vitest';
import { ATERA_API } from '../../lib/vendors/atera/config.ts';
import { GHL_API } from '../../lib/vendors/ghl/config.ts';
import { JOB_TITLE } from '../../lib/vendors/ghl/mapping.ts';
import type { KeyedValue, Vendor } from '../../lib/vendors/vendor.ts';
import { specsAvailable } from '../support/openapi.ts';
import { type Bench, createBench, errorOf, firstOf, MOBILE, scene } from './bench.ts';

/** What differs between the vendors in the contract that both keep. */
interface Case {
  vendor: 'atera' | 'ghl';
  create: (bench: Bench, token?: string) => Vendor;
  api: string;
  id: string;
  goneId: string;
  values: Record<string, string | null>;
  email: string;
  /** Part of the address: finds nobody. */
  emailPart: string;
  phone: string;
  change: KeyedValue;
  body: Record<string, unknown>;
  unwritable: string[];
  stored: (bench: Bench) => unknown;
  /** A wrong answer: somebody else. */
  stranger: (bench: Bench) => unknown;
  readScope: string;
}

const danaInAtera = ({ sandbox }: Bench) =>
  sandbox.state.atera.contacts.find(({ EndUserID }) => EndUserID === scene.main.ateraContactId);
const danaInGhl = ({ sandbox }: Bench) =>
  sandbox.state.ghl.contacts.find(({ id }) => id === firstOf(scene.main.ghlContactIds));

const CASES: Case[] = [
  {
    vendor: 'atera',
    create: (bench, token) => bench.atera(token),
    api: ATERA_API,
    id: String(scene.main.ateraContactId),
    goneId: '77',
    values: {
      Firstname: 'Dana',
      Lastname: 'Whitfield',
      Email: 'dana.whitfield@brightsmile.example',
      Phone: '+1 415 555 0137',
      MobilePhone: '+1 415 555 0172',
      JobTitle: 'Office manager',
      CustomerName: 'Bright Smile Dental',
      'customer.Address': '418 Alder Street',
      'customer.City': 'San Francisco',
      'customer.State': 'CA',
      'customer.ZipCodeStr': '94107',
      'customer.Country': 'United States',
      'custom:GHL tags': 'client, dental, vip',
    },
    email: 'dana.whitfield@brightsmile.example',
    emailPart: 'whitfield@brightsmile.example',
    phone: '415 555 0137',
    change: { key: 'Lastname', value: 'Whitfeld' },
    body: { Lastname: 'Whitfeld' },
    unwritable: [
      'Email',
      'CustomerName',
      'customer.Address',
      'customer.Country',
      'custom:GHL tags',
      'Archived',
      '',
    ],
    stored: danaInAtera,
    stranger: (bench) => ({ ...danaInAtera(bench), EndUserID: 1 }),
    readScope: 'Contacts: Read',
  },
  {
    vendor: 'ghl',
    create: (bench, token) => bench.ghl(token),
    api: GHL_API,
    id: firstOf(scene.main.ghlContactIds),
    goneId: 'AAAAAAAAAAAAAAAAAAAA',
    values: {
      firstName: 'Dana',
      lastName: 'Whitfeld',
      email: 'dana.whitfield@brightsmile.example',
      phone: '+14155550199',
      companyName: 'Bright Smile Dental',
      address1: '418 Alder Street',
      city: 'San Francisco',
      state: 'CA',
      postalCode: '94107',
      country: 'US',
      [JOB_TITLE]: 'Office manager',
      [MOBILE]: null,
    },
    email: 'dana.whitfield@brightsmile.example',
    emailPart: 'whitfield@brightsmile.example',
    phone: '+14155550199',
    change: { key: 'lastName', value: 'Whitfield' },
    body: { lastName: 'Whitfield' },
    unwritable: ['companyName', 'tags', 'businessId', 'locationId', 'custom:contact.unknown', ''],
    stored: danaInGhl,
    stranger: (bench) => ({ contact: { ...danaInGhl(bench), id: 'BBBBBBBBBBBBBBBBBBBB' } }),
    readScope: 'contacts.readonly',
  },
];

describe.each(CASES)('the $vendor client', (one) => {
  let bench: Bench;
  const open = (token?: string): Vendor => {
    bench = createBench();
    return one.create(bench, token);
  };

  // Where the vendors' files are at hand, every request and answer of this suite must fit them.
  afterEach(() => {
    expect(bench.problems()).toEqual([]);
  });

  it('reads a person with every key of the mapping', async () => {
    const person = await open().readPerson(one.id);
    expect(person.fields.values).toEqual(one.values);
    expect(person.contact).toMatchObject({
      ref: { vendor: one.vendor, kind: 'contact', id: one.id },
      archived: false,
      emails: ['dana.whitfield@brightsmile.example'],
    });
    expect(person.view).toMatchObject({
      ref: person.contact.ref,
      email: one.email,
      company: 'Bright Smile Dental',
    });
  });

  it('says of every key it reads whether it can be written', async () => {
    const { fields } = await open().readPerson(one.id);
    expect(Object.keys(fields.writable).sort()).toEqual(Object.keys(fields.values).sort());
  });

  it('reads afresh each time', async () => {
    const client = open();
    const before = await client.readPerson(one.id);
    await client.updatePerson(one.id, [one.change]);
    const after = await client.readPerson(one.id);
    expect(after.fields.values).toEqual({ ...before.fields.values, [one.change.key]: one.change.value });
  });

  it('says who is gone', async () => {
    expect(await errorOf(open().readPerson(one.goneId, []))).toMatchObject({
      code: 'not_found',
      vendor: one.vendor,
      operation: 'getContact',
    });
    expect(await errorOf(open().updatePerson(one.goneId, [one.change]))).toMatchObject({
      code: 'not_found',
      vendor: one.vendor,
      operation: 'updateContact',
    });
  });

  it('refuses an answer about somebody else', async () => {
    const client = open();
    bench.answer(one.stranger(bench));
    expect(await errorOf(client.readPerson(one.id))).toMatchObject({
      code: 'invalid_response',
      vendor: one.vendor,
    });
  });

  it.each([
    'DANA.Whitfield@BrightSmile.example',
    'dana.whitfield@brightsmile.example',
    ' dana.whitfield@brightsmile.example ',
  ])('finds by the address %j', async (email) => {
    const people = await open().findByEmail(email);
    expect(people.map(({ contact }) => contact.ref.id)).toEqual([one.id]);
  });

  it('finds nobody by a part of an address, or by one that nobody has', async () => {
    const client = open();
    expect(await client.findByEmail(one.emailPart)).toEqual([]);
    expect(await client.findByEmail('example')).toEqual([]);
    expect(await client.findByEmail('nobody@brightsmile.example')).toEqual([]);
    expect(await client.findByEmail('dana+whitfield@brightsmile.example')).toEqual([]);
  });

  it('finds by a phone number, and nobody by one that nobody has', async () => {
    const client = open();
    expect((await client.findByPhone(one.phone)).map(({ contact }) => contact.ref.id)).toEqual([one.id]);
    expect(await client.findByPhone('+14155550000')).toEqual([]);
  });

  it('writes these keys and no others, in one call', async () => {
    const client = open();
    const before = structuredClone(one.stored(bench));
    await client.updatePerson(one.id, [one.change]);
    expect(bench.writes().map(({ method, body }) => ({ method, body }))).toEqual([
      { method: 'PUT', body: one.body },
    ]);
    expect(one.stored(bench)).toEqual({
      ...(before as object),
      ...one.body,
      ...(one.vendor === 'atera'
        ? { LastModified: expect.any(String) }
        : { dateUpdated: expect.any(String) }),
    });
  });

  it.each(one.unwritable)('never sends %j', async (key) => {
    const client = open();
    await expect(client.updatePerson(one.id, [one.change, { key, value: 'x' }])).rejects.toThrow(RangeError);
    expect(bench.requests).toEqual([]);
  });

  it('never empties a field', async () => {
    const client = open();
    await expect(client.updatePerson(one.id, [{ ...one.change, value: null }])).rejects.toThrow(RangeError);
    expect(bench.requests).toEqual([]);
  });

  it.each([
    '',
    '.',
    '..',
    '../account',
    'a/b',
    'a b',
    ' 1',
    '1%2F2',
    '1?x=1',
    '1#x',
    'é',
    '1\n',
    'x'.repeat(65),
  ])('sends nothing for the id %j', async (id) => {
    const client = open();
    for (const attempt of [client.readPerson(id), client.updatePerson(id, [one.change])]) {
      expect(await errorOf(attempt)).toMatchObject({
        code: 'invalid_input',
        input: 'contactId',
        vendor: one.vendor,
      });
    }
    expect(bench.requests).toEqual([]);
  });

  it('says that the token is not known', async () => {
    const unknown = one.vendor === 'atera' ? 'eyJhbGciOiJIUzI1NiJ9.e30.unknown' : 'pit-unknown-0000';
    expect(await errorOf(open(unknown).readPerson(one.id, []))).toMatchObject({
      code: 'unauthorized',
      vendor: one.vendor,
      scope: one.readScope,
      status: 401,
    });
  });

  it('calls the vendor’s host only, without cookies, redirects, cache or referrer', async () => {
    const client = open();
    await client.readPerson(one.id);
    await client.findByEmail(one.email);
    await client.updatePerson(one.id, [one.change]);
    expect(bench.requests.length).toBeGreaterThan(3);
    for (const request of bench.requests) {
      expect(request.url.startsWith(`${one.api}/`)).toBe(true);
      const { credentials, redirect, cache, referrerPolicy } = request;
      expect({ credentials, redirect, cache, referrerPolicy }).toEqual({
        credentials: 'omit',
        redirect: 'error',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
      });
      expect(request.headers.get('accept')).toBe('application/json');
      expect(request.url).not.toContain('pit-');
      expect(request.url).not.toContain('eyJ');
    }
  });

  it('knows its account’s people only by exact answers: wrong types are refused', async () => {
    const client = open();
    bench.addFault({}, { kind: 'wrongTypes' });
    expect(await errorOf(client.readPerson(one.id))).toMatchObject({
      code: 'invalid_response',
      vendor: one.vendor,
    });
    expect(await errorOf(client.findByEmail(one.email))).toMatchObject({ code: 'invalid_response' });
  });
});

describe.runIf(specsAvailable)('the vendors’ own files', () => {
  it('are looked into by this suite', async () => {
    const bench = createBench();
    await bench.ghl().readPerson(firstOf(scene.main.ghlContactIds));
    bench.exchanges.push({ ...firstOf(bench.exchanges), responseBody: { contact: { id: 7 } } });
    expect(bench.problems()).not.toEqual([]);
  });
});
