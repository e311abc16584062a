import { Button } from '@mantine/core';
import { useState } from 'react';
import { mayWrite } from '../../../lib/core/resource-settings.ts';
import { t } from '../../../lib/i18n.ts';
import { otherVendor, personKey, viewKey } from '../../../lib/panel/selectors.ts';
import type { PersonView, SubjectView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { useOpener } from '../../shared/use-opener.ts';
import { usePanel } from '../panel-context.ts';
import { ReadOnly } from '../SwitchedOff.tsx';
import classes from './Create.module.css';
import { CreateForm } from './CreateForm.tsx';
import { FindCounterpart } from './FindCounterpart.tsx';

/** The ways on where nobody was found: create the counterpart, or find it by hand. What was opened is for this person alone. */
export function CounterpartArea({ view }: { view: SubjectView }) {
  if (view.person.status !== 'ready') return null;
  return <Area key={`${personKey(view)}@${view.version}`} view={view} person={view.person.value} />;
}

function Area({ view, person }: { view: SubjectView; person: PersonView }) {
  const [open, setOpen] = useState<'create' | 'find' | null>(null);
  const isPainted = usePanel((store) => store.paintedKey === viewKey(view));
  const isBusy = usePanel((store) => store.busy !== null || store.creating?.result === null);
  const opener = useOpener(open !== null);
  const target = otherVendor(view.subject.vendor);
  const vendor = vendorWord(target);
  const isWritten = usePanel(
    ({ mirror }) => mirror === null || mayWrite(mirror.resources, 'contacts', target),
  );
  // Whoever closes it is back where they came from.
  const close = (): void => setOpen(null);
  if (open === 'create') return <CreateForm view={view} person={person} onClose={close} />;
  if (open === 'find') return <FindCounterpart view={view} person={person} onClose={close} />;
  const button = { size: 'sm', disabled: !isPainted || view.refreshing || isBusy } as const;
  return (
    <>
      {!isWritten && <ReadOnly vendor={target} />}
      <div className={classes.buttons}>
        {isWritten && (
          <Button {...button} ref={opener} onClick={() => setOpen('create')}>
            {t('create.button', { vendor })}
          </Button>
        )}
        <Button
          {...button}
          {...(isWritten ? {} : { ref: opener })}
          variant="default"
          onClick={() => setOpen('find')}
        >
          {t('find.button')}
        </Button>
      </div>
    </>
  );
}
