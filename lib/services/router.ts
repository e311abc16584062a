import * as v from 'valibot';
import { AppError, isAppError, toErrorView } from '../errors.ts';
import {
  type MessageData,
  type MessageReply,
  type MessageType,
  PAGE_MESSAGES,
  SECRET_MESSAGES,
  SECRET_PORT,
} from '../messaging.ts';
import { browser, type Runtime } from '../platform/browser.ts';
import type { Reply } from '../platform/messenger.ts';
import { MESSAGE_SCHEMAS } from './message-schemas.ts';

type Handled = keyof typeof MESSAGE_SCHEMAS;
export type Handlers = {
  [T in Handled]: (
    data: MessageData<T>,
    sender: Runtime.MessageSender,
  ) => MessageReply<T> | Promise<MessageReply<T>>;
};

/**
 * The one place where messages reach the background. A page may send what `PAGE_MESSAGES` lists, from its top frame; everything else
 * must come from one of our own pages. Whatever does not fit is not answered at all.
 */
export function listen(handlers: Handlers, onBug: (error: unknown) => void): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    const type = typeOf(message);
    if (type === null || isSecret(type) || !maySend(type, sender)) return undefined;
    return answer(type, (message as { data?: unknown }).data, sender);
  });

  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== SECRET_PORT) return;
    port.onMessage.addListener((message: unknown) => {
      const type = typeOf(message);
      if (type === null || !isSecret(type) || !port.sender || !maySend(type, port.sender))
        return port.disconnect();
      let isOpen = true;
      port.onDisconnect.addListener(() => {
        isOpen = false;
      });
      void answer(type, (message as { data?: unknown }).data, port.sender).then((reply) => {
        // A page that was closed meanwhile learns of the account from the list when it opens again.
        if (isOpen) port.postMessage(reply);
      });
    });
  });

  async function answer<T extends Handled>(
    type: T,
    data: unknown,
    sender: Runtime.MessageSender,
  ): Promise<Reply<T>> {
    try {
      const parsed = v.safeParse(MESSAGE_SCHEMAS[type] as v.GenericSchema, data);
      if (!parsed.success) throw new AppError('invalid_input', { input: type });
      return { ok: true, value: await handlers[type](parsed.output as MessageData<T>, sender) };
    } catch (error) {
      if (!isAppError(error)) onBug(error);
      return { ok: false, error: toErrorView(error) };
    }
  }
}

function typeOf(message: unknown): Handled | null {
  const type = typeof message === 'object' && message !== null ? (message as { type?: unknown }).type : null;
  return typeof type === 'string' && Object.hasOwn(MESSAGE_SCHEMAS, type) ? (type as Handled) : null;
}

const isSecret = (type: MessageType): boolean => (SECRET_MESSAGES as readonly string[]).includes(type);

function maySend(type: MessageType, sender: Runtime.MessageSender): boolean {
  if (sender.id !== browser.runtime.id) return false;
  if (sender.url?.startsWith(browser.runtime.getURL('')) ?? false) return true;
  const isPage = sender.tab !== undefined && sender.frameId === 0;
  return isPage && (PAGE_MESSAGES as readonly string[]).includes(type);
}
