import { describe, expect, it } from 'vitest';
import { createBench, pick, pickList } from './client.ts';

const setup = () => {
  const bench = createBench();
  const { ticketId, ateraContactId } = bench.scene.main;
  const technician = bench.sandbox.state.atera.technicians[1]?.id ?? 0;
  const titles = async (path: string): Promise<unknown[]> =>
    pickList((await bench.atera('GET', path)).json, 'items').map((item) => pick(item, 'TicketTitle'));
  return { ...bench, ticketId, ateraContactId, technician, path: `/tickets/${ticketId}`, titles };
};

describe('Atera tickets', () => {
  it('name their requester and come without description', async () => {
    const { atera, path, ateraContactId } = setup();
    const { json } = await atera('GET', path);
    expect(json).toMatchObject({
      TicketNumber: '4821',
      EndUserID: ateraContactId,
      EndUserEmail: 'dana.whitfield@brightsmile.example',
      CustomerName: 'Bright Smile Dental',
      TechnicianFullName: 'Morgan Reyes',
    });
    expect(json).not.toHaveProperty('Description');
    expect(String(pick(json, 'TicketCreatedDate'))).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('are filtered by customer and exact status, not by person', async () => {
    const { atera, titles } = setup();
    expect(await titles('/tickets?customerId=311&ticketStatus=Open')).toHaveLength(4);
    expect(await titles('/tickets?ticketStatus=Waiting%20for%20vendor')).toHaveLength(1);
    expect(await titles('/tickets?ticketStatus=open')).toHaveLength(0);
    const everything = pick((await atera('GET', '/tickets')).json, 'totalItemCount');
    const byPerson = await atera('GET', '/tickets?endUserId=1048101', undefined, { isWrong: true });
    expect(pick(byPerson.json, 'totalItemCount')).toBe(everything);
  });

  it('leave comment texts out where asked', async () => {
    const { atera, path } = setup();
    expect(pick((await atera('GET', path)).json, 'FirstComment')).toMatch(/front desk printer/);
    const light = await atera('GET', '/tickets/noComments?customerId=311');
    expect(pickList(light.json, 'items').every((item) => pick(item, 'FirstComment') === null)).toBe(true);
  });

  it('changed since a moment in UTC, from the start of today without a date', async () => {
    const { atera, titles, path, advance } = setup();
    expect(await titles('/tickets/lastmodified?date=2026-11-24T09%3A59%3A00Z')).toEqual([
      'Printer offline again',
    ]);
    expect(await titles('/tickets/lastmodified')).toHaveLength(4);
    advance(60_000);
    await atera('PUT', path, { TicketStatus: 'Resolved' });
    expect(await titles('/tickets/lastmodified?date=2026-11-24T12%3A01%3A00Z')).toEqual([
      'Printer offline again',
    ]);
    expect(pick((await atera('GET', path)).json, 'TicketResolvedDate')).toBe('2026-11-24T12:01:00Z');
    const light = await atera('GET', '/tickets/lastmodified');
    expect(pick(light.json, 'items', 0, 'FirstComment')).toBeNull();
  });

  it('cannot move to another person or customer', async () => {
    const { atera, path, ateraContactId } = setup();
    await atera('PUT', path, { EndUserID: 1, CustomerID: 314, TicketTitle: 'Printer' }, { isWrong: true });
    expect((await atera('GET', path)).json).toMatchObject({
      EndUserID: ateraContactId,
      CustomerID: 311,
      TicketTitle: 'Printer',
    });
    expect((await atera('PUT', path, { TicketPriority: 'Urgent' }, { isWrong: true })).status).toBe(400);
  });

  it('need title, description and a requester; name and address create the contact', async () => {
    const { atera } = setup();
    const base = { TicketTitle: 'New', Description: 'Text' };
    expect((await atera('POST', '/tickets', { ...base, EndUserID: 1 })).status).toBe(400);
    expect((await atera('POST', '/tickets', base)).status).toBe(400);
    expect((await atera('POST', '/tickets', { TicketTitle: 'New', EndUserID: 1048101 })).status).toBe(400);
    const person = {
      EndUserFirstName: 'Ada',
      EndUserLastName: 'Finch',
      EndUserEmail: 'ada@brightsmile.example',
    };
    const created = await atera('POST', '/tickets', { ...base, ...person });
    const ticket = await atera('GET', `/tickets/${pick(created.json, 'ActionID')}`);
    expect(ticket.json).toMatchObject({
      CustomerName: 'Bright Smile Dental',
      EndUserFirstName: 'Ada',
      FirstComment: 'Text',
    });
    const contacts = await atera('GET', '/contacts?Email=ada%40brightsmile.example');
    expect(pick(contacts.json, 'items', 0, 'EndUserID')).toBe(pick(ticket.json, 'EndUserID'));
    const again = await atera('POST', '/tickets', { ...base, ...person });
    const second = await atera('GET', `/tickets/${pick(again.json, 'ActionID')}`);
    expect(pick(second.json, 'EndUserID')).toBe(pick(ticket.json, 'EndUserID'));
  });
});

describe('Atera comments', () => {
  it('have exactly one author', async () => {
    const { atera, path, technician, ateraContactId } = setup();
    const Technician = { TechnicianId: technician, IsInternal: true };
    const Enduser = { EnduserId: ateraContactId };
    const post = (body: Record<string, unknown>) =>
      atera('POST', `${path}/comments`, body, { isWrong: true });
    for (const body of [
      { CommentText: 'x' },
      { CommentText: 'x', TechnicianCommentDetails: Technician, EnduserCommentDetails: Enduser },
      { Comment: 'x', TechnicianCommentDetails: Technician },
    ]) {
      const answer = await post(body);
      expect([answer.status, pick(answer.json, 'detail')]).toEqual([404, 'Invalid input']);
    }
    expect(
      (await post({ CommentText: 'x', TechnicianCommentDetails: { ...Technician, TechnicianId: 1 } })).status,
    ).toBe(400);
    expect((await post({ CommentText: 'x', EnduserCommentDetails: { EnduserId: 1 } })).status).toBe(400);
    expect((await post({ CommentText: 'internal', TechnicianCommentDetails: Technician })).status).toBe(200);
    expect(
      (await post({ CommentText: 'public', TechnicianCommentDetails: { ...Technician, IsInternal: false } }))
        .status,
    ).toBe(200);
    expect(
      (await post({ CommentText: 'user', EnduserCommentDetails: { ...Enduser, IsInternal: true } })).status,
    ).toBe(200);
    const last = pickList((await atera('GET', `${path}/comments`)).json, 'items').slice(-3);
    expect(
      last.map((comment) => [
        pick(comment, 'Comment'),
        pick(comment, 'IsInternal'),
        pick(comment, 'FirstName'),
      ]),
    ).toEqual([
      ['internal', true, 'Sanne'],
      ['public', false, 'Sanne'],
      ['user', false, 'Dana'],
    ]);
  });

  it('carry no id and cannot be edited', async () => {
    const { atera, path, sandbox } = setup();
    const comment = pick((await atera('GET', `${path}/comments`)).json, 'items', 0);
    expect(Object.keys(comment ?? {}).sort()).toEqual(
      [
        'Comment',
        'CommentHtml',
        'Date',
        'Email',
        'EndUserID',
        'FirstName',
        'IsInternal',
        'LastName',
        'TechnicianContactID',
      ].sort(),
    );
    const key = sandbox.state.atera.keys.find((entry) => !entry.key.startsWith('eyJ'))?.key ?? '';
    const legacy = await atera('GET', `${path}/comments`, undefined, { headers: { 'x-api-key': key } });
    expect(pick(legacy.json, 'items', 0)).not.toHaveProperty('CommentHtml');
  });

  it('take a time of their own', async () => {
    const { atera, path, technician } = setup();
    await atera('POST', `${path}/comments`, {
      CommentText: 'Earlier',
      CommentTimestampUTC: '2026-11-20T08:00:00Z',
      TechnicianCommentDetails: { TechnicianId: technician, IsInternal: true },
    });
    expect(pickList((await atera('GET', `${path}/comments`)).json, 'items').at(-1)).toMatchObject({
      Date: '2026-11-20T08:00:00Z',
    });
  });
});
