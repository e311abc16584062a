// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const show = (name: string) => {
  const state = SCENES[name];
  if (!state) throw new Error(name);
  return renderPanel(state);
};

test('a company shows what Atera holds, who wrote tickets, and which', async () => {
  show('company');
  expect(await screen.findByRole('heading', { level: 1, name: 'Bright Smile Dental' })).toBeDefined();
  expect(screen.getByText('brightsmile.example')).toBeDefined();
  const people = screen.getByRole('region', { name: 'People with tickets' });
  expect(within(people).getByText('Dana Whitfield')).toBeDefined();
  expect(within(people).getByText('2 tickets')).toBeDefined();
  expect(within(people).getByText('1 ticket')).toBeDefined();
  expect(people.textContent).toMatch(/Found in the newest \d+ of \d+ tickets/u);
  expect(
    within(screen.getByRole('region', { name: 'Tickets' })).getAllByRole('listitem').length,
  ).toBeGreaterThan(0);
  expect(screen.queryByRole('button', { name: /Push/u })).toBeNull();
});

test('says that it is being read', async () => {
  show('companyLoading');
  expect((await screen.findAllByRole('status', { name: 'Reading the company…' })).length).toBe(3);
});

test('says what is not there', async () => {
  show('companyEmpty');
  expect(await screen.findByText(/holds no phone, domain or address/u)).toBeDefined();
  expect(screen.getByText('Nobody wrote one of the newest tickets.')).toBeDefined();
  expect(screen.getByText('This company has no tickets.')).toBeDefined();
});

test('names the right that is missing, tells each failure once, and tries again', async () => {
  const { user, sentOf } = show('companyFailed');
  expect((await screen.findAllByRole('alert')).length).toBe(2);
  expect(screen.getByText(/Customers: Read/u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(sentOf('refreshView')).toHaveLength(1);
});

const page = (name: string) => {
  const state = SCENES[name];
  if (state?.page.kind !== 'company' && state?.page.kind !== 'subject') throw new Error(name);
  return { state, page: state.page };
};

test('opens a person of the company by keyboard, bound to what is on screen', async () => {
  const { user, sentOf } = show('company');
  const people = await screen.findByRole('region', { name: 'People with tickets' });
  const dana = within(people).getByRole('button', { name: /Dana Whitfield.*dana@brightsmile.*2 tickets/u });
  while (document.activeElement !== dana) {
    await user.tab();
    if (document.activeElement === document.body) throw new Error('not reached');
  }
  await user.keyboard('{Enter}');
  expect(sentOf('chooseSubject')).toEqual([
    {
      target: { tabId: 5 },
      subject: { vendor: 'atera', kind: 'contact', id: '1048101' },
      accountId: 'atera-1',
      version: 1,
    },
  ]);
});

test('the keyboard lands on the way back, and on the heading when it was taken', async () => {
  const company = page('company');
  const person = page('differences');
  if (person.page.kind !== 'subject') throw new Error(person.page.kind);
  const { user, sentOf, emit } = renderPanel(company.state);
  await user.click(await screen.findByRole('button', { name: /Dana Whitfield/u }));
  const back = { kind: 'customer', name: 'Bright Smile Dental' } as const;
  const view = { ...person.page.view, version: 2 };
  act(() =>
    emit('panelStateChanged', {
      ...person.state,
      revision: 2,
      page: { kind: 'subject', view, chosen: true, back },
    }),
  );
  const button = await screen.findByRole('button', { name: 'Back to Bright Smile Dental' });
  await waitFor(() => expect(document.activeElement).toBe(button));
  await user.keyboard('{Enter}');
  expect(sentOf('leaveSubject')).toEqual([{ target: { tabId: 5 } }]);
  if (company.page.kind !== 'company') throw new Error(company.page.kind);
  const again = { ...company.page.view, version: 3 };
  act(() =>
    emit('panelStateChanged', { ...company.state, revision: 3, page: { kind: 'company', view: again } }),
  );
  const heading = await screen.findByRole('heading', { level: 1, name: 'Bright Smile Dental' });
  await waitFor(() => expect(document.activeElement).toBe(heading));
});

test.each([
  [{ kind: 'customer', name: null }, 'Back to the company'],
  [{ kind: 'agent', name: null }, 'Back to the device'],
  [{ kind: 'contact', name: null }, 'Back to the person'],
  [undefined, 'Back to search'],
] as const)('says where the way back leads: %j', async (back, name) => {
  const { state, page: shown } = page('differences');
  if (shown.kind !== 'subject') throw new Error(shown.kind);
  renderPanel({ ...state, page: { ...shown, chosen: true, ...(back ? { back } : {}) } });
  expect(await screen.findByRole('button', { name })).toBeDefined();
});

test('a company in GHL shows its people, and that there are more', async () => {
  show('business');
  const people = await screen.findByRole('region', { name: 'People' });
  expect(within(people).getByRole('button', { name: /Dana Whitfield/u })).toBeDefined();
  expect(within(people).getByText('The first 100 of 130 people.')).toBeDefined();
  expect(screen.queryByRole('region', { name: 'Tickets' })).toBeNull();
  expect(screen.queryByRole('link', { name: /Open in Atera/u })).toBeNull();
});

test('a company in GHL names the right that is missing', async () => {
  show('businessFailed');
  expect(await screen.findByText(/businesses\.readonly/u)).toBeDefined();
  expect(screen.getAllByRole('alert')).toHaveLength(2);
});

test('a person leads to their company in each vendor, once that is certain', async () => {
  const { user, sentOf } = show('withCompany');
  await user.click(await screen.findByRole('button', { name: 'Company in Atera' }));
  await user.click(screen.getByRole('button', { name: 'Company in GHL' }));
  expect(sentOf('chooseSubject')).toEqual([
    {
      target: { tabId: 5 },
      subject: { vendor: 'atera', kind: 'customer', id: '311' },
      accountId: 'atera-1',
      version: 7,
    },
    {
      target: { tabId: 5 },
      subject: { vendor: 'ghl', kind: 'business', id: 'b1', locationId: 'ghl-1' },
      accountId: 'ghl-1',
      version: 7,
    },
  ]);
});

test('a device is named with its company, and with who is signed in', async () => {
  show('device');
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Device PC-042 of Bright Smile Dental' }),
  ).toBeDefined();
  expect(screen.getByText('BSD\\dana.whitfield')).toBeDefined();
  expect(screen.getByText('Online')).toBeDefined();
});

test('a device leads to the page of its company, where it can be compared', async () => {
  const { user, sentOf } = show('device');
  const area = within(await screen.findByRole('region', { name: 'The same company' }));
  await user.click(area.getByRole('button', { name: 'Open Bright Smile Dental' }));
  expect(sentOf('chooseSubject')).toMatchObject([
    { subject: { vendor: 'atera', kind: 'customer', id: '311' }, accountId: 'atera-1', version: 1 },
  ]);
});

test('a device that is not found says how far it was looked for, and offers the search', async () => {
  show('deviceUnlisted');
  expect(await screen.findByText(/The first 200 of 3041 devices were looked through/u)).toBeDefined();
  expect(screen.getByRole('searchbox', { name: 'Find a person' })).toBeDefined();
  expect(screen.queryByRole('region', { name: 'Tickets' })).toBeNull();
});

test('a device that may not be read names the right, and offers the search', async () => {
  show('deviceFailed');
  expect(await screen.findByText(/Agents: Read/u)).toBeDefined();
  expect(screen.getByRole('searchbox', { name: 'Find a person' })).toBeDefined();
});

test('an opportunity says what it is, and offers the search', async () => {
  show('opportunity');
  expect(await screen.findByRole('heading', { level: 1, name: 'An opportunity' })).toBeDefined();
  expect(screen.getByRole('searchbox', { name: 'Find a person' })).toBeDefined();
});
