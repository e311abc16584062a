import { type Ref, refKey, sameRef } from '../core/contact.ts';
import { scopeOf } from '../platform/sealed-store.ts';
import type { Pair } from './accounts.ts';
import type { Store } from './areas.ts';

/** Which Atera contact and which GHL contact are the same person: proven by a verified write, or said by the agent. */
export interface Links {
  counterpartOf(pair: Pair, ref: Ref): Promise<Ref | null>;
  /** Forgets the link of this record. */
  unlink(pair: Pair, ref: Ref): Promise<void>;
  /** Replaces whatever either of the two was linked to. */
  link(pair: Pair, atera: Ref, ghl: Ref): Promise<void>;
}

export function createLinks(store: Store): Links {
  const scope = ({ ateraAccount, ghlAccount }: Pair): string => scopeOf(ateraAccount.id, ghlAccount.id);
  const read = (pair: Pair, ref: Ref) => store.get('links', scope(pair), refKey(ref));
  const unlink = async (pair: Pair, ref: Ref): Promise<void> => {
    const old = await read(pair, ref);
    if (!old) return;
    await store.delete('links', scope(pair), refKey(old.atera));
    await store.delete('links', scope(pair), refKey(old.ghl));
  };

  return {
    unlink,
    async counterpartOf(pair, ref) {
      const link = await read(pair, ref);
      if (!link) return null;
      const counterpart = ref.vendor === 'atera' ? link.ghl : link.atera;
      // Both halves must agree: a half that was replaced, or lost in a crash, counts as no link.
      const back = await read(pair, counterpart);
      return back && sameRef(back.atera, link.atera) && sameRef(back.ghl, link.ghl) ? counterpart : null;
    },
    async link(pair, atera, ghl) {
      await unlink(pair, atera);
      await unlink(pair, ghl);
      await store.put('links', scope(pair), refKey(atera), { atera, ghl });
      await store.put('links', scope(pair), refKey(ghl), { atera, ghl });
    },
  };
}
