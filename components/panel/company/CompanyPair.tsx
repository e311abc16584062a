import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { Ref } from '../../../lib/core/contact.ts';
import { mayWrite } from '../../../lib/core/resource-settings.ts';
import { t } from '../../../lib/i18n.ts';
import { accountOf, otherVendor, viewKey } from '../../../lib/panel/selectors.ts';
import type { CompanyView, PersonView, SubjectView } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { useOpener } from '../../shared/use-opener.ts';
import { VendorMark } from '../../shared/VendorMark.tsx';
import { ActivityCard } from '../activity/ActivityCard.tsx';
import { CreateForm } from '../create/CreateForm.tsx';
import { CreateOutcome } from '../create/CreateOutcome.tsx';
import { DiffCard } from '../diff/DiffCard.tsx';
import { usePanel } from '../panel-context.ts';
import { ReadOnly } from '../SwitchedOff.tsx';
import classes from './Company.module.css';
import { CompanyLinkForm } from './CompanyLinkForm.tsx';
import { CompanyOutsiders } from './CompanyOutsiders.tsx';

interface Props {
  view: CompanyView;
  compared: SubjectView | null;
}

/** The same company in the other system: what differs, once the agent has linked the two. */
export function CompanyPair({ view, compared }: Props) {
  const refresh = usePanel((store) => store.refresh);
  const company = useCompanyRef(view);
  const match = compared?.match ?? { status: 'none' as const };
  // What could not be read is told above.
  if (view.company.status !== 'ready' || !company) return null;
  if (view.device !== null) return <OfDevice view={view} company={company} name={view.company.value.name} />;
  switch (match.status) {
    case 'loading':
      return (
        <div className={classes.card} role="status" aria-label={t('companyPair.loading')}>
          <Skeleton height={14} width="60%" />
        </div>
      );
    case 'failed':
      return <ErrorNotice error={match.error} effect="nothing-written" onRetry={() => void refresh()} />;
    case 'linked':
      return (
        compared && (
          <>
            <CreateOutcome view={compared} />
            <Linked view={compared} counterpart={match.counterpart} />
            <DiffCard view={compared} />
            {hasPeople(view) && compared.person.status === 'ready' && (
              <CompanyOutsiders
                key={`${match.counterpart.ref.id}@${compared.version}`}
                view={compared}
                company={compared.person.value}
                counterpart={match.counterpart}
              />
            )}
            <ActivityCard isCompany />
          </>
        )
      );
    default:
      return (
        <Unlinked key={`${company.id}@${view.version}`} view={view} compared={compared} company={company} />
      );
  }
}

const hasPeople = ({ people }: CompanyView): boolean => people.status === 'ready' && people.value.length > 0;

/** The company as the background names it. */
function useCompanyRef({ subject: { vendor, kind, id } }: CompanyView): Ref | null {
  const accountId = usePanel(({ mirror }) => accountOf(mirror?.accounts ?? [], vendor)?.id ?? null);
  return accountId === null ? null : { vendor, accountId, kind, id };
}

/** A device is no company: its customer is compared on a page of its own, one step from here and back. */
function OfDevice({
  view: { device, version },
  company,
  name,
}: {
  view: CompanyView;
  company: Ref;
  name: string;
}) {
  const openCompany = usePanel((store) => store.openCompany);
  const isBusy = usePanel((store) => store.busy !== null);
  if (device?.status !== 'ready') return null;
  const { companyId } = device.value;
  return (
    <section className={classes.card} aria-labelledby="company-pair-title">
      <h2 id="company-pair-title" className={classes.title}>
        {t('companyPair.title')}
      </h2>
      <p className={classes.fact}>
        {t('companyPair.ofDevice', { vendor: vendorWord(otherVendor(company.vendor)) })}
      </p>
      <div className={classes.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isBusy}
          onClick={() => void openCompany({ ref: company, companyId }, version)}
        >
          {t('companyPair.openOfDevice', { name })}
        </Button>
      </div>
    </section>
  );
}

function Linked({ view, counterpart }: { view: SubjectView; counterpart: PersonView }) {
  const unlink = usePanel((store) => store.unlink);
  const isBusy = usePanel((store) => store.busy !== null);
  const isPainted = usePanel((store) => store.paintedKey === viewKey(view));
  const { person, version, refreshing } = view;
  return (
    <section className={classes.card} aria-labelledby="company-pair-title">
      <h2 id="company-pair-title" className={classes.title}>
        {t('companyPair.title')}
      </h2>
      <p className={classes.name}>
        <VendorMark vendor={counterpart.ref.vendor} /> {t('companyPair.linked')} <bdi>{counterpart.name}</bdi>
      </p>
      {person.status === 'ready' && (
        <div>
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={!isPainted || refreshing || isBusy}
            onClick={() => void unlink(version, person.value.ref, counterpart.ref)}
          >
            {t('match.unlink')}
          </Button>
        </div>
      )}
      <p className={classes.fact}>{t('match.nothingSent')}</p>
    </section>
  );
}

interface UnlinkedProps extends Props {
  company: Ref;
}

/** The ways on: find it there, or, once it was looked for, create it. */
function Unlinked({ view, compared, company }: UnlinkedProps) {
  const [open, setOpen] = useState<'find' | 'create' | null>(null);
  const isBusy = usePanel((store) => store.busy !== null || store.creating?.result === null);
  const isPainted = usePanel((store) => compared !== null && store.paintedKey === viewKey(compared));
  const opener = useOpener(open !== null);
  const vendor = otherVendor(company.vendor);
  const isWritten = usePanel(
    ({ mirror }) => mirror === null || mayWrite(mirror.resources, 'companies', vendor),
  );
  const words = { vendor: vendorWord(vendor) };
  const person = compared?.person.status === 'ready' ? compared.person.value : null;
  const close = (): void => setOpen(null);
  return (
    <section className={classes.card} aria-labelledby="company-pair-title">
      <h2 id="company-pair-title" className={classes.title}>
        {t('companyPair.title')}
      </h2>
      <p>{t('companyPair.none', words)}</p>
      {compared && <CreateOutcome view={compared} />}
      {open === 'find' && (
        <CompanyLinkForm version={view.version} company={company} vendor={vendor} onClose={close} />
      )}
      {open === 'create' && compared && person && (
        <CreateForm view={compared} person={person} onClose={close} />
      )}
      {open === null && (
        <div>
          <Button
            ref={opener}
            size="compact-sm"
            variant="default"
            disabled={isBusy || view.refreshing}
            onClick={() => setOpen('find')}
          >
            {t('companyPair.find', words)}
          </Button>
        </div>
      )}
      {open !== 'create' &&
        person &&
        (isWritten ? (
          <div>
            <Button
              size="compact-sm"
              variant="default"
              disabled={isBusy || !isPainted || view.refreshing}
              onClick={() => setOpen('create')}
            >
              {t('companyPair.create', words)}
            </Button>
          </div>
        ) : (
          <ReadOnly vendor={vendor} />
        ))}
    </section>
  );
}
