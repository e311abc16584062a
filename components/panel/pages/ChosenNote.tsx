import { t } from '../../../lib/i18n.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import classes from '../Panel.module.css';

/** Whoever was chosen is not on the page: it may be about somebody else. */
export function ChosenNote({ view: { person } }: { view: SubjectView }) {
  if (person.status !== 'ready') return null;
  return (
    <p className={classes.small}>
      <bdi>{t('page.chosen', { name: person.value.name })}</bdi>
    </p>
  );
}
