import type { BACKGROUND_EVENTS, MessageData } from '../messaging.ts';
import { browser } from '../platform/browser.ts';

/** Tells every open page of the extension. True when one of them says that this is what it shows. */
export async function broadcast<T extends (typeof BACKGROUND_EVENTS)[number]>(
  type: T,
  data: MessageData<T>,
): Promise<boolean> {
  try {
    return (await browser.runtime.sendMessage({ type, data })) === true;
  } catch {
    // No receiver is the normal case while no panel is open; there is nothing to lose: pages ask when they open.
    return false;
  }
}
