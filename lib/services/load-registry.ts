import type { Contact, Ref, VendorName } from '../core/contact.ts';
import { sameRef } from '../core/contact.ts';
import type { Naming } from '../core/match.ts';
import { toE164 } from '../core/phone.ts';
import { hasAgreement } from '../core/registry.ts';
import { type ErrorView, isAppError, toErrorView } from '../errors.ts';
import type { PointerView, RegistryView } from '../panel-state.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import { names, type RegistryReader, withCustom } from './registry.ts';

/** Whom the custom field of the person on screen names, as it was read by its id. */
export interface Hint {
  ref: Ref;
  /** Null where nobody is there, or they could not be read. */
  person: PersonRecord | null;
  error: ErrorView | null;
  /** E-mail, phone or name says the same. */
  isLikely: boolean;
  /** Names the person on screen too, and nobody has taken that back. */
  isMutual: boolean;
}

/** Longer texts are nothing that was written here; whoever wants to replace one must see all of it. */
const MAX_TEXT = 200;

/** One call for whoever is named; another one only where they may be the same person, and what they name is not known yet. */
export async function readHint(
  pair: Pair,
  reader: RegistryReader | null,
  person: PersonRecord,
): Promise<Hint | null> {
  const pointer = reader?.read(person);
  if (!reader || pointer?.state !== 'names') return null;
  const { ref } = pointer;
  const hint: Hint = { ref, person: null, error: null, isLikely: false, isMutual: false };
  try {
    const named = await pair[ref.vendor].readPerson(ref.id, []);
    if (!isLikely(pair, person.contact, named.contact)) return { ...hint, person: named };
    const whole = await withCustom(pair, named);
    const isMutual =
      names(reader.read(whole), person.contact.ref) && (await reader.isTrusted(person.contact.ref, ref));
    return { ...hint, person: whole, isLikely: true, isMutual };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ...hint, error: toErrorView(error) };
  }
}

const isLikely = ({ country }: Pair, a: Contact, b: Contact): boolean =>
  hasAgreement(a, b, (value) => toE164(value, country));

/** Who of those found is named by the person on screen, or names them. */
export const namingsOf = (
  reader: RegistryReader | null,
  person: PersonRecord,
  hint: Hint | null,
  found: readonly PersonRecord[],
): Naming[] =>
  found.flatMap((one): Naming[] => {
    const { ref } = one.contact;
    if (hint && sameRef(hint.ref, ref)) return [{ ref, isMutual: hint.isMutual }];
    return reader && names(reader.read(one), person.contact.ref) ? [{ ref, isMutual: false }] : [];
  });

/** What is told of both fields. `counterpart`: null while it is not certain who that is. */
export function registryViewOf(
  reader: RegistryReader | null,
  person: PersonRecord,
  counterpart: PersonRecord | null,
  hint: Hint | null,
): RegistryView | null {
  if (!reader) return null;
  const { ref } = person.contact;
  const own = pointerView(reader, person, counterpart, hint);
  const back = counterpart && pointerView(reader, counterpart, person, null);
  const pointers: Record<VendorName, PointerView | null> =
    ref.vendor === 'atera' ? { atera: own, ghl: back } : { atera: back, ghl: own };
  return {
    fields: reader.fields,
    pointers,
    wanted: counterpart && wantedOf(reader, ref, counterpart.contact.ref),
  };
}

/** What each side is to say: the id of the other one. */
function wantedOf(reader: RegistryReader, a: Ref, b: Ref): Record<VendorName, string> | null {
  const [atera, ghl] = a.vendor === 'atera' ? [a, b] : [b, a];
  const [inAtera, inGhl] = [reader.pointerTo(ghl), reader.pointerTo(atera)];
  return inAtera !== null && inGhl !== null ? { atera: inAtera, ghl: inGhl } : null;
}

export function pointerView(
  reader: RegistryReader,
  person: PersonRecord,
  counterpart: PersonRecord | null,
  hint: Hint | null,
): PointerView | null {
  const pointer = reader.read(person);
  if (pointer === null) return null;
  const standing = reader.textOf(person) ?? null;
  const text = standing !== null && standing.length <= MAX_TEXT ? standing : null;
  if (pointer.state !== 'names')
    return { state: pointer.state, text: pointer.state === 'empty' ? null : text, name: null };
  if (counterpart && names(pointer, counterpart.contact.ref))
    return { state: 'agrees', text, name: counterpart.contact.name };
  return { state: hintState(hint, counterpart !== null), text, name: hint?.person?.contact.name ?? null };
}

function hintState(hint: Hint | null, isSettled: boolean): PointerView['state'] {
  if (hint?.error) return hint.error.code === 'not_found' ? 'gone' : 'unread';
  if (hint && !hint.isLikely) return 'stranger';
  return isSettled ? 'other' : 'hint';
}
