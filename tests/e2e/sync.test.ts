import { expect, it } from 'vitest';
import { readSubjectView, waitUntilRead } from '../../scripts/support/state.ts';
import { waitFor } from '../../scripts/support/wait.ts';
import { ateraContact, ghlContact, openTicket, prepareWorld, scenes, writesIn } from './support.ts';

const world = prepareWorld();

const { main } = scenes;
const inAtera = () => ateraContact(world(), main.ateraContactId);
const inGhl = () => ghlContact(world(), main.ghlContactIds[0]);

/** The ticket of somebody whose records agreed in everything that can be written, and are linked. */
async function openAgreed() {
  const opened = await openTicket(world().driver, main.ticketId);
  await opened.panel.waitForText(/Linked|Matched/);
  if ((await opened.panel.text()).includes('Matched')) {
    await opened.panel.click('Push 3 changes to GHL');
    await opened.panel.waitForText('3 changes verified in GHL');
  }
  await opened.panel.waitForText('Linked');
  await waitUntilRead(opened.page, opened.tabId);
  return opened;
}

it('a conflict is settled inline, the rest by itself, in one press: one write to each', async () => {
  const { panel, page, ticket } = await openAgreed();
  inAtera().Phone = '+1 415 555 0111';
  inGhl().lastName = 'Whitfield-Ortega';
  inAtera().Lastname = 'Stone';
  await panel.click('Refresh');
  await panel.waitForText('1 changed in both and waits for your decision');
  await panel.waitForText('Sync 1 change');
  const from = world().sandbox.log.length;
  await panel.click('Keep GHL');
  await panel.click('Sync 2 changes');
  await panel.waitForText(/2 changes verified/);
  expect(inAtera()).toMatchObject({ Lastname: 'Whitfield-Ortega', Phone: '+1 415 555 0111' });
  expect(inGhl()).toMatchObject({ lastName: 'Whitfield-Ortega', phone: '+14155550111' });
  expect(writesIn(world(), from).map(({ vendor, body }) => ({ vendor, body }))).toEqual(
    expect.arrayContaining([
      { vendor: 'atera', body: { Lastname: 'Whitfield-Ortega' } },
      { vendor: 'ghl', body: { phone: '+14155550111' } },
    ]),
  );
  expect(writesIn(world(), from)).toHaveLength(2);
  await page.close();
  await ticket.close();
});

/** More answers than a sync ever waits for: the loop below ends at the first sync that none of them stops. */
const MOST_ANSWERS = 30;

it(
  'stopped at any of its answers, a sync ends right, and writes each value once',
  async () => {
    const { driver, faults, sandbox } = world();
    const { panel, page, tabId, ticket } = await openAgreed();
    /** The receipt of what was pressed last, once it says how that ended. */
    const ended = async (before: string | undefined) => {
      const { receipt, refreshing } = await readSubjectView(page, tabId);
      return receipt && receipt.id !== before && receipt.state !== 'running' && !refreshing ? receipt : null;
    };
    const states: string[] = [];
    for (let answer = 0; ; answer += 1) {
      expect(answer).toBeLessThan(MOST_ANSWERS);
      const phone = `+141555502${String(answer).padStart(2, '0')}`;
      const lastName = `Whitfield ${String.fromCharCode(65 + answer)}`;
      inAtera().Phone = phone;
      inGhl().lastName = lastName;
      await panel.click('Refresh');
      await panel.waitForText(lastName);
      await waitUntilRead(page, tabId);
      const from = sandbox.log.length;
      const before = (await readSubjectView(page, tabId)).receipt?.id;
      const held = faults.add({ skip: answer }, { kind: 'hold', when: 'after' }, 1);
      let isHeld = false;
      void held.arrived.then(() => {
        isHeld = true;
      });
      await panel.click('Sync 2 changes');
      await waitFor(
        'an answer to be held, or the sync to end',
        async () => isHeld || (await ended(before)) !== null,
      );
      if (!isHeld) break;
      await driver.stopBackground();
      held.release();
      states.push((await waitFor('the sync to be settled', () => ended(before))).state);
      const { rows, receipt } = await waitUntilRead(page, tabId);
      // What did not happen is still shown as it is, and settled by another press.
      const left = rows.filter(({ status }) => status !== 'same').length;
      if (left > 0) {
        await panel.click(left === 1 ? 'Sync 1 change' : `Sync ${left} changes`);
        await waitFor('the rest to be written', () => ended(receipt?.id));
        await waitUntilRead(page, tabId);
      }
      expect(inAtera()).toMatchObject({ Lastname: lastName, Phone: phone });
      expect(inGhl()).toMatchObject({ lastName, phone });
      const written = writesIn(world(), from).map(({ vendor, body }) => ({ vendor, body }));
      expect(written, `stopped at answer ${answer}`).toHaveLength(2);
      expect(written).toEqual(
        expect.arrayContaining([
          { vendor: 'atera', body: { Lastname: lastName } },
          { vendor: 'ghl', body: { phone } },
        ]),
      );
    }
    // Both before and after the writes.
    expect(states.length).toBeGreaterThan(4);
    await page.close();
    await ticket.close();
  },
  5 * 60_000,
);
