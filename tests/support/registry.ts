import { SCENES, type SceneName } from '../../lib/sandbox/index.ts';
import type { World } from './world.ts';

export const REGISTRY_FIELDS = { atera: 'GHL contact', ghl: 'Atera contact' };
export const GHL_FIELD_ID = 'registryFieldOfGhl01';

/** What an admin does once in both systems. */
export function makeFields({ sandbox: { state } }: Pick<World, 'sandbox'>): void {
  state.atera.customFields.push({
    Name: REGISTRY_FIELDS.atera,
    DataType: 'Text',
    Target: 'Contact',
    PossibleValues: [],
  });
  state.ghl.customFields.push({
    id: GHL_FIELD_ID,
    name: REGISTRY_FIELDS.ghl,
    fieldKey: 'contact.atera_contact',
    dataType: 'TEXT',
    position: 200,
  });
}

export const pointers = ({ sandbox: { state } }: Pick<World, 'sandbox'>) => ({
  /** What stands in Atera to name this contact of GHL. */
  toGhl: (id: string): string => `ghl:${state.ghl.location.id}:${id}`,
  toAtera: (id: number): string => `atera:${state.atera.account.AccountID}:${id}`,
  inAtera(contactId: number): string | undefined {
    return state.atera.customValues.find(
      ({ name, itemId }) => name === REGISTRY_FIELDS.atera && itemId === contactId,
    )?.value;
  },
  inGhl(contactId: string): unknown {
    const contact = state.ghl.contacts.find(({ id }) => id === contactId);
    return contact?.customFields.find(({ id }) => id === GHL_FIELD_ID)?.value;
  },
  putInAtera(contactId: number, value: string): void {
    state.atera.customValues.push({
      id: `value-${contactId}`,
      target: 'Contact',
      itemId: contactId,
      name: REGISTRY_FIELDS.atera,
      value,
    });
  },
  putInGhl(contactId: string, value: unknown): void {
    const contact = state.ghl.contacts.find(({ id }) => id === contactId);
    if (!contact) throw new Error(`No contact ${contactId}`);
    contact.customFields.push({ id: GHL_FIELD_ID, value });
  },
});

/** Ids of both records of a scene. */
export function idsOf(scene: SceneName): { atera: number; ghl: string } {
  const { ateraContactId, ghlContactIds } = SCENES.served[scene];
  return { atera: ateraContactId, ghl: ghlContactIds[0] ?? '' };
}
