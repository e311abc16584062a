import { type Ref, refKey, sameRef } from '../core/contact.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Areas, Store } from './areas.ts';
import { createTurns } from './in-turn.ts';

/**
 * Which Atera contact and which GHL contact are the same person: proven by a verified write, or said by the agent. And which two
 * are not, however alike they look: only an agent says so.
 */
export interface Links {
  /** The linked record; null when there is none, or when the two were said to be different people. */
  counterpartOf(pair: Pair, ref: Ref): Promise<Ref | null>;
  /** Forgets the link of these two; one that either has to somebody else stays. */
  unlink(pair: Pair, a: Ref, b: Ref): Promise<void>;
  /**
   * Links the two, and says whether they are linked now. A verified write (without `said`) neither replaces the link of somebody else
   * nor takes back that the two are not the same. An agent who said so does the latter, and replaces exactly the links to whom they
   * were shown: `replacing`.
   */
  link(pair: Pair, atera: Ref, ghl: Ref, said?: { replacing: readonly Ref[] }): Promise<boolean>;
  /** Remembers that the two are not the same person, and forgets their link if there is one. */
  reject(pair: Pair, atera: Ref, ghl: Ref): Promise<void>;
  /** Everyone in the other vendor who was said to be somebody else than this record. */
  rejectedOf(pair: Pair, ref: Ref): Promise<Ref[]>;
  /** Takes back all that was said about who this record is not. */
  forgetRejections(pair: Pair, ref: Ref): Promise<void>;
  /** Whether the two were unlinked, or said to be two people, since they were linked last. */
  isDistrusted(pair: Pair, a: Ref, b: Ref): Promise<boolean>;
  /** Work with what belongs to the link of these two; undefined where they are not linked. An unlink waits for it. */
  whileLinked<T>(pair: Pair, atera: Ref, ghl: Ref, work: () => Promise<T>): Promise<T | undefined>;
}

/** Names what is stored of these two together. One row for both directions: a stop of the worker cannot leave half of it. */
export const pairKey = (atera: Ref, ghl: Ref): string => JSON.stringify([refKey(atera), refKey(ghl)]);

/** Links and rejections in the encrypted store: both outlive the worker, and go when either account goes. */
export function createLinks(store: Store): Links {
  const read = (pair: Pair, ref: Ref) => store.get('links', scopeOfPair(pair), refKey(ref));
  const inTurn = createTurns();

  const forgetBase = async (pair: Pair, atera: Ref, ghl: Ref): Promise<void> => {
    await store.delete('bases', scopeOfPair(pair), pairKey(atera, ghl));
    await store.delete('tagBases', scopeOfPair(pair), pairKey(atera, ghl));
  };

  /** Both halves, as far as they say the same: the half of another link stays. */
  const drop = async (pair: Pair, ref: Ref): Promise<void> => {
    const old = await read(pair, ref);
    if (!old) return;
    // First what is known of the two: a new link of theirs begins without it.
    await forgetBase(pair, old.atera, old.ghl);
    for (const half of [old.atera, old.ghl]) {
      const found = await read(pair, half);
      if (found && isSameLink(found, old)) await store.delete('links', scopeOfPair(pair), refKey(half));
    }
  };
  /** The link of these two, whichever half of it is left. */
  const dropBetween = async (pair: Pair, a: Ref, b: Ref): Promise<void> => {
    const [atera, ghl] = a.vendor === 'atera' ? [a, b] : [b, a];
    for (const half of [atera, ghl]) {
      const found = await read(pair, half);
      if (found && isSameLink(found, { atera, ghl })) await drop(pair, half);
    }
  };
  const distrust = (pair: Pair, a: Ref, b: Ref): Promise<void> => {
    const [atera, ghl] = a.vendor === 'atera' ? [a, b] : [b, a];
    return store.put('distrusted', scopeOfPair(pair), pairKey(atera, ghl), { atera, ghl });
  };
  const takeBack = async (pair: Pair, atera: Ref, ghl: Ref): Promise<void> => {
    // A stop in the middle of the rejection may have left it.
    await forgetBase(pair, atera, ghl);
    await store.delete('rejections', scopeOfPair(pair), pairKey(atera, ghl));
  };
  const isRejected = async (pair: Pair, atera: Ref, ghl: Ref): Promise<boolean> =>
    (await store.get('rejections', scopeOfPair(pair), pairKey(atera, ghl))) !== undefined;
  const rejectionsOf = async (pair: Pair, ref: Ref): Promise<{ atera: Ref; ghl: Ref }[]> =>
    (await store.all('rejections')).filter(
      ({ atera, ghl }) =>
        atera.accountId === pair.ateraAccount.id &&
        ghl.accountId === pair.ghlAccount.id &&
        sameRef(ref.vendor === 'atera' ? atera : ghl, ref),
    );

  const counterpartOf = async (pair: Pair, ref: Ref): Promise<Ref | null> => {
    const link = await read(pair, ref);
    if (!link) return null;
    const counterpart = ref.vendor === 'atera' ? link.ghl : link.atera;
    // Both halves must agree: a half that was replaced, or lost in a crash, counts as no link.
    const back = await read(pair, counterpart);
    const isWhole = back !== undefined && isSameLink(back, link);
    return isWhole && !(await isRejected(pair, link.atera, link.ghl)) ? counterpart : null;
  };

  return {
    counterpartOf,
    unlink: (pair, a, b) =>
      inTurn(scopeOfPair(pair), async () => {
        // First: what stands in their records must not stand in for the link that goes.
        await distrust(pair, a, b);
        await dropBetween(pair, a, b);
      }),
    link: (pair, atera, ghl, said) =>
      inTurn(scopeOfPair(pair), async () => {
        if (!said && (await isRejected(pair, atera, ghl))) return false;
        const may = [atera, ghl, ...(said?.replacing ?? [])];
        const known = [await counterpartOf(pair, atera), await counterpartOf(pair, ghl)];
        if (known.some((ref) => ref !== null && !may.some((one) => sameRef(one, ref)))) return false;
        // Linked already: what belongs to the link stays.
        const [other, back] = known;
        if (other && back && sameRef(other, ghl) && sameRef(back, atera)) return true;
        await drop(pair, atera);
        await drop(pair, ghl);
        await store.put('links', scopeOfPair(pair), refKey(atera), { atera, ghl });
        await store.put('links', scopeOfPair(pair), refKey(ghl), { atera, ghl });
        if (said) await takeBack(pair, atera, ghl);
        await store.delete('distrusted', scopeOfPair(pair), pairKey(atera, ghl));
        return true;
      }),
    reject: (pair, atera, ghl) =>
      inTurn(scopeOfPair(pair), async () => {
        // First the word that counts: a link that is left over by a stop in between is none.
        await store.put('rejections', scopeOfPair(pair), pairKey(atera, ghl), { atera, ghl });
        await distrust(pair, atera, ghl);
        await dropBetween(pair, atera, ghl);
      }),
    async isDistrusted(pair, a, b) {
      const [atera, ghl] = a.vendor === 'atera' ? [a, b] : [b, a];
      return (await store.get('distrusted', scopeOfPair(pair), pairKey(atera, ghl))) !== undefined;
    },
    async rejectedOf(pair, ref) {
      const pairs = await rejectionsOf(pair, ref);
      return pairs.map(({ atera, ghl }) => (ref.vendor === 'atera' ? ghl : atera));
    },
    forgetRejections: (pair, ref) =>
      inTurn(scopeOfPair(pair), async () => {
        for (const { atera, ghl } of await rejectionsOf(pair, ref)) await takeBack(pair, atera, ghl);
      }),
    whileLinked: (pair, atera, ghl, work) =>
      inTurn(scopeOfPair(pair), async () => {
        const linked = await counterpartOf(pair, atera);
        return linked && sameRef(linked, ghl) ? work() : undefined;
      }),
  };
}

type Link = Areas['links'];
const isSameLink = (a: Link, b: Link): boolean => sameRef(a.atera, b.atera) && sameRef(a.ghl, b.ghl);
