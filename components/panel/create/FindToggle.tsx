import { Button } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../../lib/i18n.ts';
import { personKey, viewKey } from '../../../lib/panel/selectors.ts';
import type { PersonView, SubjectView } from '../../../lib/panel-state.ts';
import { useOpener } from '../../shared/use-opener.ts';
import { usePanel } from '../panel-context.ts';
import { FindCounterpart } from './FindCounterpart.tsx';

/** A quiet way to the search, where somebody is offered or matched who may be the wrong one. */
export function FindToggle({ view, label }: { view: SubjectView; label: 'button' | 'other' }) {
  if (view.person.status !== 'ready') return null;
  return (
    <Toggle key={`${personKey(view)}@${view.version}`} view={view} person={view.person.value} label={label} />
  );
}

function Toggle({
  view,
  person,
  label,
}: {
  view: SubjectView;
  person: PersonView;
  label: 'button' | 'other';
}) {
  const [isOpen, setOpen] = useState(false);
  const isPainted = usePanel((store) => store.paintedKey === viewKey(view));
  const isBusy = usePanel((store) => store.busy !== null);
  const opener = useOpener(isOpen);
  if (isOpen) return <FindCounterpart view={view} person={person} onClose={() => setOpen(false)} />;
  return (
    <div>
      <Button
        ref={opener}
        size="compact-xs"
        variant="subtle"
        disabled={!isPainted || view.refreshing || isBusy}
        onClick={() => setOpen(true)}
      >
        {t(`find.${label}`)}
      </Button>
    </div>
  );
}
