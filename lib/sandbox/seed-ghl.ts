import { createRandom, ghlSeedId, makeBusinessId } from './ids.ts';
import { normalizePhone } from './phone.ts';
import { APPOINTMENTS, CONVERSATIONS, NOTES, TASKS } from './seed-activity.ts';
import { createSeedIds, seedEmail } from './seed-ids.ts';
import { COMPANIES, PEOPLE, type SeedPerson } from './seed-people.ts';
import type { GhlContact, GhlState, IdMode } from './state.ts';
import { fromLocal, isoMillis } from './time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TIME_ZONE = 'America/Los_Angeles';

/** Scopes of the read-only token. */
export const READONLY_SCOPES = ['contacts.readonly'];

const USERS = [
  ['Jordan', 'Blake', 'jordan.blake'],
  ['Amira', 'Khalil', 'amira.khalil'],
] as const;

export function seedGhl(now: number, ids: IdMode): GhlState {
  const seedIds = createSeedIds(ids);
  const makeId = (text: string): string => ghlSeedId(ids, text);
  const contactId = (key: string): string => seedIds.person(key).ghl ?? '';
  const jobTitle = {
    id: makeId('field job title'),
    name: 'Job title',
    fieldKey: 'contact.job_title',
    dataType: 'TEXT',
    position: 50,
  };
  const mobile = {
    id: makeId('field mobile'),
    name: 'Mobile phone',
    fieldKey: 'contact.mobile_phone',
    dataType: 'PHONE',
    position: 100,
  };
  const level = {
    id: makeId('field level'),
    name: 'Support level',
    fieldKey: 'contact.support_level',
    dataType: 'SINGLE_OPTIONS',
    position: 150,
    picklistOptions: ['Basic', 'Plus'],
  };
  const users = USERS.map(([firstName, lastName, local], index) => ({
    id: makeId(`user ${local}`),
    firstName,
    lastName,
    email: `${local}@northwind-crm.example`,
    phone: `+1415555019${index + 1}`,
  }));
  const owner = users[0]?.id ?? '';

  const toContact = (person: SeedPerson, index: number): GhlContact => {
    const company = COMPANIES.find((entry) => entry.key === person.company);
    const own = person.ghl ?? {};
    const take = <T>(value: T | null | undefined, fallback: T | null): T | null =>
      value === undefined ? fallback : value;
    const phone = take(own.phone, person.phone);
    const job = take(own.jobTitle, person.job);
    const mobilePhone = take(own.mobile, person.mobile ?? null);
    const address1 = take(own.address1, company?.address || null);
    const text = {
      firstName: take(own.firstName, person.first),
      lastName: take(own.lastName, person.last),
      email: take(own.email, seedEmail(person.email, person.company)),
      phone: phone && normalizePhone(phone, company?.country ?? 'US'),
      companyName: take(own.companyName, company?.name ?? null),
      address1,
      city: address1 && (own.city ?? company?.city),
      state: address1 && company?.state,
      postalCode: address1 && (own.postalCode ?? company?.zip),
      country: company?.country ?? 'US',
      businessId: own.companyName === null ? null : seedIds.company(person.company).ghl,
    };
    const present = Object.fromEntries(
      Object.entries(text).filter(([, value]) => value !== null && value !== ''),
    );
    const customFields = [];
    if (job) customFields.push({ id: jobTitle.id, value: job });
    if (mobilePhone) customFields.push({ id: mobile.id, value: normalizePhone(mobilePhone, 'US') });
    return {
      ...present,
      id: contactId(person.key),
      source: 'import',
      assignedTo: owner,
      type: person.only === 'ghl' ? 'lead' : 'customer',
      dnd: false,
      dndSettings: person.key === 'dana' ? { SMS: { status: 'active', message: 'STOP', code: '101' } } : {},
      tags: person.tags?.split(',') ?? [],
      customFields,
      additionalEmails: [],
      followers: [],
      dateAdded: isoMillis(now - (600 - index * 4) * DAY),
      dateUpdated: isoMillis(now - (80 - index) * DAY),
    };
  };
  const contacts = PEOPLE.filter((person) => person.only !== 'atera').map(toContact);
  const today = isoMillis(now).slice(0, 10);

  return {
    location: {
      id: makeId('location northwind'),
      companyId: makeId('company northwind'),
      name: 'Northwind CRM',
      email: 'hello@northwind-crm.example',
      phone: '+14155550102',
      address: '1 Loopback Square',
      city: 'San Francisco',
      state: 'CA',
      country: 'US',
      postalCode: '94105',
      website: 'https://northwind-crm.example',
      timezone: TIME_ZONE,
      settings: {
        allowDuplicateContact: false,
        allowDuplicateOpportunity: false,
        allowFacebookNameMerge: false,
        disableContactTimezone: false,
      },
    },
    tokens: ['full', 'readonly'].map((name) => ({
      token: `pit-sandbox-${name}-${makeId(`token ${name}`)}`,
      scopes: name === 'full' ? 'all' : READONLY_SCOPES,
      locationId: makeId('location northwind'),
    })),
    contacts,
    tasks: TASKS.map(([person, title, body, dueInHours, completed], index) => ({
      id: makeId(`task ${index}`),
      contactId: contactId(person),
      title,
      body,
      dueDate: isoMillis(Math.floor((now + dueInHours * HOUR) / 1000) * 1000),
      completed,
      assignedTo: owner,
    })),
    notes: NOTES.map(([person, hoursAgo, body], index) => ({
      id: makeId(`note ${index}`),
      contactId: contactId(person),
      body,
      userId: owner,
      dateAdded: isoMillis(now - hoursAgo * HOUR),
    })),
    appointments: APPOINTMENTS.map(([person, title, day, time, minutes, appointmentStatus], index) => {
      const date = new Date(Date.parse(`${today}T00:00:00Z`) + day * DAY).toISOString().slice(0, 10);
      const start = fromLocal(`${date}T${time}`, TIME_ZONE) ?? now;
      return {
        id: makeId(`appointment ${index}`),
        calendarId: makeId('calendar'),
        contactId: contactId(person),
        title,
        appointmentStatus,
        assignedUserId: owner,
        notes: '',
        address: 'By phone',
        start,
        end: start + minutes * 60_000,
        added: now - 5 * DAY,
      };
    }),
    businesses: COMPANIES.filter((company) => !company.ateraOnly).map((company, index) => ({
      id: makeBusinessId(ids, createRandom(`business ${company.key}`)),
      name: company.name,
      phone: normalizePhone(company.phone, company.country),
      email: `info@${company.domain}`,
      website: `https://${company.domain}`,
      address: company.address,
      city: company.city,
      state: company.state,
      postalCode: company.zip,
      country: company.country,
      createdAt: isoMillis(now - (650 - index * 9) * DAY),
      updatedAt: isoMillis(now - (50 - index) * DAY),
    })),
    customFields: [jobTitle, mobile, level],
    tags: [...new Set(contacts.flatMap((contact) => contact.tags))].map((name) => ({
      id: makeId(`tag ${name}`),
      name,
    })),
    users,
    calendars: [{ id: makeId('calendar'), name: 'Account reviews' }],
    conversations: CONVERSATIONS.map(([person, lastMessageType, lastMessageBody, hoursAgo, unreadCount]) => ({
      id: makeId(`conversation ${person}`),
      contactId: contactId(person),
      lastMessageBody,
      lastMessageType,
      type: lastMessageType === 'TYPE_SMS' ? 'TYPE_PHONE' : 'TYPE_EMAIL',
      unreadCount,
      updated: now - hoursAgo * HOUR,
    })),
    opportunities: [
      {
        id: makeId('opportunity dana'),
        contactId: contactId('dana'),
        name: 'Phone system for the front desk',
        stage: 'Proposal sent',
      },
    ],
    ignoredFields: [],
    searchLagMs: 12_000,
    lagging: {},
    rateLimit: { max: 100, intervalMs: 10_000, daily: 200_000 },
    rate: { windowStart: 0, used: 0, day: 0, usedToday: 0 },
  };
}
