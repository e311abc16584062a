import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Ref, VendorName } from '../../../lib/core/contact.ts';
import { type ErrorView, toErrorView } from '../../../lib/errors.ts';
import { t } from '../../../lib/i18n.ts';
import type { CompanyName, CompanyOffer } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { CompanyList } from '../create/CompanyList.tsx';
import { usePanel } from '../panel-context.ts';
import classes from './Company.module.css';

type Offer = CompanyOffer | { status: 'loading' };

interface Props {
  version: number;
  company: Ref;
  /** Where it is looked for. */
  vendor: VendorName;
  onClose: () => void;
}

/** Companies of the other system to choose from. None is chosen beforehand: what looks alike must not be one click from a link. */
export function CompanyLinkForm({ version, company, vendor, onClose }: Props) {
  const getCompanyOffer = usePanel((store) => store.getCompanyOffer);
  const linkCompany = usePanel((store) => store.linkCompany);
  const isLinking = usePanel((store) => store.busy === 'link');
  const [offer, setOffer] = useState<Offer>({ status: 'loading' });
  const [chosen, setChosen] = useState<CompanyName | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const latest = useRef(0);
  const words = { vendor: vendorWord(vendor) };

  const load = useCallback(async (): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    setOffer({ status: 'loading' });
    const next = await getCompanyOffer(version, company).catch(
      (error: unknown): { status: 'failed'; error: ErrorView } => ({
        status: 'failed',
        error: toErrorView(error),
      }),
    );
    if (mine === latest.current) setOffer(next);
  }, [getCompanyOffer, version, company]);
  const start = useRef(load);
  useEffect(() => {
    heading.current?.focus();
    void start.current();
  }, []);

  return (
    <div className={classes.editor}>
      <h3 ref={heading} tabIndex={-1}>
        {t('companyPair.find', words)}
      </h3>
      <p className={classes.fact} role="status">
        {offer.status === 'loading' ? t('companySet.loading') : ''}
      </p>
      {offer.status === 'failed' && (
        <ErrorNotice
          error={offer.error}
          title={t('companySet.listFailed', words)}
          effect="nothing-written"
          onRetry={() => void load()}
        />
      )}
      {offer.status === 'ready' &&
        (offer.all.length === 0 ? (
          <p className={classes.fact}>{t('companyPair.empty', words)}</p>
        ) : (
          <>
            <CompanyList
              offer={offer}
              chosen={chosen}
              isBusy={isLinking}
              onChoose={setChosen}
              vendor={vendor}
              label={t('companySet.list', words)}
              hint={t(offer.candidates.length === 0 ? 'companySet.none' : 'companySet.some')}
              cut={
                offer.total === null
                  ? t('companySet.cutOpen', { ...words, seen: offer.all.length })
                  : t('companySet.cut', { ...words, seen: offer.all.length, total: offer.total })
              }
            />
            <div>
              <Button
                size="compact-sm"
                disabled={chosen === null}
                loading={isLinking}
                onClick={() => chosen && void linkCompany(version, company, chosen)}
              >
                {chosen ? t('companyPair.link', { name: chosen.name }) : t('companyPair.choose')}
              </Button>
            </div>
          </>
        ))}
      <p className={classes.fact}>{t('match.nothingSent')}</p>
      <div>
        <Button size="compact-xs" variant="subtle" onClick={onClose}>
          {t('companySet.close')}
        </Button>
      </div>
    </div>
  );
}
