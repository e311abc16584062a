import { expect, it } from 'vitest';
import { changesBetween } from '../../scripts/support/changes.ts';
import { readSubjectView } from '../../scripts/support/state.ts';
import { ghlContact, openTicket, prepareWorld, scenes, ticketUrl, writesIn } from './support.ts';

const world = prepareWorld();

it('shows the counterpart of the requester in the real side panel, and nothing is written by looking', async () => {
  const { driver, sandbox } = world();
  const from = sandbox.log.length;
  const ticket = await driver.openPage(ticketUrl(scenes.main.ticketId));
  const panel = await driver.openSidePanel(ticket);
  const text = await panel.waitForText(/Push \d+ changes? to GHL/);
  expect(text).toContain('Dana Whitfield');
  expect(text).toContain('Whitfeld');
  expect(text).toContain(scenes.main.ticketNumber);
  expect(await panel.overflow()).toBe(0);
  expect(sandbox.log.length).toBeGreaterThan(from);
  expect(writesIn(world(), from)).toEqual([]);
  await ticket.close();
});

it('pushes exactly the chosen fields: one PUT with their keys, verified, the rest of the record untouched', async () => {
  const { driver, sandbox } = world();
  const { panel, page, ticket, view } = await openTicket(driver, scenes.main.ticketId);
  await panel.waitForText(/Push \d+ changes? to GHL/);
  const { rows, pushTarget } = view;
  expect(pushTarget).toBe('ghl');
  const pushable = rows.filter(({ status, toRight }) => status !== 'same' && toRight.can);
  expect(pushable.map(({ field }) => field)).toEqual(expect.arrayContaining(['lastName', 'phone']));

  // Everything is chosen to begin with, or not; after this, exactly the last name is.
  for (const { field } of pushable) await choose(page, field, field === 'lastName');
  const id = scenes.main.ghlContactIds[0];
  const before = structuredClone(ghlContact(world(), id));
  const from = sandbox.log.length;
  await panel.click('Push 1 change to GHL');
  await panel.waitForText('1 change verified in GHL');

  expect(
    writesIn(world(), from).map(({ method, path, body, status }) => ({ method, path, body, status })),
  ).toEqual([{ method: 'PUT', path: `/contacts/${id}`, body: { lastName: 'Whitfield' }, status: 200 }]);
  const changed = changesBetween(before, ghlContact(world(), id)).filter(
    ({ path }) => path !== 'dateUpdated',
  );
  expect(changed).toEqual([{ path: 'lastName', before: 'Whitfeld', after: 'Whitfield' }]);
  await page.close();
  await ticket.close();
});

it('a second push writes the remaining fields, and then nothing differs that could be pushed', async () => {
  const { driver, sandbox } = world();
  const { panel, page, tabId, ticket } = await openTicket(driver, scenes.main.ticketId);
  await panel.waitForText('Push 2 changes to GHL');
  const from = sandbox.log.length;
  await panel.click('Push 2 changes to GHL');
  await panel.waitForText('2 changes verified in GHL');
  expect(writesIn(world(), from)).toHaveLength(1);
  await panel.waitForText('Nothing differs');
  const { rows } = await readSubjectView(page, tabId);
  expect(rows.filter(({ status, toRight }) => status !== 'same' && toRight.can)).toEqual([]);
  await page.close();
  await ticket.close();
});

it('shows hostile markup as text: no element of it exists, no script runs, no dialog opens', async () => {
  const { driver } = world();
  const dialogs: string[] = [];
  const { panel, page, ticket } = await openTicket(driver, scenes.hostile.ticketId);
  for (const watched of [page, ticket])
    watched.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  const text = await panel.waitForText('</td><script>alert(2)</script>');
  expect(text).toContain('<');
  const created = await page.evaluate(() => ({
    elements: [
      ...document.querySelectorAll(
        '#root :is(script, iframe, img[onerror], object, embed, [onload], [onclick])',
      ),
    ].map(({ outerHTML }) => outerHTML),
    links: [...document.querySelectorAll('a[href]')]
      .map((link) => link.getAttribute('href') ?? '')
      .filter((href) => !href.startsWith('https://')),
  }));
  expect(created).toEqual({ elements: [], links: [] });
  expect(dialogs).toEqual([]);
  await page.close();
  await ticket.close();
});

it('contacts no other host and prints no error', async () => {
  const { driver, hosts } = world();
  expect(hosts.unexpected()).toEqual([]);
  expect(await driver.extensionErrors()).toEqual([]);
});

/** Sets one box of the comparison. */
async function choose(page: Awaited<ReturnType<typeof openTicket>>['page'], field: string, wanted: boolean) {
  const label = FIELD_WORDS[field] ?? field;
  const box = await page.waitForSelector(`input[aria-label="Push ${label} to GHL"]`);
  if ((await box?.evaluate((element) => (element as HTMLInputElement).checked)) !== wanted)
    await box?.evaluate((element) => (element as HTMLInputElement).click());
}

const FIELD_WORDS: Record<string, string> = {
  firstName: 'First name',
  lastName: 'Last name',
  phone: 'Phone',
  mobile: 'Mobile',
  jobTitle: 'Job title',
  email: 'E-mail',
  address1: 'Street',
  city: 'City',
  state: 'State',
  postalCode: 'Postal code',
  country: 'Country',
};
