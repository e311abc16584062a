import { expect, it } from 'vitest';
import { waitFor } from '../../scripts/support/wait.ts';
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

it('what somebody changed since is not taken back unless the agent says so, also after the background was stopped', async () => {
  const { driver, sandbox } = world();
  const contact = ghlContact(world(), scenes.differing.ghlContactIds[0]);
  const before = contact.lastName;
  const { panel, page, ticket } = await openTicket(driver, scenes.differing.ticketId);
  await panel.click(PUSH);
  await panel.waitForText(VERIFIED);
  contact.lastName = 'Meanwhile';
  await driver.stopBackground();
  const from = sandbox.log.length;
  await panel.click(/^Undo/);
  await panel.waitForText('Somebody changed this since: nothing was written.');
  expect(writesIn(world(), from)).toEqual([]);
  expect(contact.lastName).toBe('Meanwhile');
  await panel.waitForText(/Written: .+ · Now: Meanwhile/);
  await panel.click('Put the old value back');
  await panel.click(/^Write \d+ fields?$/);
  await panel.waitForText('Undone in GHL.');
  expect(contact.lastName).toBe(before);
  expect(writesIn(world(), from)).toHaveLength(1);
  await page.close();
  await ticket.close();
});

it('what cannot be taken back now waits in sight, and is written once', async () => {
  const { driver, sandbox, faults } = world();
  const contact = inGhl();
  const before = contact.lastName;
  const { panel, page, ticket } = await openTicket(driver, scenes.main.ticketId);
  await panel.click(PUSH);
  await waitFor('the push', async () => contact.lastName !== before);
  await panel.waitForText(VERIFIED);
  const from = sandbox.log.length;
  const down = faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'status', status: 503 });
  await panel.click(/^Undo: Push: /);
  await panel.waitForText('1 write waits');
  await panel.waitForText('Undo in GHL: Push');
  expect(writesIn(world(), from)).toEqual([]);
  down.remove();
  await panel.click('Try now: Undo in GHL: Push');
  await waitFor('the way back', async () => contact.lastName === before);
  await waitFor('nothing to wait', async () => !(await panel.text()).includes('1 write waits'));
  expect(writesIn(world(), from)).toHaveLength(1);
  await page.close();
  await ticket.close();
});
