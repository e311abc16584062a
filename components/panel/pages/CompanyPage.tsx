import { Skeleton } from '@mantine/core';
import { t } from '../../../lib/i18n.ts';
import type { CompanyView, DeviceCard, SubjectView } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { OpenLink } from '../../shared/OpenLink.tsx';
import { VendorMark } from '../../shared/VendorMark.tsx';
import { CompanyPair } from '../company/CompanyPair.tsx';
import classes from '../Panel.module.css';
import { usePanel } from '../panel-context.ts';
import { SwitchedOff } from '../SwitchedOff.tsx';
import { RelatedItemView } from '../sections/RelatedItemView.tsx';
import { DevicePage } from './DevicePage.tsx';
import { PeopleList } from './PeopleList.tsx';

/**
 * A company's page, or that of one of its devices: what the vendor holds of it, the same company in the other system, its people to
 * open, and in Atera its tickets.
 */
export function CompanyPage({ view, compared = null }: { view: CompanyView; compared?: SubjectView | null }) {
  const { device } = view;
  if (device?.status === 'failed' || device?.status === 'unlisted') return <DevicePage view={view} />;
  return (
    <>
      <Company view={view} />
      <CompanyPair view={view} compared={compared} />
      <People view={view} />
      <Tickets view={view} />
    </>
  );
}

const Waiting = () => (
  <div role="status" aria-label={t('company.loading')}>
    <Skeleton height={14} width="60%" mb={8} />
    <Skeleton height={14} width="40%" />
  </div>
);

function Company({ view: { subject, device, company } }: { view: CompanyView }) {
  const refresh = usePanel((store) => store.refresh);
  const word = t(subject.vendor === 'ghl' ? 'company.business' : 'company.customer');
  const shown = device?.status === 'ready' ? device.value : null;
  if (company.status === 'off') return <SwitchedOff names={['companies']} heading={word} />;
  if (company.status !== 'ready') {
    return (
      <section className={classes.page} aria-label={t('company.details')}>
        {shown ? (
          <h1 dir="auto">{t('device.named', { device: shown.name })}</h1>
        ) : (
          <h1 className="cp-hidden">{device ? t('device.title') : word}</h1>
        )}
        {company.status === 'loading' ? (
          <Waiting />
        ) : (
          <ErrorNotice error={company.error} onRetry={() => void refresh()} />
        )}
      </section>
    );
  }
  const { name, phone, domain, address, url } = company.value;
  const facts = [
    ...(shown ? deviceFacts(shown) : []),
    [t('company.phone'), phone],
    [t('company.domain'), domain],
    [t('company.address'), address],
  ] as const;
  const known = facts.filter(([, value]) => value !== null);
  return (
    <section className={classes.page} aria-label={t('company.details')}>
      <p className={classes.small}>
        <VendorMark vendor={subject.vendor} /> {shown ? t('device.word') : word}
      </p>
      <h1 dir="auto">{shown ? t('device.of', { device: shown.name, company: name }) : name}</h1>
      {phone === null && domain === null && address === null && (
        <p className={classes.soft}>{t('company.nothingMore', { vendor: vendorWord(subject.vendor) })}</p>
      )}
      {known.length > 0 && (
        <dl className={classes.facts}>
          {known.map(([key, value]) => (
            <Fact key={key} word={key} value={value ?? ''} />
          ))}
        </dl>
      )}
      <OpenLink url={url}>{t('company.openInAtera')}</OpenLink>
    </section>
  );
}

const deviceFacts = ({ online, user }: DeviceCard) =>
  [
    [t('device.state'), online === null ? null : t(online ? 'device.online' : 'device.offline')],
    [t('device.user'), user],
  ] as const;

const Fact = ({ word, value }: { word: string; value: string }) => (
  <>
    <dt className={classes.soft}>{word}</dt>
    <dd dir="auto">{value}</dd>
  </>
);

function People({ view }: { view: CompanyView }) {
  const refresh = usePanel((store) => store.refresh);
  const { people, tickets, window, version } = view;
  const isByTickets = tickets !== null;
  // One call brings people and tickets of Atera: its failure is told once, under the tickets.
  if (people.status === 'off' || (people.status === 'failed' && isByTickets)) return null;
  const isCut = window !== null && window.total > window.seen;
  return (
    <section className={classes.page} aria-labelledby="company-people">
      <h2 id="company-people">{t(isByTickets ? 'company.people' : 'company.members')}</h2>
      {people.status === 'loading' && <Waiting />}
      {people.status === 'failed' && <ErrorNotice error={people.error} onRetry={() => void refresh()} />}
      {people.status === 'ready' && people.value.length === 0 && (
        <p className={classes.soft}>{t(isByTickets ? 'company.noPeople' : 'company.noMembers')}</p>
      )}
      {people.status === 'ready' && <PeopleList people={people.value} version={version} />}
      {window && (isByTickets || isCut) && (
        <p className={classes.small}>
          {t(isByTickets ? 'company.peopleWindow' : 'company.firstMembers', {
            seen: String(window.seen),
            total: String(window.total),
          })}
        </p>
      )}
    </section>
  );
}

function Tickets({ view: { tickets } }: { view: CompanyView }) {
  const refresh = usePanel((store) => store.refresh);
  if (tickets === null) return null;
  if (tickets.status === 'off') return <SwitchedOff names={['tickets']} />;
  return (
    <section className={classes.page} aria-labelledby="company-tickets">
      <h2 id="company-tickets">{t('company.tickets')}</h2>
      {tickets.status === 'loading' && <Waiting />}
      {tickets.status === 'failed' && <ErrorNotice error={tickets.error} onRetry={() => void refresh()} />}
      {tickets.status === 'ready' && tickets.items.length === 0 && (
        <p className={classes.soft}>{t('company.noTickets')}</p>
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
