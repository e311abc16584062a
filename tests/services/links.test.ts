import { describe, expect, it } from 'vitest';
import type { Ref, VendorName } from '../../lib/core/contact.ts';
import { createSealedStore } from '../../lib/platform/sealed-store.ts';
import type { Pair } from '../../lib/services/accounts.ts';
import { AREAS, type Areas } from '../../lib/services/areas.ts';
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
  return { links: createLinks(store) };
}

describe('links', () => {
  it('a rejection is read from both sides, and only in its own pair of accounts', async () => {
    const { links } = open();
    await links.reject(pair, atera, ghl);
    expect(await links.rejectedOf(pair, atera)).toEqual([ghl]);
    expect(await links.rejectedOf(pair, ghl)).toEqual([atera]);
    expect(await links.rejectedOf(pairOf('g2'), atera)).toEqual([]);
  });

  it('linking a rejected pair takes the rejection back', async () => {
    const { links } = open();
    await links.reject(pair, atera, ghl);
    await links.link(pair, atera, ghl);
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
});
