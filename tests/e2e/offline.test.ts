import { expect, it } from 'vitest';
import { waitFor } from '../../scripts/support/wait.ts';
import { ghlContact, openBeside, prepareWorld, scenes, ticketUrl, writesIn } from './support.ts';

const world = prepareWorld();

it('what cannot be sent waits in sight, is written once when it can be, and is never written once cancelled', async () => {
  const { driver, sandbox, faults } = world();
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.main.ticketId));
  const contact = ghlContact(world(), scenes.main.ghlContactIds[0]);
  const from = sandbox.log.length;
  const gone = () => waitFor('nothing to wait', async () => !(await panel.text()).includes('1 write waits'));
  await panel.click(/^Notes/);
  await panel.fill('New note', 'Back at four.');
  const down = faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'status', status: 503 });
  await panel.click('Add note to GHL');
  await panel.waitForText('1 write waits');
  await panel.waitForText('Nothing of it is lost.');
  expect(writesIn(world(), from)).toEqual([]);
  await panel.click('Cancel: Note to GHL');
  await gone();
  await panel.fill('New note', 'Back at five.');
  await panel.click('Add note to GHL');
  await panel.waitForText('1 write waits');
  down.remove();
  await panel.click('Try now: Note to GHL');
  await panel.waitForText('Done. GHL has it now.');
  await gone();
  expect(writesIn(world(), from)).toHaveLength(1);
  const bodies = sandbox.state.ghl.notes
    .filter(({ contactId }) => contactId === contact.id)
    .map(({ body }) => body);
  expect([bodies.includes('Back at five.'), bodies.includes('Back at four.')]).toEqual([true, false]);
  await tab.close();
});

it('a creation that cannot be sent waits where it was pressed, and makes one contact when it can be', async () => {
  const { driver, sandbox, faults } = world();
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.none.ticketId));
  const from = sandbox.log.length;
  await panel.click('Create in GHL');
  await panel.waitForText('GHL workflows that start on a new contact');
  const down = faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'status', status: 503 });
  await panel.click(/^Create Hank Dufour in GHL/);
  await panel.waitForText('Waiting: nothing was created in GHL yet');
  await panel.waitForText('1 write waits');
  expect(writesIn(world(), from)).toEqual([]);
  // Whoever wants it again is told that it waits.
  await panel.click('Create in GHL');
  await waitFor(
    'the same to be said again',
    async () => (await panel.text()).split('Waiting: nothing was created in GHL yet').length === 3,
  );
  down.remove();
  await panel.click('Try now: New contact to GHL');
  await panel.waitForText('Created in GHL: Hank Dufour');
  expect(writesIn(world(), from)).toHaveLength(1);
  await tab.close();
});
