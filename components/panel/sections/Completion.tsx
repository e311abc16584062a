import { Button } from '@mantine/core';
import { useId } from 'react';
import type { Copied } from '../../../lib/core/copied.ts';
import { mayWrite } from '../../../lib/core/resource-settings.ts';
import { DEFAULT_STATUS_MAP, isDoneStatus, statusFor } from '../../../lib/core/task-ticket.ts';
import { t } from '../../../lib/i18n.ts';
import type { Addition, RelatedItem, SubjectView } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';
import classes from './CopyArea.module.css';

interface Props {
  item: RelatedItem;
  copied: Copied;
  view: SubjectView;
}

/** One of a task and its ticket is done, the other is not: offers to do that too. A status of the tenant's own says nothing. */
export function Completion({ item, copied, view }: Props) {
  const add = usePanel((store) => store.add);
  const adding = usePanel((store) => store.adding);
  const costId = useId();
  const offer = offerOf(item, copied, view);
  const isOpen = usePanel(
    ({ mirror }) =>
      mirror === null ||
      (item.vendor === 'ghl'
        ? mayWrite(mirror.resources, 'tasks', 'ghl')
        : mayWrite(mirror.resources, 'tickets', 'atera')),
  );
  if (!offer || !isOpen) return null;
  const isTask = offer.kind === 'complete-task';
  const words = isTask ? t('copy.completeTask') : t('copy.resolveTicket', { status: offer.status });
  return (
    <>
      <p className={classes.soft}>{t(isTask ? 'copy.ticketDone' : 'copy.taskDone')}</p>
      <p id={costId} className={classes.soft}>
        {t(isTask ? 'copy.completeCost' : 'copy.resolveCost')}
      </p>
      <Button
        size="compact-sm"
        variant="default"
        className={classes.button}
        aria-label={t('copy.label', { action: words, title: item.title || t('item.untitled') })}
        aria-describedby={costId}
        disabled={(adding !== null && adding.result === null) || view.refreshing}
        onClick={() => void add(view, offer)}
      >
        {words}
      </Button>
    </>
  );
}

function offerOf(
  { id, state, done }: RelatedItem,
  copied: Copied,
  { sections }: SubjectView,
): Extract<Addition, { kind: 'complete-task' | 'resolve-ticket' }> | null {
  const listed = copied.kind === 'ticket' ? sections.tickets : sections.tasks;
  const other = listed.status === 'ready' ? listed.items.find((one) => one.id === copied.id) : undefined;
  if (!other) return null;
  if (copied.kind === 'ticket')
    return !done && isDoneStatus(other.state, DEFAULT_STATUS_MAP) === true
      ? { kind: 'complete-task', taskId: id, ticketId: copied.id }
      : null;
  const status = other.done && !done && state !== null ? statusFor(true, state, DEFAULT_STATUS_MAP) : null;
  return copied.kind === 'task' && status !== null && state !== null
    ? { kind: 'resolve-ticket', ticketId: id, taskId: copied.id, status, from: state }
    : null;
}
