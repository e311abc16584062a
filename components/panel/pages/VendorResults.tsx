import type { VendorName } from '../../../lib/core/contact.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import type { VendorHits } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import classes from '../Panel.module.css';
import { PeopleList } from './PeopleList.tsx';

interface Props {
  vendor: VendorName;
  result: VendorHits;
  version: number | undefined;
  onRetry: () => void;
}

/** What one system says to the search: people, nobody, a failure, or that it cannot search by this. */
export function VendorResults({ vendor: name, result, version, onRetry }: Props) {
  const vendor = vendorWord(name);
  const title = t('search.resultsIn', { vendor });
  return (
    <section className={classes.people} aria-label={title}>
      <h2 className={classes.small}>{title}</h2>
      {result.status === 'failed' && <ErrorNotice error={result.error} onRetry={onRetry} />}
      {result.status === 'not-possible' && <p>{resultWords(name, result)}</p>}
      {result.status === 'ready' && (
        <>
          <p className={classes.small}>{resultWords(name, result)}</p>
          <PeopleList people={result.hits} version={version} />
          {result.more && <p className={classes.small}>{t('search.more')}</p>}
        </>
      )}
    </section>
  );
}

/** The sum of it in words; a failure has a notice of its own. */
export function resultWords(vendor: VendorName, result: VendorHits): string {
  if (result.status === 'failed') return '';
  return result.status === 'ready'
    ? tCount('search.found', result.hits.length)
    : t(NOT_POSSIBLE[result.reason], { vendor: vendorWord(vendor) });
}

/** Why a system was not asked. */
export const NOT_POSSIBLE = {
  'by-name': 'search.notByName',
  'by-id': 'search.notById',
  page: 'search.notPage',
  'no-requester': 'search.noRequester',
} as const;
