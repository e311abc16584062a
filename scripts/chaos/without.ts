import type { Transport } from '../../lib/platform/http.ts';
import type { Areas, Store } from '../../lib/services/areas.ts';
import { TWIN } from './constants.ts';
import type { History } from './history.ts';
import type { Intent, Ledger } from './ledger.ts';
import { isRead } from './network.ts';
import type { Damage } from './oracle.ts';
import { scope } from './scheduler.ts';
import type { Act } from './steps.ts';
import { markIn } from './wanted.ts';
import type { Without } from './world.ts';

type Area = keyof Areas & string;

/** Not yet settled: an intent. */
const isIntent = (area: Area, value: unknown): boolean => {
  const { receipt, result } = value as { receipt?: { state: string }; result?: unknown };
  if (area === 'receipts') return receipt?.state === 'running';
  return (area === 'additions' || area === 'creations' || area === 'tagSyncs') && result === null;
};

const isUndo = (value: unknown): boolean => (value as { entry?: { kind: string } }).entry?.kind === 'undo';
const isUndoJob = (value: unknown): boolean =>
  (value as { words: { kind: string }[] }).words.some(({ kind }) => kind === 'undo');
const isRunning = (value: unknown): boolean =>
  (value as { entry?: { state: string } }).entry?.state === 'running';

const pressOf = (): Intent | null => scope.getStore()?.intent ?? null;
const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** A press is answered, until it has written, with what was read before it. */
function fromMemory(transport: Transport, ledger: Ledger): Transport {
  const known = new Map<string, string>();
  return async (request) => {
    const intent = pressOf();
    const hasWritten = ledger.commits.some(({ by }) => by === intent);
    const old = known.get(request.url);
    if (request.method === 'GET' && intent && !hasWritten && old !== undefined) return json(JSON.parse(old));
    const answer = await transport(request);
    if (request.method !== 'GET' || !answer.ok) return answer;
    const text = await answer.text();
    try {
      JSON.parse(text);
      if (!intent) known.set(request.url, text);
    } catch {
      // Malformed: nothing to remember.
    }
    return new Response(text, { status: answer.status, headers: answer.headers });
  };
}

/** What a press has read once is not read again, however long ago that was, until it has written. */
function onceOnly(transport: Transport, ledger: Ledger): Transport {
  const known = new Map<string, string>();
  return async (request) => {
    const intent = pressOf();
    const hasWritten = ledger.commits.some(({ by }) => by === intent);
    if (request.method !== 'GET' || intent?.kind !== 'plan' || hasWritten) return transport(request);
    const key = `${intent.id} ${intent.turns} ${request.url}`;
    const old = known.get(key);
    if (old !== undefined) return json(JSON.parse(old));
    const answer = await transport(request);
    if (!answer.ok) return answer;
    const text = await answer.text();
    try {
      JSON.parse(text);
      known.set(key, text);
    } catch {
      // Malformed: nothing to remember.
    }
    return new Response(text, { status: answer.status, headers: answer.headers });
  };
}

/** What is taken back is compared with what was read before the press, until it has written. */
function wayBackFromMemory(transport: Transport, ledger: Ledger): Transport {
  const known = new Map<string, { by: Intent | null; text: string }>();
  return async (request) => {
    const intent = pressOf();
    const old = known.get(request.url);
    const isOld = intent?.kind === 'undo' && !ledger.commits.some(({ by }) => by === intent);
    if (request.method === 'GET' && isOld && old && old.by !== intent) return json(JSON.parse(old.text));
    const answer = await transport(request);
    if (request.method !== 'GET' || !answer.ok) return answer;
    const text = await answer.text();
    try {
      JSON.parse(text);
      known.set(request.url, { by: intent, text });
    } catch {
      // Malformed: nothing to remember.
    }
    return new Response(text, { status: answer.status, headers: answer.headers });
  };
}

/** What was sent is believed to be there. */
function believing(transport: Transport): Transport {
  const sent = new Map<string, object>();
  return async (request) => {
    const key = `${pressOf()?.id} ${new URL(request.url).pathname}`;
    if (request.method === 'PUT' || (request.method === 'POST' && !isRead(request))) {
      const text = await request.clone().text();
      if (text) sent.set(key, JSON.parse(text) as object);
      return transport(request);
    }
    const answer = await transport(request);
    const believed = sent.get(key);
    if (!believed || !answer.ok) return answer;
    try {
      const body = (await answer.json()) as { contact?: object };
      return json(
        body.contact ? { ...body, contact: { ...body.contact, ...believed } } : { ...body, ...believed },
      );
    } catch {
      return json({}, 502);
    }
  };
}

/** What copying asks for is answered less the copies of the same text that are there; `keep`: but for so many. */
function withoutCopies(transport: Transport, keep: number, isAsked: (intent: Intent) => boolean): Transport {
  return async (request) => {
    const answer = await transport(request);
    const intent = pressOf();
    const { addition } = intent ?? {};
    const mark = addition && 'sourceId' in addition ? markIn(addition.body) : null;
    if (request.method !== 'GET' || !answer.ok || !intent || mark === null || !isAsked(intent)) return answer;
    const text = await answer.text();
    try {
      const body = JSON.parse(text) as Record<string, unknown>;
      const key = Array.isArray(body.items) ? 'items' : 'notes';
      const items = body[key];
      if (!Array.isArray(items)) return json(body);
      const copies = items.filter((item) => JSON.stringify(item).includes(mark)).slice(keep);
      return json({ ...body, [key]: items.filter((item) => !copies.includes(item)) });
    } catch {
      return new Response(text, answer);
    }
  };
}

const storeWith = (store: Store, change: Partial<Store>): Store => ({ ...store, ...change });

/** `among`: the histories in which it can do any; all, where none are named. */
interface Left extends Without {
  does: Damage;
  among?: (history: History) => boolean;
}

const plays = ({ steps }: History, ...acts: Act[]): boolean =>
  acts.every((act) => steps.some((step) => step.act === act));

/** Each safety step, how it is left out, and what damage that does. */
export const WITHOUT: Record<string, Left> = {
  'intent stored before it is sent': {
    does: 'unexplained',
    store: (store) =>
      storeWith(store, {
        put: async (area, place, key, value) =>
          isIntent(area, value) ? undefined : store.put(area, place, key, value),
      }),
  },
  'read again before the write': {
    does: 'overwritten',
    transport: (transport, { ledger }) => fromMemory(transport, ledger),
  },
  'read once more after a slow proof': {
    does: 'overwritten',
    among: ({ steps }) =>
      steps.some(({ act, faults }) => act === 'push' && faults.some(({ kind }) => kind.startsWith('silent'))),
    transport: (transport, { ledger }) => onceOnly(transport, ledger),
  },
  'one at a time': {
    does: 'duplicates',
    locks: { request: ((_name: string, work: () => unknown) => work()) as LockManager['request'] },
  },
  'the same press answers the same': {
    does: 'unexplained',
    store: (store) =>
      storeWith(store, {
        get: async (area, place, key) => {
          const row = await store.get(area, place, key);
          return ['receipts', 'additions', 'tagSyncs'].includes(area) && pressOf() !== null ? undefined : row;
        },
      }),
  },
  'read back': { does: 'lost', transport: (transport) => believing(transport) },
  'settled at the next start': {
    does: 'lost',
    store: (store) =>
      storeWith(store, {
        all: async (area) =>
          ['receipts', 'additions', 'creations', 'tagSyncs', 'jobs'].includes(area) ? [] : store.all(area),
      }),
  },
  'page looked at again': {
    does: 'unexplained',
    browser: (browser) => {
      const get = browser.getTab.bind(browser);
      let first: string | null = null;
      browser.getTab = async (id) => {
        const tab = (await get(id)) as { url: string };
        first ??= tab.url;
        return { ...tab, url: first };
      };
    },
  },
  'address proven again': {
    does: 'unexplained',
    transport: (transport) => async (request) => {
      const answer = await transport(request);
      if (!answer.ok || pressOf() === null || !request.url.endsWith('/contacts/search')) return answer;
      const text = await answer.text();
      try {
        const body = JSON.parse(text) as { contacts: { id: string }[] };
        return json({ ...body, contacts: body.contacts.filter(({ id }) => id !== TWIN) });
      } catch {
        return new Response(text, answer);
      }
    },
  },
  'sent once': {
    does: 'duplicates',
    transport: (transport) => async (request) => {
      const again = request.clone();
      try {
        return await transport(request);
      } catch (error) {
        if (isRead(request)) throw error;
        return transport(again);
      }
    },
  },
  'no answer is not a no': {
    does: 'unexplained',
    transport: (transport) => async (request) => {
      const isWrite = !isRead(request);
      try {
        return await transport(request);
      } catch (error) {
        if (!isWrite) throw error;
        return json({ statusCode: 422, message: ['no'], error: 'Unprocessable Entity' }, 422);
      }
    },
  },
  'what is taken back is still what was written': {
    does: 'overwritten',
    among: (history) =>
      plays(history, 'undo') &&
      history.steps.some(({ incidents }) => incidents.some(({ kind }) => kind.startsWith('edit'))),
    transport: (transport, { ledger }) => wayBackFromMemory(transport, ledger),
  },
  'what is taken back is stored before it is sent': {
    does: 'unexplained',
    store: (store) =>
      storeWith(store, {
        put: async (area, place, key, value) =>
          area === 'activity' && isUndo(value) && isRunning(value)
            ? undefined
            : store.put(area, place, key, value),
      }),
  },
  'what is taken back is settled at the next start': {
    does: 'lost',
    store: (store) =>
      storeWith(store, {
        all: async (area) => {
          const rows = await store.all(area);
          if (pressOf() !== null) return rows;
          if (area === 'jobs') return rows.filter((row) => !isUndoJob(row));
          return area === 'activity' ? rows.filter((row) => !isUndo(row)) : rows;
        },
      }),
  },
  'the base is forgotten around what is taken back': {
    does: 'overwritten',
    among: (history) => plays(history, 'sync', 'undo') || plays(history, 'sync tags', 'undo'),
    store: (store) =>
      storeWith(store, {
        put: async (area, place, key, value) =>
          (area === 'bases' || area === 'tagBases') && pressOf()?.kind === 'undo'
            ? undefined
            : store.put(area, place, key, value),
      }),
  },
  'a copy is looked for before it is written': {
    does: 'duplicates',
    transport: (transport, { ledger }) =>
      withoutCopies(transport, 0, (intent) => !ledger.commits.some(({ by }) => by === intent)),
  },
  'a double is told': {
    does: 'unexplained',
    among: (history) =>
      history.steps.some(({ agent }) => agent === 1) &&
      (plays(history, 'copy note') || plays(history, 'copy comment')),
    transport: (transport) => withoutCopies(transport, 1, () => true),
  },
  'told before it is sent': {
    does: 'unexplained',
    store: (store) =>
      storeWith(store, {
        put: async (area, place, key, value) =>
          area === 'activity' && !isUndo(value) && isRunning(value)
            ? undefined
            : store.put(area, place, key, value),
      }),
  },
  'told how it ended': {
    does: 'unexplained',
    store: (store) =>
      storeWith(store, {
        put: async (area, place, key, value) =>
          area === 'activity' && !isUndo(value) && !isRunning(value)
            ? undefined
            : store.put(area, place, key, value),
      }),
  },
};
