import { type Ref, refKey, type Subject } from '../core/contact.ts';
import type { PersonHit, PersonView } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';

/** How many people are remembered per pair of accounts, and for how long. */
export const RECENT_LIMIT = 20;
export const RECENT_MS = 7 * 86_400_000;

export interface Recents {
  /** This person was on screen just now. Encrypted, and gone with either account. */
  add(pair: Pair, person: PersonView): Promise<void>;
  /** People seen in the last days, the last one first. */
  list(pair: Pair): Promise<PersonHit[]>;
}

/** People who were shown lately, kept per pair of accounts. */
export function createRecents(store: Store, clock: Clock): Recents {
  /** One change at a time: two tabs may finish together. */
  let queue: Promise<unknown> = Promise.resolve();
  const read = async (pair: Pair) =>
    ((await store.get('recents', scopeOfPair(pair), 'people')) ?? []).filter(
      ({ seenAt }) => clock.now() - seenAt < RECENT_MS,
    );

  return {
    add(pair, person) {
      const work = async (): Promise<void> => {
        const others = (await read(pair)).filter((known) => refKey(known.person.ref) !== refKey(person.ref));
        // Their company may be switched off by the time they are listed, and no list shows it.
        const { customer: _customer, ...kept } = person;
        const people = [{ person: kept, seenAt: clock.now() }, ...others].slice(0, RECENT_LIMIT);
        await store.put('recents', scopeOfPair(pair), 'people', people);
      };
      const result = queue.then(work, work);
      queue = result.catch(() => undefined);
      return result;
    },
    async list(pair) {
      return (await read(pair)).map(({ person }) => ({
        subject: subjectOfRef(person.ref),
        person,
        title: null,
      }));
    },
  };
}

/** What the panel shows for a person who is no page: the contact itself. */
export const subjectOfRef = ({ vendor, accountId, id }: Ref): Subject => ({
  vendor,
  kind: 'contact',
  id,
  ...(vendor === 'ghl' ? { locationId: accountId } : {}),
});
