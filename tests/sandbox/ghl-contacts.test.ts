import { describe, expect, it } from 'vitest';
import { createBench, firstOf, pick, pickList } from './client.ts';

const setup = () => {
  const bench = createBench();
  const id = firstOf(bench.scene.main.ghlContactIds);
  return { ...bench, id, path: `/contacts/${id}`, locationId: bench.sandbox.ghl.locationId };
};

describe('GHL contacts', () => {
  it('answer 400, not 404, for a record that is gone', async () => {
    const { ghl, path } = setup();
    await ghl('DELETE', path);
    for (const method of ['GET', 'DELETE']) {
      const answer = await ghl(method, path);
      expect(answer.status).toBe(400);
      expect(pick(answer.json, 'message')).toMatch(/not found/);
    }
    expect((await ghl('PUT', path, { firstName: 'X' })).status).toBe(400);
    expect((await ghl('GET', `${path}/notes`)).status).toBe(400);
  });

  it('keep the tasks of a deleted contact', async () => {
    const { ghl, path, id, sandbox } = setup();
    await ghl('DELETE', path);
    expect(sandbox.state.ghl.tasks.filter(({ contactId }) => contactId === id)).toHaveLength(2);
  });

  it.each(['companyName', 'businessId', 'gender', 'locationId', 'nonsense'])(
    'refuse the key %s in an update',
    async (key) => {
      const { ghl, path } = setup();
      const answer = await ghl('PUT', path, { [key]: 'x', firstName: 'Y' }, { isWrong: true });
      expect(answer.status).toBe(422);
      expect(pick(answer.json, 'message')).toEqual([`property ${key} should not exist`]);
      expect(pick((await ghl('GET', path)).json, 'contact', 'firstName')).toBe('Dana');
    },
  );

  it('refuse unknown query names, wrong types, missing keys and broken JSON', async () => {
    const { ghl, path, sandbox } = setup();
    expect((await ghl('GET', `${path}?fields=all`, undefined, { isWrong: true })).status).toBe(422);
    expect(pickList((await ghl('PUT', path, { dnd: 'yes' }, { isWrong: true })).json, 'message')).toEqual([
      'dnd must be a boolean value',
    ]);
    expect((await ghl('POST', '/contacts/', { firstName: 'No location' }, { isWrong: true })).status).toBe(
      422,
    );
    const broken = await sandbox.ghl.fetch(
      new Request(`https://any.example${path}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${sandbox.ghl.token}`, version: '2021-07-28' },
        body: '{"firstName":',
      }),
    );
    expect(broken.status).toBe(400);
  });

  it('change only the keys that are given, and empty those that are null', async () => {
    const { ghl, path } = setup();
    const before = (await ghl('GET', path)).json;
    const answer = await ghl('PUT', path, { lastName: 'Whitfield', city: null });
    expect(pick(answer.json, 'succeded')).toBe(true);
    const after = (await ghl('GET', path)).json;
    expect(pick(after, 'contact', 'lastName')).toBe('Whitfield');
    expect(pick(after, 'contact', 'city')).toBeUndefined();
    expect(pick(after, 'contact', 'email')).toBe(pick(before, 'contact', 'email'));
    expect(pick(after, 'contact', 'tags')).toEqual(pick(before, 'contact', 'tags'));
  });

  it.each([
    ['415-555-0137', '+14155550137'],
    ['(415) 555 0137 ext. 12', '+14155550137'],
    ['1 415 555 0137', '+14155550137'],
    ['+44 20 7946 0958', '+442079460958'],
    ['0044 20 7946 0958', '+442079460958'],
  ])('store the phone number %s as %s', async (given, stored) => {
    const { ghl, path } = setup();
    const answer = await ghl('PUT', path, { phone: given });
    expect(pick(answer.json, 'contact', 'phone')).toBe(stored);
  });

  it('replace all tags in an update, and lower-case them', async () => {
    const { ghl, path } = setup();
    await ghl('PUT', path, { tags: ['VIP', 'Fresh Start'] });
    expect(pick((await ghl('GET', path)).json, 'contact', 'tags')).toEqual(['vip', 'fresh start']);
  });

  it('add and remove single tags, with a body on DELETE', async () => {
    const { ghl, path, locationId } = setup();
    const added = await ghl('POST', `${path}/tags`, { tags: ['Printer', 'VIP'] });
    expect(pick(added.json, 'tags')).toEqual([
      'client',
      'dental',
      'vip',
      'newsletter',
      'renewal-2027',
      'printer',
    ]);
    const removed = await ghl('DELETE', `${path}/tags`, { tags: ['DENTAL', 'unknown'] });
    expect(pick(removed.json, 'tags')).toEqual(['client', 'vip', 'newsletter', 'renewal-2027', 'printer']);
    const known = await ghl('GET', `/locations/${locationId}/tags`);
    expect(JSON.stringify(known.json)).toContain('"printer"');
  });

  it('report bulk tags per contact', async () => {
    const { ghl, id, locationId } = setup();
    const body = { contacts: [id, 'gone'], tags: ['VIP'], locationId };
    const answer = await ghl('POST', '/contacts/bulk/tags/update/remove', body);
    expect(pick(answer.json, 'errorCount')).toBe(1);
    expect(pick(answer.json, 'responses', 0, 'tagsRemoved')).toEqual(['vip']);
    const wrong = await ghl('POST', '/contacts/bulk/tags/update/add', { ...body, removeAllTags: true });
    expect(wrong.status).toBe(422);
  });

  it('merge custom fields by id or key, and drop unknown ones without a word', async () => {
    const { ghl, path, sandbox } = setup();
    const [job, mobile] = sandbox.state.ghl.customFields;
    const answer = await ghl(
      'PUT',
      path,
      {
        customFields: [
          { id: mobile?.id, value: '+14155550172' },
          { id: 'doesNotExist00000000', field_value: 'x' },
        ],
      },
      { isWrong: true },
    );
    expect(answer.status).toBe(200);
    expect(pick(answer.json, 'contact', 'customFields')).toEqual([
      { id: job?.id, value: 'Office manager' },
      { id: mobile?.id, value: '+14155550172' },
    ]);
    const byKey = await ghl(
      'PUT',
      path,
      { customFields: [{ key: 'job_title', field_value: 'Director' }] },
      { isWrong: true },
    );
    expect(pickList(byKey.json, 'contact', 'customFields')).toContainEqual({
      id: job?.id,
      value: 'Director',
    });
  });

  it('accept but not store a field that the location ignores', async () => {
    const { ghl, path, sandbox } = setup();
    sandbox.state.ghl.ignoredFields = ['phone', 'contact.job_title'];
    const job = sandbox.state.ghl.customFields[0]?.id;
    const answer = await ghl('PUT', path, {
      phone: '+14155550137',
      lastName: 'Whitfield',
      customFields: [{ id: job, field_value: 'X' }],
    });
    expect(answer.status).toBe(200);
    const contact = (await ghl('GET', path)).json;
    expect(pick(contact, 'contact', 'phone')).toBe('+14155550199');
    expect(pick(contact, 'contact', 'lastName')).toBe('Whitfield');
    expect(pickList(contact, 'contact', 'customFields')).toContainEqual({ id: job, value: 'Office manager' });
  });

  it('refuse duplicates by e-mail, then by phone, on create and update', async () => {
    const { ghl, path, id, locationId, scene } = setup();
    const byEmail = await ghl('POST', '/contacts/', {
      locationId,
      email: 'DANA.Whitfield@brightsmile.example',
    });
    expect(byEmail.status).toBe(400);
    expect(byEmail.json).toMatchObject({
      message: 'This location does not allow duplicated contacts.',
      meta: { contactId: id, matchingField: 'email', contactName: 'Dana Whitfeld' },
    });
    const byPhone = await ghl('POST', '/contacts/', { locationId, phone: '(415) 555-0199' });
    expect(pick(byPhone.json, 'meta', 'matchingField')).toBe('phone');
    const other = `/contacts/${firstOf(scene.exact.ghlContactIds)}`;
    expect((await ghl('PUT', other, { phone: '4155550199' })).status).toBe(400);
    expect((await ghl('PUT', path, { phone: '4155550199' })).status).toBe(200);
  });

  it('allow duplicates where the location does', async () => {
    const { ghl, locationId, sandbox } = setup();
    sandbox.state.ghl.location.settings.allowDuplicateContact = true;
    const answer = await ghl('POST', '/contacts/', {
      locationId,
      email: 'dana.whitfield@brightsmile.example',
    });
    expect(answer.status).toBe(201);
  });

  it('upsert: the e-mail decides, a phone number of somebody else is dropped', async () => {
    const { ghl, id, locationId, scene, sandbox } = setup();
    const other = sandbox.state.ghl.contacts.find(
      (contact) => contact.id === firstOf(scene.exact.ghlContactIds),
    );
    const answer = await ghl('POST', '/contacts/upsert', {
      locationId,
      email: 'dana.whitfield@brightsmile.example',
      phone: other?.phone,
      city: 'Oakland',
    });
    expect(answer.json).toMatchObject({
      new: false,
      contact: { id, city: 'Oakland', phone: '+14155550199' },
    });
    const fresh = await ghl('POST', '/contacts/upsert', { locationId, email: 'new@nightjar.example' });
    expect(pick(fresh.json, 'new')).toBe(true);
  });

  it('link a business in bulk, and unlink with null', async () => {
    const { ghl, id, path, locationId, sandbox } = setup();
    const business = sandbox.state.ghl.businesses[3]?.id;
    await ghl('POST', '/contacts/bulk/business', { locationId, ids: [id], businessId: business });
    expect(pick((await ghl('GET', path)).json, 'contact', 'businessId')).toBe(business);
    const people = await ghl('GET', `/contacts/business/${business}?locationId=${locationId}`);
    expect(JSON.stringify(people.json)).toContain(id);
    await ghl('POST', '/contacts/bulk/business', { locationId, ids: [id], businessId: null });
    expect(pick((await ghl('GET', path)).json, 'contact', 'businessId')).toBeUndefined();
    expect(pick((await ghl('GET', path)).json, 'contact', 'companyName')).toBe('Bright Smile Dental');
  });
});
