import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Copied, CopyItem } from '../../../lib/core/copied.ts';
import { mayWrite } from '../../../lib/core/resource-settings.ts';
import { t } from '../../../lib/i18n.ts';
import { canAddTo, HOME } from '../../../lib/panel/adding.ts';
import type { Addition, RelatedItem, SubjectView } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';
import { AddOutcome } from './AddOutcome.tsx';
import classes from './CopyArea.module.css';
import { CopyForm } from './CopyForm.tsx';

/** Copies a note or a comment to the other system, or says where its copy is. */
export function CopyArea({ item, view }: { item: RelatedItem; view: SubjectView }) {
  const { copy, copied } = item;
  const isNote = copy?.kind === 'note';
  const to = isNote ? 'atera' : 'ghl';
  const isOpen = usePanel(
    ({ mirror }) => mirror === null || mayWrite(mirror.resources, isNote ? 'comments' : 'notes', to),
  );
  const adding = usePanel((store) => store.adding);
  const [isShown, setShown] = useState(false);
  if (!copy || (copy.kind !== 'note' && copy.kind !== 'comment')) return null;
  const own = adding?.version === view.version && isCopyOf(adding.addition, copy) ? adding : null;
  // An end user's words cannot be told from ours by their marker: only what is known to be copied is not offered.
  const isOffered = !copied || (copied.way === 'to' && copied.isEdited);
  const isCertain = canAddTo(view, 'atera') && canAddTo(view, 'ghl');
  const again = copied !== undefined;
  const action = isNote
    ? t(again ? 'copy.againToAtera' : 'copy.toAtera')
    : t(again ? 'copy.againToGhl' : 'copy.toGhl');
  const isWritten = own?.result?.state === 'done';
  return (
    <div className={classes.area}>
      {copied && <CopiedWords copied={copied} />}
      {isOffered && isCertain && isOpen && !isShown && !isWritten && (
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
      {isOffered && isCertain && isOpen && isShown && !isWritten && (
        <CopyForm source={{ kind: copy.kind, id: copy.id }} view={view} onClose={() => setShown(false)} />
      )}
      <AddOutcome adding={own} />
    </div>
  );
}

const isCopyOf = (addition: Addition, { kind, id }: CopyItem): boolean =>
  (addition.kind === 'copy-note' || addition.kind === 'copy-comment') &&
  HOME[addition.kind].section === (kind === 'note' ? 'notes' : 'comments') &&
  addition.sourceId === id;

function CopiedWords({ copied: { way, kind, id, isEdited } }: { copied: Copied }) {
  const [ticket = ''] = id.split('~');
  const words = {
    to: kind === 'comment' ? t('copy.copiedToComment', { ticket }) : t('copy.copiedToNote'),
    from: kind === 'comment' ? t('copy.copiedFromComment', { ticket }) : t('copy.copiedFromNote'),
  }[way];
  return (
    <p className={classes.copied}>
      {words}
      {isEdited && (
        <span className={classes.edited}>{t(way === 'to' ? 'copy.editedTo' : 'copy.editedFrom')}</span>
      )}
    </p>
  );
}
