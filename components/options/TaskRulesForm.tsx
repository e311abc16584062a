import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import {
  isDoneStatus,
  lintTaskRules,
  MAX_STATUS_LENGTH,
  MAX_STATUSES,
  STOCK_STATUSES,
  sameStatus,
  type TaskRuleProblem,
  type TaskRules,
} from '../../lib/core/task-ticket.ts';
import { type ErrorView, toErrorView } from '../../lib/errors.ts';
import { t, tCount, wordKey } from '../../lib/i18n.ts';
import type { WorkStore } from '../../lib/panel/work-store.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import classes from './Options.module.css';

const MEANINGS = ['done', 'open', 'none'] as const;
type Meaning = (typeof MEANINGS)[number];
interface Row {
  status: string;
  meaning: Meaning;
}

const meaningOf = (status: string, rules: TaskRules): Meaning => {
  const isDone = isDoneStatus(status, rules);
  return isDone === null ? 'none' : isDone ? 'done' : 'open';
};
const isListed = (rows: readonly Row[], status: string): boolean =>
  rows.some((row) => sameStatus(row.status, status));
/** The same rows, and one for each of these that has none. */
function withRows(
  known: readonly Row[],
  statuses: readonly string[],
  mean: (status: string) => Meaning,
): Row[] {
  const rows = [...known];
  for (const status of statuses) if (!isListed(rows, status)) rows.push({ status, meaning: mean(status) });
  return rows;
}

interface Props {
  rules: TaskRules;
  state: WorkStore;
  children: ReactNode;
}

/** What statuses mean, what is set when a task is completed or opened again, and when a task is due. */
export function TaskRulesForm({ rules, state, children }: Props) {
  const [days, setDays] = useState(String(rules.dueDays));
  const [rows, setRows] = useState(() =>
    // Those that mean something already, and those of Atera.
    withRows([], [...rules.open, ...rules.done, ...STOCK_STATUSES], (status) => meaningOf(status, rules)),
  );
  const [completedAs, setCompletedAs] = useState(rules.completedAs);
  const [reopenedAs, setReopenedAs] = useState(rules.reopenedAs);
  const [isTried, setTried] = useState(false);
  const named = (meaning: Meaning): string[] =>
    rows.filter((row) => row.meaning === meaning).map(({ status }) => status);
  const next: TaskRules = {
    dueDays: /^\d+$/u.test(days.trim()) ? Number(days) : 0,
    done: named('done'),
    open: named('open'),
    completedAs,
    reopenedAs,
  };
  const faults = isTried ? lintTaskRules(next) : [];
  const wordsOf = (...problems: TaskRuleProblem[]): string | undefined => {
    const fault = problems.find((one) => faults.includes(one));
    return fault && t(`taskRules.problem.${wordKey(fault)}`);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (lintTaskRules(next).length === 0) void state.setTaskRules(next);
  };
  const add = (found: readonly string[]): void => setRows((known) => withRows(known, found, () => 'none'));
  const target = (value: string, choices: readonly string[]) => {
    const own = choices.find((one) => sameStatus(one, value));
    return {
      value: own ?? '',
      data: own ? [...choices] : [{ value: '', label: t('taskRules.choose') }, ...choices],
    };
  };
  return (
    <form className={classes.card} onSubmit={submit} aria-label={t('taskRules.title')}>
      <h3>{t('taskRules.title')}</h3>
      {children}
      <TextInput
        label={t('taskRules.dueDays')}
        description={t('taskRules.dueDaysWhy')}
        value={days}
        inputMode="numeric"
        maxLength={3}
        autoComplete="off"
        error={wordsOf('due-days')}
        onChange={({ currentTarget }) => setDays(currentTarget.value)}
      />
      <fieldset className={classes.group}>
        <legend>{t('taskRules.statuses')}</legend>
        <p className={classes.soft}>{t('taskRules.statusesWhy')}</p>
        {rows.map(({ status, meaning }) => (
          <NativeSelect
            key={status}
            label={t('taskRules.means', { status })}
            value={meaning}
            data={MEANINGS.map((value) => ({ value, label: t(`taskRules.meaning.${value}`) }))}
            onChange={({ currentTarget }) => {
              const chosen = MEANINGS.find((one) => one === currentTarget.value);
              if (chosen)
                setRows(rows.map((row) => (row.status === status ? { status, meaning: chosen } : row)));
            }}
          />
        ))}
        <OtherStatus rows={rows} onAdd={add} list={state.listStatuses} />
      </fieldset>
      <NativeSelect
        label={t('taskRules.completedAs')}
        {...target(completedAs, next.done)}
        error={wordsOf('not-done')}
        onChange={({ currentTarget }) => setCompletedAs(currentTarget.value)}
      />
      <NativeSelect
        label={t('taskRules.reopenedAs')}
        {...target(reopenedAs, next.open)}
        error={wordsOf('not-open')}
        onChange={({ currentTarget }) => setReopenedAs(currentTarget.value)}
      />
      <Button type="submit" size="compact-sm" variant="default" className={classes.submit}>
        {t('taskRules.save')}
      </Button>
      <p role="status">{state.done === 'taskRules' ? t('taskRules.saved') : (wordsOf('too-many') ?? '')}</p>
    </form>
  );
}

interface OtherProps {
  rows: readonly Row[];
  onAdd: (statuses: readonly string[]) => void;
  list: WorkStore['listStatuses'];
}

/** A status of the tenant's own: one that the newest tickets have, or one that is typed. */
function OtherStatus({ rows, onAdd, list }: OtherProps) {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<TaskRuleProblem | null>(null);
  const [looked, setLooked] = useState<'looking' | number | { error: ErrorView } | null>(null);
  const costId = useId();
  const room = MAX_STATUSES - rows.length;
  const problemOf = (status: string): TaskRuleProblem | null => {
    if (status === '') return 'empty';
    if (isListed(rows, status)) return 'twice';
    return room > 0 ? null : 'too-many';
  };
  const add = (): void => {
    const found = problemOf(typed.trim());
    setProblem(found);
    if (found) return;
    onAdd([typed.trim()]);
    setTyped('');
  };
  const look = async (): Promise<void> => {
    if (looked === 'looking') return;
    setLooked('looking');
    try {
      const fresh = (await list()).filter(
        (status) => status.length <= MAX_STATUS_LENGTH && !isListed(rows, status),
      );
      onAdd(fresh.slice(0, room));
      setLooked(fresh.length);
    } catch (error) {
      setLooked({ error: toErrorView(error) });
    }
  };
  return (
    <>
      <p id={costId} className={classes.soft}>
        {t('taskRules.lookCost')}
      </p>
      <Button
        size="compact-sm"
        variant="default"
        className={classes.submit}
        aria-describedby={costId}
        onClick={() => void look()}
      >
        {t('taskRules.look')}
      </Button>
      <p role="status">
        {looked === 'looking'
          ? t('taskRules.looking')
          : typeof looked === 'number'
            ? tCount('taskRules.found', looked)
            : ''}
      </p>
      {looked !== null && typeof looked === 'object' && <ErrorNotice isSettings error={looked.error} />}
      <TextInput
        label={t('taskRules.own')}
        value={typed}
        maxLength={MAX_STATUS_LENGTH}
        autoComplete="off"
        error={problem && t(`taskRules.problem.${wordKey(problem)}`)}
        onKeyDown={(event) => {
          // Adds the status, instead of keeping the rules without it.
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Button size="compact-sm" variant="default" className={classes.submit} onClick={add}>
        {t('taskRules.add')}
      </Button>
    </>
  );
}
