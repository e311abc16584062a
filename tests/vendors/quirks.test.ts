import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOSTILE_NOTE } from '../../lib/sandbox/seed-activity.ts';
import { epochOf, relatedItem } from '../../lib/vendors/related.ts';
import { type Bench, createBench, errorOf, firstOf, scene } from './bench.ts';

const ghlId = firstOf(scene.main.ghlContactIds);
const ateraId = String(scene.main.ateraContactId);
const ticketId = String(scene.main.ticketId);
let bench: Bench;
beforeEach(() => {
  bench = createBench();
});
afterEach(() => {
  expect(bench.problems()).toEqual([]);
});

const legacyKey = (): string =>
  bench.sandbox.state.atera.keys.find(({ key }) => !key.startsWith('eyJ'))?.key ?? '';
const queries = () => bench.sandbox.log.map(({ query }) => query);

describe('Atera', () => {
  it('is asked in the words of the kind of key, each in its own header', async () => {
    await bench.atera().findByEmail('dana@x.example');
    await bench.atera().findByPhone('0137');
    await bench.atera(legacyKey()).findByEmail('dana@x.example');
    await bench.atera(legacyKey()).findByPhone('0137');
    const page = { page: '1', itemsInPage: '50' };
    expect(queries()).toEqual([
      { ...page, Email: 'dana@x.example' },
      { ...page, Phone: '0137' },
      { ...page, 'searchOptions.email': 'dana@x.example' },
      { ...page, 'searchOptions.phone': '0137' },
    ]);
    expect(
      bench.requests.map(({ headers }) => [headers.has('authorization'), headers.has('x-api-key')]),
    ).toEqual([
      [true, false],
      [true, false],
      [false, true],
      [false, true],
    ]);
  });

  it('finds with both kinds of key, and only who has exactly this address', async () => {
    for (const key of [undefined, legacyKey()]) {
      const people = await bench.atera(key).findByEmail('alex.morgan@kestrel-logistics.example');
      expect(people.map(({ contact }) => contact.emails)).toEqual([
        ['alex.morgan@kestrel-logistics.example'],
      ]);
    }
  });

  it('finds nobody when the filter was ignored and everybody came', async () => {
    const items = bench.sandbox.state.atera.contacts.slice(0, 40);
    bench.answer({ items, totalItemCount: 40 });
    expect(await bench.atera().findByEmail('nobody@x.example')).toEqual([]);
  });

  it.each([
    ['readContact', 'getContact'],
    ['readCustomer', 'getCustomer'],
    ['readTicket', 'getTicket'],
  ] as const)('%s takes 200 with null for "gone"', async (method, operation) => {
    bench.answer(null);
    expect(await errorOf(bench.atera()[method]('77'))).toMatchObject({ code: 'not_found', operation });
  });

  it.each([
    ['readContact', { EndUserID: 78 }],
    ['readCustomer', { CustomerID: 78 }],
    ['readTicket', { TicketID: 78 }],
  ] as const)('%s refuses an answer about something else', async (method, body) => {
    bench.answer(body);
    expect(await errorOf(bench.atera()[method]('77'))).toMatchObject({
      code: 'invalid_response',
      vendor: 'atera',
    });
  });

  it('tells the account, with nothing where nothing is', async () => {
    expect(await bench.atera().readAccount()).toMatchObject({
      name: 'Northwind IT',
      country: 'United States',
      timeZone: 'America/Los_Angeles',
    });
    bench.answer({ AccountID: 7 });
    expect(await bench.atera().readAccount()).toEqual({ id: '7', name: '', country: null, timeZone: null });
    bench.answer({});
    expect(await bench.atera().readAccount()).toEqual({ id: null, name: '', country: null, timeZone: null });
  });

  it('reads no more people than it is asked for', async () => {
    await bench.atera().readSome(1);
    expect(queries()).toEqual([{ page: '1', itemsInPage: '1' }]);
  });

  it('reads of a person only what the mapping needs', async () => {
    const paths = () => bench.sandbox.log.map(({ path }) => path.replace('/api/v3/', ''));
    const small = await bench.atera().readPerson(ateraId, ['Firstname']);
    expect(paths()).toEqual([`contacts/${ateraId}`]);
    expect(Object.keys(small.fields.values)).not.toContain('customer.City');
    bench.sandbox.log.length = 0;
    await bench.atera().readPerson(ateraId, ['customer.City', 'custom:GHL tags']);
    expect(paths().sort()).toEqual([
      `contacts/${ateraId}`,
      'customers/311',
      `customvalues/contactfields/${ateraId}`,
    ]);
  });

  it('reads a person without a customer', async () => {
    bench.answer({ EndUserID: 1048101, CustomerID: null });
    const person = await bench.atera().readPerson('1048101', ['customer.City']);
    expect(person.fields.values).not.toHaveProperty('customer.City');
    expect(person.view.name).toBe('1048101');
  });

  it('reads comments newest first, with who wrote them and which are internal', async () => {
    const comments = await bench.atera().readComments(ticketId);
    expect(comments.length).toBe(4);
    expect(comments.map(({ at }) => at ?? 0)).toEqual(
      comments.map(({ at }) => at ?? 0).sort((a, b) => b - a),
    );
    expect(comments.filter(({ state }) => state === 'internal').length).toBe(1);
    expect(new Set(comments.map(({ id }) => id)).size).toBe(4);
    expect(comments.every(({ url }) => url === `https://app.atera.com/new/ticket/${ticketId}`)).toBe(true);
    expect(comments.map(({ title }) => title)).toContain('Dana Whitfield');
  });

  it('reads a comment of which only the HTML or the address is known', async () => {
    bench.answer({ items: [{ CommentHtml: '<p>Hello</p>', Email: 'dana@x.example' }, {}] });
    const [first, second] = await bench.atera().readComments('1');
    expect([first?.title, first?.body, first?.at]).toEqual(['dana@x.example', 'Hello', null]);
    expect([second?.title, second?.body]).toEqual(['', '']);
  });

  it('shows the tickets of one person among those of the customer, open ones first', async () => {
    const { items, seen, total } = await bench.atera().readTicketsOf(ateraId, '311');
    expect(items.map(({ done }) => done)).toEqual([false, false, true, true]);
    expect(items[0]).toMatchObject({ title: 'Printer offline again', state: 'Open' });
    expect(seen).toBe(total);
    expect(seen).toBeGreaterThan(items.length);
    bench.answer({ items: [] });
    expect(await bench.atera().readTicketsOf(ateraId, '311')).toEqual({
      items: [],
      tickets: [],
      seen: 0,
      total: 0,
      isWhole: true,
    });
  });

  it.each([
    ['Open', false],
    ['Pending', false],
    ['Waiting for parts', false],
    ['Resolved', true],
    ['CLOSED', true],
    ['Merged', true],
    [null, false],
  ])('a ticket that is %s is done: %s', async (TicketStatus, done) => {
    bench.answer({ items: [{ TicketID: 1, EndUserID: 2, TicketStatus }] });
    expect((await bench.atera().readTicketsOf('2', '3')).items[0]?.done).toBe(done);
  });
});

describe('GHL', () => {
  it.each([
    ['null', { contact: null }],
    ['an empty object', { contact: {} }],
    ['no key', {}],
    ['no key but a trace', { traceId: 'x' }],
  ])('a lookup that finds nobody may answer with %s', async (_, body) => {
    bench.answer(body);
    expect(await bench.ghl().findDuplicate({ email: 'nobody@x.example' })).toBeNull();
    expect(await bench.ghl().findByPhone('+14155550100')).toEqual([]);
  });

  it('sends a plus sign as such', async () => {
    await bench.ghl().findByPhone('+14155550199');
    expect(bench.requests[0]?.url).toContain('number=%2B14155550199');
    expect(queries()[0]).toMatchObject({ number: '+14155550199' });
  });

  it('names the version that it was built for on every call', async () => {
    const client = bench.ghl();
    await client.readContact(ghlId);
    await client.readTasks(ghlId);
    await client.findByEmail('x@x.example');
    expect(bench.requests.map(({ headers }) => headers.get('version'))).toEqual(Array(4).fill('2021-07-28'));
  });

  it('finds all who share an address, each once, by both ways of looking', async () => {
    const [first, second] = bench.sandbox.state.ghl.contacts;
    if (!first || !second) throw new Error('Nobody there');
    second.email = first.email ?? '';
    const found = await bench.ghl().findByEmail(first.email ?? '');
    expect(found.map(({ contact }) => contact.ref.id).sort()).toEqual([first.id, second.id].sort());
  });

  it('finds who was written just now, although the search lags behind', async () => {
    await bench.callGhl('createContact', {
      body: { locationId: bench.sandbox.ghl.locationId, firstName: 'New', email: 'new@x.example' },
    });
    expect(await bench.ghl().searchPeople('new@x.example')).toEqual([]);
    expect((await bench.ghl().findByEmail('new@x.example')).length).toBe(1);
  });

  it.each([
    ['  Dana ', 'Dana'],
    ['+1 (415) 555-0199', '14155550199'],
    ['x'.repeat(80), 'x'.repeat(75)],
  ])('searches for %j as %j', async (query, sent) => {
    await bench.ghl().searchPeople(query);
    expect(bench.sandbox.log[0]?.body).toMatchObject({ query: sent, pageLimit: 20 });
  });

  it.each(['', '   ', '( - )'])('does not search for %j', async (query) => {
    expect(await bench.ghl().searchPeople(query)).toEqual([]);
    expect(bench.requests).toEqual([]);
  });

  it('refuses a contact or a location that is not its own', async () => {
    bench.answer({ contact: { id: ghlId, locationId: 'somewhereElse0000000' } });
    expect(await errorOf(bench.ghl().readContact(ghlId))).toMatchObject({ code: 'invalid_response' });
    bench.answer({ location: { id: 'somewhereElse0000000' } });
    expect(await errorOf(bench.ghl().readLocation())).toMatchObject({ code: 'invalid_response' });
  });

  it('reads the location and its fields', async () => {
    expect(await bench.ghl().readLocation()).toEqual({
      name: 'Northwind CRM',
      country: 'US',
      timeZone: 'America/Los_Angeles',
      allowsDuplicates: false,
    });
    expect((await bench.ghl().readCustomFields()).map(({ fieldKey }) => fieldKey)).toEqual([
      'contact.job_title',
      'contact.mobile_phone',
      'contact.support_level',
    ]);
    bench.answer({ location: { id: bench.sandbox.ghl.locationId } });
    expect(await bench.ghl().readLocation()).toEqual({
      name: '',
      country: null,
      timeZone: null,
      allowsDuplicates: null,
    });
  });

  it('probes with one contact of this location', async () => {
    await bench.ghl().probe();
    expect(bench.sandbox.log[0]?.body).toEqual({ locationId: bench.sandbox.ghl.locationId, pageLimit: 1 });
  });

  it('removes tags with a body on DELETE, and leaves the others', async () => {
    const before = bench.sandbox.state.ghl.contacts.find(({ id }) => id === ghlId)?.tags ?? [];
    await bench.callGhl('removeTags', { path: { contactId: ghlId }, body: { tags: ['vip'] } });
    expect(bench.sandbox.log[0]).toMatchObject({ method: 'DELETE', body: { tags: ['vip'] } });
    expect(bench.sandbox.state.ghl.contacts.find(({ id }) => id === ghlId)?.tags).toEqual(
      before.filter((tag) => tag !== 'vip'),
    );
  });

  it('cannot send tags with an update, nor an empty list of them', async () => {
    const body: object = { city: 'Oakland', tags: ['x'] };
    expect(await errorOf(bench.callGhl('updateContact', { path: { contactId: ghlId }, body }))).toMatchObject(
      {
        code: 'invalid_input',
        operation: 'updateContact',
      },
    );
    expect(
      (await errorOf(bench.callGhl('addTags', { path: { contactId: ghlId }, body: { tags: [] } }))).code,
    ).toBe('invalid_input');
    expect(bench.requests).toEqual([]);
  });

  it('lists tags, tasks, notes and appointments of a contact', async () => {
    const client = bench.ghl();
    const { tags } = await client.readContact(ghlId);
    expect(tags.map(({ title }) => title)).toEqual(['client', 'dental', 'vip', 'newsletter', 'renewal-2027']);
    const tasks = await client.readTasks(ghlId);
    expect(tasks.map(({ done }) => done)).toEqual(tasks.map(({ done }) => done).sort());
    expect(tasks.length).toBeGreaterThan(0);
    const notes = await client.readNotes(ghlId);
    expect(notes.map(({ at }) => at ?? 0)).toEqual(notes.map(({ at }) => at ?? 0).sort((a, b) => b - a));
    expect(notes.length).toBeGreaterThan(0);
  });

  it('reads appointments in the time of the location', async () => {
    const seeded = bench.sandbox.state.ghl.appointments.filter(({ contactId }) => contactId === ghlId);
    expect(seeded.length).toBeGreaterThan(0);
    const shown = await bench.ghl().readAppointments(ghlId);
    expect(shown.map(({ at }) => at).sort()).toEqual(seeded.map(({ start }) => start).sort());
    bench.known.location = null;
    expect((await bench.ghl().readAppointments(ghlId)).map(({ at }) => at)).toEqual(seeded.map(() => null));
  });

  it.each([
    ['confirmed', false],
    ['new', false],
    ['Cancelled', true],
    ['showed', true],
    ['noshow', true],
    [null, false],
  ])('an appointment that is %s is over: %s', async (appointmentStatus, done) => {
    bench.answer({ events: [{ id: 'a', appointmentStatus }] });
    expect((await bench.ghl().readAppointments(ghlId))[0]).toMatchObject({ done, at: null });
  });

  it('puts tasks without a date behind those that have one', async () => {
    bench.answer({
      tasks: [
        { id: 'a', title: 'A' },
        { id: 'b', dueDate: '2026-11-25T10:00:00Z' },
        { id: 'c', completed: true },
      ],
    });
    expect((await bench.ghl().readTasks(ghlId)).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });
});

describe('text of the vendors', () => {
  it('comes as plain text: markup of a note is gone, and nothing of it runs', async () => {
    const notes = await bench.ghl().readNotes(firstOf(scene.hostile.ghlContactIds));
    expect(bench.sandbox.state.ghl.notes.map(({ body }) => body)).toContain(HOSTILE_NOTE);
    const [note] = notes;
    expect(note?.body).toBe('Call notes\ninvoice');
  });

  it('is cut where it is long, and says how much is missing', async () => {
    const body = `<p>${'a'.repeat(5_000_000)}</p>`;
    bench.answer({ notes: [{ id: 'n', body }] });
    const startedAt = performance.now();
    const [note] = await bench.ghl().readNotes(ghlId);
    expect(note?.body).toBe('a'.repeat(4000));
    // All but what is shown, and the three characters of the first tag.
    expect(note?.omitted).toBe(body.length - 4000 - 3);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('has titles on one line', () => {
    expect(relatedItem('ghl', { id: '1', title: ' <b>Two</b>\n lines ' })).toEqual({
      id: '1',
      vendor: 'ghl',
      title: 'Two lines',
      body: '',
      omitted: 0,
      at: null,
      state: null,
      done: false,
      url: null,
    });
    expect(relatedItem('atera', { id: '1', title: 'x'.repeat(1000), html: null }).title.length).toBe(300);
  });
});

describe('epochOf', () => {
  it.each([
    ['2026-11-24T10:00:00Z', '2026-11-24T10:00:00Z'],
    ['2026-11-24T10:00:00.123Z', '2026-11-24T10:00:00.123Z'],
    ['2026-11-24T10:00:00', '2026-11-24T10:00:00Z'],
    ['2026-11-24 10:00:00', '2026-11-24T10:00:00Z'],
    ['2026-11-24T10:00:00+02:00', '2026-11-24T08:00:00Z'],
    ['2026-11-24T10:00:00-0800', '2026-11-24T18:00:00Z'],
    ['2026-11-24', '2026-11-24T00:00:00Z'],
  ])('%s is %s', (value, iso) => {
    expect(epochOf(value)).toBe(Date.parse(iso));
  });

  it.each([null, undefined, '', 'soon', '2026-13-45T10:00:00Z', '10:00'])('%j is no time', (value) => {
    expect(epochOf(value)).toBeNull();
  });
});
