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
      {result.status === 'not-possible' && <p role="status">{t(NOT_POSSIBLE[result.reason], { vendor })}</p>}
      {result.status === 'ready' && (
        <>
          <p className={classes.small} role="status">
            {tCount('search.found', result.hits.length)}
          </p>
          <PeopleList people={result.hits} version={version} />
          {result.more && <p className={classes.small}>{t('search.more')}</p>}
        </>
      )}
    </section>
  );
}

/** Why a system was not asked. */
export const NOT_POSSIBLE = {
  'by-name': 'search.notByName',
  'by-id': 'search.notById',
  page: 'search.notPage',
  'no-requester': 'search.noRequester',
} as const;
