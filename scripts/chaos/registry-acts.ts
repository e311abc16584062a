import { VENDOR_NAMES } from '../../lib/core/contact.ts';
import type { Addition, SubjectView } from '../../lib/panel-state.ts';
import { REGISTRY_FIELDS } from './constants.ts';
import { type Press, refOf, target } from './press.ts';
import { oneOf, type Random } from './random.ts';
import type { Agent } from './world.ts';

export const switchOn = (agent: Agent): Promise<unknown> =>
  agent.send('setRegistry', { names: REGISTRY_FIELDS });

/** Writes into one record who the other is, also over what the agent sees there. */
export function remember(press: Press, agent: Agent, view: SubjectView, random: Random, pick: number): void {
  const { registry } = view;
  if (!registry?.wanted || view.person.status !== 'ready') return;
  const vendor = oneOf(random, VENDOR_NAMES);
  const { [vendor]: pointer } = registry.pointers;
  const { key: field } = registry.fields[vendor];
  const contact = refOf(view, vendor);
  if (!pointer || pointer.state === 'agrees' || field === null || !contact) return;
  const addition: Addition = {
    kind: vendor === 'atera' ? 'remember-in-atera' : 'remember-in-ghl',
    field,
    text: registry.wanted[vendor],
    expected: pointer.text,
  };
  const { version } = view;
  const person = view.person.value.ref;
  const id = `${agent.name}-press-${pick}`;
  press(agent, { id, kind: 'addition', addition }, (intent) =>
    agent.send('addToContact', { target, version, person, contact, id, addition }, intent),
  );
}
