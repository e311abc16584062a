import { type Ref, refKey, sameRef } from '../core/contact.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';

/**
 * Which Atera contact and which GHL contact are the same person: proven by a verified write, or said by the agent. And which two
 * are not, however alike they look: only an agent says so.
 */
export interface Links {
  /** The linked record; null when there is none, or when the two were said to be different people. */
  counterpartOf(pair: Pair, ref: Ref): Promise<Ref | null>;
  /** Forgets the link of this record. */
  unlink(pair: Pair, ref: Ref): Promise<void>;
  /** Replaces whatever either of the two was linked to, and takes back that they are not the same. */
  link(pair: Pair, atera: Ref, ghl: Ref): Promise<void>;
  /** Remembers that the two are not the same person, and forgets their link if there is one. */
  reject(pair: Pair, atera: Ref, ghl: Ref): Promise<void>;
  /** Everyone in the other vendor who was said to be somebody else than this record. */
  rejectedOf(pair: Pair, ref: Ref): Promise<Ref[]>;
  /** Takes back all that was said about who this record is not. */
  forgetRejections(pair: Pair, ref: Ref): Promise<void>;
}

/** Links and rejections in the encrypted store: both outlive the worker, and go when either account goes. */
export function createLinks(store: Store): Links {
  const read = (pair: Pair, ref: Ref) => store.get('links', scopeOfPair(pair), refKey(ref));
  /** One row for both directions: a stop of the worker cannot leave half of it. */
  const rejectionKey = (atera: Ref, ghl: Ref): string => JSON.stringify([refKey(atera), refKey(ghl)]);

  const unlink = async (pair: Pair, ref: Ref): Promise<void> => {
    const old = await read(pair, ref);
    if (!old) return;
    await store.delete('links', scopeOfPair(pair), refKey(old.atera));
    await store.delete('links', scopeOfPair(pair), refKey(old.ghl));
  };
  const takeBack = (pair: Pair, atera: Ref, ghl: Ref): Promise<void> =>
    store.delete('rejections', scopeOfPair(pair), rejectionKey(atera, ghl));
  const isRejected = async (pair: Pair, atera: Ref, ghl: Ref): Promise<boolean> =>
    (await store.get('rejections', scopeOfPair(pair), rejectionKey(atera, ghl))) !== undefined;
  const rejectionsOf = async (pair: Pair, ref: Ref): Promise<{ atera: Ref; ghl: Ref }[]> =>
    (await store.all('rejections')).filter(
      ({ atera, ghl }) =>
        atera.accountId === pair.ateraAccount.id &&
        ghl.accountId === pair.ghlAccount.id &&
        sameRef(ref.vendor === 'atera' ? atera : ghl, ref),
    );

  return {
    unlink,
    async counterpartOf(pair, ref) {
      const link = await read(pair, ref);
      if (!link) return null;
      const counterpart = ref.vendor === 'atera' ? link.ghl : link.atera;
      // Both halves must agree: a half that was replaced, or lost in a crash, counts as no link.
      const back = await read(pair, counterpart);
      const isWhole = back && sameRef(back.atera, link.atera) && sameRef(back.ghl, link.ghl);
      return isWhole && !(await isRejected(pair, link.atera, link.ghl)) ? counterpart : null;
    },
    async link(pair, atera, ghl) {
      await unlink(pair, atera);
      await unlink(pair, ghl);
      await store.put('links', scopeOfPair(pair), refKey(atera), { atera, ghl });
      await store.put('links', scopeOfPair(pair), refKey(ghl), { atera, ghl });
      await takeBack(pair, atera, ghl);
    },
    async reject(pair, atera, ghl) {
      // First the word that counts: a link that is left over by a stop in between is none.
      await store.put('rejections', scopeOfPair(pair), rejectionKey(atera, ghl), { atera, ghl });
      const link = await read(pair, atera);
      if (link && sameRef(link.ghl, ghl)) await unlink(pair, atera);
    },
    async rejectedOf(pair, ref) {
      const pairs = await rejectionsOf(pair, ref);
      return pairs.map(({ atera, ghl }) => (ref.vendor === 'atera' ? ghl : atera));
    },
    async forgetRejections(pair, ref) {
      for (const { atera, ghl } of await rejectionsOf(pair, ref)) await takeBack(pair, atera, ghl);
    },
  };
}
