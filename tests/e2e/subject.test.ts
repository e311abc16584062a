import { expect, it } from 'vitest';
import { readSubjectView } from '../../scripts/support/state.ts';
import { waitFor } from '../../scripts/support/wait.ts';
import {
  ghlContact,
  navigateWithin,
  openTicket,
  PUSH,
  prepareWorld,
  scenes,
  send,
  ticketUrl,
  writesIn,
} from './support.ts';

const world = prepareWorld();

it('follows a navigation without reload, and refuses the push of the person who was shown before', async () => {
  const { driver, sandbox } = world();
  const { panel, page, tabId, ticket } = await openTicket(driver, scenes.main.ticketId);
  await panel.waitForText(/Push \d+ changes? to GHL/);
  const old = await readSubjectView(page, tabId);
  expect(old.planId).not.toBeNull();

  await navigateWithin(ticket, ticketUrl(scenes.differing.ticketId));
  await panel.waitForText(scenes.differing.ticketNumber);
  await panel.waitForText(/Gloria/);

  const from = sandbox.log.length;
  const before = structuredClone(ghlContact(world(), scenes.main.ghlContactIds[0]));
  const fields = old.rows.flatMap(({ field, status, toRight }) =>
    status !== 'same' && toRight.can ? [field] : [],
  );
  const reply = await send(page, 'applyPlan', { planId: old.planId ?? '', fields });
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
  const contact = ghlContact(world(), scenes.differing.ghlContactIds[0]);
  const view = await readSubjectView(page, await driver.tabIdOf(ticket));
  const phone = view.rows.find(({ field }) => field === 'phone');
  expect(phone?.toRight.can && phone.status !== 'same').toBe(true);
  contact.phone = '+14155550100';

  const from = sandbox.log.length;
  await panel.click(PUSH);
  await panel.waitForText('nothing was written');
  expect(writesIn(world(), from)).toEqual([]);
  expect(contact.phone).toBe('+14155550100');
  await panel.waitForText(/\+?1?[ .(-]*415[ .)-]*555[ .-]*0100/);
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
  await waitFor('the push to be verified', async () => /verified in GHL/.test(await panel.text()));
  expect(writesIn(world(), from)).toHaveLength(1);
  await page.close();
  await ticket.close();
});
