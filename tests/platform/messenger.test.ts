import { describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { AppError } from '../../lib/errors.ts';
import type { AccountView } from '../../lib/panel-state.ts';
import { browser } from '../../lib/platform/browser.ts';
import { createMessenger } from '../../lib/platform/messenger.ts';

const ACCOUNT: AccountView = {
  id: 'northwind-it',
  vendor: 'atera',
  kind: 'sample',
  name: 'Northwind IT',
  expiresAt: null,
  connectedAt: 0,
  problem: null,
};

describe('sending', () => {
  const answer = (reply: unknown): unknown[] => {
    const sent: unknown[] = [];
    vi.spyOn(browser.runtime, 'sendMessage').mockImplementation(async (message: unknown) => {
      sent.push(message);
      if (reply instanceof Error) throw reply;
      return reply;
    });
    return sent;
  };
  const failure = async (): Promise<AppError> => {
    const error: unknown = await createMessenger()
      .send('getAccounts', {})
      .catch((thrown: unknown) => thrown);
    if (error instanceof AppError) return error;
    throw new Error(`No AppError: ${String(error)}`);
  };

  it('carries type and data, and gives the value', async () => {
    const sent = answer({ ok: true, value: [ACCOUNT] });
    expect(await createMessenger().send('getAccounts', {})).toEqual([ACCOUNT]);
    expect(sent).toEqual([{ type: 'getAccounts', data: {} }]);
  });

  it('throws the background’s error again, as it was', async () => {
    answer({
      ok: false,
      error: { code: 'rate_limited', vendor: 'ghl', retryAfterMs: 5000, vendorMessages: ['Slow'] },
    });
    const error = await failure();
    expect(error.code).toBe('rate_limited');
    expect(error.details).toEqual({ vendor: 'ghl', retryAfterMs: 5000, vendorMessages: ['Slow'] });
  });

  it.each([
    ['nobody answers', undefined],
    ['the background cannot be reached', new Error('Receiving end does not exist.')],
  ])('fails when %s', async (_, reply) => {
    answer(reply);
    expect((await failure()).toView()).toEqual({ code: 'internal' });
  });
});

describe('listening', () => {
  const listen = () => {
    const heard: unknown[] = [];
    const stop = createMessenger().on('accountsChanged', (data) => {
      heard.push(data);
    });
    const deliver = (message: unknown, sender: object = {}): unknown =>
      fakeBrowser.runtime.onMessage.trigger(
        message as never,
        { id: fakeBrowser.runtime.id, ...sender } as never,
        (() => undefined) as never,
      );
    return { heard, stop, deliver };
  };
  const event = { type: 'accountsChanged', data: [ACCOUNT] };

  it('hears the background', async () => {
    const { heard, deliver } = listen();
    await deliver(event);
    expect(heard).toEqual([[ACCOUNT]]);
  });

  it.each<[string, unknown, object]>([
    ['a tab', event, { tab: { id: 1 } }],
    ['another extension', event, { id: 'somebody-else' }],
    ['nobody known', event, { id: undefined }],
    ['the background, about something else', { ...event, type: 'panelStateChanged' }, {}],
    ['the background, without words', null, {}],
    ['the background, with nothing', undefined, {}],
    ['the background, with text', 'accountsChanged', {}],
  ])('does not hear %s', async (_, message, sender) => {
    const { heard, deliver } = listen();
    await deliver(message, sender);
    expect(heard).toEqual([]);
  });

  it('stops when told', async () => {
    const { heard, deliver, stop } = listen();
    stop();
    await deliver(event);
    expect(heard).toEqual([]);
  });
});
