import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { VendorName } from '../../../lib/core/contact.ts';
import type { Copied, CopyItem } from '../../../lib/core/copied.ts';
import type { ItemKind } from '../../../lib/core/marker.ts';
import { mayWrite } from '../../../lib/core/resource-settings.ts';
import { t } from '../../../lib/i18n.ts';
import { canAddTo } from '../../../lib/panel/adding.ts';
import { isOver } from '../../../lib/panel/bringing.ts';
import type { Addition, RelatedItem, SectionName, SubjectView } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';
import { AddOutcome } from './AddOutcome.tsx';
import classes from './CopyArea.module.css';
import { CopyForm } from './CopyForm.tsx';
import { Following } from './Following.tsx';

/** Where each kind is copied to, and what the button says, the first time and after an edit. */
const COPIES = {
  note: { to: 'atera', section: 'comments', words: ['copy.toAtera', 'copy.againToAtera'] },
  comment: { to: 'ghl', section: 'notes', words: ['copy.toGhl', 'copy.againToGhl'] },
  task: { to: 'atera', section: 'tickets', words: ['copy.newTicket', 'copy.newTicketAgain'] },
  ticket: { to: 'ghl', section: 'tasks', words: ['copy.newTask', 'copy.newTaskAgain'] },
} as const satisfies Record<ItemKind, { to: VendorName; section: SectionName; words: readonly string[] }>;

const WORDS = {
  to: {
    comment: 'copy.copiedToComment',
    note: 'copy.copiedToNote',
    ticket: 'copy.copiedToTicket',
    task: 'copy.copiedToTask',
  },
  from: {
    comment: 'copy.copiedFromComment',
    note: 'copy.copiedFromNote',
    ticket: 'copy.copiedFromTicket',
    task: 'copy.copiedFromTask',
  },
} as const satisfies Record<Copied['way'], Record<ItemKind, string>>;

/** Copies an item to the other system, or says where its copy is. */
export function CopyArea({ item, view }: { item: RelatedItem; view: SubjectView }) {
  return item.copy ? <Area item={item} copy={item.copy} view={view} /> : null;
}

function Area({ item, copy, view }: { item: RelatedItem; copy: CopyItem; view: SubjectView }) {
  const { copied } = item;
  const { to, section, words } = COPIES[copy.kind];
  const isOpen = usePanel(({ mirror }) => mirror === null || mayWrite(mirror.resources, section, to));
  const rules = usePanel(({ mirror }) => mirror?.adding?.taskRules ?? null);
  const adding = usePanel((store) => store.adding);
  const [isShown, setShown] = useState(false);
  const own = adding?.version === view.version && isFor(adding.addition, copy) ? adding : null;
  const isOffered = copied ? copied.way === 'to' && copied.isEdited : !isOver(item, rules);
  const isCertain = canAddTo(view, 'atera') && canAddTo(view, 'ghl');
  const action = t(words[copied ? 1 : 0]);
  const canPress = isOffered && isCertain && isOpen && own?.result?.state !== 'done';
  return (
    <div className={classes.area}>
      {item.claim && (
        <p className={classes.claim}>
          <IconAlertTriangle size={14} aria-hidden="true" /> {t(`copy.claim_${item.claim}`)}
        </p>
      )}
      {copied && <CopiedWords copied={copied} />}
      {canPress && !isShown && (
        <Button
          size="compact-xs"
          variant="subtle"
          className={classes.offer}
          aria-label={t('copy.label', { action, title: item.title || t('item.untitled') })}
          onClick={() => setShown(true)}
        >
          {action}
        </Button>
      )}
      {canPress && isShown && (
        <CopyForm source={{ kind: copy.kind, id: copy.id }} view={view} onClose={() => setShown(false)} />
      )}
      {copied && isCertain && <Following item={item} copied={copied} view={view} />}
      <AddOutcome adding={own} />
    </div>
  );
}

const isFor = (addition: Addition, { kind, id }: CopyItem): boolean => {
  // Told at both of them, as it may be pressed at either.
  if ('taskId' in addition)
    return kind === 'task' ? addition.taskId === id : kind === 'ticket' && addition.ticketId === id;
  return addition.kind === `copy-${kind}` && 'sourceId' in addition && addition.sourceId === id;
};

function CopiedWords({ copied: { way, kind, id, isEdited } }: { copied: Copied }) {
  const [ticket = ''] = id.split('~');
  return (
    <p className={classes.copied}>
      {t(WORDS[way][kind], { ticket })}
      {isEdited && (
        <span className={classes.edited}>{t(way === 'to' ? 'copy.editedTo' : 'copy.editedFrom')}</span>
      )}
    </p>
  );
}
