import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { generateChromeMessages, parseMessagesText } from '@wxt-dev/i18n/build';
import { defineConfig } from 'vite';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const messages = generateChromeMessages(
  parseMessagesText(readFileSync(path('../../../locales/en.yml'), 'utf8'), 'YAML'),
);

/** The panel and the options page on fixtures, in a plain page: `vite tests/support/preview`, then `?scene=differences`. */
export default defineConfig({
  root: path('.'),
  publicDir: path('../../../public'),
  plugins: [react()],
  define: { MESSAGES: JSON.stringify(messages) },
  resolve: { alias: { '#i18n': path('../../../.wxt/i18n/index.ts') } },
});
