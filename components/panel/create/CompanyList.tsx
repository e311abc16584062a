import { Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CompanySign } from '../../../lib/core/company.ts';
import type { VendorName } from '../../../lib/core/contact.ts';
import { t } from '../../../lib/i18n.ts';
import { otherVendor } from '../../../lib/panel/selectors.ts';
import type { CompanyName, CompanyOffer } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import classes from './Create.module.css';

export interface CompanyListProps {
  offer: Extract<CompanyOffer, { status: 'ready' }>;
  chosen: CompanyName | null;
  isBusy: boolean;
  onChoose: (company: CompanyName) => void;
  /** Whose companies they are. */
  vendor: VendorName;
  /** What is chosen. */
  label: string;
  hint: string;
  /** Said where not all were looked through. */
  cut: string;
}

/** More than this is no list to choose from. */
const SHOWN = 8;

/** Companies to choose one of: those that fit with the reason, and all others by name. */
export function CompanyList({
  offer: { candidates, all, total },
  chosen,
  isBusy,
  onChoose,
  vendor,
  label,
  hint,
  cut,
}: CompanyListProps) {
  const [typed, setTyped] = useState('');
  const words = typed.trim().toLowerCase();
  const isCandidate = (id: string): boolean => candidates.some((candidate) => candidate.id === id);
  const matching = words === '' ? [] : all.filter(({ name }) => name.toLowerCase().includes(words));
  const others = matching.filter(({ id }) => !isCandidate(id)).slice(0, SHOWN);
  // Whoever was chosen by hand stays in sight.
  const kept =
    chosen && !isCandidate(chosen.id) && !others.some(({ id }) => id === chosen.id) ? [chosen] : [];
  return (
    <div className={classes.group}>
      <Radio.Group
        size="sm"
        label={label}
        description={hint}
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
              description={signs.map((sign) => signWords(sign, vendor)).join(' · ')}
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
      {(total === null || total > all.length) && <p className={classes.soft}>{cut}</p>}
    </div>
  );
}

function signWords(sign: CompanySign, vendor: VendorName): string {
  if (sign === 'name') return t('company.signName', { vendor: vendorWord(otherVendor(vendor)) });
  return t(sign === 'linked' ? 'company.signLinked' : 'create.signDomain');
}
