import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import type { BrowserActions } from '../../lib/panel/api.ts';
import { BrowserContext } from './browser-context.ts';
import { theme } from './theme.ts';

/** Theme and the browser's abilities around a page. */
export function AppFrame({ browser, children }: { browser: BrowserActions; children: ReactNode }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <BrowserContext value={browser}>{children}</BrowserContext>
    </MantineProvider>
  );
}
