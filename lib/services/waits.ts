import type { VendorName } from '../core/contact.ts';
import type { AccountWait } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import type { Wait } from '../platform/limiter.ts';

export interface Waits {
  list(): AccountWait[];
  /** What the limiter of an account tells; null when nothing waits any more. */
  note(vendor: VendorName, accountId: string, wait: Wait | null): void;
}

/** Which accounts are waited for. In memory alone: a wait ends with the life of the background. */
export function createWaits(clock: Clock, onChange: (waits: AccountWait[]) => void): Waits {
  const waits = new Map<string, AccountWait>();
  const list = (): AccountWait[] => [...waits.values()];
  return {
    list,
    note(vendor, accountId, wait) {
      const key = `${vendor}:${accountId}`;
      if (wait) waits.set(key, { vendor, accountId, ...wait, toldAt: clock.now() });
      else waits.delete(key);
      onChange(list());
    },
  };
}
