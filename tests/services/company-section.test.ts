import { expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';

const CUSTOMER = {
  name: 'Bright Smile Dental',
  url: expect.stringMatching(/^https:\/\/app\.atera\.com\/new\/customer\/\d+$/u),
};

it('tells the customer and the opt-outs with both people, from a ticket and from a GHL page', async () => {
  const world = await createWorld();
  await world.connect();
  const ghl = world.ghlContact('main');
  ghl.dnd = true;
  const ticket = await world.openTicket('main');
  expect(ticket.view.person).toMatchObject({ status: 'ready', value: { customer: CUSTOMER } });
  expect(ticket.view.match).toMatchObject({ counterpart: { optOuts: ['all', 'SMS'] } });
  expect(ticket.view.match).toHaveProperty('counterpart.isInBusiness', Boolean(ghl.businessId));
  const tabId = await world.openTab(
    `https://app.gohighlevel.com/v2/location/${world.sandbox.ghl.locationId}/contacts/detail/${ghl.id}`,
  );
  const page = await world.shown(tabId, world.settled);
  expect(page.person).toMatchObject({ status: 'ready', value: { optOuts: ['all', 'SMS'] } });
  expect(page.match).toMatchObject({ counterpart: { customer: CUSTOMER } });
});

it('keeps the customer beside the person after a write, which reads the person alone', async () => {
  const world = await createWorld();
  await world.connect();
  const { tabId, view } = await world.openTicket('main');
  expect((await world.push(view.plans.push, ['lastName'])).state).toBe('done');
  const after = await world.shown(
    tabId,
    ({ plans }) => plans.push !== null && plans.push !== view.plans.push,
  );
  expect(after.person).toMatchObject({ status: 'ready', value: { customer: CUSTOMER } });
});
