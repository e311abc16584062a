import { fireEvent, screen, waitFor } from '@testing-library/dom';
import type { MessageType } from '../../lib/messaging.ts';
import type { PanelState } from '../../lib/panel-state.ts';
import { makeAccount } from './panel-fixtures.ts';

type Handler = (data: unknown) => unknown;
export type Handlers = Partial<Record<MessageType, Handler>>;

/** What somebody does on the page to get into a state. Works on elements as people find them: by role and name. */
export interface Play {
  press(role: 'button' | 'tab' | 'radio' | 'checkbox' | 'switch', name: string | RegExp): Promise<void>;
  fill(label: string | RegExp, text: string): Promise<void>;
  /** Waits until it can be pressed. */
  enabled(role: 'button', name: string | RegExp): Promise<void>;
}

/** One state of one page: what the background answers, and what was pressed since. */
export interface Scene {
  page: 'panel' | 'options';
  handlers: Handlers;
  play?: (play: Play) => Promise<void>;
}

/** Hidden labels and folded parts are found too: `details` is opened where something inside is wanted. */
const reveal = (element: Element): void => {
  const folded = element.closest('details:not([open])');
  if (folded instanceof HTMLDetailsElement) folded.open = true;
};

export const PLAY: Play = {
  async press(role, name) {
    const element = await screen.findByRole(role, { name });
    fireEvent.click(element);
  },
  async fill(label, text) {
    const input = (await screen.findAllByLabelText(label))[0];
    if (!input) throw new Error(`No input ${String(label)}.`);
    reveal(input);
    fireEvent.change(input, { target: { value: text } });
  },
  async enabled(role, name) {
    await waitFor(() => {
      if (!screen.getByRole(role, { name }).matches(':enabled')) throw new Error(`${String(name)} is off.`);
    });
  },
};

/** For an answer that never comes. */
export const never = (): Promise<never> => new Promise(() => undefined);

export const panelScene = (state: PanelState, handlers: Handlers = {}, play?: Scene['play']): Scene => ({
  page: 'panel',
  handlers: {
    getPanelState: () => state,
    recentPeople: () => [],
    getWaits: () => [],
    getJobs: () => [],
    ...handlers,
  },
  ...(play ? { play } : {}),
});

export const optionsScene = (handlers: Handlers = {}, play?: Scene['play']): Scene => ({
  page: 'options',
  handlers: {
    getAccounts: () => [makeAccount('atera'), makeAccount('ghl')],
    getMapping: () => null,
    getIdentity: () => ({ atera: null, ghl: null }),
    getTagField: () => null,
    getTagRules: () => null,
    getTaskRules: () => null,
    getResources: () => null,
    getActivity: () => null,
    getRegistry: () => null,
    getQuirks: () => null,
    getJobs: () => [],
    ...handlers,
  },
  ...(play ? { play } : {}),
});
