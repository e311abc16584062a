import { agreementOf } from '../core/agreement.ts';
import { type Ref, refKey, sameRef } from '../core/contact.ts';
import { toE164 } from '../core/phone.ts';
import { AppError } from '../errors.ts';
import type { CounterpartHits, FoundCounterpart, MatchView } from '../panel-state.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Accounts, Pair } from './accounts.ts';
import type { Links } from './links.ts';
import { type Shown, shownPerson } from './page-check.ts';
import { searchRecords } from './search.ts';
import type { Subjects } from './subjects.ts';
import type { Views } from './views.ts';

export interface ManualLink {
  /** Looks for the counterpart in the other vendor, and compares whoever is found with the person on screen. Writes nothing. */
  find(tabId: number, query: Shown & { query: string }): Promise<CounterpartHits>;
  /**
   * "This is them": links the two, once both were read again by their ids. Replaces the link that
   * was shown (`replacing`) and no other, and takes back that they are not the same person. Writes nothing to a vendor.
   */
  link(tabId: number, choice: Shown & { counterpart: Ref; replacing?: Ref | undefined }): Promise<void>;
}

interface Dependencies {
  accounts: Accounts;
  subjects: Subjects;
  views: Views;
  links: Links;
  /** A tab may show something else now. */
  wake: (tabId: number) => Promise<void>;
}

/** Links made by an agent who found the counterpart by searching. */
export function createManualLink({ accounts, subjects, views, links, wake }: Dependencies): ManualLink {
  const look = async (tabId: number, shown: Shown) => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    const found = await shownPerson({ subjects, views }, pair, tabId, shown);
    // A link that the agent made, or a write has proved, is taken back first.
    if (!isOpen(found.view.match)) throw new AppError('subject_changed');
    return { pair, ...found };
  };

  const compare = async (
    pair: Pair,
    viewed: PersonRecord,
    other: PersonRecord,
  ): Promise<FoundCounterpart> => {
    const toNumber = (value: string): string | null => toE164(value, pair.country);
    const linked = await links.counterpartOf(pair, other.contact.ref);
    return {
      person: other.view,
      evidence: agreementOf(viewed.contact, other.contact, toNumber),
      linkedTo: linked !== null && !sameRef(linked, viewed.contact.ref) ? linked : null,
    };
  };

  return {
    async find(tabId, { query, ...shown }) {
      const { pair, person } = await look(tabId, shown);
      const vendor = person.ref.vendor === 'atera' ? 'ghl' : 'atera';
      const [viewed, found] = await Promise.all([
        pair[person.ref.vendor].readPerson(person.ref.id, []),
        searchRecords(pair, vendor, query),
      ]);
      if (found.status !== 'ready') return found;
      const people = await Promise.all(found.records.map((record) => compare(pair, viewed, record)));
      return { status: 'ready', people, more: found.more };
    },

    async link(tabId, { counterpart, replacing, ...shown }) {
      const { pair, person } = await look(tabId, shown);
      const account = counterpart.vendor === 'atera' ? pair.ateraAccount : pair.ghlAccount;
      const isOther = counterpart.vendor !== person.ref.vendor && counterpart.kind === 'contact';
      // Found in an account that is not connected any more, or no contact of the other vendor at all.
      if (!isOther || counterpart.accountId !== account.id)
        throw new AppError('invalid_input', { input: 'counterpart' });
      const read = await Promise.all(
        [person.ref, counterpart].map((ref) => pair[ref.vendor].readPerson(ref.id, [])),
      );
      const keys = read.map(({ contact }) => refKey(contact.ref));
      if (keys[0] !== refKey(person.ref) || keys[1] !== refKey(counterpart))
        throw new AppError('invalid_response', { vendor: counterpart.vendor });
      // Reading took time: the page must still show this person.
      const { tab } = await look(tabId, shown);
      const [atera, ghl] =
        person.ref.vendor === 'atera' ? [person.ref, counterpart] : [counterpart, person.ref];
      // Only a link that the agent saw is replaced; one made meanwhile is shown first.
      const isLinked = await links.link(pair, atera, ghl, { replacing: replacing ? [replacing] : [] });
      const people = [atera, ghl, ...(isLinked && replacing ? [replacing] : [])];
      await Promise.all((await views.reconsider(tab, pair, people)).map(wake));
      if (!isLinked) throw new AppError('plan_expired');
    },
  };
}

/** Nobody is linked, and the search for the counterpart has come to an end. */
const isOpen = ({ status }: MatchView): boolean =>
  status === 'none' || status === 'several' || status === 'one';
