import { describe, expect, it } from 'vitest';
import { type Ref, refKey, type VendorName } from '../../lib/core/contact.ts';
import { createSealedStore } from '../../lib/platform/sealed-store.ts';
import { type Pair, scopeOfPair } from '../../lib/services/accounts.ts';
import { AREAS, type Areas } from '../../lib/services/areas.ts';
import { createTurns } from '../../lib/services/in-turn.ts';
import { createLinks } from '../../lib/services/links.ts';
import { createJumpingClock } from '../support/clock.ts';

const pairOf = (ghl: string) => ({ ateraAccount: { id: 'a1' }, ghlAccount: { id: ghl } }) as unknown as Pair;
const ref = (vendor: VendorName, accountId: string, id: string): Ref => ({
  vendor,
  accountId,
  kind: 'contact',
  id,
});
const atera = ref('atera', 'a1', '7');
const ghl = ref('ghl', 'g1', 'x');
const pair = pairOf('g1');
let databases = 0;

function open() {
  databases += 1;
  const store = createSealedStore<Areas>(AREAS, {
    clock: createJumpingClock(),
    databaseName: `links-${databases}`,
  });
  return { store, links: createLinks(store) };
}

describe('links', () => {
  it('a rejection is read from both sides, and only in its own pair of accounts', async () => {
    const { links } = open();
    await links.reject(pair, atera, ghl);
    expect(await links.rejectedOf(pair, atera)).toEqual([ghl]);
    expect(await links.rejectedOf(pair, ghl)).toEqual([atera]);
    expect(await links.rejectedOf(pairOf('g2'), atera)).toEqual([]);
  });

  it('an agent who links a rejected pair takes the rejection back', async () => {
    const { links } = open();
    await links.reject(pair, atera, ghl);
    expect(await links.link(pair, atera, ghl, { replacing: [] })).toBe(true);
    expect(await links.rejectedOf(pair, atera)).toEqual([]);
    expect(await links.counterpartOf(pair, ghl)).toEqual(atera);
  });

  it('rejecting a linked pair drops the link from both sides', async () => {
    const { links } = open();
    await links.link(pair, atera, ghl);
    await links.reject(pair, atera, ghl);
    expect(await links.counterpartOf(pair, atera)).toBeNull();
    expect(await links.counterpartOf(pair, ghl)).toBeNull();
  });

  it('rejecting somebody else leaves the link alone', async () => {
    const { links } = open();
    await links.link(pair, atera, ghl);
    await links.reject(pair, atera, ref('ghl', 'g1', 'y'));
    expect(await links.counterpartOf(pair, atera)).toEqual(ghl);
  });

  it('a verified write does not take back a rejection, said before or while it links', async () => {
    const { links } = open();
    await links.reject(pair, atera, ghl);
    expect(await links.link(pair, atera, ghl)).toBe(false);
    expect(await links.rejectedOf(pair, atera)).toEqual([ghl]);
    await links.forgetRejections(pair, atera);
    await Promise.all([links.link(pair, atera, ghl), links.reject(pair, atera, ghl)]);
    expect(await links.rejectedOf(pair, atera)).toEqual([ghl]);
    expect(await links.counterpartOf(pair, atera)).toBeNull();
    expect(await links.counterpartOf(pair, ghl)).toBeNull();
  });

  const another = ref('atera', 'a1', '8');
  const stranger = ref('atera', 'a1', '9');

  it.each<[string, { replacing: Ref[] } | undefined]>([
    ['a verified write', undefined],
    ['an agent who was not shown it', { replacing: [] }],
    ['an agent who was shown somebody else', { replacing: [stranger] }],
  ])('%s does not replace the link of somebody else', async (_who, said) => {
    const { links } = open();
    await links.link(pair, another, ghl);
    expect(await links.link(pair, atera, ghl, said)).toBe(false);
    expect(await links.counterpartOf(pair, ghl)).toEqual(another);
    expect(await links.counterpartOf(pair, another)).toEqual(ghl);
    expect(await links.counterpartOf(pair, atera)).toBeNull();
  });

  it('an agent who was shown the other link replaces it', async () => {
    const { links } = open();
    await links.link(pair, another, ghl);
    expect(await links.link(pair, atera, ghl, { replacing: [another] })).toBe(true);
    expect(await links.counterpartOf(pair, ghl)).toEqual(atera);
    expect(await links.counterpartOf(pair, another)).toBeNull();
  });

  it('of two links made at once for the same record, one stands whole', async () => {
    const { links } = open();
    const made = await Promise.all([links.link(pair, another, ghl), links.link(pair, atera, ghl)]);
    expect(made).toEqual([true, false]);
    expect(await links.counterpartOf(pair, ghl)).toEqual(another);
    expect(await links.counterpartOf(pair, another)).toEqual(ghl);
  });

  it('unlinking a half that a stop left behind leaves the link of the other record alone', async () => {
    const { links, store } = open();
    await links.link(pair, another, ghl);
    await store.put('links', scopeOfPair(pair), refKey(atera), { atera, ghl });
    expect(await links.counterpartOf(pair, atera)).toBeNull();
    await links.unlink(pair, atera, ghl);
    expect(await links.counterpartOf(pair, ghl)).toEqual(another);
  });

  it('unlinking two drops their link alone, not the one that either has to somebody else by now', async () => {
    const { links } = open();
    const heir = ref('ghl', 'g1', 'y');
    await links.link(pair, atera, ghl);
    await links.link(pair, atera, heir, { replacing: [ghl] });
    await links.unlink(pair, atera, ghl);
    await links.unlink(pair, ghl, atera);
    expect(await links.counterpartOf(pair, atera)).toEqual(heir);
    expect(await links.counterpartOf(pair, heir)).toEqual(atera);
    await links.unlink(pair, heir, atera);
    expect(await links.counterpartOf(pair, atera)).toBeNull();
  });

  it('a failed turn does not keep the next one waiting', async () => {
    const inTurn = createTurns();
    await expect(inTurn('a', () => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
    expect(await inTurn('a', async () => 1)).toBe(1);
  });
});
