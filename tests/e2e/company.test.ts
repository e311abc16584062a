import { expect, it } from 'vitest';
import { ghlContact, openBeside, prepareWorld, scenes, ticketUrl, writesIn } from './support.ts';

const world = prepareWorld();

it('puts the contact into the company of their customer, checks it, and takes it back', async () => {
  const { driver, sandbox } = world();
  const contact = ghlContact(world(), scenes.main.ghlContactIds[0]);
  const business = contact.businessId ?? '';
  const { name } = sandbox.state.ghl.businesses.find(({ id }) => id === business) ?? { name: '' };
  delete contact.businessId;
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.main.ticketId));
  const from = sandbox.log.length;
  await panel.click('Change the company');
  await panel.waitForText('Now in no company');
  await panel.waitForText('same name as in Atera');
  expect(writesIn(world(), from)).toEqual([]);
  await panel.click(`Put into ${name} in GHL`);
  await panel.waitForText('Done. GHL has it now.');
  expect(contact.businessId).toBe(business);
  expect(writesIn(world(), from).map(({ method, path, body }) => ({ method, path, body }))).toEqual([
    {
      method: 'POST',
      path: '/contacts/bulk/business',
      body: { locationId: sandbox.ghl.locationId, ids: [contact.id], businessId: business },
    },
  ]);
  await panel.waitForText('Linked to a business');
  await panel.click(/^Undo: /);
  await panel.waitForText('Undone in GHL.');
  expect(contact.businessId).toBeUndefined();
  expect(writesIn(world(), from)).toHaveLength(2);
  await tab.close();
});

it('links a customer with the business that is called like it, pushes what differs, and puts its people there', async () => {
  const { driver, sandbox } = world();
  const customer = sandbox.state.atera.customers.find(({ CustomerName }) =>
    sandbox.state.ghl.businesses.some(({ name }) => name === CustomerName),
  );
  const business = sandbox.state.ghl.businesses.find(({ name }) => name === customer?.CustomerName);
  if (!customer || !business) throw new Error('The sandbox has no such company.');
  customer.City = 'Oakland';
  const { tab, panel } = await openBeside(
    driver,
    `https://app.atera.com/new/customer/${customer.CustomerID}`,
  );
  const from = sandbox.log.length;
  await panel.click('Find this company in GHL');
  await panel.waitForText('same e-mail domain');
  await panel.click(business.name);
  await panel.click(`This is ${business.name}`);
  await panel.waitForText('Linked with:');
  expect(writesIn(world(), from)).toEqual([]);
  await panel.click(/^Push 1 change to GHL$/);
  await panel.waitForText('1 change verified in GHL');
  expect(business.city).toBe('Oakland');
  expect(writesIn(world(), from).map(({ method, path, body }) => ({ method, path, body }))).toEqual([
    { method: 'PUT', path: `/businesses/${business.id}`, body: { city: 'Oakland' } },
  ]);

  // Three of its people are in no company of GHL: two of them are put there in one press.
  const names = ['Dana Whitfield', 'Lena Fischer', 'Oscar Nguyen'];
  const contacts = names.map((name) => {
    const email = `${name.toLowerCase().replace(' ', '.')}@brightsmile.example`;
    const contact = sandbox.state.ghl.contacts.find((candidate) => candidate.email === email);
    if (!contact) throw new Error(`The sandbox has no ${name}.`);
    delete contact.businessId;
    return contact;
  });
  const before = sandbox.log.length;
  await panel.click(`Look who is not in ${business.name}`);
  await panel.waitForText('3 people are changed in GHL');
  await panel.click('Lena Fischer');
  await panel.waitForText('2 people are changed in GHL');
  expect(writesIn(world(), before)).toEqual([]);
  await panel.click(`Put 2 people into ${business.name}`);
  await panel.waitForText(`Putting people into ${business.name} in GHL`);
  await panel.waitForText(/Dana Whitfield\s+done[\s\S]*Oscar Nguyen\s+done/);
  expect(contacts.map(({ businessId }) => businessId)).toEqual([business.id, undefined, business.id]);
  expect(writesIn(world(), before).map(({ body }) => (body as { ids: string[] }).ids)).toEqual([
    [contacts[0]?.id],
    [contacts[2]?.id],
  ]);
  await tab.close();
});
