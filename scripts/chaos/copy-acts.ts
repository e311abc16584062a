import type { ItemKind } from '../../lib/core/marker.ts';
import type { Addition, CopyPreview, SectionName, SubjectView } from '../../lib/panel-state.ts';
import { type Press, refOf, target } from './press.ts';
import { below, type Random } from './random.ts';
import { scenes, TECHNICIAN } from './setting.ts';
import type { Agent } from './world.ts';

const COPIES = {
  note: { to: 'atera', section: 'notes' },
  comment: { to: 'ghl', section: 'comments' },
  task: { to: 'atera', section: 'tasks' },
  ticket: { to: 'ghl', section: 'tickets' },
} as const satisfies Record<ItemKind, { to: 'atera' | 'ghl'; section: SectionName }>;

function additionOf(
  kind: ItemKind,
  sourceId: string,
  { body, print, secrets, title = '', dueAt = 0, rules = '', assignee }: CopyPreview,
): Addition {
  const copy = { sourceId, body, print, seen: secrets };
  switch (kind) {
    case 'note':
      return { kind: 'copy-note', ...copy, ticketId: String(scenes[0]?.ticketId), authorId: TECHNICIAN };
    case 'comment':
      return { kind: 'copy-comment', ...copy };
    case 'task':
      return {
        kind: 'copy-task',
        ...copy,
        title,
        ...(assignee ? { technicianId: Number(assignee.id) } : {}),
      };
    case 'ticket':
      return {
        kind: 'copy-ticket',
        ...copy,
        title,
        dueAt,
        rules,
        ...(assignee ? { assignedTo: assignee.id } : {}),
      };
  }
}

/** What the panel offers to copy, mostly the first of it; what it looks like it holds is answered. */
export async function copy(
  press: Press,
  kind: ItemKind,
  agent: Agent,
  view: SubjectView,
  random: Random,
  pick: number,
): Promise<void> {
  const { to, section } = COPIES[kind];
  const listed = view.sections[section];
  const contact = refOf(view, to);
  if (listed.status !== 'ready' || view.person.status !== 'ready' || !contact) return;
  const open = listed.items.flatMap(({ copy: item, copied, done }) =>
    item && (copied ? copied.way === 'to' && copied.isEdited : !done) ? [item] : [],
  );
  const item = random() < 0.75 ? open[0] : open[below(random, open.length)];
  if (!item) return;
  const { version } = view;
  const person = view.person.value.ref;
  const source = { kind, id: item.id };
  const addition = additionOf(
    kind,
    item.id,
    await agent.send('previewCopy', { target, version, person, source }),
  );
  const id = `${agent.name}-press-${pick}`;
  press(agent, { id, kind: 'addition', addition }, (intent) =>
    agent.send('addToContact', { target, version, person, contact, id, addition }, intent),
  );
}
