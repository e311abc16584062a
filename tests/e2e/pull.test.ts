import { expect, it } from 'vitest';
import {
  ateraContact,
  ghlContact,
  ghlUrl,
  openBeside,
  prepareWorld,
  scenes,
  ticketUrl,
  writesIn,
} from './support.ts';

const world = prepareWorld();

it('pulls from a ticket into Atera: one PUT with the chosen fields, and both show the same afterwards', async () => {
  const { driver, sandbox } = world();
  const { differing } = scenes;
  const contact = ateraContact(world(), differing.ateraContactId);
  const source = structuredClone(ghlContact(world(), differing.ghlContactIds[0]));
  const { tab, panel } = await openBeside(driver, ticketUrl(differing.ticketId));
  await panel.click(/^Pull into Atera/);
  await panel.waitForText('Pull 2 changes into Atera');
  const from = sandbox.log.length;
  await panel.click('Pull 2 changes into Atera');
  await panel.waitForText('2 changes verified in Atera');
  const writes = writesIn(world(), from);
  expect(writes.map(({ method, path, status }) => ({ method, path, status }))).toEqual([
    { method: 'PUT', path: `/api/v3/contacts/${contact.EndUserID}`, status: 200 },
  ]);
  expect(contact).toMatchObject({ Lastname: 'Estevez-Ruiz', JobTitle: 'Reception lead' });
  expect(ghlContact(world(), source.id)).toEqual(source);
  await panel.waitForText('Nothing here can be pulled into Atera.');
  await tab.close();
});

it('pulls from a GHL contact page into GHL, and leaves what was not chosen', async () => {
  const { driver, sandbox } = world();
  const { main } = scenes;
  const contact = ghlContact(world(), main.ghlContactIds[0]);
  const { tab, panel } = await openBeside(driver, ghlUrl(world(), `contacts/detail/${contact.id}`));
  await panel.click(/^Pull into GHL/);
  await panel.waitForText(/Pull 3 changes into GHL/);
  await panel.click('Pull Phone into GHL');
  await panel.click('Pull Mobile into GHL');
  const from = sandbox.log.length;
  await panel.click('Pull 1 change into GHL');
  await panel.waitForText('1 change verified in GHL');
  expect(writesIn(world(), from).map(({ method, path, body }) => ({ method, path, body }))).toEqual([
    { method: 'PUT', path: `/contacts/${contact.id}`, body: { lastName: 'Whitfield' } },
  ]);
  expect(contact).toMatchObject({ lastName: 'Whitfield', phone: '+14155550199' });
  expect(await panel.text()).toMatch(/2 differ/);
  await tab.close();
});

it('two tabs with different people: the side panel pushes the one in front', async () => {
  const { driver, sandbox } = world();
  const other = await driver.openPage(ticketUrl(scenes.main.ticketId));
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.phoneFormats.ticketId));
  await panel.waitForText(/Lena/);
  await other.bringToFront();
  await panel.waitForText(/Dana/);
  const from = sandbox.log.length;
  await panel.click('Push 2 changes to GHL');
  await panel.waitForText('2 changes verified in GHL');
  expect(writesIn(world(), from).map(({ path }) => path)).toEqual([
    `/contacts/${scenes.main.ghlContactIds[0]}`,
  ]);
  await tab.bringToFront();
  expect(await panel.waitForText(/Lena/)).not.toMatch(/Dana|verified/);
  await tab.close();
  await other.close();
});
