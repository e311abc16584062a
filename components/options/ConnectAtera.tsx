import type { AccountsStore } from '../../lib/panel/accounts-store.ts';
import { ConnectForm } from './ConnectForm.tsx';
import { SecretInput } from './SecretInput.tsx';

export function ConnectAtera({ state }: { state: AccountsStore }) {
  return (
    <ConnectForm
      vendor="atera"
      state={state}
      onSubmit={({ token = '' }) => state.connectAtera(token)}
      required={['token']}
    >
      {(errors) => <SecretInput vendor="atera" error={errors.token} />}
    </ConnectForm>
  );
}
