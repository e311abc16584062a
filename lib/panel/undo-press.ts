import type { UndoInstead } from '../core/undo-offer.ts';
import type { PanelApi } from './api.ts';

/** Takes an entry back. One press for each, and the same one again where its answer was lost: that asks for it. */
export function createUndoPress(api: PanelApi): (entryId: string, instead?: UndoInstead) => Promise<void> {
  let lost: { what: string; press: string } | null = null;
  return async (entryId, instead) => {
    const what = JSON.stringify([entryId, instead ?? null]);
    const press = lost?.what === what ? lost.press : crypto.randomUUID();
    lost = { what, press };
    await api.send('undoActivity', { id: entryId, press, ...(instead ? { instead } : {}) });
    lost = null;
  };
}
