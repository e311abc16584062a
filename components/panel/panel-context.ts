import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { accountsKey } from '../../lib/panel/selectors.ts';
import type { PanelStore } from '../../lib/panel/store.ts';

export const PanelContext = createContext<StoreApi<PanelStore> | null>(null);

export function usePanel<T>(select: (store: PanelStore) => T): T {
  const store = useContext(PanelContext);
  if (!store) throw new Error('Panel views must be inside a PanelContext.');
  return useStore(store, select);
}

/** Changes when accounts come or go. */
export const useAccountsKey = (): string => usePanel(({ mirror }) => accountsKey(mirror?.accounts ?? []));
