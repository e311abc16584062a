import { Button } from '@mantine/core';
import { useState } from 'react';
import { VENDOR_NAMES } from '../../../lib/core/contact.ts';
import { t } from '../../../lib/i18n.ts';
import { ownPress } from '../../../lib/panel/adding.ts';
import { personKey, viewKey } from '../../../lib/panel/selectors.ts';
import type { PersonView, SubjectView } from '../../../lib/panel-state.ts';
import { useOpener } from '../../shared/use-opener.ts';
import { usePanel } from '../panel-context.ts';
import { AddOutcome } from '../sections/AddOutcome.tsx';
import { ConfirmPerson } from '../sections/ConfirmPerson.tsx';
import { CompanyEditor } from './CompanyEditor.tsx';

/** A quiet way to change where the person belongs, once it is certain who they are. */
export function CompanyChange({ view }: { view: SubjectView }) {
  if (view.person.status !== 'ready') return null;
  if (view.suggested) return <ConfirmPerson view={view} />;
  return <Toggle key={`${personKey(view)}@${view.version}`} view={view} person={view.person.value} />;
}

function Toggle({ view, person }: { view: SubjectView; person: PersonView }) {
  const [isOpen, setOpen] = useState(false);
  const isPainted = usePanel((store) => store.paintedKey === viewKey(view));
  const adding = usePanel((store) => store.adding);
  const opener = useOpener(isOpen);
  if (isOpen) return <CompanyEditor view={view} person={person} onClose={() => setOpen(false)} />;
  return (
    <>
      <div>
        <Button
          ref={opener}
          size="compact-xs"
          variant="subtle"
          disabled={!isPainted || view.refreshing}
          onClick={() => setOpen(true)}
        >
          {t('companySet.open')}
        </Button>
      </div>
      {/* What came of a press is told also where the form was closed, or in another panel. */}
      {VENDOR_NAMES.map((vendor) => {
        const press = ownPress(adding, view.version, vendor, 'company');
        return press && <AddOutcome key={vendor} adding={press} />;
      })}
    </>
  );
}
