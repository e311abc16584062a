import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { refKey } from '../../../lib/core/contact.ts';
import { type ErrorView, toErrorView } from '../../../lib/errors.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import { otherVendor } from '../../../lib/panel/selectors.ts';
import type { CounterpartHits, PersonView, SubjectView } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { NOT_POSSIBLE } from '../pages/VendorResults.tsx';
import { usePanel } from '../panel-context.ts';
import classes from './Create.module.css';
import { FoundPerson } from './FoundPerson.tsx';

type Search =
  | { status: 'idle' | 'busy' }
  | { status: 'done'; hits: CounterpartHits }
  | { status: 'failed'; error: ErrorView };

interface Props {
  view: SubjectView;
  person: PersonView;
  onClose: () => void;
}

/** Looks for the counterpart in the other system alone, and shows whoever is found beside the person on screen. */
export function FindCounterpart({ view: { version, subject, refreshing }, person, onClose }: Props) {
  const find = usePanel((store) => store.findCounterpart);
  const [query, setQuery] = useState('');
  const [search, setSearch] = useState<Search>({ status: 'idle' });
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(0);
  useEffect(() => input.current?.focus(), []);
  const name = otherVendor(subject.vendor);
  const vendor = vendorWord(name);

  const submit = async (): Promise<void> => {
    if (query.trim() === '') return;
    latest.current += 1;
    const mine = latest.current;
    setSearch({ status: 'busy' });
    const next = await find(version, person.ref, query).then(
      (hits): Search => ({ status: 'done', hits }),
      (error: unknown): Search => ({ status: 'failed', error: toErrorView(error) }),
    );
    // An older answer that comes late belongs to other words.
    if (mine === latest.current) setSearch(next);
  };
  const retry = (): void => void submit();

  return (
    <section className={classes.form} aria-label={t('find.title', { vendor })}>
      <form
        className={classes.group}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput
          ref={input}
          type="search"
          dir="auto"
          label={t(name === 'atera' ? 'find.labelAtera' : 'find.label')}
          maxLength={2000}
          autoComplete="off"
          value={query}
          onChange={({ currentTarget }) => setQuery(currentTarget.value)}
        />
        <div className={classes.buttons}>
          <Button type="submit" size="sm" disabled={refreshing || search.status === 'busy'}>
            {t('find.search', { vendor })}
          </Button>
          <Button size="sm" variant="default" onClick={onClose}>
            {t('find.close')}
          </Button>
        </div>
      </form>
      <p className={classes.soft} role="status">
        {search.status === 'busy' ? t('find.busy', { vendor }) : ''}
      </p>
      {search.status === 'failed' && <ErrorNotice error={search.error} onRetry={retry} />}
      {search.status === 'done' && search.hits.status === 'failed' && (
        <ErrorNotice error={search.hits.error} onRetry={retry} />
      )}
      {search.status === 'done' && search.hits.status === 'not-possible' && (
        <p role="status">{t(NOT_POSSIBLE[search.hits.reason], { vendor })}</p>
      )}
      {search.status === 'done' && search.hits.status === 'ready' && (
        <>
          <p className={classes.soft} role="status">
            {tCount('search.found', search.hits.people.length)}
          </p>
          <ul>
            {search.hits.people.map((found) => (
              <li key={refKey(found.person.ref)} className={classes.found}>
                <FoundPerson found={found} person={person} version={version} />
              </li>
            ))}
          </ul>
          {search.hits.more && <p className={classes.soft}>{t('search.more')}</p>}
        </>
      )}
      <p className={classes.soft}>{t('find.promise')}</p>
    </section>
  );
}
