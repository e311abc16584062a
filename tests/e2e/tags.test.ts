import { expect, it } from 'vitest';
import { pagePanel } from '../../scripts/support/panel.ts';
import { ghlContact, openBeside, prepareWorld, scenes, ticketUrl, writesIn } from './support.ts';

const world = prepareWorld();
const FIELD = 'GHL tags';

it('syncs tags both ways with one press, and a foreign tag that appears meanwhile stays', async () => {
  const { driver, sandbox } = world();
  const options = await driver.openExtensionPage('options.html#tags');
  const settings = pagePanel(options);
  await settings.fill('Name of the custom field', FIELD);
  await settings.click('Use this field');
  await settings.waitForText(`Atera has the field “${FIELD}”.`);
  await options.close();

  const contact = ghlContact(world(), scenes.main.ghlContactIds[0]);
  const value = sandbox.state.atera.customValues.find(
    ({ itemId, name }) => itemId === scenes.main.ateraContactId && name === FIELD,
  );
  if (!value) throw new Error('No tags in Atera');
  contact.tags = ['client', 'gold'];
  value.value = 'client, silver';
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.main.ticketId));
  await panel.click(/^Tags/);
  await panel.waitForText('These two are not linked');
  await panel.click('gold');
  await panel.click('silver');
  // Somebody else, between the look and the press.
  value.value = 'client, silver, by a rule';
  contact.tags.push('by-a-workflow');
  const from = sandbox.log.length;
  await panel.click('Sync 2 tags');
  await panel.waitForText('Atera has it now: gold');
  await panel.waitForText('GHL has it now: silver');
  expect(value.value.split(/,\s*/)).toEqual(['client', 'silver', 'by a rule', 'gold']);
  expect(contact.tags).toEqual(['client', 'gold', 'by-a-workflow', 'silver']);
  expect(writesIn(world(), from)).toHaveLength(2);
  await tab.close();
});
