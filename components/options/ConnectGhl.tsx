import { TextInput } from '@mantine/core';
import { t } from '../../lib/i18n.ts';
import type { AccountsStore } from '../../lib/panel/accounts-store.ts';
import { ConnectForm } from './ConnectForm.tsx';
import { SecretInput } from './SecretInput.tsx';

export function ConnectGhl({ state }: { state: AccountsStore }) {
  return (
    <ConnectForm
      vendor="ghl"
      state={state}
      onSubmit={({ token = '', location = '' }) => state.connectGhl(token, location)}
      required={['token', 'location']}
    >
      {(errors) => (
        <>
          <SecretInput vendor="ghl" error={errors.token} />
          <TextInput
            name="location"
            label={t('options.location')}
            description={t('options.locationHelp')}
            autoComplete="off"
            spellCheck={false}
            error={errors.location}
          />
        </>
      )}
    </ConnectForm>
  );
}
