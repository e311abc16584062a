import type { Page } from 'puppeteer-core';
import type { Envelope } from '../../lib/messaging.ts';
import type { PanelState, SubjectView } from '../../lib/panel-state.ts';
import type { Reply } from '../../lib/platform/messenger.ts';
import { waitFor } from './wait.ts';

/** What the background tells a panel of this tab, asked from any page of the extension. */
export async function readPanelState(page: Page, tabId: number): Promise<PanelState> {
  const question: Envelope<'getPanelState'> = { type: 'getPanelState', data: { tabId } };
  // As text: Firefox's driver leaves out an object that is met a second time.
  const text = await page.evaluate(
    async (message) => JSON.stringify(await chrome.runtime.sendMessage(message)),
    question,
  );
  const reply: Reply<'getPanelState'> = JSON.parse(text);
  if (!reply.ok) throw new Error(`The background answered ${reply.error.code}.`);
  return reply.value;
}

export async function readSubjectView(page: Page, tabId: number): Promise<SubjectView> {
  const state = await readPanelState(page, tabId);
  if (state.page.kind !== 'subject') throw new Error(`The panel shows "${state.page.kind}", not a person.`);
  return state.page.view;
}

/** Waits until everything about the person of this tab was read; until then, what is on screen may be replaced at any moment. */
export async function waitUntilRead(page: Page, tabId: number): Promise<SubjectView> {
  return waitFor('everything to be read', async () => {
    const { page: shown } = await readPanelState(page, tabId);
    if (shown.kind !== 'subject') return null;
    const { person, match, sections, refreshing } = shown.view;
    const parts = [person, match, ...Object.values(sections)];
    return !refreshing && parts.every(({ status }) => status !== 'loading') ? shown.view : null;
  });
}
