import { describe, expect, it } from 'vitest';
import { BLOCK_REASONS } from '../../lib/core/mapping.ts';
import { ATERA_FIELDS, ateraPatch, ateraPerson } from '../../lib/vendors/atera/mapping.ts';
import type { AteraContact, AteraCustomer } from '../../lib/vendors/atera/schemas.ts';
import { DEFAULT_MAPPING } from '../../lib/vendors/default-mapping.ts';
import {
  type CustomFields,
  contactUrl,
  GHL_FIELDS,
  ghlPatch,
  ghlPerson,
  JOB_TITLE,
} from '../../lib/vendors/ghl/mapping.ts';
import type { GhlContact } from '../../lib/vendors/ghl/schemas.ts';
import { MOBILE } from './bench.ts';

const ateraContact: AteraContact = {
  EndUserID: 1048101,
  CustomerID: 311,
  CustomerName: 'Bright Smile Dental',
  Firstname: 'Dana',
  Lastname: 'Whitfield',
  JobTitle: 'Office manager',
  Email: 'Dana.Whitfield@brightsmile.example',
  Phone: '+1 415 555 0137',
  MobilePhone: '+1 415 555 0172',
};
const customer: AteraCustomer = {
  CustomerID: 311,
  Address: '418 Alder Street',
  City: 'San Francisco',
  State: 'CA',
  ZipCodeStr: '94107',
  Country: 'United States',
};

describe('mapping of Atera', () => {
  const read = (contact: Partial<AteraContact> = {}) =>
    ateraPerson({ contact: { ...ateraContact, ...contact }, customer, values: [] }, 'northwind-it');

  it.each<[keyof typeof ATERA_FIELDS, string, true | string]>([
    ['Firstname', 'Dana', true],
    ['Lastname', 'Whitfield', true],
    ['Email', 'Dana.Whitfield@brightsmile.example', 'atera-email-read-only'],
    ['Phone', '+1 415 555 0137', true],
    ['MobilePhone', '+1 415 555 0172', true],
    ['JobTitle', 'Office manager', true],
    ['CustomerName', 'Bright Smile Dental', 'vendor-read-only'],
    ['customer.Address', '418 Alder Street', 'atera-customer-address'],
    ['customer.City', 'San Francisco', 'atera-customer-address'],
    ['customer.State', 'CA', 'atera-customer-address'],
    ['customer.ZipCodeStr', '94107', 'atera-customer-address'],
    ['customer.Country', 'United States', 'atera-customer-address'],
  ])('%s is read as %j; written: %s', (key, value, writable) => {
    const { fields } = read();
    expect([fields.values[key], fields.writable[key]]).toEqual([value, writable]);
    if (writable === true) expect(ateraPatch([{ key, value: 'New' }])).toEqual({ [key]: 'New' });
    else expect(() => ateraPatch([{ key, value: 'New' }])).toThrow(RangeError);
  });

  it('has these rows and no others', () => {
    expect(Object.keys(read().fields.values)).toEqual(Object.keys(ATERA_FIELDS));
  });

  it('holds changed keys only, and refuses what it does not know', () => {
    expect(ateraPatch([])).toEqual({});
    expect(
      ateraPatch([
        { key: 'Phone', value: '+14155550199' },
        { key: 'JobTitle', value: 'Dentist' },
      ]),
    ).toEqual({ Phone: '+14155550199', JobTitle: 'Dentist' });
    for (const key of ['Archived', 'CustomerID', 'custom:GHL tags', 'constructor', '__proto__', '']) {
      expect(() => ateraPatch([{ key, value: 'x' }])).toThrow(RangeError);
    }
    expect(() => ateraPatch([{ key: 'Phone', value: null }])).toThrow(RangeError);
  });

  it('reads custom values by their name, read-only, and skips those without a name', () => {
    const { fields } = ateraPerson(
      {
        contact: ateraContact,
        customer: null,
        values: [
          { FieldName: 'GHL tags', ValueAsString: 'vip' },
          { FieldName: 'Empty', ValueAsString: '' },
          { FieldName: null, ValueAsString: 'nameless' },
        ],
      },
      'northwind-it',
    );
    expect(fields.values).toMatchObject({ 'custom:GHL tags': 'vip', 'custom:Empty': null });
    expect(fields.writable['custom:GHL tags']).toBe('vendor-read-only');
    expect(Object.values(fields.values)).not.toContain('nameless');
  });

  it('has no value for what was not read, instead of an empty one', () => {
    const { fields } = ateraPerson({ contact: ateraContact, customer: null, values: null }, 'northwind-it');
    expect(Object.keys(fields.values)).toEqual(Object.keys(ATERA_FIELDS).filter((key) => !key.includes('.')));
  });

  it.each<[Partial<AteraContact>, string]>([
    [{}, 'Dana Whitfield'],
    [{ Lastname: null }, 'Dana'],
    [{ Firstname: ' ', Lastname: 'Whitfield' }, 'Whitfield'],
    [{ Firstname: null, Lastname: '' }, 'Dana.Whitfield@brightsmile.example'],
    [{ Firstname: null, Lastname: null, Email: null }, '1048101'],
  ])('names a person with %j: %s', (contact, name) => {
    expect(read(contact).view.name).toBe(name);
    expect(read(contact).contact.name).toBe(name);
  });

  it('takes empty text for nothing, and keeps the rest as it stands', () => {
    const { fields, contact, view } = read({ Phone: '', JobTitle: ' Dentist ', Archived: true });
    expect(fields.values).toMatchObject({ Phone: null, JobTitle: ' Dentist ' });
    expect(contact.archived).toBe(true);
    expect(contact.emails).toEqual(['dana.whitfield@brightsmile.example']);
    expect(view).toMatchObject({ phone: '+1 415 555 0172', jobTitle: 'Dentist', archived: true, url: null });
    expect(read({ Email: null }).contact.emails).toEqual([]);
  });
});

const known: CustomFields = [
  { id: 'fieldJob', fieldKey: 'contact.job_title' },
  { id: 'fieldMobile', fieldKey: 'contact.mobile_phone' },
];
const ghlContact: GhlContact = {
  id: 'ocQHyuzHvysMo5N5VsXc',
  firstName: 'Dana',
  lastName: 'Whitfeld',
  email: 'Dana.Whitfield@brightsmile.example',
  phone: '+14155550199',
  companyName: 'Bright Smile Dental',
  address1: '418 Alder Street',
  city: 'San Francisco',
  state: 'CA',
  postalCode: '94107',
  country: 'US',
  customFields: [{ id: 'fieldJob', value: 'Office manager' }],
};

describe('mapping of GHL', () => {
  const read = (contact: Partial<GhlContact> = {}, fields: CustomFields = known) =>
    ghlPerson(
      { ...ghlContact, ...contact },
      { accountId: 'Kq3nPa61w0BzLmTR55xd', known: fields, wanted: [JOB_TITLE, MOBILE] },
    );

  it.each<[keyof typeof GHL_FIELDS, string, true | string]>([
    ['firstName', 'Dana', true],
    ['lastName', 'Whitfeld', true],
    ['email', 'Dana.Whitfield@brightsmile.example', true],
    ['phone', '+14155550199', true],
    ['companyName', 'Bright Smile Dental', 'ghl-company-link'],
    ['address1', '418 Alder Street', true],
    ['city', 'San Francisco', true],
    ['state', 'CA', true],
    ['postalCode', '94107', true],
    ['country', 'US', true],
  ])('%s is read as %j; written: %s', (key, value, writable) => {
    const { fields } = read();
    expect([fields.values[key], fields.writable[key]]).toEqual([value, writable]);
    if (writable === true) expect(ghlPatch([{ key, value: 'New' }], known)).toEqual({ [key]: 'New' });
    else expect(() => ghlPatch([{ key, value: 'New' }], known)).toThrow(RangeError);
  });

  it('has these rows and the wanted custom fields, and no others', () => {
    expect(Object.keys(read().fields.values)).toEqual([...Object.keys(GHL_FIELDS), JOB_TITLE, MOBILE]);
  });

  it('writes custom fields by their id, beside the rest, and never tags', () => {
    expect(ghlPatch([], known)).toEqual({});
    expect(
      ghlPatch(
        [
          { key: 'city', value: 'Oakland' },
          { key: JOB_TITLE, value: 'Dentist' },
          { key: MOBILE, value: '+14155550172' },
        ],
        known,
      ),
    ).toEqual({
      city: 'Oakland',
      customFields: [
        { id: 'fieldJob', field_value: 'Dentist' },
        { id: 'fieldMobile', field_value: '+14155550172' },
      ],
    });
    for (const key of ['tags', 'locationId', 'businessId', 'custom:contact.unknown', '__proto__', '']) {
      expect(() => ghlPatch([{ key, value: 'x' }], known)).toThrow(RangeError);
    }
    expect(() => ghlPatch([{ key: JOB_TITLE, value: 'x' }], null)).toThrow(RangeError);
    expect(() => ghlPatch([{ key: 'city', value: null }], known)).toThrow(RangeError);
  });

  it.each<[string, CustomFields, unknown, string | null, true | string]>([
    ['known', known, 'Dentist', 'Dentist', true],
    ['known, a number', known, 0, '0', true],
    ['known, empty', known, '', null, true],
    ['known, a list', known, ['a', 'b'], '["a","b"]', 'custom-field-not-text'],
    ['not in the location', [], 'Dentist', null, 'custom-field-missing'],
    [
      'of another key',
      [{ id: 'fieldJob', fieldKey: 'contact.job' }],
      'Dentist',
      null,
      'custom-field-missing',
    ],
    ['hidden from the token', null, 'Dentist', null, 'custom-fields-unreadable'],
  ])('a custom field that is %s', (_, fields, value, read1, writable) => {
    const person = read({ customFields: [{ id: 'fieldJob', value }] }, fields);
    expect([person.fields.values[JOB_TITLE], person.fields.writable[JOB_TITLE]]).toEqual([read1, writable]);
    expect(person.view.jobTitle || null).toBe(read1);
  });

  it('says why an empty or missing custom field cannot be written', () => {
    const person = read({ customFields: null });
    expect([person.fields.values[MOBILE], person.fields.writable[MOBILE]]).toEqual([null, true]);
    expect(read({}, null).fields.writable[MOBILE]).toBe('custom-fields-unreadable');
  });

  it.each<[Partial<GhlContact>, string]>([
    [{}, 'Dana Whitfeld'],
    [{ firstName: null }, 'Whitfeld'],
    [{ firstName: null, lastName: null, name: 'D. W.' }, 'D. W.'],
    [{ firstName: '', lastName: null, name: ' ', contactName: 'Dana (front desk)' }, 'Dana (front desk)'],
    [{ firstName: null, lastName: null }, 'Dana.Whitfield@brightsmile.example'],
    [{ firstName: null, lastName: null, email: null }, 'ocQHyuzHvysMo5N5VsXc'],
  ])('names a person with %j: %s', (contact, name) => {
    expect(read(contact).view.name).toBe(name);
  });

  it('knows further addresses in every form, each once', () => {
    const additionalEmails = [
      { email: ' DANA@home.example ' },
      'd@work.example',
      { email: 7 },
      null,
      'd@WORK.example',
      ' ',
    ];
    expect(read({ additionalEmails }).contact.emails).toEqual([
      'dana.whitfield@brightsmile.example',
      'dana@home.example',
      'd@work.example',
    ]);
    expect(read({ email: null, additionalEmails: null }).contact.emails).toEqual([]);
  });

  it.each<[Partial<GhlContact>, string[]]>([
    [{}, []],
    [{ dnd: true }, ['all']],
    [
      { dnd: true, dndSettings: { SMS: { status: 'active' }, Email: { status: 'inactive' } } },
      ['all', 'SMS'],
    ],
    [{ dndSettings: { SMS: { status: 'permanent' }, Call: null, FB: {} } }, ['SMS']],
    [{ dnd: false, dndSettings: { Email: { status: 'active' } } }, ['Email']],
  ])('tells by which ways a person must not be contacted: %j', (contact, optOuts) => {
    expect(read(contact).view.optOuts).toEqual(optOuts);
  });

  it('links to the person’s page, with nothing of the ids left to be read as a path', () => {
    expect(read().view.url).toBe(
      'https://app.gohighlevel.com/v2/location/Kq3nPa61w0BzLmTR55xd/contacts/detail/ocQHyuzHvysMo5N5VsXc',
    );
    expect(contactUrl('../x', 'a/b?c')).toBe(
      'https://app.gohighlevel.com/v2/location/..%2Fx/contacts/detail/a%2Fb%3Fc',
    );
  });
});

describe('the shipped mapping', () => {
  it.each(DEFAULT_MAPPING.map((row) => [row.field, row] as const))(
    'pairs fields that exist: %s',
    (_, row) => {
      expect(Object.keys(ATERA_FIELDS)).toContain(row.atera);
      expect([...Object.keys(GHL_FIELDS), JOB_TITLE, MOBILE]).toContain(row.ghl);
    },
  );

  it('names each field, and each key of a side, once', () => {
    for (const key of ['field', 'atera', 'ghl'] as const) {
      const names = DEFAULT_MAPPING.map((row) => row[key]);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('never clears, and never carries to Atera what Atera cannot take', () => {
    expect(DEFAULT_MAPPING.filter(({ empty }) => empty === 'clear')).toEqual([]);
    const blocked = DEFAULT_MAPPING.filter(
      ({ atera, direction }) => atera.startsWith('customer.') && direction !== 'to-ghl',
    );
    expect(blocked).toEqual([]);
  });

  it('gives only reasons that people can be told', () => {
    const writes = [...Object.values(ATERA_FIELDS), ...Object.values(GHL_FIELDS)].map(({ write }) => write);
    const reasons = writes.flatMap((write) => ('blocked' in write ? [write.blocked] : []));
    expect(BLOCK_REASONS).toEqual(expect.arrayContaining(reasons));
  });
});
