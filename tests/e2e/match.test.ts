import { expect, it } from 'vitest';
import { openBeside, prepareWorld, scenes, ticketUrl, writesIn } from './support.ts';

const world = prepareWorld();

it('an ambiguous match is chosen, linked, taken back and rejected, and nothing is ever written for it', async () => {
  const { driver, sandbox } = world();
  const from = sandbox.log.length;
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.several.ticketId));
  const text = await panel.waitForText('Who is it in GHL?');
  expect(text).toContain('Nothing is written before you choose.');
  expect(text).not.toMatch(/Push \d/);
  expect(await panel.overflow()).toBe(0);
  await panel.click(/^Alex Morgan$/);
  await panel.click('Link this one');
  await panel.waitForText(/Linked/);
  expect(await panel.text()).not.toContain('Who is it in GHL?');

  // The link outlives the background.
  await driver.stopBackground();
  await tab.goto('https://app.atera.com/new/tickets');
  await panel.waitForText('Find a person');
  await tab.goto(ticketUrl(scenes.several.ticketId));
  await panel.waitForText(/Linked.*Unlink/);
  await panel.click('Unlink');
  const again = await panel.waitForText('Who is it in GHL?');

  const possible = Number(/(\d+) possible/.exec(again)?.[1]);
  await panel.click(/^Alex Morgan$/);
  await panel.click('Not this one');
  await panel.waitForText('1 person was marked as not the same.');
  if (possible > 2) await panel.waitForText(`${possible - 1} possible`);
  await panel.click('Show again');
  await panel.waitForText(`${possible} possible`);
  expect(writesIn(world(), from)).toEqual([]);
  await tab.close();
});

it('"not the same person" takes a match away, also a linked one', async () => {
  const { driver, sandbox } = world();
  const from = sandbox.log.length;
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.several.ticketId));
  await panel.click(/^Alex Morgan$/);
  await panel.click('Link this one');
  await panel.waitForText(/Linked/);
  await panel.click('Not the same person');
  await panel.waitForText('1 person was marked as not the same.');
  await panel.click('Show again');
  await panel.waitForText('Who is it in GHL?');
  expect(writesIn(world(), from)).toEqual([]);
  await tab.close();
});
