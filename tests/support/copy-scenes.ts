import type { Copied } from '../../lib/core/copied.ts';
import { SHIPPED_TASK_RULES, taskRulesKey } from '../../lib/core/task-ticket.ts';
import type { AddingState, CopyPreview, PanelState, SubjectView, Technician } from '../../lib/panel-state.ts';
import { makeItem, ready, SECTIONS, subjectState } from './panel-fixtures.ts';
import { panelScene, type Scene } from './scene.ts';

export const MORGAN: Technician = { id: 5001, name: 'Morgan Reyes', email: 'morgan@northwind.example' };

export const NOTE_COPY: CopyPreview = {
  body: 'GHL note · Sam Ortiz · 2026-11-24 10:00 UTC\n\nPrefers calls before 10 am.\n\n[cp:ghl/note/n1#aaaaaaaaaaaa]',
  print: 'aaaaaaaaaaaa',
  secrets: [],
};

const of = { print: 'aaaaaaaaaaaa', claims: [], isOurs: true };

/** A person whose note and comment can be copied, or were. */
export function copyState(
  adding: Partial<AddingState> = {},
  copied: Copied | null = null,
  view: Partial<SubjectView> = {},
): PanelState {
  const more = copied ? { copied } : {};
  const sections: SubjectView['sections'] = {
    ...SECTIONS,
    notes: ready([
      makeItem('n1', {
        title: 'Prefers calls before 10 am',
        body: 'Prefers calls before 10 am.',
        copy: { vendor: 'ghl', kind: 'note', id: 'n1', ...of },
        ...more,
      }),
    ]),
    comments: ready([
      makeItem('k1', {
        vendor: 'atera',
        title: 'Sam Ortiz',
        body: 'Restarted the spooler.',
        copy: { vendor: 'atera', kind: 'comment', id: '4821~2026-11-24T10:00:00Z~abc', ...of },
        ...more,
      }),
    ]),
  };
  return subjectState(
    { sections, ...view },
    {
      adding: {
        you: MORGAN,
        youInGhl: null,
        tagField: { name: null, state: 'off', error: null },
        taskRules: SHIPPED_TASK_RULES,
        last: null,
        ...adding,
      },
    },
  );
}

export const TASK_COPY: CopyPreview = {
  body: 'GHL task\n\nSend renewal quote\n\n[cp:ghl/task/t1#aaaaaaaaaaaa]',
  print: 'aaaaaaaaaaaa',
  secrets: [],
  title: 'Send renewal quote',
  dueAt: Date.UTC(2027, 0, 4, 10),
  rules: taskRulesKey(SHIPPED_TASK_RULES),
  assignee: { id: '5001', name: 'Morgan Reyes' },
};

/** A task and a ticket; `links`: what each is to the other. */
export function taskState(
  links: { task?: Copied; ticket?: Copied } = {},
  { status = 'Open', done = false }: { status?: string; done?: boolean } = {},
): PanelState {
  const item = (kind: 'task' | 'ticket', id: string, title: string, copied: Copied | undefined) =>
    makeItem(id, {
      title,
      copy: { vendor: kind === 'task' ? 'ghl' : 'atera', kind, id, ...of },
      ...(copied ? { copied } : {}),
    });
  const isResolved = status === 'Resolved';
  const sections: SubjectView['sections'] = {
    ...SECTIONS,
    tasks: ready([{ ...item('task', 't1', 'Send renewal quote', links.task), done }]),
    tickets: ready([
      {
        ...item('ticket', '4821', 'Printer offline again', links.ticket),
        vendor: 'atera',
        state: status,
        done: isResolved,
      },
    ]),
  };
  return subjectState({ sections });
}

/** A task and the ticket that was made of it; `wasDone`: what both last agreed on, or null where that is not known. */
export function completionState(status: string, done: boolean, wasDone: boolean | null = false): PanelState {
  const agreed = wasDone === null ? null : { isDone: wasDone, status: wasDone ? 'Resolved' : 'Open' };
  return taskState(
    {
      task: { way: 'to', kind: 'ticket', id: '4821', isEdited: false, agreed },
      ticket: { way: 'from', kind: 'task', id: 't1', isEdited: false, agreed },
    },
    { status, done },
  );
}

const NOTES = /^Notes/u;
const copying = (secrets: CopyPreview['secrets'], you: Technician | null): Scene =>
  panelScene(copyState({ you }), { previewCopy: () => ({ ...NOTE_COPY, secrets }) }, async ({ press }) => {
    await press('tab', NOTES);
    await press('button', /^Copy to Atera/u);
  });

export const COPY_SCENES = {
  copyPreview: copying([], MORGAN),
  copySecret: copying(['password', 'card'], MORGAN),
  copyNobody: copying([], null),
  copyDone: panelScene(
    copyState({}, { way: 'to', kind: 'comment', id: '4821~x~abc', isEdited: true }),
    {},
    ({ press }) => press('tab', NOTES),
  ),
  copyTask: panelScene(taskState(), { previewCopy: () => TASK_COPY }, async ({ press }) => {
    await press('tab', /^Tasks/u);
    await press('button', /^Open a ticket for this/u);
  }),
  completeTask: panelScene(completionState('Resolved', false), {}, ({ press }) => press('tab', /^Tasks/u)),
  resolveTicket: panelScene(completionState('Open', true), {}, ({ press }) => press('tab', /^Tickets/u)),
  reopenTask: panelScene(completionState('Open', true, true), {}, ({ press }) => press('tab', /^Tasks/u)),
  reopenTicket: panelScene(completionState('Resolved', false, true), {}, ({ press }) =>
    press('tab', /^Tickets/u),
  ),
  followEitherWay: panelScene(completionState('Open', true, null), {}, ({ press }) =>
    press('tab', /^Tickets/u),
  ),
} satisfies Record<string, Scene>;
