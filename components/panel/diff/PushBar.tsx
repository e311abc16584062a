import { Button, Checkbox } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { settleable } from '../../../lib/core/rows.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import { chosenFields, personKey, sideOf, viewKey } from '../../../lib/panel/selectors.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Diff.module.css';

/** The one button, saying what it will do, and below it what that costs and may set off. */
export function PushBar({ view }: { view: SubjectView }) {
  const choices = usePanel((store) => store.choices);
  const push = usePanel((store) => store.push);
  const isPainted = usePanel((store) => store.paintedKey === viewKey(view));
  const isSending = usePanel((store) => store.busy === 'push');
  const { planId, pushTarget, rows, receipt, person, suggested } = view;
  const name = person.status === 'ready' ? person.value.name : null;
  // A tick is for this name on this page, and for nobody who comes after.
  const key = `${personKey(view)}@${view.version}:${name}`;
  const [confirmed, setConfirmed] = useState<string | null>(null);
  const isConfirmed = !suggested || (name !== null && confirmed === key);
  const vendor = vendorWord(pushTarget);
  if (settleable(rows, sideOf(pushTarget)).length === 0) {
    return <p className={classes.cost}>{t('push.nothingPossible', { vendor })}</p>;
  }
  const count = chosenFields(view, choices).length;
  const isBusy = isSending || receipt?.state === 'running';
  const Arrow = pushTarget === 'ghl' ? IconArrowRight : IconArrowLeft;
  return (
    <div className={classes.push}>
      {suggested && name !== null && (
        <Checkbox
          size="sm"
          mb={8}
          label={<bdi>{t('push.confirm', { name })}</bdi>}
          description={t('push.confirmWhy')}
          checked={confirmed === key}
          disabled={isBusy}
          onChange={({ currentTarget }) => setConfirmed(currentTarget.checked ? key : null)}
        />
      )}
      <Button
        fullWidth
        size="sm"
        h={36}
        leftSection={<Arrow size={16} aria-hidden="true" />}
        disabled={count === 0 || planId === null || !isPainted || isBusy || !isConfirmed}
        aria-describedby="push-cost"
        onClick={() => planId && void push(planId, suggested ? (name ?? undefined) : undefined)}
      >
        {isBusy ? t('push.busy', { vendor }) : tCount('push.button', count, { vendor })}
      </Button>
      <p id="push-cost" className={classes.cost}>
        {tCount(pushTarget === 'ghl' ? 'push.costGhl' : 'push.costAtera', count === 0 ? 0 : 1)}
      </p>
    </div>
  );
}
