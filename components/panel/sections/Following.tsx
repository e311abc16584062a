import { Button } from '@mantine/core';
import { useId } from 'react';
import type { Copied } from '../../../lib/core/copied.ts';
import { mayWrite } from '../../../lib/core/resource-settings.ts';
import { FOLLOWS, type Follow, followsOf, type TaskRules } from '../../../lib/core/task-ticket.ts';
import { t, wordKey } from '../../../lib/i18n.ts';
import type { RelatedItem, SubjectView } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';
import classes from './CopyArea.module.css';

interface Props {
  item: RelatedItem;
  copied: Copied;
  view: SubjectView;
}

/** Where each is written, and what is said of it. */
const WORDS = {
  'complete-task': { vendor: 'ghl', resource: 'tasks', why: 'follow.ticketDone' },
  'reopen-task': { vendor: 'ghl', resource: 'tasks', why: 'follow.ticketReopened' },
  'resolve-ticket': { vendor: 'atera', resource: 'tickets', why: 'follow.taskDone' },
  'reopen-ticket': { vendor: 'atera', resource: 'tickets', why: 'follow.taskReopened' },
} as const satisfies Record<Follow['kind'], object>;

/**
 * One of a task and its ticket was done, or opened again, and the other was not: offers to do that too, at the one that would be written.
 * Where it is not known which of them was changed, both ways are offered at either.
 */
export function Following({ item, copied, view }: Props) {
  const rules = usePanel(({ mirror }) => mirror?.adding?.taskRules ?? null);
  const resources = usePanel(({ mirror }) => mirror?.resources ?? null);
  const follows = offersAt(item, copied, view, rules);
  const open = follows.filter(({ kind }) => {
    const { resource, vendor } = WORDS[kind];
    return resources === null || mayWrite(resources, resource, vendor);
  });
  const [first] = open;
  if (!first) return null;
  return (
    <>
      <p className={classes.soft}>
        {t(follows.length > 1 ? unsureOf(first) : WORDS[first.kind].why, { status: first.from })}
      </p>
      {open.map((follow) => (
        <Offer key={follow.kind} follow={follow} item={item} view={view} />
      ))}
    </>
  );
}

/** Both differ, and nothing is known of how that came about. */
const unsureOf = ({ kind }: Follow) =>
  kind === 'complete-task' || kind === 'reopen-ticket' ? 'follow.unsureTicketDone' : 'follow.unsureTaskDone';

function Offer({ follow, item, view }: { follow: Follow; item: RelatedItem; view: SubjectView }) {
  const add = usePanel((store) => store.add);
  const adding = usePanel((store) => store.adding);
  const costId = useId();
  const { kind, status } = follow;
  const action = t(`follow.${wordKey(kind)}`, { status });
  return (
    <>
      <p id={costId} className={classes.soft}>
        {t(FOLLOWS[kind].item === 'task' ? 'follow.costTask' : 'follow.costTicket')}
      </p>
      <Button
        size="compact-sm"
        variant="default"
        className={classes.button}
        aria-label={t('copy.label', { action, title: item.title || t('item.untitled') })}
        aria-describedby={costId}
        disabled={(adding !== null && adding.result === null) || view.refreshing}
        onClick={() => void add(view, follow)}
      >
        {action}
      </Button>
    </>
  );
}

function offersAt(
  item: RelatedItem,
  { kind, id, agreed }: Copied,
  { sections }: SubjectView,
  rules: TaskRules | null,
): Follow[] {
  // Only what this browser has linked: a marker can be copied by anybody.
  if (!rules || agreed === undefined || (kind !== 'ticket' && kind !== 'task')) return [];
  const section = kind === 'ticket' ? sections.tickets : sections.tasks;
  const other = section.status === 'ready' ? section.items.find((one) => one.id === id) : undefined;
  if (!other) return [];
  const [task, ticket] = kind === 'ticket' ? [item, other] : [other, item];
  const all = followsOf(
    { taskId: task.id, ticketId: ticket.id, isTaskDone: task.done, status: ticket.state, agreed },
    rules,
  );
  const own = kind === 'ticket' ? 'task' : 'ticket';
  return all.length > 1 ? all : all.filter((follow) => FOLLOWS[follow.kind].item === own);
}
