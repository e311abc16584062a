import { DEFAULT_STATUS_MAP, isDoneStatus, statusFor } from '../../lib/core/task-ticket.ts';
import type { Addition, RelatedItem, SubjectView } from '../../lib/panel-state.ts';
import { type Press, refOf, target } from './press.ts';
import { oneOf, type Random } from './random.ts';
import type { Agent } from './world.ts';

/** A task or ticket whose other one is done: what the panel offers to do about it. */
function offersOf({ sections: { tasks, tickets } }: SubjectView): Addition[] {
  const listed = (section: typeof tasks): RelatedItem[] => (section.status === 'ready' ? section.items : []);
  const pairs = (of: RelatedItem[], others: RelatedItem[]): [RelatedItem, RelatedItem][] =>
    of.flatMap((item) => {
      const other = others.find(({ id }) => id === item.copied?.id);
      return other && !item.done ? [[item, other]] : [];
    });
  const completing = pairs(listed(tasks), listed(tickets)).flatMap(([{ id }, ticket]): Addition[] =>
    isDoneStatus(ticket.state, DEFAULT_STATUS_MAP) === true
      ? [{ kind: 'complete-task', taskId: id, ticketId: ticket.id }]
      : [],
  );
  const resolving = pairs(listed(tickets), listed(tasks)).flatMap(([{ id, state }, task]): Addition[] => {
    const status = task.done ? statusFor(true, state, DEFAULT_STATUS_MAP) : null;
    return state === null || status === null
      ? []
      : [{ kind: 'resolve-ticket', ticketId: id, taskId: task.id, status, from: state }];
  });
  return [...completing, ...resolving];
}

export function complete(press: Press, agent: Agent, view: SubjectView, random: Random, pick: number): void {
  const offers = offersOf(view);
  if (offers.length === 0 || view.person.status !== 'ready') return;
  const addition = oneOf(random, offers);
  const contact = refOf(view, addition.kind === 'complete-task' ? 'ghl' : 'atera');
  if (!contact) return;
  const person = view.person.value.ref;
  const { version } = view;
  const id = `${agent.name}-press-${pick}`;
  press(agent, { id, kind: 'addition', addition }, (intent) =>
    agent.send('addToContact', { target, version, person, contact, id, addition }, intent),
  );
}
