// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { PointerView } from '../../lib/panel-state.ts';
import { makeCandidate, makePerson, subjectState } from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { AGREES, claimState, EMPTY, linkedState, points, registry } from '../support/registry-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const scene = (name: string) => {
  const state = SCENES[name];
  if (!state) throw new Error(name);
  return state;
};
const warnings = async (): Promise<string[]> =>
  within(await screen.findByRole('list', { name: 'Warnings' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent ?? '');
const done = (data: unknown) => ({ id: (data as { id: string }).id, state: 'done', error: null });

test('a field that points to a stranger is told by name, with what stands there; and nobody is linked', async () => {
  renderPanel(scene('registryStranger'));
  const [phone, stranger] = await warnings();
  expect(stranger).toContain(
    'The custom field “GHL contact” in Atera points to a stranger: e-mail, phone and name of Mallory Vance do not fit. Nobody is linked by it.',
  );
  expect(stranger).toContain('ghl:Kq3nPa61w0BzLmTR55xd:g9');
  expect(phone).toContain('4 people have this phone number');
  const option = await screen.findByRole('radio', { name: 'Mallory Vance' });
  expect(document.getElementById(option.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
    'nothing else agrees',
  );
  expect(screen.queryByRole('button', { name: /Remember/u })).toBeNull();
});

test('a phone number that several people have is a warning, whoever is matched', async () => {
  const shared = { kind: 'shared', sign: 'phone', count: 3 } as const;
  renderPanel(
    subjectState({
      match: {
        status: 'several',
        candidates: ['a', 'b', 'c'].map((id) => makeCandidate(id, id, [{ kind: 'same-phone' }, shared])),
      },
    }),
  );
  expect(await warnings()).toEqual([
    '3 people have this phone number, as behind a switchboard. It does not tell who this is. Nobody is linked by it.',
  ]);
});

test('a number of one person, and a shared address, are no such warning', async () => {
  renderPanel(
    subjectState({
      match: {
        status: 'several',
        candidates: [
          makeCandidate('a', 'A', [{ kind: 'same-phone' }, { kind: 'shared', sign: 'email', count: 2 }]),
        ],
      },
    }),
  );
  await screen.findByRole('radio', { name: 'A' });
  expect(screen.queryByRole('list', { name: 'Warnings' })).toBeNull();
});

test.each<[PointerView, string | null]>([
  [EMPTY, null],
  [AGREES.atera, null],
  [points('hint', 'x', 'Dana W.'), 'names Dana W.. That is a hint only. Nobody is linked by it.'],
  [points('other', 'x'), 'names somebody else than this counterpart.'],
  [points('other', 'x', 'Oscar'), 'names Oscar, and not this counterpart.'],
  [points('gone', 'x'), 'names a contact that is not in GHL.'],
  [points('elsewhere', 'x'), 'names a contact of another GHL account.'],
  [points('unreadable', '<b>x</b>'), 'holds something that is not the id of a contact.'],
  [points('unread', 'x'), 'names a contact that could not be read in GHL now.'],
])('what the field says of the counterpart: %o', async (atera, words) => {
  renderPanel(subjectState({ registry: registry({ atera }) }));
  await screen.findByRole('status', { name: /^Match in GHL/u });
  if (words === null) return expect(screen.queryByRole('list', { name: 'Warnings' })).toBeNull();
  const [warning] = await warnings();
  expect(warning).toContain(`The custom field “GHL contact” in Atera ${words}`);
  if (atera.text !== null) expect(warning).toContain(`It holds: ${atera.text}`);
});

test('what stands there is text, whatever it is', async () => {
  const { container } = renderPanel(scene('registryOdd'));
  expect(await screen.findByText(/<img src=x/u)).toBeDefined();
  expect(container.querySelector('img[src="x"]')).toBeNull();
});

test('a linked pair is remembered after a preview, one write after the other', async () => {
  const { user, sentOf } = renderPanel(linkedState(registry()), { addToContact: done });
  const offer = await screen.findByRole('button', { name: 'Remember in both systems' });
  expect(offer.getAttribute('aria-expanded')).toBe('false');
  await user.click(offer);
  expect(sentOf('addToContact')).toEqual([]);
  expect(screen.getByText('Atera, custom field “GHL contact”')).toBeDefined();
  expect(screen.getByText('atera:40211:812')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Write this' }));
  await waitFor(() => expect(sentOf('addToContact')).toHaveLength(2));
  expect(sentOf('addToContact')).toMatchObject([
    {
      contact: { vendor: 'atera' },
      addition: {
        kind: 'remember-in-atera',
        field: 'GHL contact',
        text: 'ghl:Kq3nPa61w0BzLmTR55xd:c0ffee',
        expected: null,
      },
    },
    {
      contact: { vendor: 'ghl' },
      addition: { kind: 'remember-in-ghl', field: 'field-7', text: 'atera:40211:812', expected: null },
    },
  ]);
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Write this' })).toBeNull());
  expect(document.activeElement).not.toBe(document.body);
});

test('the first write that fails stops the second, and says why', async () => {
  const { user, sentOf } = renderPanel(linkedState(registry()), {
    addToContact: (data) => ({
      ...done(data),
      state: 'failed',
      error: { code: 'conflict', vendor: 'atera' },
    }),
  });
  await user.click(await screen.findByRole('button', { name: 'Remember in both systems' }));
  await user.click(screen.getByRole('button', { name: 'Write this' }));
  expect(await screen.findByText(/Somebody changed this record meanwhile/u)).toBeDefined();
  expect(sentOf('addToContact')).toHaveLength(1);
});

test('a first write that waits does not keep the second from waiting too', async () => {
  const { user, sentOf } = renderPanel(linkedState(registry()), {
    addToContact: (data) => ({ ...done(data), state: 'queued', error: { code: 'network', vendor: 'atera' } }),
  });
  await user.click(await screen.findByRole('button', { name: 'Remember in both systems' }));
  await user.click(screen.getByRole('button', { name: 'Write this' }));
  await waitFor(() => expect(sentOf('addToContact')).toHaveLength(2));
  expect(await screen.findByText('Waiting: it was not sent to GHL yet')).toBeDefined();
});

test('another id is not replaced before somebody says so', async () => {
  const found = registry({ ...AGREES, ghl: points('other', 'atera:40211:777') });
  const { user, sentOf } = renderPanel(linkedState(found), { addToContact: done });
  await user.click(await screen.findByRole('button', { name: 'Remember in GHL' }));
  const write = screen.getByRole('button', { name: 'Write this' });
  expect(write.hasAttribute('disabled')).toBe(true);
  expect(screen.getByText('Nothing to write. Choose what may be replaced.')).toBeDefined();
  await user.click(screen.getByRole('checkbox', { name: 'Replace what stands there in GHL' }));
  await user.click(write);
  await waitFor(() =>
    expect(sentOf('addToContact')).toMatchObject([{ addition: { expected: 'atera:40211:777' } }]),
  );
});

test('what is too long to be shown is not replaced', async () => {
  const found = registry({ ...AGREES, atera: points('unreadable', null) });
  const { user } = renderPanel(linkedState(found));
  await user.click(await screen.findByRole('button', { name: 'Remember in Atera' }));
  expect(screen.getByText(/too long to be shown/u)).toBeDefined();
  expect(screen.queryByRole('checkbox', { name: /Replace/u })).toBeNull();
  expect(screen.getByRole('button', { name: 'Write this' }).hasAttribute('disabled')).toBe(true);
});

test('a field that is missing is not offered: the settings say what to do', async () => {
  const { user, actions } = renderPanel(scene('registryMissing'));
  expect(await screen.findByText('Atera has no custom field “GHL contact” that can be used.')).toBeDefined();
  expect(screen.queryByRole('button', { name: /Remember/u })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Set it up' }));
  expect(actions.openOptions).toHaveBeenCalledWith('registry');
});

test('where both say the same nothing is offered, and an unlink says what stays', async () => {
  renderPanel(scene('registryDone'));
  expect(await screen.findByText('Both systems remember this pair.')).toBeDefined();
  expect(screen.getByText(/The ids in the custom fields stay there after an unlink/u)).toBeDefined();
  expect(screen.queryByRole('button', { name: /Remember/u })).toBeNull();
});

test('nothing is offered for a pair that is only matched, nor while it is switched off', async () => {
  const match = {
    status: 'one',
    evidence: [{ kind: 'same-email' }],
    counterpart: makePerson('ghl'),
  } as const;
  renderPanel(subjectState({ match: { ...match, evidence: [...match.evidence] }, registry: registry() }));
  await screen.findByText('same e-mail');
  expect(screen.queryByRole('button', { name: /Remember/u })).toBeNull();
});

test('nothing is offered where contacts are not written', async () => {
  const state = linkedState(registry());
  const resources = state.resources.map((row) =>
    row.resource === 'contacts' ? { ...row, direction: 'to-ghl' as const } : row,
  );
  renderPanel({ ...state, resources });
  expect(await screen.findByRole('button', { name: 'Remember in GHL' })).toBeDefined();
});

test('a text that says it is a copy, and is none, has a warning at it', async () => {
  const { user } = renderPanel(claimState());
  await user.click(await screen.findByRole('tab', { name: /Comments/u }));
  expect(screen.getByText(/holds the mark of a copy, but anybody can type one/u)).toBeDefined();
  expect(screen.getByText(/says that it is a copy, but nothing here has that text/u)).toBeDefined();
  // Nothing is suppressed: both can be copied.
  expect(screen.getAllByRole('button', { name: /^Copy to GHL/u })).toHaveLength(2);
  expect(screen.queryByText(/^Copied from/u)).toBeNull();
});
