import { Button } from '@mantine/core';
import { t } from '../../../lib/i18n.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';
import classes from './AddArea.module.css';

/** Where the page only suggests who it is about, nothing is added before the agent has said so, once. */
export function ConfirmPerson({ view }: { view: SubjectView }) {
  const confirmPerson = usePanel((store) => store.confirmPerson);
  const isBusy = usePanel((store) => store.busy !== null) || view.refreshing;
  if (view.person.status !== 'ready') return null;
  return (
    <div className={classes.form}>
      <p className={classes.warning}>{t('add.confirmFirst')}</p>
      <Button
        size="compact-sm"
        variant="default"
        className={classes.button}
        disabled={isBusy}
        onClick={() => void confirmPerson(view)}
      >
        <bdi>{t('push.confirm', { name: view.person.value.name })}</bdi>
      </Button>
    </div>
  );
}
