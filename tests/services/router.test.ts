import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { BACKGROUND_EVENTS, PAGE_MESSAGES, SECRET_MESSAGES } from '../../lib/messaging.ts';
import { MESSAGE_SCHEMAS } from '../../lib/services/message-schemas.ts';
import { createWorld } from '../support/world.ts';

const id = fakeBrowser.runtime.id;
const page = { id, url: 'https://app.atera.com/new/ticket/4821', tab: { id: 1 }, frameId: 0 };

describe('messages to the background', () => {
  it.each([
    ['a page that asks for the panel state', { type: 'getPanelState', data: { tabId: 1 } }, page],
    [
      'a page that applies a plan',
      { type: 'applyPlan', data: { target: { tabId: 1 }, planId: 'id-1', fields: ['lastName'] } },
      page,
    ],
    ['a page that connects an account', { type: 'connectSample', data: {} }, page],
    ['a frame inside a page', { type: 'subjectSeen', data: { subject: null } }, { ...page, frameId: 3 }],
    [
      'another extension',
      { type: 'getAccounts', data: {} },
      { id: 'other', url: 'chrome-extension://other/x.html' },
    ],
    [
      'another extension that pretends to be a page of ours',
      { type: 'getAccounts', data: {} },
      { id: 'other', url: fakeBrowser.runtime.getURL('/x') },
    ],
    [
      'a page whose address begins like ours',
      { type: 'getAccounts', data: {} },
      { ...page, url: `https://evil.example/?${fakeBrowser.runtime.getURL('/x')}` },
    ],
    ['an unknown type', { type: 'giveMeTheTokens', data: {} }, { id, url: fakeBrowser.runtime.getURL('/x') }],
    [
      'a type of the prototype',
      { type: 'constructor', data: {} },
      { id, url: fakeBrowser.runtime.getURL('/x') },
    ],
    ['no message at all', null, { id, url: fakeBrowser.runtime.getURL('/x') }],
  ])('gives no answer to %s', async (_case, message, sender) => {
    const world = await createWorld();
    expect(await world.deliver(message, sender)).toBeUndefined();
    expect(world.bugs).toEqual([]);
  });

  it.each([
    [
      'a plan without fields',
      { type: 'applyPlan', data: { target: { tabId: 1 }, planId: 'id-1', fields: [] } },
    ],
    [
      'a field that does not exist',
      { type: 'applyPlan', data: { target: { tabId: 1 }, planId: 'id-1', fields: ['tags'] } },
    ],
    ['a key too many', { type: 'getPanelState', data: { tabId: 1, windowId: 2, more: 1 } }],
    ['a tab that is no number', { type: 'getPanelState', data: { tabId: '1' } }],
    [
      'a plan with an endless id',
      { type: 'applyPlan', data: { target: { tabId: 1 }, planId: 'e'.repeat(10_000), fields: ['lastName'] } },
    ],
  ])('refuses %s with a reason', async (_case, message) => {
    const world = await createWorld();
    expect(await world.deliver(message)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  });

  it('checks every message that can be sent, and those alone', () => {
    const [map = ''] =
      /interface ProtocolMap \{[\s\S]*?\n\}/u.exec(readFileSync('lib/messaging.ts', 'utf8')) ?? [];
    const declared = [...map.matchAll(/^ {2}(\w+)\(/gmu)].flatMap(([, name = '']) => name);
    expect(declared.length).toBeGreaterThan(20);
    const events: readonly string[] = BACKGROUND_EVENTS;
    const taken = declared.filter((name) => !events.includes(name));
    expect(Object.keys(MESSAGE_SCHEMAS).sort()).toEqual(taken.sort());
    expect(taken).toEqual(expect.arrayContaining([...PAGE_MESSAGES, ...SECRET_MESSAGES]));
  });

  it.each(Object.keys(MESSAGE_SCHEMAS))('refuses a %s with a key that it does not know', async (type) => {
    const world = await createWorld();
    const isSecret = (SECRET_MESSAGES as readonly string[]).includes(type);
    const send = isSecret ? world.deliverByPort : world.deliver;
    expect(await send({ type, data: { unheardOf: 1 } })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', input: type },
    });
  });
});

describe('a credential', () => {
  const message = { type: 'connectAtera', data: { token: 'hello' } };

  it('is taken by port alone, so that no other page of the extension hears it', async () => {
    const world = await createWorld();
    expect(await world.deliver(message)).toBeUndefined();
    expect(await world.deliverByPort(message)).toMatchObject({ ok: false, error: { input: 'token' } });
  });

  it.each([
    ['from a page', message, page, undefined],
    ['on a port of another name', message, undefined, 'other'],
    ['with a message that is no credential', { type: 'getAccounts', data: {} }, undefined, undefined],
  ])('is not taken %s', async (_case, sent, sender, name) => {
    const world = await createWorld();
    expect(await world.deliverByPort(sent, sender, name)).toBeUndefined();
  });

  it('of ten thousand characters is refused with a reason', async () => {
    const world = await createWorld();
    const endless = { type: 'connectAtera', data: { token: 'e'.repeat(10_000) } };
    expect(await world.deliverByPort(endless)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  });
});

describe('a page that lies', () => {
  it('cannot make the panel show somebody else: only the address of the tab counts', async () => {
    const world = await createWorld();
    await world.connect();
    const { tabId } = await world.openTicket('main');
    await world.fromPage(tabId, { type: 'subjectSeen', data: { subject: world.subjectOfTicket('exact') } });
    const state = await world.send('getPanelState', { tabId });
    expect(state.page).toMatchObject({
      kind: 'subject',
      view: { subject: world.subjectOfTicket('main'), version: 1 },
    });
  });

  it('cannot make a plan grow old by crying wolf', async () => {
    const world = await createWorld();
    await world.connect();
    const { tabId, view } = await world.openTicket('main');
    for (let times = 0; times < 20; times += 1) {
      await world.fromPage(tabId, { type: 'subjectSeen', data: { subject: null } });
    }
    expect((await world.push(view.plans.push, ['lastName'])).state).toBe('done');
  });

  it('is not even read when its message is misshapen', async () => {
    const world = await createWorld();
    const reply = await world.fromPage(1, {
      type: 'subjectSeen',
      data: { subject: { vendor: 'atera', kind: 'ticket', id: 'x'.repeat(5000) } },
    });
    expect(reply).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  });
});
