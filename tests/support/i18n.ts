import { generateChromeMessages, parseMessagesText } from '@wxt-dev/i18n/build';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import texts from '../../locales/en.yml?raw';

/** The real texts, in the form in which the browser gets them. */
export const messages = generateChromeMessages(parseMessagesText(texts, 'YAML'));

/** As the browser does it: unknown keys are empty, `$1` … are replaced. */
export function getMessage(key: string, substitutions: readonly string[] = []): string {
  const message = messages[key]?.message ?? '';
  return message.replace(/\$(\d)/gu, (_, index: string) => substitutions[Number(index) - 1] ?? '');
}

(fakeBrowser.i18n as { getMessage: unknown }).getMessage = getMessage;
