import { Button } from '@mantine/core';
import { t, tCount } from '../../../lib/i18n.ts';
import { viewKey } from '../../../lib/panel/selectors.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Match.module.css';

/** Who was marked as somebody else is left out: says so, and brings them back. */
export function Rejected({ view }: { view: SubjectView }) {
  const forget = usePanel((store) => store.forgetRejections);
  const isBusy = usePanel((store) => store.busy === 'reject');
  const isPainted = usePanel((store) => store.paintedKey === viewKey(view));
  const { match, person, version, refreshing } = view;
  const count = match.status === 'none' || match.status === 'several' ? (match.rejected ?? 0) : 0;
  if (count === 0 || person.status !== 'ready') return null;
  return (
    <p className={classes.actions}>
      <span className={classes.soft}>{tCount('match.rejected', count)}</span>
      <Button
        size="compact-sm"
        variant="default"
        disabled={!isPainted || refreshing}
        loading={isBusy}
        onClick={() => void forget(version, person.value.ref)}
      >
        {t('match.showAgain')}
      </Button>
    </p>
  );
}
