import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../../lib/i18n.ts';
import { canAddTo } from '../../../lib/panel/adding.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { CopyButton } from '../../shared/CopyButton.tsx';
import { WhoAreYou } from '../../shared/WhoAreYou.tsx';
import { usePanel } from '../panel-context.ts';
import classes from './AddArea.module.css';
import { AddForm, useDraft } from './AddForm.tsx';
import { ticketsOf } from './tickets-of.ts';

/**
 * Writes an internal comment in Atera: on the ticket in view, or on one of the person's tickets. Always in the name of the agent, who
 * must have said who they are; else the text can only be copied.
 */
export function AddComment({ view }: { view: SubjectView }) {
  const you = usePanel(({ mirror }) => mirror?.adding?.you ?? null);
  const userEmail = usePanel(({ mirror }) => mirror?.adding?.youInGhl?.email);
  const list = usePanel((store) => store.listTechnicians);
  const setIdentity = usePanel((store) => store.setIdentity);
  const [isChanging, setChanging] = useState(false);
  const draft = useDraft('comment');
  const { value: wanted, ...ticketDraft } = useDraft('commentTicket');
  if (!canAddTo(view, 'atera')) return null;
  const tickets = ticketsOf(view);
  const ticketId = (tickets.find(({ value }) => value === wanted) ?? tickets[0])?.value;
  if (ticketId === undefined) return <p className={classes.quiet}>{t('add.commentNoTicket')}</p>;
  const body = draft.value.trim();
  const choose = async (id: string): Promise<void> => {
    await setIdentity(Number(id));
    setChanging(false);
  };
  return (
    <>
      <AddForm
        vendor="atera"
        section="comments"
        view={view}
        button={t('add.commentButton')}
        cost={you && t('add.commentCost', { name: you.name })}
        addition={body !== '' && you ? { kind: 'comment', ticketId, body, authorId: you.id } : null}
      >
        <NativeSelect
          label={t('add.commentTicket')}
          data={tickets}
          value={ticketId}
          disabled={ticketDraft.readOnly}
          onChange={ticketDraft.onChange}
        />
        <Textarea label={t('add.comment')} rows={3} maxLength={4000} {...draft} />
        {!you && (
          <div className={classes.copy}>
            <p className={classes.warning}>{t('add.commentNobody')}</p>
            {body !== '' && <CopyButton value={body} label={t('add.commentCopy')} />}
          </div>
        )}
      </AddForm>
      {you && !isChanging ? (
        <div className={classes.who}>
          <Button size="compact-sm" variant="subtle" onClick={() => setChanging(true)}>
            {t('who.change')}
          </Button>
        </div>
      ) : (
        <div className={classes.who}>
          <WhoAreYou vendor="atera" list={list} choose={choose} email={userEmail} />
        </div>
      )}
    </>
  );
}
