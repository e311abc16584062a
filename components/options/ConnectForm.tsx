import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useId } from 'react';
import type { VendorName } from '../../lib/core/contact.ts';
import type { ErrorView } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import type { AccountsStore } from '../../lib/panel/accounts-store.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { vendorWord } from '../shared/error-words.ts';
import { VendorMark } from '../shared/VendorMark.tsx';
import { ConfirmReplace } from './ConfirmReplace.tsx';
import classes from './Options.module.css';

type InputName = 'token' | 'location';
type InputErrors = Partial<Record<InputName, string>>;

interface Props {
  vendor: VendorName;
  state: AccountsStore;
  required: InputName[];
  onSubmit: (values: Partial<Record<InputName, string>>) => Promise<void>;
  children: (errors: InputErrors) => ReactNode;
}

const WHERE = { atera: 'options.ateraWhere', ghl: 'options.ghlWhere' } as const;

export function ConnectForm({ vendor, state, required, onSubmit, children }: Props) {
  const id = useId();
  const { busy, failures, question } = state;
  const failure = failures[vendor];
  const errors = inputErrors(failure, vendor);
  const name = vendorWord(vendor);

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const data = new FormData(form);
    const values = Object.fromEntries(required.map((input) => [input, String(data.get(input) ?? '').trim()]));
    const missing = required.find((input) => values[input] === '');
    if (missing) {
      state.reject(vendor, { code: 'invalid_input', vendor, input: `${missing}:missing` });
      form.querySelector<HTMLInputElement>(`[name="${missing}"]`)?.focus();
      return;
    }
    // The token leaves the page before anything is waited for.
    const secret = form.querySelector<HTMLInputElement>('[name="token"]');
    if (secret) secret.value = '';
    void onSubmit(values);
  };

  return (
    <form id={`connect-${vendor}`} className={classes.card} aria-labelledby={id} noValidate onSubmit={submit}>
      <h3 id={id}>
        {t(vendor === 'atera' ? 'options.addAtera' : 'options.addGhl')} <VendorMark vendor={vendor} />
      </h3>
      <p className={classes.soft}>{t(WHERE[vendor])}</p>
      {children(errors)}
      {question?.vendor === vendor && busy === null && (
        <ConfirmReplace
          question={question}
          unwritten={state.unwritten}
          onAnswer={(answer) => void state.answer(answer)}
        />
      )}
      {failure && Object.keys(errors).length === 0 && <ErrorNotice isSettings error={failure} />}
      <div className={classes.row}>
        <Button type="submit" loading={busy === vendor} disabled={busy !== null && busy !== vendor}>
          {t('options.connect', { vendor: name })}
        </Button>
        <span role="status" className={classes.soft}>
          {busy === vendor ? t('options.connecting', { vendor: name }) : ''}
        </span>
      </div>
    </form>
  );
}

/** Sentence under the input that a refusal names; a refusal that names none is shown whole. */
function inputErrors(failure: ErrorView | undefined, vendor: VendorName): InputErrors {
  if (failure?.code !== 'invalid_input') return {};
  switch (failure.input) {
    case 'token':
      return { token: t('options.tokenInvalid', { vendor: vendorWord(vendor) }) };
    case 'token:again':
      return { token: t('options.tokenAgain') };
    case 'token:missing':
      return { token: t('options.tokenMissing') };
    case 'location':
      return { location: t('options.locationInvalid') };
    case 'location:missing':
      return { location: t('options.locationMissing') };
    default:
      return {};
  }
}
