import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSpecCheck, renderSpecGaps, specsAvailable, validatingFetch } from '../support/openapi.ts';
import { calledOperations, createBench, firstOf, pick } from './client.ts';

describe('the table of gaps', () => {
  it('is the same in the documentation', () => {
    const docs = readFileSync(new URL('../../docs/VENDOR-SPECS.md', import.meta.url), 'utf8');
    expect(docs).toContain(renderSpecGaps());
  });
});

/** Every operation the sandbox implements, as the vendors' files name them. */
const ATERA = `
GET /account; GET /agents; GET /agents/{agentId}; GET /devices/snmpdevice/{deviceId};
GET /devices/snmpdevice/guid/{deviceGuid}; GET /contacts; POST /contacts; GET /contacts/{contactId}; PUT /contacts/{contactId};
POST /contacts/{contactId}; DELETE /contacts/{contactId}; GET /customers; POST /customers; GET /customers/{customerId};
PUT /customers/{customerId}; POST /customers/{customerId}; DELETE /customers/{customerId}; GET /departments; POST /departments;
GET /tickets; POST /tickets; GET /tickets/noComments; GET /tickets/lastmodified; GET /tickets/statusmodified;
GET /tickets/{ticketId}; PUT /tickets/{ticketId}; POST /tickets/{ticketId}; DELETE /tickets/{ticketId};
GET /tickets/{ticketId}/comments; POST /tickets/{ticketId}/comments; GET /customvalues/customfields;
GET /customvalues/contactfields/{contactId}; GET /customvalues/contactfield/{contactId}/{fieldName};
PUT /customvalues/contactfield/{contactId}/{fieldName}; POST /customvalues/contactfield/{contactId}/{fieldName};
GET /customvalues/ticketfields/{ticketId}; PUT /customvalues/ticketfield/{ticketId}/{fieldName};
GET /customvalues/customerfields/{customerId}; PUT /customvalues/customerfield/{customerId}/{fieldName}`;
const GHL = `
POST /contacts/; GET /contacts/; GET /contacts/{contactId}; PUT /contacts/{contactId}; DELETE /contacts/{contactId}; POST /contacts/upsert;
POST /contacts/search; GET /contacts/search/duplicate; GET /contacts/business/{businessId}; POST /contacts/bulk/business;
POST /contacts/bulk/tags/update/{type}; POST /contacts/{contactId}/tags; DELETE /contacts/{contactId}/tags;
POST /contacts/{contactId}/followers; DELETE /contacts/{contactId}/followers; GET /contacts/{contactId}/tasks;
POST /contacts/{contactId}/tasks; GET /contacts/{contactId}/tasks/{taskId}; PUT /contacts/{contactId}/tasks/{taskId};
PUT /contacts/{contactId}/tasks/{taskId}/completed; DELETE /contacts/{contactId}/tasks/{taskId}; GET /contacts/{contactId}/notes;
POST /contacts/{contactId}/notes; GET /contacts/{contactId}/notes/{id}; PUT /contacts/{contactId}/notes/{id};
DELETE /contacts/{contactId}/notes/{id}; GET /contacts/{contactId}/appointments; GET /locations/{locationId};
GET /locations/{locationId}/customFields; GET /locations/{locationId}/tags; POST /locations/{locationId}/tags;
POST /locations/{locationId}/tasks/search; GET /businesses/; POST /businesses/; GET /businesses/{businessId};
PUT /businesses/{businessId}; DELETE /businesses/{businessId}; GET /users/; GET /users/search; GET /users/{userId};
GET /conversations/search; GET /conversations/{conversationId}; GET /calendars/`;
const names = (vendor: string, prefix: string, text: string): string[] =>
  text.split(';').map((name) => `${vendor} ${name.trim().replace(' ', ` ${prefix}`)}`);

describe.runIf(specsAvailable)('every operation answers as its file says', () => {
  it('Atera', async () => {
    const { atera, scene, sandbox } = createBench();
    const { ticketId, ateraContactId } = scene.main;
    const { agents, snmpDevices } = sandbox.state.atera;
    for (const path of [
      '/account',
      '/agents',
      `/agents/${agents[0]?.AgentID}`,
      `/devices/snmpdevice/${snmpDevices[0]?.DeviceID}`,
      `/devices/snmpdevice/guid/${snmpDevices[0]?.DeviceGuid}`,
      '/contacts?Email=dana&Phone=415&SortBy=LastModified&page=1&itemsInPage=5',
    ]) {
      expect((await atera('GET', path)).status).toBe(200);
    }
    const customer = await atera('POST', '/customers', {
      CustomerName: 'Nightjar Studio',
      Domain: 'nightjar.example',
    });
    expect(customer.status).toBe(201);
    const customerId = Number(pick(customer.json, 'ActionID'));
    await atera('GET', `/customers/${customerId}`);
    await atera('PUT', `/customers/${customerId}`, { City: 'Reno' });
    await atera('POST', `/customers/${customerId}`, { City: 'Elko' });
    await atera('GET', '/customers?page=2&itemsInPage=3&SortBy=Creation');
    const contact = await atera('POST', '/contacts', {
      Email: 'a@nightjar.example',
      CustomerID: customerId,
      Firstname: 'Ada',
    });
    expect(contact.status).toBe(201);
    const contactPath = `/contacts/${pick(contact.json, 'ActionID')}`;
    await atera('GET', contactPath);
    expect((await atera('PUT', contactPath, { Lastname: 'Finch', IsContactPerson: true })).status).toBe(200);
    expect((await atera('POST', contactPath, { JobTitle: 'Editor' })).status).toBe(200);
    expect((await atera('DELETE', contactPath)).status).toBe(204);
    expect((await atera('DELETE', `/customers/${customerId}`)).status).toBe(204);
    await atera('GET', '/departments?page=1');
    expect((await atera('POST', '/departments', { Name: 'Night shift' })).status).toBe(201);

    for (const path of [
      '/tickets?itemsInPage=50',
      '/tickets?ticketStatus=Open&customerId=311&includeRelations=false',
      '/tickets/noComments',
      '/tickets/lastmodified?date=2026-11-01T00%3A00%3A00Z&includeComments=true',
      '/tickets/statusmodified?includeComments=false',
      `/tickets/${ticketId}`,
      `/tickets/${ticketId}/comments?page=1&itemsInPage=2`,
    ]) {
      expect((await atera('GET', path)).status, path).toBe(200);
    }
    const ticket = await atera('POST', '/tickets', {
      TicketTitle: 'New',
      Description: 'Text',
      EndUserID: ateraContactId,
    });
    expect(ticket.status).toBe(201);
    const ticketPath = `/tickets/${pick(ticket.json, 'ActionID')}`;
    await atera('PUT', ticketPath, { TicketStatus: 'Pending' });
    await atera('POST', ticketPath, { TicketPriority: 'High' });
    const comment = { CommentText: 'Done', EnduserCommentDetails: { EnduserId: ateraContactId } };
    expect((await atera('POST', `${ticketPath}/comments`, comment)).status).toBe(200);
    expect((await atera('DELETE', ticketPath)).status).toBe(204);

    await atera('GET', '/customvalues/customfields');
    const field = `/customvalues/contactfield/${ateraContactId}/GHL%20tags`;
    await atera('PUT', field, { Value: 'vip' });
    await atera('POST', field, { Value: 'client' });
    await atera('GET', field);
    await atera('GET', `/customvalues/contactfields/${ateraContactId}`);
    await atera('PUT', `/customvalues/ticketfield/${ticketId}/Office%20location`, { Value: 'Second floor' });
    await atera('GET', `/customvalues/ticketfields/${ticketId}`);
    await atera('PUT', '/customvalues/customerfield/311/Support%20level', { Value: 'Plus' });
    await atera('GET', '/customvalues/customerfields/311');
    expect([...calledOperations]).toEqual(expect.arrayContaining(names('atera', '/api/v3', ATERA)));
  });

  it('GHL', async () => {
    const { ghl, scene, sandbox } = createBench();
    const { locationId } = sandbox.ghl;
    const dana = `/contacts/${firstOf(scene.main.ghlContactIds)}`;
    const user = sandbox.state.ghl.users[0]?.id ?? '';
    const created = await ghl('POST', '/contacts/', {
      locationId,
      firstName: 'Ada',
      email: 'ada@nightjar.example',
      phone: '(415) 555-0166',
      companyName: 'Nightjar Studio',
      dateOfBirth: '1990-09-25',
      tags: ['New'],
      customFields: [{ id: sandbox.state.ghl.customFields[0]?.id, field_value: 'Editor' }],
    });
    expect(created.status).toBe(201);
    const id = String(pick(created.json, 'contact', 'id'));
    const contact = `/contacts/${id}`;
    await ghl('GET', dana);
    expect((await ghl('PUT', contact, { lastName: 'Finch', dnd: true, assignedTo: null })).status).toBe(200);
    await ghl('POST', '/contacts/upsert', { locationId, email: 'ada@nightjar.example', city: 'Reno' });
    await ghl('POST', '/contacts/search', { locationId, pageLimit: 5, page: 1, query: 'morgan' });
    await ghl('GET', `/contacts/?locationId=${locationId}&limit=3`);
    await ghl('GET', `/contacts/search/duplicate?locationId=${locationId}&email=ada%40nightjar.example`);
    const business = await ghl('POST', '/businesses/', { name: 'Nightjar Studio', locationId });
    expect(business.status).toBe(201);
    const businessId = String(pick(business.json, 'buiseness', 'id'));
    await ghl('POST', '/contacts/bulk/business', { locationId, ids: [id], businessId });
    await ghl('GET', `/contacts/business/${businessId}?locationId=${locationId}&limit=5&skip=0&query=ada`);
    await ghl('GET', `/businesses/${businessId}`);
    await ghl('PUT', `/businesses/${businessId}`, { city: 'Reno' });
    await ghl('GET', `/businesses/?locationId=${locationId}&limit=3&skip=1`);
    await ghl('DELETE', `/businesses/${businessId}`);
    await ghl('POST', '/contacts/bulk/tags/update/add', {
      contacts: [id, 'nobody'],
      tags: ['bulk'],
      locationId,
    });
    expect((await ghl('POST', `${contact}/tags`, { tags: ['More'] })).status).toBe(201);
    expect((await ghl('DELETE', `${contact}/tags`, { tags: ['more'] })).status).toBe(200);
    expect((await ghl('POST', `${contact}/followers`, { followers: [user] })).status).toBe(201);
    await ghl('DELETE', `${contact}/followers`, { followers: [user] });

    const task = await ghl('POST', `${contact}/tasks`, {
      title: 'Call',
      dueDate: '2026-12-01T10:00:00Z',
      completed: false,
    });
    expect(task.status).toBe(201);
    const taskPath = `${contact}/tasks/${pick(task.json, 'task', 'id')}`;
    await ghl('GET', `${dana}/tasks`);
    await ghl('GET', taskPath);
    await ghl('PUT', taskPath, { title: 'Call again', dueDate: '2026-12-02T10:00:00Z' });
    await ghl('PUT', `${taskPath}/completed`, { completed: true });
    await ghl('DELETE', taskPath);
    const note = await ghl('POST', `${contact}/notes`, { body: 'Hello', userId: user });
    expect(note.status).toBe(201);
    const notePath = `${contact}/notes/${pick(note.json, 'note', 'id')}`;
    await ghl('GET', `${dana}/notes`);
    await ghl('GET', notePath);
    await ghl('PUT', notePath, { body: 'Hello again', pinned: true });
    await ghl('DELETE', notePath);
    await ghl('GET', `${dana}/appointments`);
    await ghl('DELETE', contact);

    await ghl('GET', `/locations/${locationId}`);
    await ghl('GET', `/locations/${locationId}/customFields?model=contact`);
    await ghl('GET', `/locations/${locationId}/tags`);
    await ghl('POST', `/locations/${locationId}/tags`, { name: 'Brand new' });
    await ghl('POST', `/locations/${locationId}/tasks/search`, { completed: false, limit: 5 });
    await ghl('GET', `/users/?locationId=${locationId}`);
    await ghl(
      'GET',
      `/users/search?companyId=${sandbox.state.ghl.location.companyId}&locationId=${locationId}&query=jordan`,
    );
    await ghl('GET', `/users/${user}`);
    await ghl(
      'GET',
      `/conversations/search?locationId=${locationId}&contactId=${firstOf(scene.main.ghlContactIds)}`,
    );
    await ghl('GET', `/conversations/${sandbox.state.ghl.conversations[0]?.id}`);
    await ghl('GET', `/calendars/?locationId=${locationId}`);
    expect([...calledOperations]).toEqual(expect.arrayContaining(names('ghl', '', GHL)));
  });

  it('older Atera keys have a file of their own', async () => {
    const { atera, sandbox } = createBench();
    const key = sandbox.state.atera.keys.find((entry) => !entry.key.startsWith('eyJ'))?.key ?? '';
    const answer = await atera('GET', '/contacts?searchOptions.email=dana', undefined, {
      headers: { 'x-api-key': key },
    });
    expect(pick(answer.json, 'totalItemCount')).toBe(1);
  });
});

describe.runIf(specsAvailable)('the checks themselves', () => {
  const { checkExchange } = createSpecCheck();
  const base = {
    vendor: 'ghl' as const,
    method: 'PUT',
    url: 'https://services.leadconnectorhq.com/contacts/abc',
    requestHeaders: { version: '2021-07-28' },
    requestBody: { firstName: 'A' },
    status: 200,
    responseBody: { contact: { id: 'abc' } },
  };

  it.each([
    ['an unknown key', { ...base, requestBody: { companyName: 'A' } }, /additional properties/],
    ['a wrong type', { ...base, requestBody: { dnd: 'yes' } }, /must be boolean/],
    ['an unknown query name', { ...base, url: `${base.url}?x=1` }, /query x/],
    ['another version', { ...base, requestHeaders: { version: 'v9' } }, /version v9/],
    ['an unknown path', { ...base, url: 'https://services.leadconnectorhq.com/nope' }, /no such operation/],
    ['an undeclared status', { ...base, status: 418 }, /status 418/],
    ['a wrong answer', { ...base, responseBody: { contact: { id: 7 } } }, /response: \/contact\/id/],
  ])('find %s', (_name, exchange, expected) => {
    expect(checkExchange(exchange).join()).toMatch(expected);
  });

  it('find nothing where all is well', () => {
    expect(checkExchange(base)).toEqual([]);
  });

  it('stop a client through the validating fetch', async () => {
    const { sandbox } = createBench();
    const fetch = validatingFetch('ghl', sandbox.ghl.fetch);
    const headers = { authorization: `Bearer ${sandbox.ghl.token}`, version: '2021-07-28' };
    const url = `https://services.leadconnectorhq.com/locations/${sandbox.ghl.locationId}`;
    expect((await fetch(url, { headers })).status).toBe(200);
    await expect(fetch(`${url}?why=not`, { headers })).rejects.toThrow('query why is not declared');
  });
});
