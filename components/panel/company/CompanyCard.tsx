import { t } from '../../../lib/i18n.ts';
import { peopleOf } from '../../../lib/panel/selectors.ts';
import type { CompanyCard as CardFacts, PersonView, SubjectView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { OpenLink } from '../../shared/OpenLink.tsx';
import { VendorMark } from '../../shared/VendorMark.tsx';
import classes from './Company.module.css';
import { CompanyChange } from './CompanyChange.tsx';

/** The company of the person in view: Atera's customer beside what GHL holds, and the way to put them into another one. */
export function CompanyCard({ view }: { view: SubjectView }) {
  const { atera, ghl } = peopleOf(view);
  // Both read with the person; without companies, neither is told.
  const isTold = atera?.customer !== undefined || ghl?.isInBusiness !== undefined;
  const isPair = atera !== null && ghl !== null;
  if (!isTold || (!isPair && ![atera, ghl].some((person) => person !== null && hasCompany(person))))
    return null;
  return (
    <section className={classes.card} aria-labelledby="company-title">
      <h2 id="company-title" className={classes.title}>
        {t('companyCard.title')}
      </h2>
      <div className={classes.sides}>
        {atera && <AteraSide customer={atera.customer ?? null} name={atera.company} />}
        {ghl && <GhlSide person={ghl} />}
      </div>
      <CompanyChange view={view} />
    </section>
  );
}

const hasCompany = ({ company, customer, isInBusiness }: PersonView): boolean =>
  company !== null || Boolean(customer) || isInBusiness === true;

function AteraSide({ customer, name }: { customer: CardFacts | null; name: string | null }) {
  const facts = [customer?.domain, customer?.phone, customer?.address].filter((fact) => fact != null);
  const shown = customer?.name ?? name;
  return (
    <div className={classes.side}>
      <VendorMark vendor="atera" />
      <Name name={shown} />
      {facts.map((fact) => (
        <p key={fact} className={classes.fact} dir="auto">
          {fact}
        </p>
      ))}
      <OpenLink url={customer?.url ?? null}>{t('person.openIn', { vendor: vendorWord('atera') })}</OpenLink>
    </div>
  );
}

/** A name alone is free text in GHL; the link to a business is another thing. */
function GhlSide({ person: { company, isInBusiness } }: { person: PersonView }) {
  return (
    <div className={classes.side}>
      <VendorMark vendor="ghl" />
      <Name name={company} />
      {(company !== null || isInBusiness) && (
        <p className={classes.fact}>{t(isInBusiness ? 'companyCard.inBusiness' : 'companyCard.nameOnly')}</p>
      )}
    </div>
  );
}

const Name = ({ name }: { name: string | null }) =>
  name === null ? (
    <p className={classes.fact}>{t('companyCard.none')}</p>
  ) : (
    <p className={classes.name} dir="auto">
      {name}
    </p>
  );
