import { fromErrorView } from '../../lib/errors.ts';
import { type MessageData, type MessageReply, type MessageType, SECRET_PORT } from '../../lib/messaging.ts';
import type { CompanyView, SubjectView } from '../../lib/panel-state.ts';
import type { Clock } from '../../lib/platform/clock.ts';
import type { Transport } from '../../lib/platform/http.ts';
import type { Reply } from '../../lib/platform/messenger.ts';
import type { Wake } from '../../lib/platform/wake.ts';
import { startApp } from '../../lib/services/app.ts';
import type { Store } from '../../lib/services/areas.ts';
import { Browser } from './browser.ts';
import type { Intent, Ledger } from './ledger.ts';
import { type Life, type Scheduler, scope } from './scheduler.ts';
import { createDiskStore, type Disk, newDisk } from './store.ts';

/** A safety step that is switched off: what stands between the services and the world does as if they had left it out. */
export interface Without {
  store?: (store: Store, agent: { life: Life; ledger: Ledger }) => Store;
  transport?: (transport: Transport, agent: { life: Life; ledger: Ledger }) => Transport;
  locks?: Pick<LockManager, 'request'>;
  browser?: (browser: Browser) => void;
}

/** Named locks of one life of the background: they end with it. */
function createLocks(): Pick<LockManager, 'request'> {
  const tails = new Map<string, Promise<unknown>>();
  const request = (name: string, work: () => Promise<unknown>): Promise<unknown> => {
    const result = (tails.get(name) ?? Promise.resolve()).then(work, work);
    tails.set(
      name,
      result.catch(() => undefined),
    );
    return result;
  };
  return { request: request as LockManager['request'] };
}

/** Whatever is done for a press is done in its name, whoever takes it up. */
const attributing = (
  locks: Pick<LockManager, 'request'>,
  life: Life,
  ledger: Ledger,
): Pick<LockManager, 'request'> => ({
  request: ((name: string, work: () => Promise<unknown>) =>
    locks.request(name, () => {
      const [, press = null] = /^job:(?:undo:)?(.+)$/u.exec(name) ?? [];
      const intent = press === null ? null : ledger.takenUp(press);
      return intent ? scope.run({ life, intent }, work) : work();
    })) as LockManager['request'],
});

/** A timer of this life: a start finds what is due by itself. */
function createWake(clock: Clock, onTime: (why: 'time') => void): Wake {
  let stop = (): void => undefined;
  return {
    at(time) {
      stop();
      stop =
        time === null ? () => undefined : clock.after(Math.max(0, time - clock.now()), () => onTime('time'));
    },
  };
}

const SENDER = { id: 'counterpart', url: 'chrome-extension://counterpart/sidepanel.html' };
export const TAB = 1;

export type Agent = ReturnType<typeof createAgent>;

/** One agent's browser with the whole background in it, over the vendors that all share. */
export function createAgent(
  name: string,
  {
    scheduler,
    ledger,
    transport,
    disk = newDisk(),
    without = {},
    onBug,
  }: {
    scheduler: Scheduler;
    ledger: Ledger;
    transport: Transport;
    disk?: Disk | undefined;
    without?: Without;
    onBug: (error: unknown) => void;
  },
) {
  const browser = new Browser(name, scheduler, ledger);
  without.browser?.(browser);
  const clock = { now: scheduler.now, after: scheduler.after };
  let ids = 0;
  let life: Life = { browser, isDead: true };

  const start = (): void => {
    life = { browser, isDead: false };
    const mine = { life, ledger };
    const store = createDiskStore(disk, scheduler, clock, (area, value) => {
      if (area === 'plans') ledger.planned(name, (value as { id: string }).id);
      const { id, result, receipt, entry } = value as {
        id?: string;
        result?: { state: string; parts?: { state: string }[] } | null;
        receipt?: { id: string; state: string };
        entry?: { id: string; kind: string; state: string };
      };
      const isOpen = (state: string | undefined): boolean => state === 'running' || state === 'queued';
      if (area === 'activity' && entry?.kind === 'undo' && !isOpen(entry.state))
        ledger.finished(entry.id.slice('undo:'.length));
      if (area === 'receipts' && receipt && !isOpen(receipt.state)) ledger.finished(receipt.id);
      if (area === 'tagSyncs' && id && result?.parts?.every(({ state }) => !isOpen(state)))
        ledger.finished(id);
      if ((area === 'additions' || area === 'creations') && id && result && !isOpen(result.state))
        ledger.finished(id);
    });
    scope.run({ life, intent: null }, () =>
      startApp({
        transport: without.transport?.(transport, mine) ?? transport,
        store: without.store?.(store, mine) ?? store,
        locks: attributing(without.locks ?? createLocks(), life, ledger),
        wake: (_clock, onTime) => createWake(clock, onTime),
        clock,
        newId: () => {
          ids += 1;
          return `${name}-${ids}`;
        },
        http: { retryDelayMs: 300 },
        onBug,
      }),
    );
  };
  start();

  const answered = <T extends MessageType>(reply: Reply<T>): MessageReply<T> => {
    if (!reply.ok) throw fromErrorView(reply.error);
    return reply.value;
  };

  /** As a page of the extension sends it. Never answered when the background ends first. */
  const send = async <T extends MessageType>(
    type: T,
    data: MessageData<T>,
    intent: Intent | null = null,
  ): Promise<MessageReply<T>> => {
    const message = structuredClone({ type, data });
    const answers = scope.run({ life, intent }, () =>
      [...browser.events.onMessage.listeners].map((listener) =>
        (listener as (message: unknown, sender: unknown) => Promise<unknown> | undefined)(message, SENDER),
      ),
    );
    return answered((await answers.find((answer) => answer !== undefined)) as Reply<T>);
  };

  const sendSecret = <T extends MessageType>(type: T, data: MessageData<T>): Promise<MessageReply<T>> =>
    new Promise((resolve, reject) => {
      scope.run({ life, intent: null }, () => {
        const heard = new Set<(message: unknown) => void>();
        const port = {
          name: SECRET_PORT,
          sender: SENDER,
          onMessage: { addListener: (listener: (message: unknown) => void) => heard.add(listener) },
          onDisconnect: { addListener: () => undefined },
          postMessage: (reply: Reply<T>) => {
            try {
              resolve(answered(reply));
            } catch (error) {
              reject(error);
            }
          },
          disconnect: () => reject(new Error('The port was closed.')),
        };
        for (const listener of browser.events.onConnect.listeners)
          (listener as (port: unknown) => void)(port);
        for (const listener of heard) listener({ type, data });
      });
    });

  return {
    name,
    browser,
    disk,
    send,
    sendSecret,
    /** The browser ends the background, and starts it again. */
    kill() {
      life.isDead = true;
      browser.forgetListeners();
      start();
    },
    /** The agent looks at a page, with the panel open beside it. */
    look(url: string) {
      scope.run({ life, intent: null }, () => browser.show(TAB, url));
    },
    /** What the panel shows, if it is a person, or a company beside the other one. */
    view(): SubjectView | null {
      const page = browser.panels.get(TAB)?.page;
      if (page?.kind === 'company') return page.compared ?? null;
      return page?.kind === 'subject' ? page.view : null;
    },
    company(): CompanyView | null {
      const page = browser.panels.get(TAB)?.page;
      return page?.kind === 'company' ? page.view : null;
    },
  };
}
