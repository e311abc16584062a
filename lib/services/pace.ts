import type { Clock } from '../platform/clock.ts';

/** A tab whose last change is younger than this is being skipped through. */
const HURRIED_MS = 1_000;
/** How long such a tab must rest before it is read. */
export const REST_MS = 400;

/**
 * Waits until a tab is worth reading: at once where it rested before, else after a pause. Whoever skips through a list, or a page that
 * changes its address without end, is not charged for every page on the way. Ask again afterwards whether the tab still shows it.
 */
export function createPace(clock: Clock): (tab: { tabId: number; version: number }) => Promise<void> {
  const shown = new Map<number, { version: number; at: number; isHurried: boolean }>();
  return ({ tabId, version }) => {
    const before = shown.get(tabId);
    const now = clock.now();
    const isNew = before?.version !== version;
    const isHurried = isNew ? before !== undefined && now - before.at < HURRIED_MS : before.isHurried;
    if (isNew) shown.set(tabId, { version, at: now, isHurried });
    return isHurried ? new Promise((resolve) => clock.after(REST_MS, resolve)) : Promise.resolve();
  };
}
