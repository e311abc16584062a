import { Button } from '@mantine/core';
import { useId, useRef, useState } from 'react';
import { VENDOR_NAMES, type VendorName } from '../../../lib/core/contact.ts';
import { mayWrite } from '../../../lib/core/resource-settings.ts';
import { t, tCount } from '../../../lib/i18n.ts';
import type { RegistryView, Remembering, SubjectView } from '../../../lib/panel-state.ts';
import { useBrowserActions } from '../../shared/browser-context.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { usePanel } from '../panel-context.ts';
import { AddOutcome } from '../sections/AddOutcome.tsx';
import classes from './Match.module.css';
import { RememberPreview } from './RememberPreview.tsx';

/** Offers to write into both records of a linked pair who the other one is, for other browsers to find. Never by itself. */
export function Remember({ view }: { view: SubjectView }) {
  const { match, registry, suggested } = view;
  const adding = usePanel((store) => store.adding);
  if (!registry?.wanted || match.status !== 'linked' || suggested) return null;
  const isOwn = adding?.version === view.version && adding.addition.kind.startsWith('remember-in-');
  return (
    <section className={classes.remember} aria-label={t('remember.title')}>
      <Fields registry={registry} />
      <Offer key={view.version} view={view} registry={registry} />
      <AddOutcome adding={isOwn ? adding : null} />
    </section>
  );
}

/** What keeps a field from being written, and who can mend it. */
function Fields({ registry: { fields, pointers } }: { registry: RegistryView }) {
  const { openOptions } = useBrowserActions();
  const missing = VENDOR_NAMES.filter((vendor) => fields[vendor].state !== 'ready');
  if (missing.length === 0) {
    const isDone = VENDOR_NAMES.every((vendor) => pointers[vendor]?.state === 'agrees');
    return isDone ? <p className={classes.soft}>{t('remember.done')}</p> : null;
  }
  return (
    <>
      {missing.map((vendor) => (
        <p key={vendor} className={classes.soft}>
          {t('remember.noField', { vendor: vendorWord(vendor), field: fields[vendor].name })}
        </p>
      ))}
      <Button size="compact-sm" variant="default" onClick={() => void openOptions('registry')}>
        {t('remember.setUp')}
      </Button>
    </>
  );
}

function Offer({ view, registry }: { view: SubjectView; registry: RegistryView }) {
  const [isOpen, setOpen] = useState(false);
  const [replaced, setReplaced] = useState<readonly VendorName[]>([]);
  const add = usePanel((store) => store.add);
  const isBusy = usePanel(({ adding }) => adding !== null && adding.result === null);
  const resources = usePanel(({ mirror }) => mirror?.resources ?? []);
  const costId = useId();
  const area = useRef<HTMLDivElement>(null);
  const open = VENDOR_NAMES.filter((vendor) => {
    const pointer = registry.pointers[vendor];
    const isWanted = pointer !== null && pointer.state !== 'agrees';
    return isWanted && registry.fields[vendor].state === 'ready' && mayWrite(resources, 'contacts', vendor);
  });
  const [only] = open;
  const additions = open.flatMap((vendor) => rememberingOf(registry, vendor, replaced.includes(vendor)));
  const write = async (): Promise<void> => {
    for (const addition of additions) {
      const state = (await add(view, addition))?.state;
      // What waits is a press of its own. Where it stopped, and why, is told below: the rest is offered again.
      if (state !== 'done' && state !== 'queued') return;
    }
    setOpen(false);
    // The button goes: the keyboard stays here.
    area.current?.focus();
  };
  return (
    <div ref={area} tabIndex={-1} className={classes.remember}>
      {only && (
        <>
          <Button size="compact-sm" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {open.length > 1 ? t('remember.both') : t('remember.one', { vendor: vendorWord(only) })}
          </Button>
          {isOpen && (
            <>
              <RememberPreview
                vendors={open}
                registry={registry}
                replaced={replaced}
                onReplace={(vendor, isOn) =>
                  setReplaced(isOn ? [...replaced, vendor] : replaced.filter((one) => one !== vendor))
                }
              />
              <p id={costId} className={classes.soft}>
                {tCount('remember.cost', additions.length)}
              </p>
              <Button
                size="compact-sm"
                aria-describedby={costId}
                disabled={additions.length === 0 || isBusy || view.refreshing}
                onClick={() => void write()}
              >
                {t('remember.write')}
              </Button>
            </>
          )}
        </>
      )}
    </div>
  );
}

/** What is pressed for one side; nothing where something else stands there, and the agent has not said that it may go. */
function rememberingOf(
  { fields, pointers, wanted }: RegistryView,
  vendor: VendorName,
  isReplaced: boolean,
): Remembering[] {
  const [field, pointer] = [fields[vendor].key, pointers[vendor]];
  if (field === null || !pointer || !wanted) return [];
  const isEmpty = pointer.state === 'empty';
  if (!isEmpty && (!isReplaced || pointer.text === null)) return [];
  return [
    { kind: `remember-in-${vendor}`, field, text: wanted[vendor], expected: isEmpty ? null : pointer.text },
  ];
}
