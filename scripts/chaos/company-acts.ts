import { VENDOR_NAMES } from '../../lib/core/contact.ts';
import type { Addition, SubjectView } from '../../lib/panel-state.ts';
import { type Press, target } from './press.ts';
import { oneOf, type Random } from './random.ts';
import type { Agent } from './world.ts';

/** Puts the person into another company, in one of both systems. */
export async function setCompany(
  press: Press,
  agent: Agent,
  view: SubjectView,
  random: Random,
  pick: number,
): Promise<void> {
  if (view.person.status !== 'ready') return;
  const { version } = view;
  const person = view.person.value.ref;
  const sides = await agent.send('getCompanySides', { target, version, person });
  const vendor = oneOf(random, VENDOR_NAMES);
  const side = sides[vendor];
  if (side?.status !== 'ready' || side.offer.status !== 'ready' || side.offer.all.length === 0) return;
  const { contact, present: from, offer } = side;
  const to = oneOf(random, offer.all);
  const addition: Addition = { kind: vendor === 'ghl' ? 'set-business' : 'set-customer', from, to };
  const id = `${agent.name}-press-${pick}`;
  press(agent, { id, kind: 'addition', addition }, (intent) =>
    agent.send('addToContact', { target, version, person, contact, id, addition }, intent),
  );
}
