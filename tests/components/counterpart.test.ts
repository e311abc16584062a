// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { ErrorView } from '../../lib/errors.ts';
import { AppError } from '../../lib/errors.ts';
import { type Creating, createCounterpartActions } from '../../lib/panel/counterpart.ts';
import { makeResult } from '../support/creation-fixtures.ts';
import { createFakeApi } from '../support/render.tsx';

const WISH = {
  version: 7,
  person: 'x',
  vendor: 'ghl',
  personName: 'Dana Whitfield',
  planId: 'creation-1',
  fields: ['email' as const],
} as const;

test('a press whose tab is gone ends as refused, and the next one is not dropped', async () => {
  let creating: Creating | null = null;
  let isThere = false;
  const told: ErrorView[] = [];
  const { api, sentOf } = createFakeApi({ createCounterpart: () => makeResult() });
  const actions = createCounterpartActions({
    api,
    here: () => {
      if (!isThere) throw new AppError('tab_closed');
      return { tabId: 1 };
    },
    creating: () => creating,
    show: (next) => {
      creating = next;
    },
    view: () => null,
    fail: (error) => told.push(error),
    run: async () => undefined,
  });
  await actions.create({ ...WISH, fields: [...WISH.fields] });
  expect(creating).toMatchObject({ result: { state: 'failed', error: { code: 'tab_closed' } } });
  expect(told).toEqual([{ code: 'tab_closed' }]);
  expect(sentOf('createCounterpart')).toEqual([]);
  isThere = true;
  await actions.create({ ...WISH, fields: [...WISH.fields] });
  expect(creating).toMatchObject({ result: { state: 'created' } });
  expect(sentOf('createCounterpart')).toHaveLength(1);
});
