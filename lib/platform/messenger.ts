import { AppError, type ErrorView, fromErrorView } from '../errors.ts';
import {
  type Envelope,
  type MessageData,
  type MessageReply,
  type MessageType,
  SECRET_MESSAGES,
  SECRET_PORT,
} from '../messaging.ts';
import { browser } from './browser.ts';

/** What a handler's outcome looks like on the wire. */
export type Reply<T extends MessageType = MessageType> =
  | { ok: true; value: MessageReply<T> }
  | { ok: false; error: ErrorView };

export interface Messenger {
  /** Rejects with an `AppError` when the background refuses, fails or cannot be reached. */
  send<T extends MessageType>(type: T, data: MessageData<T>): Promise<MessageReply<T>>;
  /**
   * Calls the handler for each message of this type that comes from the background; returns the way to stop. A handler that returns
   * true tells the background that this page shows what the message is about.
   */
  on<T extends MessageType>(type: T, handler: (data: MessageData<T>) => unknown): () => void;
}

/** Messages between an extension page and the background. */
export function createMessenger(): Messenger {
  return {
    async send<T extends MessageType>(type: T, data: MessageData<T>): Promise<MessageReply<T>> {
      let reply: Reply<T> | undefined;
      try {
        reply = (await deliver({ type, data })) as Reply<T> | undefined;
      } catch (cause) {
        // The background may have stopped after it had acted: unknown, not failed.
        throw new AppError('internal', {}, { cause });
      }
      if (!reply) throw new AppError('internal');
      if (!reply.ok) throw fromErrorView(reply.error);
      return reply.value;
    },
    on<T extends MessageType>(type: T, handler: (data: MessageData<T>) => unknown): () => void {
      const listener = (
        message: unknown,
        sender: { id?: string; tab?: unknown },
      ): Promise<true> | undefined => {
        const envelope = message as Partial<Envelope<T>> | null | undefined;
        // Content scripts share this channel; only the background has no tab.
        const isOurs = sender.id === browser.runtime.id && !sender.tab && envelope?.type === type;
        return isOurs && handler(envelope?.data as MessageData<T>) === true
          ? Promise.resolve(true)
          : undefined;
      };
      browser.runtime.onMessage.addListener(listener);
      return () => browser.runtime.onMessage.removeListener(listener);
    },
  };
}

const isSecret = (type: MessageType): boolean => (SECRET_MESSAGES as readonly string[]).includes(type);

const deliver = (envelope: Envelope): Promise<unknown> =>
  isSecret(envelope.type) ? byPort(envelope) : browser.runtime.sendMessage(envelope);

/** One question, one answer. Rejects when the background stops before it has answered. */
function byPort(envelope: Envelope): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const port = browser.runtime.connect({ name: SECRET_PORT });
    port.onDisconnect.addListener(() => reject(new Error('The background stopped before it answered.')));
    port.onMessage.addListener((reply: unknown) => {
      resolve(reply);
      port.disconnect();
    });
    port.postMessage(envelope);
  });
}
