import type { PanelApi } from './api.ts';

/** Takes an entry back. One press for each, and the same one again where its answer was lost: that asks for it. */
export function createUndoPress(api: PanelApi): (entryId: string) => Promise<void> {
  let lost: { entryId: string; press: string } | null = null;
  return async (entryId) => {
    const press = lost?.entryId === entryId ? lost.press : crypto.randomUUID();
    lost = { entryId, press };
    await api.send('undoActivity', { id: entryId, press });
    lost = null;
  };
}
