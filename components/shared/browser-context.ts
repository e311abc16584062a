import { createContext, useContext } from 'react';
import type { BrowserActions } from '../../lib/panel/api.ts';

export const BrowserContext = createContext<BrowserActions | null>(null);

export function useBrowserActions(): BrowserActions {
  const browser = useContext(BrowserContext);
  if (!browser) throw new Error('Views must be inside an AppFrame.');
  return browser;
}
