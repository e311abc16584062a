import type { PanelState } from '../panel-state.ts';

/** Longer than a busy vendor lets a panel wait between two news. */
export const ASK_AGAIN_MS = 10_000;

/** Something on screen is still to come. */
export function isUnfinished({ page }: PanelState): boolean {
  if (page.kind === 'company') {
    const { refreshing, company, people, tickets, device } = page.view;
    return refreshing || [company, people, tickets, device].some((part) => part?.status === 'loading');
  }
  if (page.kind !== 'subject') return false;
  const { refreshing, person, match, sections, receipt } = page.view;
  const parts = [person, match, ...Object.values(sections)];
  return refreshing || receipt?.state === 'running' || parts.some(({ status }) => status === 'loading');
}

/**
 * The background may be stopped in the middle of reading, and then says no more: a panel that waits for something and hears nothing
 * asks again, which starts it anew. Call the result with each state; null ends it.
 */
export function createPulse(ask: () => void): (state: PanelState | null) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (state) => {
    clearTimeout(timer);
    if (state && isUnfinished(state)) timer = setTimeout(ask, ASK_AGAIN_MS);
  };
}
