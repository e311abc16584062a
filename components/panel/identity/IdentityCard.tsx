import { Skeleton } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { VENDOR_NAMES } from '../../../lib/core/contact.ts';
import { t } from '../../../lib/i18n.ts';
import { initials } from '../../../lib/panel/format.ts';
import { peopleOf } from '../../../lib/panel/selectors.ts';
import type { PersonView, SubjectView } from '../../../lib/panel-state.ts';
import { Chip } from '../../shared/Chip.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { OpenLink } from '../../shared/OpenLink.tsx';
import { MatchBadge } from '../match/MatchBadge.tsx';
import { usePanel } from '../panel-context.ts';
import { CompanyButtons } from './CompanyButtons.tsx';
import { ContactLine } from './ContactLine.tsx';
import classes from './Identity.module.css';
import { OptOuts } from './OptOuts.tsx';

export function IdentityCard({ view }: { view: SubjectView }) {
  const refresh = usePanel((store) => store.refresh);
  const { person } = view;
  if (person.status === 'failed') {
    return (
      <>
        <h1 className="cp-hidden">{t('person.failed')}</h1>
        <ErrorNotice error={person.error} effect="nothing-written" onRetry={() => void refresh()} />
      </>
    );
  }
  if (person.status === 'loading') return <IdentitySkeleton />;
  const { name, jobTitle, company, email, phone } = person.value;
  return (
    <section className={classes.card} aria-label={t('subject.region')}>
      <span className={classes.avatar} aria-hidden="true">
        {initials(name)}
      </span>
      <div className={classes.text}>
        <div className={classes.nameLine}>
          <h1 className={classes.name} dir="auto">
            {name}
          </h1>
          <MatchBadge view={view} />
        </div>
        <p className={classes.role} dir="auto">
          {[jobTitle, company].filter(Boolean).join(' · ')}
        </p>
        <ContactLine value={email} empty={t('person.noEmail')} copyLabel={t('person.copyEmail')} />
        <ContactLine value={phone} empty={t('person.noPhone')} copyLabel={t('person.copyPhone')} />
      </div>
      <IdentityFacts view={view} person={person.value} />
    </section>
  );
}

function IdentityFacts({ view, person }: { view: SubjectView; person: PersonView }) {
  const people = peopleOf(view);
  const shown = VENDOR_NAMES.map((vendor) => people[vendor]).filter((someone) => someone !== null);
  const optOuts = [...new Set(shown.flatMap((someone) => someone.optOuts))];
  const archived = shown.filter((someone) => someone.archived);
  const links = shown.filter((someone) => someone.url !== null);
  const isIdle = shown.every(({ companyId }) => !companyId);
  if (links.length + optOuts.length + archived.length === 0 && isIdle) return null;
  return (
    <div className={classes.facts}>
      <OptOuts channels={optOuts} />
      {links.map(({ ref, url }) => (
        <OpenLink key={ref.vendor} url={url}>
          {t('person.openIn', { vendor: t(`vendor.${ref.vendor}`) })}
        </OpenLink>
      ))}
      <CompanyButtons people={shown} version={view.version} />
      {archived.map(({ ref }) => (
        <Chip key={ref.vendor} tone="warn" icon={<IconArchive size={13} aria-hidden="true" />}>
          {ref.vendor === person.ref.vendor
            ? t('person.archived')
            : t('person.archivedIn', { vendor: t(`vendor.${ref.vendor}`) })}
        </Chip>
      ))}
    </div>
  );
}

function IdentitySkeleton() {
  return (
    <div className={classes.card} role="status" aria-label={t('person.loading')}>
      <h1 className="cp-hidden">{t('person.loading')}</h1>
      <Skeleton height={36} circle />
      <div className={classes.text}>
        <Skeleton height={16} width="55%" mt={2} mb={8} />
        <Skeleton height={11} width="75%" mb={10} />
        <Skeleton height={11} width="65%" mb={8} />
        <Skeleton height={11} width="45%" mb={4} />
      </div>
    </div>
  );
}
