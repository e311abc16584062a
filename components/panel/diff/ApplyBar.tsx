import { Button, Checkbox } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconArrowsLeftRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { DIRECTIONS, type Direction } from '../../../lib/core/rows.ts';
import { t } from '../../../lib/i18n.ts';
import { isPairWaiting } from '../../../lib/panel/jobs.ts';
import { directionOfReceipt, personKey, targetOf, viewKey } from '../../../lib/panel/selectors.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';
import { applyWords, busyWords } from './apply-words.ts';
import classes from './Diff.module.css';

/** The one button, saying what it will do, and below it what that costs and may set off. */
export function ApplyBar({ view, direction }: { view: SubjectView; direction: Direction }) {
  const costId = useId();
  const choices = usePanel((store) => store.choices);
  const apply = usePanel((store) => store.apply);
  const isPainted = usePanel((store) => store.paintedKey === viewKey(view));
  const sending = usePanel(({ busy }) => DIRECTIONS.find((one) => one === busy) ?? null);
  // While anything else is under way, a press would be lost.
  const isHeld = usePanel(({ busy }) => busy !== null);
  const isWaiting = usePanel(({ jobs }) => isPairWaiting(view, jobs));
  const { plans, receipt, person, suggested } = view;
  const planId = plans[direction];
  const name = person.status === 'ready' ? person.value.name : null;
  // A tick is for this name on this page, and for nobody who comes after.
  const key = `${personKey(view)}@${view.version}:${name}`;
  const [confirmed, setConfirmed] = useState<string | null>(null);
  const isConfirmed = !suggested || (name !== null && confirmed === key);
  const { count, button, cost, open, impossible } = applyWords(view, direction, choices);
  if (impossible !== null) return <p className={classes.cost}>{impossible}</p>;
  // What is under way may be going the other way than the one that is looked at now.
  const under = receipt?.state === 'running' ? directionOfReceipt(view, receipt) : sending;
  const isBusy = under !== null;
  // What is under way says so itself.
  const waits = isWaiting && !isBusy ? t('jobs.waitsAlready') : null;
  const Arrow =
    direction === 'sync'
      ? IconArrowsLeftRight
      : targetOf(view, direction) === 'ghl'
        ? IconArrowRight
        : IconArrowLeft;
  return (
    <div className={classes.apply}>
      {suggested && name !== null && (
        <Checkbox
          size="sm"
          mb={8}
          label={<bdi>{t('push.confirm', { name })}</bdi>}
          description={t(view.subject.kind === 'conversation' ? 'push.confirmWhy' : 'push.confirmWhyMarked')}
          checked={confirmed === key}
          disabled={isBusy}
          onChange={({ currentTarget }) => setConfirmed(currentTarget.checked ? key : null)}
        />
      )}
      <Button
        fullWidth
        size="sm"
        h="auto"
        mih={36}
        px="xs"
        classNames={{ label: classes.applyLabel }}
        leftSection={<Arrow size={16} aria-hidden="true" />}
        disabled={
          count === 0 || planId === null || !isPainted || isBusy || isHeld || isWaiting || !isConfirmed
        }
        aria-describedby={costId}
        onClick={() => planId && void apply(planId, suggested ? (name ?? undefined) : undefined)}
      >
        {under ? busyWords(view, under) : button}
      </Button>
      <p id={costId} className={classes.cost}>
        {waits ?? [cost, open].join(' ').trim()}
      </p>
    </div>
  );
}
