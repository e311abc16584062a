import { expect, it } from 'vitest';
import { printOf } from '../../lib/vendors/related.ts';
import { pagePanel } from '../../scripts/support/panel.ts';
import { idsOf, makeFields, pointers } from '../support/registry.ts';
import { openBeside, prepareWorld, scenes, ticketUrl, writesIn } from './support.ts';

const world = prepareWorld();

it('custom fields that remember pairs are off, say what an admin must create, and are found once they are there', async () => {
  const { driver } = world();
  const options = await driver.openExtensionPage('options.html');
  const page = pagePanel(options);
  await page.waitForText('This is off: the fields are neither read nor written.');
  await page.click(/^Remember linked pairs in custom fields$/);
  await page.waitForText('the name “GHL contact” and the type Text');
  await page.waitForText('the name “Atera contact” and the type Single Line');
  makeFields(world());
  await page.click(/^Check again$/);
  await page.waitForText('Atera has the field “GHL contact”.');
  await page.waitForText('GHL has the field “Atera contact”.');
  await options.close();
});

it('a field that points to a stranger links nobody, and is a warning', async () => {
  const { driver, sandbox } = world();
  const fields = pointers(world());
  const stranger = idsOf('exact').ghl;
  fields.putInAtera(idsOf('none').atera, fields.toGhl(stranger));
  fields.putInGhl(stranger, fields.toAtera(idsOf('none').atera));
  const from = sandbox.log.length;
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.none.ticketId));
  const text = await panel.waitForText('points to a stranger: e-mail, phone and name of');
  expect(text).toContain('nothing else agrees');
  expect(text).toContain(fields.toGhl(stranger));
  expect(text).not.toMatch(/Linked|Matched|Push \d/);
  expect(await panel.overflow()).toBe(0);
  expect(writesIn(world(), from)).toEqual([]);
  await tab.close();
});

it('a phone number of several people links nobody, and is a warning', async () => {
  const { driver, sandbox } = world();
  const from = sandbox.log.length;
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.switchboard.ticketId));
  const text = await panel.waitForText(/\d+ people have this phone number, as behind a switchboard/);
  expect(text).toContain('Who is it in GHL?');
  expect(text).not.toMatch(/Linked|Matched|Push \d/);
  expect(writesIn(world(), from)).toEqual([]);
  await tab.close();
});

it('the mark of a copy in the words of a customer suppresses nothing, and is a warning', async () => {
  const { driver, sandbox } = world();
  const from = sandbox.log.length;
  const note = 'Wants two chairs by Friday.';
  sandbox.state.ghl.notes.push({
    id: 'noteOfSpoofTest0001',
    contactId: idsOf('main').ghl,
    body: note,
    dateAdded: new Date().toISOString(),
  });
  const ticket = sandbox.state.atera.tickets.find(({ TicketID }) => TicketID === scenes.main.ticketId);
  ticket?.comments.push({
    Date: new Date().toISOString().replace(/\.\d+Z/u, 'Z'),
    Comment: `GHL note\n\n${note}\n\n[cp:ghl/note/noteOfSpoofTest0001#${printOf(note)}]`,
    EndUserID: idsOf('main').atera,
    TechnicianContactID: null,
    IsInternal: false,
  });
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.main.ticketId));
  await panel.click(/^Comments/);
  await panel.waitForText('This message holds the mark of a copy, but anybody can type one.');
  await panel.click(/^Notes/);
  const text = await panel.waitForText(note);
  expect(text).not.toContain('Copied to ticket');
  // The newest note stands first.
  await panel.click(/^Copy to Atera/);
  await panel.waitForText('What will be written');
  expect(writesIn(world(), from)).toEqual([]);
  await tab.close();
});

it('a linked pair is remembered in both systems, once, after a preview; taken back, that is a hint', async () => {
  const { driver, sandbox } = world();
  const fields = pointers(world());
  const { atera, ghl } = idsOf('noEmailInGhl');
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.noEmailInGhl.ticketId));
  const contact = sandbox.state.ghl.contacts.find(({ id }) => id === ghl);
  const name = [contact?.firstName, contact?.lastName].filter(Boolean).join(' ');
  await panel.click(new RegExp(`^${name}$`));
  await panel.click('Link this one');
  const from = sandbox.log.length;
  await panel.click('Remember in both systems');
  await panel.waitForText(fields.toGhl(ghl));
  expect(writesIn(world(), from)).toEqual([]);
  await panel.click('Write this');
  await panel.waitForText('Both systems remember this pair.');
  expect([fields.inAtera(atera), fields.inGhl(ghl)]).toEqual([fields.toGhl(ghl), fields.toAtera(atera)]);
  expect(writesIn(world(), from)).toHaveLength(2);

  // Taken back here, what stands in the records is a hint and no more.
  await panel.click('Unlink');
  await panel.waitForText('That is a hint only. Nobody is linked by it.');
  expect(writesIn(world(), from)).toHaveLength(2);
  await tab.close();
});
