import { expect, it } from 'vitest';
import {
  ghlContact,
  navigateWithin,
  openTicket,
  PUSH,
  prepareWorld,
  scenes,
  send,
  ticketUrl,
  VERIFIED,
  writesIn,
} from './support.ts';

const world = prepareWorld();

it('follows a navigation without reload, and refuses the push of the person who was shown before', async () => {
  const { driver, sandbox } = world();
  const { tabId, panel, page, ticket, view: old } = await openTicket(driver, scenes.main.ticketId);
  await panel.waitForText(/Push \d+ changes? to GHL/);
  expect(old.plans.push).not.toBeNull();

  await navigateWithin(ticket, ticketUrl(scenes.differing.ticketId));
  await panel.waitForText(scenes.differing.ticketNumber);
  await panel.waitForText(/Gloria/);

  const from = sandbox.log.length;
  const before = structuredClone(ghlContact(world(), scenes.main.ghlContactIds[0]));
  const fields = old.rows.flatMap(({ field, status, toRight }) =>
    status !== 'same' && toRight.can ? [field] : [],
  );
  const reply = await send(page, 'applyPlan', { target: { tabId }, planId: old.plans.push ?? '', fields });
  if (reply.ok) expect(reply.value.state).toBe('refused');
  else expect(['subject_changed', 'plan_expired']).toContain(reply.error.code);
  expect(writesIn(world(), from)).toEqual([]);
  expect(ghlContact(world(), scenes.main.ghlContactIds[0])).toEqual(before);
  await page.close();
  await ticket.close();
});

it('the side panel follows the tab in front', async () => {
  const { driver } = world();
  const first = await driver.openPage(ticketUrl(scenes.main.ticketId));
  const second = await driver.openPage(ticketUrl(scenes.differing.ticketId));
  const panel = await driver.openSidePanel(second);
  await panel.waitForText(scenes.differing.ticketNumber);
  await first.bringToFront();
  const text = await panel.waitForText(scenes.main.ticketNumber);
  expect(text).not.toContain('Gloria');
  await second.bringToFront();
  await panel.waitForText(/Gloria/);
  await first.close();
  await second.close();
});

it('does not overwrite a value that was changed in GHL after it was shown, but shows it', async () => {
  const { driver, sandbox } = world();
  const { panel, page, ticket } = await openTicket(driver, scenes.differing.ticketId);
  await panel.waitForText(/Push \d+ changes? to GHL/);
  expect(await panel.text()).toContain('Estevez-Ruiz');
  const contact = ghlContact(world(), scenes.differing.ghlContactIds[0]);
  contact.lastName = 'Estevez Delgado';

  const from = sandbox.log.length;
  await panel.click(PUSH);
  await panel.waitForText('Changed meanwhile: nothing was written');
  await panel.waitForText('Estevez Delgado');
  expect(writesIn(world(), from)).toEqual([]);
  expect(contact.lastName).toBe('Estevez Delgado');
  await page.close();
  await ticket.close();
});

it('pushes after the background was stopped between view and push', async () => {
  const { driver, sandbox } = world();
  const { panel, page, ticket } = await openTicket(driver, scenes.main.ticketId);
  await panel.waitForText(/Push \d+ changes? to GHL/);
  const from = sandbox.log.length;
  await driver.stopBackground();
  expect(await driver.isBackgroundRunning()).toBe(false);
  await panel.click(PUSH);
  await panel.waitForText(VERIFIED);
  expect(writesIn(world(), from)).toHaveLength(1);
  await page.close();
  await ticket.close();
});
