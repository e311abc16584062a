import { Button, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { VENDOR_NAMES, type VendorName } from '../../lib/core/contact.ts';
import { t } from '../../lib/i18n.ts';
import type { RegistryStore } from '../../lib/panel/registry-store.ts';
import type { RegistrySettings } from '../../lib/panel-state.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { vendorWord } from '../shared/error-words.ts';
import { FieldProblem } from '../shared/FieldProblem.tsx';
import classes from './Options.module.css';

const SUGGESTED: Record<VendorName, string> = { atera: 'GHL contact', ghl: 'Atera contact' };
/** Atera takes the name as a part of an address, where these are not safe. */
const UNSAFE = /[/&?#%\\]/u;

/** Whether linked records name each other in custom fields, for other browsers to find; off until somebody wants it. */
export function RegistrySection({ store }: { store: StoreApi<RegistryStore> }) {
  const state = useStore(store);
  useEffect(() => store.getState().connect(), [store]);
  const { settings, failure } = state;
  return (
    <section id="registry" className={classes.section} aria-labelledby="registry-title">
      <h2 id="registry-title">{t('options.registry')}</h2>
      <p className={classes.soft}>{t('registry.intro')}</p>
      <p className={classes.soft}>{t('registry.hint')}</p>
      {failure && <ErrorNotice isSettings error={failure} onRetry={() => void state.load()} />}
      {settings === undefined && !failure && <p className={classes.soft}>{t('registry.loading')}</p>}
      {settings === null && <p className={classes.soft}>{t('registry.notConnected')}</p>}
      {settings && <Form key={namesOf(settings).join('/')} settings={settings} state={state} />}
    </section>
  );
}

const namesOf = ({ fields }: RegistrySettings): string[] =>
  VENDOR_NAMES.map((vendor) => fields[vendor].name ?? '');

function Form({
  settings: { isOn, fields, isNameless },
  state,
}: {
  settings: RegistrySettings;
  state: RegistryStore;
}) {
  const [names, setNames] = useState<Record<VendorName, string>>({
    atera: fields.atera.name ?? SUGGESTED.atera,
    ghl: fields.ghl.name ?? SUGGESTED.ghl,
  });
  const [isTried, setTried] = useState(false);
  const isValid = (vendor: VendorName): boolean =>
    names[vendor].trim() !== '' && (vendor === 'ghl' || !UNSAFE.test(names.atera));
  const save = (): void => {
    setTried(true);
    if (VENDOR_NAMES.every(isValid)) void state.set({ atera: names.atera.trim(), ghl: names.ghl.trim() });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save();
  };
  return (
    <div className={classes.card}>
      {isNameless && <p role="alert">{t('registry.nameless')}</p>}
      <Switch
        label={t('registry.switch')}
        checked={isOn}
        disabled={state.isBusy || (isNameless && !isOn)}
        onChange={({ currentTarget }) => (currentTarget.checked ? save() : void state.set(null))}
      />
      <form className={classes.group} onSubmit={submit} aria-label={t('options.registry')}>
        {VENDOR_NAMES.map((vendor) => (
          <TextInput
            key={vendor}
            label={t('registry.name', { vendor: vendorWord(vendor) })}
            value={names[vendor]}
            maxLength={100}
            autoComplete="off"
            error={isTried && !isValid(vendor) ? t(`registry.invalid_${vendor}`) : undefined}
            onChange={({ currentTarget }) => setNames({ ...names, [vendor]: currentTarget.value })}
          />
        ))}
        <Button
          type="submit"
          size="compact-sm"
          variant="default"
          className={classes.submit}
          disabled={state.isBusy || (isNameless && !isOn)}
        >
          {t('registry.save')}
        </Button>
      </form>
      <p role="status">{state.isBusy ? t('registry.checking') : isOn ? '' : t('registry.isOff')}</p>
      {isOn &&
        VENDOR_NAMES.map((vendor) =>
          fields[vendor].state === 'ready' ? (
            <p key={vendor}>
              {t('registry.ready', { vendor: vendorWord(vendor), field: fields[vendor].name ?? '' })}
            </p>
          ) : (
            <FieldProblem
              key={vendor}
              isSettings
              vendor={vendor}
              field={fields[vendor]}
              check={state.check}
            />
          ),
        )}
    </div>
  );
}
