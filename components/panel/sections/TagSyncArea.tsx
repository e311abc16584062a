import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { VENDOR_NAMES, type VendorName } from '../../../lib/core/contact.ts';
import { isByItself, type TagOp, type TagRow } from '../../../lib/core/tag-sync.ts';
import { t, tCount, wordKey } from '../../../lib/i18n.ts';
import { canAddTo } from '../../../lib/panel/adding.ts';
import { joinWords } from '../../../lib/panel/format.ts';
import type { SubjectView, TagPart, TagSyncState } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { PanelUndo } from '../activity/PanelUndo.tsx';
import { useTakenBack } from '../activity/use-taken-back.ts';
import { QuirkNote } from '../diff/QuirkNote.tsx';
import { usePanel } from '../panel-context.ts';
import addClasses from './AddArea.module.css';
import classes from './Sections.module.css';

/** Tags of both records compared as sets, and the one press that makes them agree. */
export function TagSyncArea({ view }: { view: SubjectView }) {
  const state = usePanel(({ mirror }) => mirror?.tagSync ?? null);
  if (!state || !canAddTo(view, 'atera') || !canAddTo(view, 'ghl')) return null;
  // What was ticked is for these rows, under these rules.
  const key = [state.rules, ...state.rows.map(({ id, status }) => `${id} ${status}`)].join('\n');
  return <Area key={key} view={view} state={state} />;
}

function Area({ view, state }: { view: SubjectView; state: TagSyncState }) {
  const { rows } = state;
  const syncTags = usePanel((store) => store.syncTags);
  const press = usePanel((store) => store.tagPress);
  const own = press?.version === view.version ? press : state.last;
  const isBusy = press !== null && press.result === null;
  const open = rows.filter(({ status }) => status !== 'same');
  const [ticked, setTicked] = useState<readonly string[]>(() => open.filter(isByItself).map(({ id }) => id));
  const unknown = unknownOf(state, view);
  const ops = open.flatMap(({ id, op }): TagOp[] => (op && ticked.includes(id) ? [op] : []));
  const result = own?.result ?? null;
  return (
    <div className={addClasses.form}>
      <p className={classes.meta}>{open.length === 0 ? t('tagSync.agree') : t('tagSync.title')}</p>
      {unknown && <p className={classes.meta}>{t(unknown)}</p>}
      {open.map((row) => (
        <Checkbox
          key={row.id}
          size="sm"
          label={<bdi>{row.ghl ?? row.atera}</bdi>}
          description={rowWords(row)}
          checked={ticked.includes(row.id)}
          disabled={row.op === null || isBusy}
          onChange={({ currentTarget }) =>
            setTicked(
              currentTarget.checked ? [...ticked, row.id] : ticked.filter((other) => other !== row.id),
            )
          }
        />
      ))}
      {open.length > 0 && (
        <>
          {targetsOf(ops).map((vendor) => (
            <QuirkNote key={vendor} vendor={vendor} field="tag" resource="tags" />
          ))}
          <p className={addClasses.warning}>{costWords(ops)}</p>
          <Button
            size="compact-sm"
            className={addClasses.button ?? ''}
            disabled={ops.length === 0 || isBusy || view.refreshing}
            onClick={() => void syncTags(view, ops)}
          >
            {tCount('tagSync.button', ops.length)}
          </Button>
        </>
      )}
      <p role="status" className={classes.meta}>
        {isBusy ? t('tagSync.busy') : ''}
      </p>
      {result?.parts.map((part) => (
        <Part key={part.part} id={result.id} part={part} />
      ))}
    </div>
  );
}

/** Why it is not known who changed what; null where it is known of every tag that can be written. */
function unknownOf({ rows, hasPast }: TagSyncState, { match }: SubjectView) {
  if (!rows.some((row) => row.op !== null && !isByItself(row))) return null;
  if (hasPast) return 'tagSync.somePast';
  return match.status === 'linked' ? 'tagSync.noPast' : 'tagSync.notLinked';
}

const targetsOf = (ops: readonly TagOp[]): VendorName[] =>
  VENDOR_NAMES.filter((name) => ops.some(({ vendor }) => vendor === name));

/** How it stands, and what ticking it does; or why it stays. */
function rowWords({ status, op, block }: TagRow): string {
  const how = status === 'same' ? '' : t(`tagSync.status.${wordKey(status)}`);
  const what = op
    ? t(op.isOn ? 'tagSync.puts' : 'tagSync.takes', { vendor: vendorWord(op.vendor), tag: op.tag })
    : block
      ? t(`tagSync.block.${wordKey(block)}`)
      : '';
  return [how, what].filter(Boolean).join(' ');
}

function costWords(ops: readonly TagOp[]): string {
  const inGhl = new Set(ops.filter(({ vendor }) => vendor === 'ghl').map(({ isOn }) => isOn)).size;
  const inAtera = ops.some(({ vendor }) => vendor === 'atera') ? 1 : 0;
  if (inGhl + inAtera === 0) return t('tagSync.costNone');
  return [tCount('tagSync.cost', inGhl + inAtera), inGhl > 0 ? t('add.warning') : ''].join(' ');
}

/** What came of one request. */
function Part({ id, part: { part, vendor: name, state, tags, error, gone } }: { id: string; part: TagPart }) {
  const vendor = vendorWord(name);
  const names = joinWords(tags.map(({ tag }) => tag));
  const entryId = `tags:${id}:${part}`;
  const isBack = useTakenBack(entryId) !== 'no';
  const lost = gone && gone.length > 0 ? gone : null;
  return (
    <>
      {error ? (
        <ErrorNotice
          error={error}
          title={t(`tagSync.state.${wordKey(state)}`, { vendor, tags: names })}
          effect={state === 'unknown' ? 'unknown' : 'nothing-written'}
          // What waits is tried, or cancelled, in the list of what waits.
          {...(state === 'queued' ? { next: t('jobs.safe') } : {})}
        />
      ) : (
        <p role={state === 'done' ? 'status' : 'alert'}>
          {isBack ? '' : t(`tagSync.state.${wordKey(state)}`, { vendor, tags: names })}
        </p>
      )}
      {state !== 'failed' && state !== 'queued' && <PanelUndo entryId={entryId} />}
      {lost && <p role="alert">{t('add.gone', { vendor, names: joinWords(lost) })}</p>}
    </>
  );
}
