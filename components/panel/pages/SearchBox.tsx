import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { VENDOR_NAMES } from '../../../lib/core/contact.ts';
import { type ErrorView, toErrorView } from '../../../lib/errors.ts';
import { t } from '../../../lib/i18n.ts';
import type { FoundPeople } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import classes from '../Panel.module.css';
import { useAccountsKey, usePanel } from '../panel-context.ts';
import { resultWords, VendorResults } from './VendorResults.tsx';

type Progress =
  | { status: 'idle' | 'busy' }
  | { status: 'done'; found: FoundPeople }
  | { status: 'failed'; error: ErrorView };

const sumOf = (found: FoundPeople): string =>
  VENDOR_NAMES.flatMap((vendor) => {
    const words = resultWords(vendor, found[vendor]);
    return words === '' ? [] : t('search.said', { vendor: vendorWord(vendor), words });
  }).join(' ');

/**
 * Looks for people in both systems. Asks only when told to: every search costs vendor calls. Begins anew with other accounts: nobody
 * who was found in one that is gone stays on screen. `version`: the view that the search stands in, where the page shows one.
 */
export function SearchBox({ version }: { version?: number }) {
  return <Search key={useAccountsKey()} version={version} />;
}

function Search({ version }: { version: number | undefined }) {
  const searchPeople = usePanel((store) => store.searchPeople);
  const [query, setQuery] = useState('');
  const [search, setSearch] = useState<Progress>({ status: 'idle' });
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(0);
  useEffect(() => input.current?.focus(), []);

  const submit = async (): Promise<void> => {
    if (query.trim() === '') return;
    latest.current += 1;
    const mine = latest.current;
    setSearch({ status: 'busy' });
    const next = await searchPeople(query).then(
      (found): Progress => ({ status: 'done', found }),
      (error: unknown): Progress => ({ status: 'failed', error: toErrorView(error) }),
    );
    // An older answer that comes late belongs to other words.
    if (mine === latest.current) setSearch(next);
  };

  return (
    <div className={classes.people}>
      <form
        className={classes.searchForm}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput
          ref={input}
          type="search"
          dir="auto"
          className={classes.searchInput}
          label={t('search.label')}
          description={t('search.hint')}
          maxLength={2000}
          autoComplete="off"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" loading={search.status === 'busy'}>
          {t('search.button')}
        </Button>
      </form>
      {/* There before its words, which is what makes a screen reader say them; seen, they stand in each list. */}
      <p className={search.status === 'busy' ? classes.small : 'cp-hidden'} role="status">
        {search.status === 'busy' ? t('search.busy') : ''}
        {search.status === 'done' ? sumOf(search.found) : ''}
      </p>
      {search.status === 'failed' && <ErrorNotice error={search.error} onRetry={() => void submit()} />}
      {search.status === 'done' &&
        VENDOR_NAMES.map((vendor) => (
          <VendorResults
            key={vendor}
            vendor={vendor}
            result={search.found[vendor]}
            version={version}
            onRetry={() => void submit()}
          />
        ))}
    </div>
  );
}
