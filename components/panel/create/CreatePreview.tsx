import { Button, Checkbox } from '@mantine/core';
import { useId, useState } from 'react';
import { type FieldName, isCompany } from '../../../lib/core/contact.ts';
import { t, tCount, wordKey } from '../../../lib/i18n.ts';
import { bringOffer } from '../../../lib/panel/bringing.ts';
import { personKey } from '../../../lib/panel/selectors.ts';
import type { CompanyName, CreationPreview, SubjectView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { usePanel } from '../panel-context.ts';
import { BringAlong, type Brought, NOTHING_BROUGHT } from './BringAlong.tsx';
import { CompanyPicker } from './CompanyPicker.tsx';
import classes from './Create.module.css';
import { CreateFields } from './CreateFields.tsx';
import { OutcomeBody } from './OutcomeBody.tsx';

interface Props {
  view: SubjectView;
  preview: CreationPreview;
  onClose: () => void;
  onReload: () => void;
}

/** What will be created, where, and what that costs; and the one button that does it. */
export function CreatePreview({ view, preview, onClose, onReload }: Props) {
  const { planId, vendor: target, personName, rows, problem, companies, earlier } = preview;
  const create = usePanel((store) => store.create);
  const isCreating = usePanel((store) => store.creating?.result === null);
  const costId = useId();
  const [fields, setFields] = useState<FieldName[]>(() =>
    rows.filter(({ write }) => write.can).map(({ field }) => field),
  );
  const [company, setCompany] = useState<CompanyName | null>(() => {
    const [only, ...others] = companies?.status === 'ready' ? companies.candidates : [];
    return only && others.length === 0 ? { id: only.id, name: only.name } : null;
  });
  const bringOver = usePanel((store) => store.bringOver);
  const mirror = usePanel((store) => store.mirror);
  const offer = bringOffer(view, target, mirror?.adding ?? null, mirror?.resources ?? []);
  const [brought, setBrought] = useState<Brought>(NOTHING_BROUGHT);
  const [withCompany, setWithCompany] = useState(false);
  const [isConfirmed, setConfirmed] = useState(!view.suggested);
  const vendor = vendorWord(target);
  const buttons = (
    <Button size="sm" variant="default" disabled={isCreating} onClick={onClose}>
      {t('create.cancel')}
    </Button>
  );
  if (earlier) {
    return (
      <>
        <OutcomeBody result={earlier} onLookAgain={onReload} />
        <div className={classes.buttons}>{buttons}</div>
      </>
    );
  }
  const isNeeded = (field: FieldName): boolean => rows.some((row) => row.required && row.field === field);
  const hasReach = fields.some((field) => field === 'email' || field === 'phone' || isNeeded(field));
  const cost = isCompany(view.subject) ? 'costCompany' : target === 'ghl' ? 'costGhl' : 'costAtera';
  const items = [...(brought.work ? offer.work : []), ...(brought.work && brought.notes ? offer.notes : [])];
  const tags = brought.tags ? offer.tags : [];
  const steps = items.length + tags.length + (withCompany ? 1 : 0);
  const needsCompany = companies !== null && company === null && !withCompany;
  const canCreate = planId !== null && hasReach && !needsCompany && isConfirmed && !isCreating;
  return (
    <>
      <CreateFields rows={rows} vendor={target} chosen={fields} isBusy={isCreating} onChange={setFields} />
      {companies && problem === null && (
        <CompanyPicker
          offer={companies}
          chosen={withCompany ? null : company}
          isBusy={isCreating || withCompany}
          onChoose={setCompany}
          onRetry={onReload}
        />
      )}
      {companies && offer.company !== null && problem === null && (
        <Checkbox
          size="sm"
          label={t('bring.company', { name: offer.company })}
          description={t('bring.companyWhy')}
          checked={withCompany}
          disabled={isCreating}
          onChange={({ currentTarget }) => setWithCompany(currentTarget.checked)}
        />
      )}
      {problem === null && !isCompany(view.subject) && (
        <BringAlong
          offer={offer}
          target={target}
          chosen={brought}
          isBusy={isCreating}
          onChange={setBrought}
        />
      )}
      {problem && <p role="alert">{t(`create.problem.${wordKey(problem)}`, { vendor })}</p>}
      {view.suggested && problem === null && (
        <Checkbox
          size="sm"
          label={<bdi>{t('push.confirm', { name: personName })}</bdi>}
          description={t('create.confirmWhy')}
          checked={isConfirmed}
          disabled={isCreating}
          onChange={({ currentTarget }) => setConfirmed(currentTarget.checked)}
        />
      )}
      {problem === null && (
        <>
          <p id={costId} className={classes.soft}>
            {t(`create.${cost}`, { vendor })} {steps > 0 && tCount('bring.cost', steps)}
          </p>
          <p className={classes.soft} role="status">
            {isCreating
              ? t('create.busy', { vendor })
              : !hasReach
                ? t('create.needReach')
                : needsCompany && companies.status === 'ready'
                  ? t('create.needCompany')
                  : ''}
          </p>
        </>
      )}
      <div className={classes.buttons}>
        {problem === null && (
          <Button
            size="sm"
            aria-describedby={costId}
            disabled={!canCreate}
            onClick={() =>
              planId !== null &&
              (steps > 0
                ? void bringOver({
                    planId,
                    fields,
                    ...(company && !withCompany ? { customer: company } : {}),
                    ...(view.suggested ? { confirmedName: personName } : {}),
                    withCompany,
                    items,
                    tags,
                  }).then((isStored) => isStored && onClose())
                : void create({
                    version: view.version,
                    person: personKey(view),
                    vendor: target,
                    personName,
                    planId,
                    fields,
                    ...(company ? { customer: company } : {}),
                    ...(view.suggested ? { confirmedName: personName } : {}),
                    // What was shown is used up by the press, whatever came of it.
                  }).then(onClose))
            }
          >
            <bdi>{t('create.submit', { name: personName, vendor })}</bdi>
          </Button>
        )}
        {buttons}
      </div>
    </>
  );
}
