import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { type ItemKind, markersIn } from '../../../lib/core/marker.ts';
import type { SecretKind } from '../../../lib/core/secret-scan.ts';
import { type ErrorView, toErrorView } from '../../../lib/errors.ts';
import { t } from '../../../lib/i18n.ts';
import { localInput } from '../../../lib/panel/format.ts';
import type { Addition, CopyPreview, GhlUser, SubjectView, Technician } from '../../../lib/panel-state.ts';
import { CopyButton } from '../../shared/CopyButton.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { WhoAreYou } from '../../shared/WhoAreYou.tsx';
import { usePanel } from '../panel-context.ts';
import classes from './CopyArea.module.css';
import { ticketsOf } from './tickets-of.ts';

interface Props {
  source: { kind: ItemKind; id: string };
  view: SubjectView;
  onClose: () => void;
}

const SECRET = {
  password: 'copy.secretPassword',
  key: 'copy.secretKey',
  card: 'copy.secretCard',
} as const satisfies Record<SecretKind, string>;

const WRITE = {
  note: 'copy.writeAtera',
  comment: 'copy.writeGhl',
  task: 'copy.writeTicket',
  ticket: 'copy.writeTask',
} as const satisfies Record<ItemKind, string>;

/** Exactly what will be written, where, in whose name; nothing is written before the button below it. */
export function CopyForm({ source, view, onClose }: Props) {
  const preview = usePreview(view, source);
  if (preview === null) return <p role="status">{t('copy.loading')}</p>;
  return (
    <div className={classes.form}>
      {'error' in preview ? (
        <ErrorNotice error={preview.error} effect="nothing-written" />
      ) : (
        <Ready source={source} view={view} preview={preview} />
      )}
      <Button size="compact-sm" variant="subtle" onClick={onClose}>
        {t('copy.cancel')}
      </Button>
    </div>
  );
}

/** Read when it is asked for, and again for another page. */
function usePreview({ version, person }: SubjectView, { kind, id }: Props['source']) {
  const read = usePanel((store) => store.previewCopy);
  const [preview, setPreview] = useState<CopyPreview | { error: ErrorView } | null>(null);
  const ref = person.status === 'ready' ? person.value.ref : null;
  const [vendor, accountId, refKind, refId] = [ref?.vendor, ref?.accountId, ref?.kind, ref?.id];
  useEffect(() => {
    let isHere = true;
    setPreview(null);
    if (!vendor || !accountId || !refKind || !refId) return undefined;
    void read({ version, person: { vendor, accountId, kind: refKind, id: refId } }, { kind, id }).then(
      (found) => isHere && setPreview(found),
      (error: unknown) => isHere && setPreview({ error: toErrorView(error) }),
    );
    return () => {
      isHere = false;
    };
  }, [read, version, vendor, accountId, refKind, refId, kind, id]);
  return preview;
}

function Ready({ source, view, preview }: Omit<Props, 'onClose'> & { preview: CopyPreview }) {
  const you = usePanel(({ mirror }) => mirror?.adding?.you ?? null);
  const youInGhl = usePanel(({ mirror }) => mirror?.adding?.youInGhl ?? null);
  const adding = usePanel((store) => store.adding);
  const add = usePanel((store) => store.add);
  const list = usePanel((store) => store.listTechnicians);
  const setIdentity = usePanel((store) => store.setIdentity);
  const [isAnswered, setAnswered] = useState(false);
  const [wanted, setWanted] = useState('');
  const [due, setDue] = useState('');
  const costId = useId();
  const isNote = source.kind === 'note';
  const tickets = isNote ? ticketsOf(view) : [];
  const ticketId = (tickets.find(({ value }) => value === wanted) ?? tickets[0])?.value;
  if (isNote && ticketId === undefined) return <p className={classes.soft}>{t('add.commentNoTicket')}</p>;
  const { body, print, secrets } = preview;
  const shown = { sourceId: source.id, body, print, seen: isAnswered ? secrets : [] };
  const dueAt = due === '' ? preview.dueAt : Date.parse(due);
  const addition = additionOf(source.kind, shown, preview, { you, youInGhl, ticketId, dueAt });
  const cost = {
    note: t('copy.costAtera', { name: you?.name ?? '' }),
    comment: youInGhl ? t('copy.costGhlBy', { name: youInGhl.name }) : t('copy.costGhl'),
    task: t('copy.costTicket'),
    ticket: t('copy.costTask'),
  }[source.kind];
  const isBusy = (adding !== null && adding.result === null) || view.refreshing;
  const isOpen = secrets.length > 0 && !isAnswered;
  return (
    <>
      {isNote && (
        <NativeSelect
          label={t('copy.ticket')}
          data={tickets}
          value={ticketId}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
        />
      )}
      {preview.title !== undefined && <NewItem preview={preview} due={due} onDue={setDue} />}
      <Textarea
        label={t('copy.preview')}
        description={isMarked(body) ? t('copy.marked') : undefined}
        inputWrapperOrder={['label', 'input', 'description']}
        value={body}
        readOnly
        rows={7}
        dir="auto"
      />
      {secrets.length > 0 && (
        <div className={classes.secret} role="alert">
          {secrets.map((secret) => (
            <p key={secret}>{t(SECRET[secret])}</p>
          ))}
          <p>{t('copy.secretWhy')}</p>
          <Checkbox
            label={t('copy.secretAnswer')}
            checked={isAnswered}
            onChange={({ currentTarget }) => setAnswered(currentTarget.checked)}
          />
        </div>
      )}
      {addition || source.kind !== 'note' ? (
        <>
          <p id={costId} className={classes.soft}>
            {cost}
          </p>
          <Button
            size="compact-sm"
            variant="default"
            className={classes.button}
            aria-describedby={costId}
            disabled={isBusy || isOpen || !addition}
            onClick={() => addition && void add(view, addition)}
          >
            {t(WRITE[source.kind])}
          </Button>
        </>
      ) : (
        <>
          <p className={classes.soft}>{t('add.commentNobody')}</p>
          <CopyButton value={body} label={t('add.commentCopy')} />
          <WhoAreYou
            vendor="atera"
            list={list}
            choose={(id) => setIdentity(Number(id))}
            email={youInGhl?.email}
          />
        </>
      )}
    </>
  );
}

/** An id that cannot stand in a mark leaves the copy without one. */
const isMarked = (body: string): boolean => markersIn(body.slice(body.lastIndexOf('\n') + 1)).length > 0;

/** What a ticket or a task has beside its text. */
function NewItem({
  preview: { title = '', dueAt, assignee },
  due,
  onDue,
}: {
  preview: CopyPreview;
  due: string;
  onDue: (due: string) => void;
}) {
  return (
    <>
      <p dir="auto">{t('copy.title', { title })}</p>
      {dueAt !== undefined && (
        <TextInput
          label={t('copy.due')}
          type="datetime-local"
          value={due || localInput(dueAt)}
          onChange={({ currentTarget }) => onDue(currentTarget.value)}
        />
      )}
      <p className={classes.soft}>
        {assignee ? t('copy.assignee', { name: assignee.name }) : t('copy.nobody')}
      </p>
    </>
  );
}

interface Given {
  you: Technician | null;
  youInGhl: GhlUser | null;
  ticketId: string | undefined;
  dueAt: number | undefined;
}

/** What the press asks for; null while something is missing. */
function additionOf(
  kind: ItemKind,
  shown: { sourceId: string; body: string; print: string; seen: SecretKind[] },
  { title = '', assignee = null, rules = '' }: CopyPreview,
  { you, youInGhl, ticketId, dueAt }: Given,
): Addition | null {
  switch (kind) {
    case 'note':
      return you && ticketId !== undefined
        ? { kind: 'copy-note', ...shown, ticketId, authorId: you.id }
        : null;
    case 'comment':
      return { kind: 'copy-comment', ...shown, ...(youInGhl ? { userId: youInGhl.id } : {}) };
    case 'task':
      return {
        kind: 'copy-task',
        ...shown,
        title,
        ...(assignee ? { technicianId: Number(assignee.id) } : {}),
      };
    case 'ticket':
      return dueAt === undefined || Number.isNaN(dueAt)
        ? null
        : {
            kind: 'copy-ticket',
            ...shown,
            title,
            dueAt,
            rules,
            ...(assignee ? { assignedTo: assignee.id } : {}),
          };
  }
}
