import type { AccountWait } from '../panel-state.ts';
import type { PanelApi } from './api.ts';

/** How long a wait is believed without news: a request never lives longer, and a background that was stopped tells of no end. */
const BELIEVED_MS = 30_000;
/** A pause that is over is told to be; a moment is left for it. */
const GRACE_MS = 3_000;

/** Waits that may still be going on. */
export const openWaits = (waits: readonly AccountWait[], now: number): AccountWait[] =>
  waits.filter(({ reason, waitingUntil, toldAt }) =>
    reason === 'asked' && waitingUntil !== null ? now < waitingUntil + GRACE_MS : now < toldAt + BELIEVED_MS,
  );

/** Asks once and listens until the returned function is called. News that came meanwhile is newer than the answer. */
export function followWaits(api: PanelApi, show: (waits: AccountWait[]) => void): () => void {
  let hasNews = false;
  const stop = api.on('waitsChanged', (waits) => {
    hasNews = true;
    show(waits);
  });
  api.send('getWaits', {}).then(
    (waits) => hasNews || show(waits ?? []),
    // The state that is asked for beside it tells of a background that cannot be reached.
    () => undefined,
  );
  return stop;
}
