import { Skeleton } from '@mantine/core';
import { t, tCount } from '../../../lib/i18n.ts';
import type { CustomerView } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { OpenLink } from '../../shared/OpenLink.tsx';
import { VendorMark } from '../../shared/VendorMark.tsx';
import classes from '../Panel.module.css';
import { usePanel } from '../panel-context.ts';
import { SwitchedOff } from '../SwitchedOff.tsx';
import { RelatedItemView } from '../sections/RelatedItemView.tsx';

/** A company's page: what Atera holds of it, who writes tickets for it, and which. Nothing is compared or written here. */
export function CustomerPage({ view }: { view: CustomerView }) {
  return (
    <>
      <Company view={view} />
      <People view={view} />
      <Tickets view={view} />
    </>
  );
}

const Waiting = () => (
  <div role="status" aria-label={t('customer.loading')}>
    <Skeleton height={14} width="60%" mb={8} />
    <Skeleton height={14} width="40%" />
  </div>
);

function Company({ view: { customer } }: { view: CustomerView }) {
  const refresh = usePanel((store) => store.refresh);
  if (customer.status === 'off') return <SwitchedOff names={['companies']} heading={t('customer.word')} />;
  if (customer.status !== 'ready') {
    return (
      <section className={classes.page} aria-label={t('customer.details')}>
        <h1 className="cp-hidden">{t('customer.word')}</h1>
        {customer.status === 'loading' ? (
          <Waiting />
        ) : (
          <ErrorNotice error={customer.error} onRetry={() => void refresh()} />
        )}
      </section>
    );
  }
  const { name, phone, domain, address, url } = customer.value;
  const facts = [
    ['phone', phone],
    ['domain', domain],
    ['address', address],
  ] as const;
  const known = facts.filter(([, value]) => value !== null);
  return (
    <section className={classes.page} aria-label={t('customer.details')}>
      <p className={classes.small}>
        <VendorMark vendor="atera" /> {t('customer.word')}
      </p>
      <h1 dir="auto">{name}</h1>
      {known.length === 0 && <p className={classes.soft}>{t('customer.nothingMore')}</p>}
      {known.length > 0 && (
        <dl className={classes.facts}>
          {known.map(([key, value]) => (
            <Fact key={key} word={t(`customer.${key}`)} value={value ?? ''} />
          ))}
        </dl>
      )}
      <OpenLink url={url}>{t('customer.openInAtera')}</OpenLink>
    </section>
  );
}

const Fact = ({ word, value }: { word: string; value: string }) => (
  <>
    <dt className={classes.soft}>{word}</dt>
    <dd dir="auto">{value}</dd>
  </>
);

function People({ view: { people, tickets } }: { view: CustomerView }) {
  // The same call brings both: its failure is told once, under the tickets.
  if (people.status === 'failed' || people.status === 'off') return null;
  const window = tickets.status === 'ready' ? tickets.window : null;
  return (
    <section className={classes.page} aria-labelledby="customer-people">
      <h2 id="customer-people">{t('customer.people')}</h2>
      {people.status === 'loading' && <Waiting />}
      {people.status === 'ready' && people.value.length === 0 && (
        <p className={classes.soft}>{t('customer.noPeople')}</p>
      )}
      {people.status === 'ready' && people.value.length > 0 && (
        <ul className={classes.people}>
          {people.value.map(({ id, name, email, tickets: count }) => (
            <li key={id}>
              <p className={classes.personName}>
                <span dir="auto">{name}</span>
                <span className={classes.small}>{tCount('customer.ticketCount', count)}</span>
              </p>
              {email !== null && <p className={classes.small}>{email}</p>}
            </li>
          ))}
        </ul>
      )}
      {window && (
        <p className={classes.small}>
          {t('customer.peopleWindow', { seen: String(window.seen), total: String(window.total) })}
        </p>
      )}
    </section>
  );
}

function Tickets({ view: { tickets } }: { view: CustomerView }) {
  const refresh = usePanel((store) => store.refresh);
  if (tickets.status === 'off') return <SwitchedOff names={['tickets']} />;
  return (
    <section className={classes.page} aria-labelledby="customer-tickets">
      <h2 id="customer-tickets">{t('customer.tickets')}</h2>
      {tickets.status === 'loading' && <Waiting />}
      {tickets.status === 'failed' && <ErrorNotice error={tickets.error} onRetry={() => void refresh()} />}
      {tickets.status === 'ready' && tickets.items.length === 0 && (
        <p className={classes.soft}>{t('customer.noTickets')}</p>
      )}
      {tickets.status === 'ready' && tickets.items.length > 0 && (
        <ul className={classes.people}>
          {tickets.items.map((item) => (
            <RelatedItemView key={item.id} name="tickets" item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}
