import { FOLLOWS, type Follow, followsOf, SHIPPED_TASK_RULES } from '../../lib/core/task-ticket.ts';
import type { SubjectView } from '../../lib/panel-state.ts';
import { type Press, refOf, target } from './press.ts';
import { oneOf, type Random } from './random.ts';
import type { Agent } from './world.ts';

/** A task and its ticket that do not agree: what the panel offers to do about it. */
const offersOf = ({ sections: { tasks, tickets } }: SubjectView): Follow[] => {
  if (tasks.status !== 'ready' || tickets.status !== 'ready') return [];
  return tasks.items.flatMap(({ id, done, copied }) => {
    const ticket = tickets.items.find((one) => one.id === copied?.id);
    if (!ticket || copied?.agreed === undefined) return [];
    const { agreed } = copied;
    const joined = { taskId: id, ticketId: ticket.id, isTaskDone: done, status: ticket.state, agreed };
    return followsOf(joined, SHIPPED_TASK_RULES);
  });
};

export function complete(press: Press, agent: Agent, view: SubjectView, random: Random, pick: number): void {
  const offers = offersOf(view);
  if (offers.length === 0 || view.person.status !== 'ready') return;
  const addition = oneOf(random, offers);
  const contact = refOf(view, FOLLOWS[addition.kind].item === 'task' ? 'ghl' : 'atera');
  if (!contact) return;
  const person = view.person.value.ref;
  const { version } = view;
  const id = `${agent.name}-press-${pick}`;
  press(agent, { id, kind: 'addition', addition }, (intent) =>
    agent.send('addToContact', { target, version, person, contact, id, addition }, intent),
  );
}
