import { expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';

it('a number typed without its country is found from a GHL page, with one call more', async () => {
  const world = await createWorld();
  await world.connect();
  const contact = world.ghlContact('main');
  contact.phone = '+14155550137';
  contact.email = 'somebody.else@brightsmile.example';
  const person = world.sandbox.state.atera.contacts.find(({ Lastname }) => Lastname === 'Whitfield');
  if (!person) throw new Error('No such contact');
  person.Phone = '4155550137';
  const { locationId } = world.sandbox.ghl;
  const tabId = await world.openTab(
    `https://app.gohighlevel.com/v2/location/${locationId}/contacts/detail/${contact.id}`,
  );
  const { match } = await world.shown(tabId, world.settled);
  if (match.status !== 'several') throw new Error(match.status);
  const found = match.candidates.find(({ ref }) => ref.id === String(person.EndUserID));
  expect(found?.evidence).toContainEqual({ kind: 'same-phone' });
  const searches = world.sandbox.log.filter(({ path }) => path.endsWith('/contacts'));
  expect(searches).toHaveLength(3);
});
