import { type Ref, sameRef, type VendorName } from '../core/contact.ts';
import { toE164 } from '../core/phone.ts';
import { hasAgreement, type PointedAccount, type Pointer, pointerTo, readPointer } from '../core/registry.ts';
import { AppError } from '../errors.ts';
import type { RegistryField, RegistrySettings, TagFieldView } from '../panel-state.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store, StoredRegistry, StoredTagField } from './areas.ts';
import { foldName, lookForField, ONE, type Purpose } from './contact-fields.ts';
import type { Sides } from './identity-proof.ts';
import type { Links } from './links.ts';

/**
 * Custom fields in which two linked records name each other, so that other browsers find the pair. Off until an agent chose the fields. What
 * stands in them is a hint: anybody who may edit a contact can write it.
 */
export interface Registry {
  view(): Promise<RegistrySettings | null>;
  /** Asks both vendors again whether they have the fields. */
  check(): Promise<RegistrySettings>;
  set(names: Record<VendorName, string> | null): Promise<RegistrySettings>;
  /** Null while it is off, or cannot be used. */
  readerOf(pair: Pair): Promise<RegistryReader | null>;
  /** Asks the vendor again for this side's field; null while it is off. */
  checkOf(pair: Pair, vendor: VendorName): Promise<StoredTagField | null>;
  isLinked(pair: Pair, a: Ref, b: Ref): Promise<boolean>;
  /** Whether two records, as read right now, name each other, and agree in more than that. Asks for what is missing. */
  proves(pair: Pair, sides: Sides): Promise<boolean>;
}

/** Reads and makes what stands in the fields of one pair of accounts. */
export interface RegistryReader {
  fields: Record<VendorName, RegistryField>;
  /** As it stands there, null where nothing does; undefined where the custom fields of the record were not read. */
  textOf(person: PersonRecord): string | null | undefined;
  /** Null where it was not read. */
  read(person: PersonRecord): Pointer | null;
  /** What names this record. */
  pointerTo(ref: Ref): string | null;
  /** False once the two were unlinked: their fields may still name each other, and that says as little as hints do. */
  isTrusted(a: Ref, b: Ref): Promise<boolean>;
}

interface Dependencies {
  store: Store;
  accounts: Pick<Accounts, 'pair'>;
  links: Pick<Links, 'isDistrusted' | 'counterpartOf'>;
  /** Keys that the mapping pairs. */
  mapped: readonly string[];
  /** What is on screen was read under another setting. */
  onChange: (pair: Pair) => Promise<void>;
}

const OFF: TagFieldView = { name: null, state: 'off', error: null };
const PURPOSE: Record<VendorName, Purpose> = { atera: 'atera-registry', ghl: 'ghl-registry' };

export function createRegistry({ store, accounts, links, mapped, onChange }: Dependencies): Registry {
  const of = (pair: Pair): Promise<StoredRegistry | undefined> =>
    store.get('registry', scopeOfPair(pair), ONE);
  const look = (pair: Pair, vendor: VendorName, name: string): Promise<StoredTagField> =>
    lookForField(store, pair, PURPOSE[vendor], name, mapped);
  const connected = async (): Promise<Pair> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return pair;
  };
  const viewOf = async (pair: Pair): Promise<RegistrySettings> => {
    const stored = await of(pair);
    return {
      isOn: stored !== undefined,
      fields: stored ? { atera: shown(stored.atera), ghl: shown(stored.ghl) } : { atera: OFF, ghl: OFF },
      isNameless: keyOf(pair, 'atera') === null,
    };
  };
  const lookBoth = async (pair: Pair, names: Record<VendorName, string>): Promise<void> => {
    const [atera, ghl] = await Promise.all([look(pair, 'atera', names.atera), look(pair, 'ghl', names.ghl)]);
    await store.put('registry', scopeOfPair(pair), ONE, { atera, ghl });
  };

  const readerOf: Registry['readerOf'] = async (pair) => {
    const stored = await of(pair);
    const accountsOf = { atera: pointed(pair, 'atera'), ghl: pointed(pair, 'ghl') };
    if (!stored || !accountsOf.atera || !accountsOf.ghl) return null;
    const { atera, ghl } = accountsOf;
    const textOf: RegistryReader['textOf'] = ({ contact, custom }) =>
      custom && textIn(custom, contact.ref.vendor, fieldOf(contact.ref.vendor, stored).key);
    return {
      fields: { atera: fieldOf('atera', stored), ghl: fieldOf('ghl', stored) },
      textOf,
      read(person) {
        const text = textOf(person);
        return text === undefined
          ? null
          : readPointer(text, person.contact.ref.vendor === 'atera' ? ghl : atera);
      },
      pointerTo: (ref) => pointerTo(ref, ref.vendor === 'atera' ? atera : ghl),
      isTrusted: async (a, b) => !(await links.isDistrusted(pair, a, b)),
    };
  };

  return {
    async view() {
      const pair = await accounts.pair();
      return pair && viewOf(pair);
    },
    async check() {
      const pair = await connected();
      const stored = await of(pair);
      if (stored) await lookBoth(pair, { atera: stored.atera.name, ghl: stored.ghl.name });
      await onChange(pair);
      return viewOf(pair);
    },
    async set(names) {
      const pair = await connected();
      if (names === null) await store.delete('registry', scopeOfPair(pair), ONE);
      else await lookBoth(pair, names);
      await onChange(pair);
      return viewOf(pair);
    },
    readerOf,
    async checkOf(pair, vendor) {
      const stored = await of(pair);
      if (!stored) return null;
      const field = await look(pair, vendor, stored[vendor].name);
      const now = await of(pair);
      if (now) await store.put('registry', scopeOfPair(pair), ONE, { ...now, [vendor]: field });
      return field;
    },
    async isLinked(pair, a, b) {
      const linked = await links.counterpartOf(pair, a);
      return linked !== null && sameRef(linked, b);
    },
    async proves(pair, { source, target }) {
      const reader = await readerOf(pair);
      if (!reader) return false;
      const toNumber = (value: string): string | null => toE164(value, pair.country);
      if (!hasAgreement(source.contact, target.contact, toNumber)) return false;
      const [a, b] = [source.contact.ref, target.contact.ref];
      const isNamed = async (from: PersonRecord, to: Ref): Promise<boolean> =>
        names(reader.read(await withCustom(pair, from)), to);
      // GHL's record holds its custom fields: where they name somebody else, Atera is not asked.
      const [ghl, atera] = a.vendor === 'ghl' ? [source, target] : [target, source];
      if (!(await isNamed(ghl, atera.contact.ref)) || !(await isNamed(atera, ghl.contact.ref))) return false;
      return reader.isTrusted(a, b);
    },
  };
}

/** Whether what a field says is this record. */
export const names = (pointer: Pointer | null, { vendor, id }: Ref): boolean =>
  pointer?.state === 'names' && pointer.ref.vendor === vendor && pointer.ref.id === id;

/** The record with its custom fields, where the call that read it does not bring them. */
export async function withCustom(pair: Pair, person: PersonRecord): Promise<PersonRecord> {
  if (person.custom) return person;
  const { vendor, id } = person.contact.ref;
  const values = vendor === 'atera' ? await pair.atera.readValues(id) : [];
  const custom = values.flatMap(({ FieldName, ValueAsString }): [string, string][] =>
    FieldName && ValueAsString ? [[FieldName, ValueAsString]] : [],
  );
  return { ...person, custom: Object.fromEntries(custom) };
}

/** What stands in the field with this key: Atera keeps values under the name, GHL under an id. */
export function textIn(
  custom: Readonly<Record<string, string>>,
  vendor: VendorName,
  field: string | null,
): string | null {
  if (field === null) return null;
  const isIt = (key: string): boolean =>
    vendor === 'ghl' ? key === field : foldName(key) === foldName(field);
  return Object.entries(custom).find(([key]) => isIt(key))?.[1] ?? null;
}

const fieldOf = (vendor: VendorName, { [vendor]: { name, state, id } }: StoredRegistry): RegistryField => ({
  name,
  state,
  key: vendor === 'atera' ? name : (id ?? null),
});

/** The vendor's own id of the account: what this browser calls it means nothing elsewhere. */
const keyOf = ({ ateraAccount, ghlAccount }: Pair, vendor: VendorName): string | null =>
  vendor === 'atera' ? (ateraAccount.tenant ?? null) : ghlAccount.id;

function pointed(pair: Pair, vendor: VendorName): PointedAccount | null {
  const key = keyOf(pair, vendor);
  const { id: accountId } = vendor === 'atera' ? pair.ateraAccount : pair.ghlAccount;
  return key === null ? null : { vendor, accountId, key };
}

const shown = ({ name, state, error }: StoredTagField): TagFieldView => ({ name, state, error });
