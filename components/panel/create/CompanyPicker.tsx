import { t } from '../../../lib/i18n.ts';
import type { CompanyName, CompanyOffer } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { CompanyList } from './CompanyList.tsx';
import classes from './Create.module.css';

interface Props {
  offer: CompanyOffer;
  chosen: CompanyName | null;
  isBusy: boolean;
  onChoose: (company: CompanyName) => void;
  onRetry: () => void;
}

/** The company of the new contact: those that fit with the reason, and all others by name. */
export function CompanyPicker({ offer, chosen, isBusy, onChoose, onRetry }: Props) {
  if (offer.status === 'failed') {
    return (
      <>
        <ErrorNotice
          error={offer.error}
          title={t('create.companyFailed')}
          effect="nothing-written"
          onRetry={onRetry}
        />
        <p className={classes.soft}>{t('create.companyNeeded')}</p>
      </>
    );
  }
  if (offer.all.length === 0) return <p role="alert">{t('create.noCompanies')}</p>;
  const { candidates, all, total } = offer;
  const hint =
    candidates.length === 0 ? 'companyNone' : candidates.length === 1 ? 'companyOne' : 'companySeveral';
  return (
    <CompanyList
      offer={offer}
      chosen={chosen}
      isBusy={isBusy}
      onChoose={onChoose}
      vendor="atera"
      label={t('create.company')}
      hint={t(`create.${hint}`)}
      cut={t('create.companyWindow', { seen: all.length, total: total ?? all.length })}
    />
  );
}
