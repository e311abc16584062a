import { Button, Checkbox } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { Direction } from '../../../lib/core/rows.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import {
  chosenFields,
  directionOfReceipt,
  personKey,
  possible,
  targetOf,
  viewKey,
} from '../../../lib/panel/selectors.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Diff.module.css';

/** The one button, saying what it will do, and below it what that costs and may set off. */
export function ApplyBar({ view, direction }: { view: SubjectView; direction: Direction }) {
  const costId = useId();
  const choices = usePanel((store) => store.choices);
  const apply = usePanel((store) => store.apply);
  const isPainted = usePanel((store) => store.paintedKey === viewKey(view));
  const sending = usePanel(({ busy }) => (busy === 'push' || busy === 'pull' ? busy : null));
  // While anything else is under way, a press would be lost.
  const isHeld = usePanel(({ busy }) => busy !== null);
  const { plans, receipt, person, suggested } = view;
  const planId = plans[direction];
  const name = person.status === 'ready' ? person.value.name : null;
  // A tick is for this name on this page, and for nobody who comes after.
  const key = `${personKey(view)}@${view.version}:${name}`;
  const [confirmed, setConfirmed] = useState<string | null>(null);
  const isConfirmed = !suggested || (name !== null && confirmed === key);
  const target = targetOf(view, direction);
  const vendor = vendorWord(target);
  if (possible(view, direction).length === 0) {
    return <p className={classes.cost}>{t(`${direction}.nothingPossible`, { vendor })}</p>;
  }
  const count = chosenFields(view, direction, choices).length;
  // What is under way may be going the other way than the one that is looked at now.
  const under = receipt?.state === 'running' ? directionOfReceipt(view, receipt) : sending;
  const isBusy = under !== null;
  const Arrow = target === 'ghl' ? IconArrowRight : IconArrowLeft;
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
        disabled={count === 0 || planId === null || !isPainted || isBusy || isHeld || !isConfirmed}
        aria-describedby={costId}
        onClick={() => planId && void apply(planId, suggested ? (name ?? undefined) : undefined)}
      >
        {under
          ? t(`${under}.busy`, { vendor: vendorWord(targetOf(view, under)) })
          : tCount(`${direction}.button`, count, { vendor })}
      </Button>
      <p id={costId} className={classes.cost}>
        {tCount(`${direction}.${target === 'ghl' ? 'costGhl' : 'costAtera'}`, count === 0 ? 0 : 1)}
      </p>
    </div>
  );
}
