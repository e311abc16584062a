import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { t } from '../../lib/i18n.ts';
import type { WorkStore } from '../../lib/panel/work-store.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import classes from './Options.module.css';
import { TaskRulesForm } from './TaskRulesForm.tsx';

/** How tasks and tickets of the connected pair belong together. */
export function TasksSection({ store }: { store: StoreApi<WorkStore> }) {
  const state = useStore(store);
  const { taskRules, failure } = state;
  return (
    <section id="tasks" className={classes.section} aria-labelledby="tasks-title">
      <h2 id="tasks-title">{t('options.tasks')}</h2>
      <p className={classes.soft}>{t('taskRules.intro')}</p>
      {failure && (failure.of === 'taskRules' || failure.of === 'load') && (
        <ErrorNotice isSettings error={failure.error} onRetry={() => void state.load()} />
      )}
      {taskRules === undefined && !failure && <p className={classes.soft}>{t('taskRules.loading')}</p>}
      {taskRules === null && <p className={classes.soft}>{t('taskRules.notConnected')}</p>}
      {taskRules && (
        <TaskRulesForm key={state.taskRulesRead} rules={taskRules.rules} state={state}>
          {taskRules.isDamaged && <p role="alert">{t('taskRules.damaged')}</p>}
        </TaskRulesForm>
      )}
    </section>
  );
}
