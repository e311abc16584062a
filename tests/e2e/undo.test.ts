import { expect, it } from 'vitest';
import { ghlContact, openTicket, PUSH, prepareWorld, scenes, VERIFIED, writesIn } from './support.ts';

const world = prepareWorld();

const inGhl = () => ghlContact(world(), scenes.main.ghlContactIds[0]);

it('what was pushed is taken back with one press, and the journal says both', async () => {
  const { driver, sandbox } = world();
  const before = structuredClone(inGhl());
  const { panel, page, ticket } = await openTicket(driver, scenes.main.ticketId);
  await panel.waitForText(/Push \d+ changes? to GHL/);
  await panel.click('Push Phone to GHL');
  await panel.click('Push Mobile to GHL');
  await panel.click(PUSH);
  await panel.waitForText(VERIFIED);
  expect(inGhl().lastName).toBe('Whitfield');
  const from = sandbox.log.length;
  await panel.click(/^Undo/);
  await panel.waitForText('Undone in GHL.');
  expect(inGhl()).toMatchObject({ lastName: before.lastName, phone: before.phone });
  expect(writesIn(world(), from).map(({ method, path, body }) => ({ method, path, body }))).toEqual([
    { method: 'PUT', path: `/contacts/${before.id}`, body: { lastName: before.lastName } },
  ]);
  await panel.waitForText('3 differ');
  await page.close();
  await ticket.close();
});

it('what somebody changed since is not taken back, also after the background was stopped', async () => {
  const { driver, sandbox } = world();
  const { panel, page, ticket } = await openTicket(driver, scenes.differing.ticketId);
  await panel.click(PUSH);
  await panel.waitForText(VERIFIED);
  const contact = ghlContact(world(), scenes.differing.ghlContactIds[0]);
  contact.lastName = 'Meanwhile';
  await driver.stopBackground();
  const from = sandbox.log.length;
  await panel.click(/^Undo/);
  await panel.waitForText('Somebody changed this since: nothing was written.');
  expect(writesIn(world(), from)).toEqual([]);
  expect(contact.lastName).toBe('Meanwhile');
  await page.close();
  await ticket.close();
});
