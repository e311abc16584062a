import { Button } from '@mantine/core';
import { t } from '../../../lib/i18n.ts';
import { subjectOf } from '../../../lib/panel/selectors.ts';
import type { FoundCounterpart, PersonView } from '../../../lib/panel-state.ts';
import { Chip } from '../../shared/Chip.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { OpenLink } from '../../shared/OpenLink.tsx';
import { VendorMark } from '../../shared/VendorMark.tsx';
import { EvidenceChips } from '../match/EvidenceChips.tsx';
import { usePanel } from '../panel-context.ts';
import classes from './Create.module.css';

const LINES = ['email', 'phone', 'company'] as const;

/** Somebody found, beside the person on screen: Atera left, GHL right, and what agrees. */
export function FoundPerson({
  found: { person: found, evidence, linkedTo },
  person,
  version,
}: {
  found: FoundCounterpart;
  person: PersonView;
  version: number;
}) {
  const link = usePanel((store) => store.linkFound);
  const isBusy = usePanel((store) => store.busy !== null);
  const isLinking = usePanel((store) => store.busy === 'link');
  const isStill = usePanel((store) => subjectOf(store.mirror)?.version === version);
  const [left, right] = person.ref.vendor === 'atera' ? [person, found] : [found, person];
  return (
    <>
      <p className={classes.name}>
        <span dir="auto">{found.name}</span>
        <OpenLink
          url={found.url}
          label={t('person.openItem', { title: found.name, vendor: vendorWord(found.ref.vendor) })}
        />
      </p>
      <EvidenceChips evidence={evidence} />
      {found.archived && <Chip tone="warn">{t('person.archived')}</Chip>}
      <table className={classes.table} aria-label={t('find.table', { name: found.name })}>
        <thead>
          <tr>
            <td />
            <th scope="col">
              <VendorMark vendor="atera" />
            </th>
            <th scope="col">
              <VendorMark vendor="ghl" />
            </th>
          </tr>
        </thead>
        <tbody>
          {LINES.map((line) => (
            <tr key={line}>
              <th scope="row">{t(`field.${line}`)}</th>
              <td dir="auto">{left[line] ?? t('field.empty')}</td>
              <td dir="auto">{right[line] ?? t('field.empty')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {linkedTo && <p className={classes.soft}>{t('find.linked')}</p>}
      <div>
        <Button
          size="compact-sm"
          disabled={isBusy || !isStill}
          loading={isLinking}
          aria-label={t('find.choose', { name: found.name })}
          onClick={() => void link(version, person.ref, found.ref, linkedTo)}
        >
          {t('find.this')}
        </Button>
      </div>
    </>
  );
}
