import { TextInput } from '@mantine/core';
import type { VendorName } from '../../lib/core/contact.ts';
import { t } from '../../lib/i18n.ts';
import { vendorWord } from '../shared/error-words.ts';

/** A token on its way in. Uncontrolled, so that it is never part of a state, and never offered to be remembered. */
export function SecretInput({ vendor, error }: { vendor: VendorName; error: string | undefined }) {
  return (
    <TextInput
      type="password"
      name="token"
      label={t('options.token', { vendor: vendorWord(vendor) })}
      description={t('options.tokenOnce')}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      data-1p-ignore
      error={error}
    />
  );
}
