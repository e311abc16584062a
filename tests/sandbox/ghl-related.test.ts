import { describe, expect, it } from 'vitest';
import { createBench, firstOf, pick, pickList } from './client.ts';

const setup = () => {
  const bench = createBench();
  return {
    ...bench,
    path: `/contacts/${firstOf(bench.scene.main.ghlContactIds)}`,
    locationId: bench.sandbox.ghl.locationId,
  };
};

describe('GHL tasks', () => {
  it.each([['title'], ['dueDate'], ['completed']])('need a %s', async (key) => {
    const { ghl, path } = setup();
    const body = { title: 'Call', dueDate: '2026-12-01T10:00:00Z', completed: false, [key]: undefined };
    const answer = await ghl('POST', `${path}/tasks`, body, { isWrong: true });
    expect(answer.status).toBe(422);
    expect(pickList(answer.json, 'message')).toContain(`${key} should not be empty`);
  });

  it('come with milliseconds in the due date, which are not taken back', async () => {
    const { ghl, path } = setup();
    const task = pick((await ghl('GET', `${path}/tasks`)).json, 'tasks', 0);
    const dueDate = String(pick(task, 'dueDate'));
    expect(dueDate).toMatch(/\.000Z$/);
    const taskPath = `${path}/tasks/${pick(task, 'id')}`;
    expect((await ghl('PUT', taskPath, { title: 'Again', dueDate })).status).toBe(422);
    expect(
      (await ghl('PUT', taskPath, { title: 'Again', dueDate: dueDate.replace('.000', '') })).status,
    ).toBe(200);
  });

  it('carry no timestamps, and go for good', async () => {
    const { ghl, path } = setup();
    const task = pick((await ghl('GET', `${path}/tasks`)).json, 'tasks', 0);
    expect(Object.keys(task ?? {}).sort()).toEqual([
      'assignedTo',
      'body',
      'completed',
      'contactId',
      'dueDate',
      'id',
      'title',
    ]);
    const taskPath = `${path}/tasks/${pick(task, 'id')}`;
    expect(
      pick((await ghl('PUT', `${taskPath}/completed`, { completed: true })).json, 'task', 'completed'),
    ).toBe(true);
    await ghl('DELETE', taskPath);
    expect((await ghl('GET', taskPath)).status).toBe(400);
  });

  it('go to users of the location only', async () => {
    const { ghl, path } = setup();
    const body = { title: 'Call', dueDate: '2026-12-01T10:00:00Z', completed: false, assignedTo: 'nobody' };
    expect((await ghl('POST', `${path}/tasks`, body)).status).toBe(400);
  });

  it('can be searched in the whole location', async () => {
    const { ghl, locationId } = setup();
    const answer = await ghl('POST', `/locations/${locationId}/tasks/search`, { completed: true });
    expect(pickList(answer.json, 'tasks').map((task) => pick(task, 'title'))).toEqual([
      'Send the access list',
    ]);
  });
});

describe('GHL notes and appointments', () => {
  it('keep the text of a note as it was given', async () => {
    const { ghl, path } = setup();
    const text = 'Plain & <b>bold</b>';
    const note = await ghl('POST', `${path}/notes`, { body: text });
    expect(pick((await ghl('GET', `${path}/notes`)).json, 'notes', 0)).toMatchObject({
      id: pick(note.json, 'note', 'id'),
      body: text,
    });
  });

  it('give appointment times in location time, without offset', async () => {
    const { ghl, path } = setup();
    expect(pick((await ghl('GET', `${path}/appointments`)).json, 'events', 0)).toMatchObject({
      startTime: '2026-11-26 14:00:00',
      endTime: '2026-11-26 14:30:00',
    });
  });
});

describe('GHL businesses, users, conversations', () => {
  it('misspell "business" in answers to writes', async () => {
    const { ghl, locationId } = setup();
    const created = await ghl('POST', '/businesses/', { name: 'Nightjar Studio', locationId });
    expect(pick(created.json, 'buiseness', 'name')).toBe('Nightjar Studio');
    const id = pick(created.json, 'buiseness', 'id');
    expect(pick((await ghl('GET', `/businesses/${id}`)).json, 'business', 'name')).toBe('Nightjar Studio');
    expect((await ghl('PUT', `/businesses/${id}`, { tags: ['x'] }, { isWrong: true })).status).toBe(422);
    await ghl('DELETE', `/businesses/${id}`);
    expect((await ghl('GET', `/businesses/${id}`)).status).toBe(400);
  });

  it('need the company to search users', async () => {
    const { ghl, sandbox } = setup();
    expect((await ghl('GET', '/users/search', undefined, { isWrong: true })).status).toBe(422);
    const answer = await ghl(
      'GET',
      `/users/search?companyId=${sandbox.state.ghl.location.companyId}&query=amira`,
    );
    expect(pick(answer.json, 'count')).toBe(1);
  });

  it('lead from a conversation to its contact', async () => {
    const { ghl, locationId, scene } = setup();
    const contactId = firstOf(scene.main.ghlContactIds);
    const found = await ghl('GET', `/conversations/search?locationId=${locationId}&contactId=${contactId}`);
    expect(pick(found.json, 'total')).toBe(1);
    const one = await ghl('GET', `/conversations/${pick(found.json, 'conversations', 0, 'id')}`);
    expect(pick(one.json, 'contactId')).toBe(contactId);
    expect((await ghl('GET', '/conversations/gone')).status).toBe(400);
  });
});
