import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../support/world.ts';

/** One number, as people and systems write it. */
const SPELLINGS = [
  '+14155550137',
  '4155550137',
  '(415) 555-0137',
  '415-555-0137',
  '415.555.0137',
  '+1 415 555 0137',
  '1-415-555-0137',
];

/** Atera, whose filter compares numbers as text, knows the person of a GHL contact by this spelling of the number alone. */
async function stored(spelling: string) {
  const world = await createWorld();
  await world.connect();
  world.sandbox.state.atera.phonesAsText = true;
  const contact = world.ghlContact('main');
  contact.phone = '+14155550137';
  contact.email = 'somebody.else@brightsmile.example';
  const person = world.sandbox.state.atera.contacts.find(({ Lastname }) => Lastname === 'Whitfield');
  if (!person) throw new Error('No such contact');
  person.Phone = spelling;
  return { world, contact, id: String(person.EndUserID) };
}

const pageOf = (world: World, id: string) =>
  world.openTab(
    `https://app.gohighlevel.com/v2/location/${world.sandbox.ghl.locationId}/contacts/detail/${id}`,
  );

describe.each(SPELLINGS)('a number that Atera holds as %s', (spelling) => {
  it('is found from a GHL page, with one call for each way of writing it', async () => {
    const { world, contact, id } = await stored(spelling);
    const { match } = await world.shown(await pageOf(world, contact.id), world.settled);
    if (match.status !== 'several') throw new Error(match.status);
    const found = match.candidates.find(({ ref }) => ref.id === id);
    expect(found?.evidence).toContainEqual({ kind: 'same-phone' });
    expect(world.sandbox.log.filter(({ path }) => path.endsWith('/contacts'))).toHaveLength(5);
  });

  it('is found by whoever searches for it', async () => {
    const { world, id } = await stored(spelling);
    const { atera } = await world.send('searchPeople', {
      target: { windowId: 1 },
      query: '+1 (415) 555 0137',
    });
    if (atera.status !== 'ready') throw new Error(atera.status);
    expect(atera.hits.map(({ person }) => person.ref.id)).toContain(id);
  });
});
