import { Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CompanySign } from '../../../lib/core/company.ts';
import { t } from '../../../lib/i18n.ts';
import type { CompanyName, CompanyOffer } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import classes from './Create.module.css';

interface Props {
  offer: CompanyOffer;
  chosen: CompanyName | null;
  isBusy: boolean;
  onChoose: (company: CompanyName) => void;
  onRetry: () => void;
}

/** More than this is no list to choose from. */
const SHOWN = 8;

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
  return <Picker offer={offer} chosen={chosen} isBusy={isBusy} onChoose={onChoose} />;
}

function Picker({
  offer: { candidates, all, total },
  chosen,
  isBusy,
  onChoose,
}: Omit<Props, 'offer' | 'onRetry'> & { offer: Extract<CompanyOffer, { status: 'ready' }> }) {
  const [typed, setTyped] = useState('');
  const words = typed.trim().toLowerCase();
  const isCandidate = (id: string): boolean => candidates.some((candidate) => candidate.id === id);
  const matching = words === '' ? [] : all.filter(({ name }) => name.toLowerCase().includes(words));
  const others = matching.filter(({ id }) => !isCandidate(id)).slice(0, SHOWN);
  // Whoever was chosen by hand stays in sight.
  const kept =
    chosen && !isCandidate(chosen.id) && !others.some(({ id }) => id === chosen.id) ? [chosen] : [];
  const hint =
    candidates.length === 0 ? 'companyNone' : candidates.length === 1 ? 'companyOne' : 'companySeveral';
  return (
    <div className={classes.group}>
      <Radio.Group
        size="sm"
        label={t('create.company')}
        description={t(`create.${hint}`)}
        value={chosen?.id ?? ''}
        onChange={(id) => {
          const company = all.find((candidate) => candidate.id === id);
          if (company) onChoose(company);
        }}
      >
        <div className={classes.list}>
          {candidates.map(({ id, name, signs }) => (
            <Radio
              key={id}
              value={id}
              size="sm"
              label={<bdi>{name}</bdi>}
              description={signs.map(signWords).join(' · ')}
              disabled={isBusy}
            />
          ))}
          {[...kept, ...others].map(({ id, name }) => (
            <Radio key={id} value={id} size="sm" label={<bdi>{name}</bdi>} disabled={isBusy} />
          ))}
        </div>
      </Radio.Group>
      <TextInput
        size="sm"
        label={t('create.companyFilter')}
        dir="auto"
        autoComplete="off"
        maxLength={200}
        value={typed}
        readOnly={isBusy}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <p className={classes.soft} role="status">
        {words !== '' && matching.length === 0
          ? t('create.companyNobody')
          : matching.length > SHOWN
            ? t('create.companyMore')
            : ''}
      </p>
      {total > all.length && (
        <p className={classes.soft}>{t('create.companyWindow', { seen: all.length, total })}</p>
      )}
    </div>
  );
}

const signWords = (sign: CompanySign): string =>
  t(sign === 'domain' ? 'create.signDomain' : 'create.signName');
