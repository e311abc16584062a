import { useEffect, useState } from 'react';
import { toErrorView } from '../../../lib/errors.ts';
import { t } from '../../../lib/i18n.ts';
import type { Loadable, PersonHit } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import classes from '../Panel.module.css';
import { useAccountsKey, usePanel } from '../panel-context.ts';
import { PeopleList } from './PeopleList.tsx';

/** People who were on screen in the last days. Begins anew with other accounts. */
export function RecentPeople({ version }: { version?: number }) {
  return <Recent key={useAccountsKey()} version={version} />;
}

function Recent({ version }: { version: number | undefined }) {
  const recentPeople = usePanel((store) => store.recentPeople);
  const [people, setPeople] = useState<Loadable<PersonHit[]>>({ status: 'loading' });
  const [tries, setTries] = useState(1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try reads again
  useEffect(() => {
    let isShown = true;
    const show = (next: Loadable<PersonHit[]>): void => {
      if (isShown) setPeople(next);
    };
    recentPeople().then(
      (value) => show({ status: 'ready', value }),
      (error: unknown) => show({ status: 'failed', error: toErrorView(error) }),
    );
    return () => {
      isShown = false;
    };
  }, [recentPeople, tries]);

  return (
    <section className={classes.people} aria-label={t('search.recent')}>
      <h2 className={classes.small}>{t('search.recent')}</h2>
      {people.status === 'loading' && <p role="status">{t('search.recentLoading')}</p>}
      {people.status === 'failed' && (
        <ErrorNotice
          error={people.error}
          onRetry={() => {
            setPeople({ status: 'loading' });
            setTries(tries + 1);
          }}
        />
      )}
      {people.status === 'ready' && people.value.length === 0 && (
        <p className={classes.soft}>{t('search.recentNone')}</p>
      )}
      {people.status === 'ready' && <PeopleList people={people.value} version={version} />}
    </section>
  );
}
