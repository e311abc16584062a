import type { Ref, VendorName } from '../core/contact.ts';
import { AppError } from '../errors.ts';
import type { PointerView, Remembering } from '../panel-state.ts';
import type { Pair } from './accounts.ts';
import type { AdditionContext, AdditionKind, Kinds } from './addition-kinds.ts';
import { textIn, withCustom } from './registry.ts';

/** What stands in this custom field of a contact, read right now. */
export async function readPointerText(
  pair: Pair,
  vendor: VendorName,
  contactId: string,
  field: string,
): Promise<string | null> {
  const { custom = {} } = await withCustom(pair, await pair[vendor].readPerson(contactId, []));
  return textIn(custom, vendor, field);
}

export const sendPointer = (
  pair: Pair,
  vendor: VendorName,
  contactId: string,
  field: string,
  text: string,
): Promise<void> => pair[vendor].setContactValue(contactId, field, text);

/** The field of one record that names the other. What else stands there is only replaced where the agent saw it. */
const remember = (vendor: VendorName): AdditionKind<Remembering> => {
  /** Written for linked pairs alone: nobody else's word is carried into both systems. */
  const checkLink = async ({ pair, registry, contactId, otherId }: AdditionContext): Promise<Ref> => {
    const [atera, ghl] = vendor === 'atera' ? [contactId, otherId] : [otherId, contactId];
    if (atera === null || ghl === null) throw new AppError('plan_expired');
    const inAtera: Ref = { vendor: 'atera', accountId: pair.ateraAccount.id, kind: 'contact', id: atera };
    const inGhl: Ref = { vendor: 'ghl', accountId: pair.ghlAccount.id, kind: 'contact', id: ghl };
    if (!(await registry.isLinked(pair, inAtera, inGhl))) throw new AppError('plan_expired');
    return vendor === 'atera' ? inGhl : inAtera;
  };
  return {
    vendor,
    resource: 'contacts',
    isState: true,
    needsBoth: true,
    async check(context, { field, text }) {
      const { pair, registry } = context;
      const other = await checkLink(context);
      const found = await registry.checkOf(pair, vendor);
      if (found && found.state !== 'ready')
        throw new AppError('registry_field', { vendor, input: found.name });
      const reader = await registry.readerOf(pair);
      // Switched off, another field chosen, or another counterpart, since it was shown.
      if (reader?.fields[vendor].key !== field || reader.pointerTo(other) !== text)
        throw new AppError('plan_expired');
    },
    async read({ pair, contactId }, { field, text }) {
      const now = await readPointerText(pair, vendor, contactId, field);
      const pointer: PointerView = { state: stateOf(now, text), text: now, name: null };
      return { found: now === text ? [text] : [], text: now, show: { pointer } };
    },
    async prepare(context, { field, text, expected }) {
      const now = await readPointerText(context.pair, vendor, context.contactId, field);
      if (now !== expected) throw new AppError('conflict', { vendor });
      await checkLink(context);
      return { text, keeps: [] };
    },
    async send({ pair, contactId }, { field, text }) {
      await sendPointer(pair, vendor, contactId, field, text);
      return null;
    },
  };
};

const stateOf = (now: string | null, wanted: string): PointerView['state'] => {
  if (now === null) return 'empty';
  return now === wanted ? 'agrees' : 'other';
};

export const REGISTRY_KINDS: Kinds<Remembering['kind']> = {
  'remember-in-atera': remember('atera'),
  'remember-in-ghl': remember('ghl'),
};
