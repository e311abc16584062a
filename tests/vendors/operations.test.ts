import { describe, expect, it } from 'vitest';
import { operations as ateraOperations } from '../../lib/vendors/atera/operations.ts';
import { operations as ghlOperations } from '../../lib/vendors/ghl/operations.ts';
import { specsAvailable } from '../support/openapi.ts';
import { type Bench, createBench, firstOf, scene } from './bench.ts';

const contactId = firstOf(scene.main.ghlContactIds);
const ateraId = String(scene.main.ateraContactId);
const ticketId = String(scene.main.ticketId);

/** One call of every row: a row without a call does not compile, and a call without a row neither. */
const ATERA_CALLS: Record<keyof typeof ateraOperations, (bench: Bench) => Promise<unknown>> = {
  getAccount: ({ callAtera }) => callAtera('getAccount', {}),
  listContacts: ({ callAtera }) =>
    callAtera('listContacts', { query: { page: '1', itemsInPage: '50', Email: 'whitfield', Phone: '0137' } }),
  getContact: ({ callAtera }) => callAtera('getContact', { path: { contactId: ateraId } }),
  updateContact: ({ callAtera }) =>
    callAtera('updateContact', {
      path: { contactId: ateraId },
      body: {
        Firstname: 'Dana',
        Lastname: 'Whitfeld',
        JobTitle: 'Manager',
        Phone: '+14155550199',
        MobilePhone: '+14155550172',
        Archived: true,
      },
    }),
  getCustomer: ({ callAtera }) => callAtera('getCustomer', { path: { customerId: '311' } }),
  getTicket: ({ callAtera }) => callAtera('getTicket', { path: { ticketId } }),
  listTickets: ({ callAtera }) =>
    callAtera('listTickets', {
      query: { page: '1', itemsInPage: '50', customerId: '311', ticketStatus: 'Open' },
    }),
  listComments: ({ callAtera }) =>
    callAtera('listComments', { path: { ticketId }, query: { page: '1', itemsInPage: '50' } }),
  listContactValues: ({ callAtera }) => callAtera('listContactValues', { path: { contactId: ateraId } }),
  createTicket: ({ callAtera }) =>
    callAtera('createTicket', {
      body: { TicketTitle: 'Toner', Description: 'Order toner.', EndUserID: Number(ateraId) },
    }),
  updateTicket: ({ callAtera }) =>
    callAtera('updateTicket', { path: { ticketId }, body: { TicketStatus: 'Closed' } }),
  createComment: ({ callAtera, sandbox }) =>
    callAtera('createComment', {
      path: { ticketId },
      body: {
        CommentText: 'Called back.',
        TechnicianCommentDetails: {
          TechnicianId: firstOf(sandbox.state.atera.technicians).id,
          IsInternal: true,
          TechnicianEmail: firstOf(sandbox.state.atera.technicians).email,
        },
      },
    }),
  listCustomFields: ({ callAtera }) => callAtera('listCustomFields', {}),
  setContactValue: ({ callAtera }) =>
    callAtera('setContactValue', {
      path: { contactId: ateraId, fieldName: 'GHL tags' },
      body: { Value: 'client, vip' },
    }),
  listAgents: ({ callAtera }) => callAtera('listAgents', { query: { page: '1', itemsInPage: '50' } }),
  getAgent: ({ callAtera, sandbox }) =>
    callAtera('getAgent', { path: { agentId: String(firstOf(sandbox.state.atera.agents).AgentID) } }),
  getSnmpDevice: ({ callAtera, sandbox }) =>
    callAtera('getSnmpDevice', {
      path: { deviceId: String(firstOf(sandbox.state.atera.snmpDevices).DeviceID) },
    }),
  getSnmpDeviceByGuid: ({ callAtera, sandbox }) =>
    callAtera('getSnmpDeviceByGuid', {
      path: { deviceGuid: firstOf(sandbox.state.atera.snmpDevices).DeviceGuid },
    }),
  createContact: ({ callAtera }) =>
    callAtera('createContact', {
      body: {
        Email: 'ada@nightjar.example',
        CustomerID: 311,
        Firstname: 'Ada',
        Lastname: 'Finch',
        JobTitle: 'Editor',
        Phone: '+14155550166',
        MobilePhone: '+14155550167',
      },
    }),
  listCustomers: ({ callAtera }) => callAtera('listCustomers', { query: { page: '1', itemsInPage: '50' } }),
};

const ofContact = <T extends { contactId: string }>(records: readonly T[]): T[] =>
  records.filter((record) => record.contactId === contactId);

const customFieldId = ({ sandbox }: Bench): string => firstOf(sandbox.state.ghl.customFields).id;

const GHL_CALLS: Record<keyof typeof ghlOperations, (bench: Bench) => Promise<unknown>> = {
  getContact: ({ callGhl }) => callGhl('getContact', { path: { contactId } }),
  createContact: (bench) =>
    bench.callGhl('createContact', {
      body: {
        locationId: bench.sandbox.ghl.locationId,
        firstName: 'Hank',
        lastName: 'Dufour',
        email: 'hank.dufour@kestrel-logistics.example',
        phone: '+15035550114',
        companyName: 'Kestrel Logistics',
        address1: '2100 Depot Road',
        city: 'Portland',
        state: 'OR',
        postalCode: '97209',
        country: 'US',
        customFields: [{ id: customFieldId(bench), field_value: 'Warehouse lead' }],
      },
    }),
  updateContact: (bench) =>
    bench.callGhl('updateContact', {
      path: { contactId },
      body: {
        firstName: 'Dana',
        lastName: 'Whitfield',
        email: 'dana.w@brightsmile.example',
        phone: '+14155550137',
        address1: '418 Alder Street',
        city: 'San Francisco',
        state: 'CA',
        postalCode: '94107',
        country: 'US',
        customFields: [{ id: customFieldId(bench), field_value: 'Office manager' }],
      },
    }),
  searchContacts: ({ callGhl, sandbox }) =>
    callGhl('searchContacts', {
      body: {
        locationId: sandbox.ghl.locationId,
        pageLimit: 20,
        query: 'whit',
        filters: [{ field: 'email', operator: 'eq', value: 'dana.whitfield@brightsmile.example' }],
      },
    }),
  findDuplicate: ({ callGhl, sandbox }) =>
    callGhl('findDuplicate', {
      query: {
        locationId: sandbox.ghl.locationId,
        email: 'dana+x@brightsmile.example',
        number: '+14155550199',
      },
    }),
  listTasks: ({ callGhl }) => callGhl('listTasks', { path: { contactId } }),
  listNotes: ({ callGhl }) => callGhl('listNotes', { path: { contactId } }),
  listAppointments: ({ callGhl }) => callGhl('listAppointments', { path: { contactId } }),
  addTags: ({ callGhl }) => callGhl('addTags', { path: { contactId }, body: { tags: ['from-atera'] } }),
  removeTags: ({ callGhl }) => callGhl('removeTags', { path: { contactId }, body: { tags: ['vip'] } }),
  getLocation: ({ callGhl, sandbox }) =>
    callGhl('getLocation', { path: { locationId: sandbox.ghl.locationId } }),
  listCustomFields: ({ callGhl, sandbox }) =>
    callGhl('listCustomFields', {
      path: { locationId: sandbox.ghl.locationId },
      query: { model: 'contact' },
    }),
  searchConversations: ({ callGhl, sandbox }) =>
    callGhl('searchConversations', { query: { locationId: sandbox.ghl.locationId, limit: '1' } }),
  getConversation: ({ callGhl, sandbox }) =>
    callGhl('getConversation', {
      path: { conversationId: firstOf(sandbox.state.ghl.conversations).id },
    }),
  createNote: ({ callGhl, sandbox }) =>
    callGhl('createNote', {
      path: { contactId },
      body: { body: 'Called back.', userId: firstOf(sandbox.state.ghl.users).id },
    }),
  deleteNote: ({ callGhl, sandbox }) =>
    callGhl('deleteNote', {
      path: { contactId, noteId: firstOf(ofContact(sandbox.state.ghl.notes)).id },
    }),
  deleteTask: ({ callGhl, sandbox }) =>
    callGhl('deleteTask', {
      path: { contactId, taskId: firstOf(ofContact(sandbox.state.ghl.tasks)).id },
    }),
  listUsers: ({ callGhl, sandbox }) =>
    callGhl('listUsers', { query: { locationId: sandbox.ghl.locationId } }),
  createTask: ({ callGhl }) =>
    callGhl('createTask', {
      path: { contactId },
      body: { title: 'Call back', dueDate: '2027-01-04T10:00:00Z', completed: false },
    }),
  getBusiness: ({ callGhl, sandbox }) =>
    callGhl('getBusiness', { path: { businessId: firstOf(sandbox.state.ghl.businesses).id } }),
  listBusinessContacts: ({ callGhl, sandbox }) =>
    callGhl('listBusinessContacts', {
      path: { businessId: firstOf(sandbox.state.ghl.businesses).id },
      query: { locationId: sandbox.ghl.locationId, limit: '25', skip: '0' },
    }),
};

const tables = [
  { vendor: 'atera', operations: ateraOperations, calls: ATERA_CALLS },
  { vendor: 'ghl', operations: ghlOperations, calls: GHL_CALLS },
] as const;

describe.each(tables)('operations of $vendor', ({ operations, calls }) => {
  const rows = Object.entries(operations);

  it('each have a call here', () => {
    expect(Object.keys(calls).sort()).toEqual(Object.keys(operations).sort());
  });

  it.each(Object.entries(calls))('%s is answered, with the method of its row', async (name, call) => {
    const bench = createBench();
    await call(bench);
    const row = rows.find(([key]) => key === name)?.[1];
    expect(bench.sandbox.log.map(({ method, status }) => [method, Math.floor((status ?? 0) / 100)])).toEqual([
      [row?.method, 2],
    ]);
  });

  it.each(rows)('%s is a read exactly when it changes nothing', async (name, { risk }) => {
    const bench = createBench();
    const before = structuredClone({
      ...bench.sandbox.state,
      ghl: { ...bench.sandbox.state.ghl, rate: null },
    });
    await Object.entries(calls).find(([key]) => key === name)?.[1](bench);
    const after = { ...bench.sandbox.state, ghl: { ...bench.sandbox.state.ghl, rate: null } };
    if (risk === 'read') expect(after).toEqual(before);
    else expect(after).not.toEqual(before);
  });

  it.each(rows.filter(([, { risk, idempotent }]) => risk !== 'read' && idempotent))(
    '%s leaves the same state when it is sent twice',
    async (name) => {
      const bench = createBench();
      const call = Object.entries(calls).find(([key]) => key === name)?.[1];
      const state = (): unknown =>
        structuredClone({ atera: bench.sandbox.state.atera, contacts: bench.sandbox.state.ghl.contacts });
      await call?.(bench);
      const once = state();
      await call?.(bench);
      expect(state()).toEqual(once);
    },
  );

  it.each(rows)('%s names the right that it needs', (_, { scope }) => {
    expect(scope).not.toBe('');
  });

  describe.runIf(specsAvailable)('against the vendor’s own files', () => {
    it.each(Object.entries(calls))('%s fits, request and answer', async (_, call) => {
      const bench = createBench();
      await call(bench);
      expect(bench.exchanges.length).toBe(1);
      expect(bench.problems()).toEqual([]);
    });
  });
});
