import { useState } from 'react';
import type { VendorName } from '../../../lib/core/contact.ts';
import { mayWrite } from '../../../lib/core/resource-settings.ts';
import { t } from '../../../lib/i18n.ts';
import type {
  Addition,
  CompanyName,
  CompanyOffer,
  CompanySide,
  SubjectView,
} from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { VendorMark } from '../../shared/VendorMark.tsx';
import { CompanyList } from '../create/CompanyList.tsx';
import { QuirkNote } from '../diff/QuirkNote.tsx';
import { usePanel } from '../panel-context.ts';
import { ReadOnly } from '../SwitchedOff.tsx';
import { AddForm } from '../sections/AddForm.tsx';
import classes from './Company.module.css';

interface Props {
  vendor: VendorName;
  side: CompanySide;
  view: SubjectView;
  onRetry: () => void;
}

/** Where the person is in one system, and one button that puts them elsewhere. */
export function CompanySideForm({ vendor, side, view, onRetry }: Props) {
  const isOpen = usePanel(({ mirror }) => mirror === null || mayWrite(mirror.resources, 'companies', vendor));
  const name = vendorWord(vendor);
  if (side.status === 'failed')
    return (
      <ErrorNotice
        error={side.error}
        title={t('companySet.sideFailed', { vendor: name })}
        onRetry={onRetry}
      />
    );
  const { present, offer } = side;
  return (
    <div className={classes.editorSide}>
      <p>
        <VendorMark vendor={vendor} />{' '}
        {present ? (
          <>
            {t('companySet.now')} <bdi>{present.name}</bdi>
          </>
        ) : (
          t('companySet.nowhere')
        )}
      </p>
      {!isOpen ? (
        <ReadOnly vendor={vendor} />
      ) : offer.status === 'failed' ? (
        <ErrorNotice
          error={offer.error}
          title={t('companySet.listFailed', { vendor: name })}
          effect="nothing-written"
          onRetry={onRetry}
        />
      ) : offer.all.length === 0 ? (
        <p className={classes.fact}>{t('companySet.noOther', { vendor: name })}</p>
      ) : (
        <Choice key={present?.id ?? ''} vendor={vendor} present={present} offer={offer} view={view} />
      )}
    </div>
  );
}

interface ChoiceProps {
  vendor: VendorName;
  present: CompanyName | null;
  offer: Extract<CompanyOffer, { status: 'ready' }>;
  view: SubjectView;
}

function Choice({ vendor, present, offer, view }: ChoiceProps) {
  const { candidates, all, total } = offer;
  const [only] = candidates;
  // What the agent has linked, or the only one that fits; from a company that is set already nobody is led away.
  const first = only && !present && (candidates.length === 1 || only.signs.includes('linked')) ? only : null;
  const [chosen, setChosen] = useState<CompanyName | null>(first && { id: first.id, name: first.name });
  const isBusy = usePanel(({ adding }) => adding !== null && adding.result === null) || view.refreshing;
  const words = { vendor: vendorWord(vendor), name: chosen?.name ?? '' };
  const kind = vendor === 'ghl' ? 'set-business' : 'set-customer';
  const addition: Addition | null = chosen && { kind, from: present, to: chosen };
  return (
    <AddForm
      vendor={vendor}
      section="company"
      view={view}
      button={chosen ? t('companySet.button', words) : t('companySet.choose', words)}
      cost={
        vendor === 'ghl'
          ? t('companySet.costGhl')
          : t('companySet.costAtera', { name: present?.name ?? t('companySet.before') })
      }
      addition={addition}
    >
      <QuirkNote vendor={vendor} field="company" resource="contacts" />
      <CompanyList
        offer={offer}
        chosen={chosen}
        isBusy={isBusy}
        onChoose={setChosen}
        vendor={vendor}
        label={t('companySet.list', words)}
        hint={t(candidates.length === 0 ? 'companySet.none' : 'companySet.some')}
        cut={
          total === null
            ? t('companySet.cutOpen', { ...words, seen: all.length })
            : t('companySet.cut', { ...words, seen: all.length, total })
        }
      />
    </AddForm>
  );
}
