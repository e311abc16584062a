import { createHash } from 'node:crypto';
import { createSandbox, createState, type SandboxState, SCENES } from '../../lib/sandbox/index.ts';
import { GHL_REGISTRY_ID, REGISTRY_FIELDS, TAG_FIELD, TAGS } from './constants.ts';
import { stepOf } from './job-truth.ts';
import { entriesOf } from './journal-truth.ts';
import { createLedger, type Intent } from './ledger.ts';
import { createNetwork } from './network.ts';
import { createRandom } from './random.ts';
import { createScheduler, scope } from './scheduler.ts';
import { type Disk, newDisk } from './store.ts';
import { type Agent, createAgent, type Without } from './world.ts';

/** Noon of an ordinary Tuesday, UTC. */
const NOON = Date.UTC(2026, 10, 24, 12);

/** People whom the histories are about. */
export const PEOPLE = ['main', 'differing', 'none'] as const;
export const scenes = PEOPLE.map((name) => SCENES.served[name]);

/** Whom GHL does not know yet. */
const STRANGER = SCENES.served.none.ateraContactId;

/** Who the agents are, in Atera. */
export const TECHNICIAN = createState(NOON, 'served').atera.technicians[0]?.id ?? 0;

/** Everything before the first press: made once, copied for each history. */
export interface Beginning {
  state: string;
  disk: Disk;
}

/** As WebCrypto does it, but for the threads: when their answers come does not follow from the seed. */
const digest: SubtleCrypto['digest'] = async (_algorithm, data) =>
  new Uint8Array(
    createHash('sha256')
      .update(new Uint8Array(data as ArrayBuffer))
      .digest(),
  ).buffer;

/** Timers, time and chance of libraries (time-outs, retries and their jitter) are ours while a history plays. */
export async function inOurTime<T>(
  { scheduler, random }: Pick<Setting, 'scheduler' | 'random'>,
  work: () => Promise<T>,
): Promise<T> {
  const { setTimeout: realSet, clearTimeout: realClear } = globalThis;
  const cancels = new Map<number, () => void>();
  let last = 0;
  const set = (callback: () => void, ms = 0, ...rest: unknown[]): unknown => {
    if (!scope.getStore()) return (realSet as (...args: unknown[]) => unknown)(callback, ms, ...rest);
    last += 1;
    cancels.set(last, scheduler.after(ms, callback));
    return last;
  };
  const clear = (id: unknown): void => {
    const cancel = typeof id === 'number' ? cancels.get(id) : undefined;
    if (cancel) cancel();
    else realClear(id as Parameters<typeof realClear>[0]);
  };
  const { random: realRandom } = Math;
  const realNow = performance.now;
  const { subtle } = crypto;
  const realDigest = subtle.digest;
  subtle.digest = digest;
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  Math.random = random;
  performance.now = scheduler.now;
  try {
    return await work();
  } finally {
    Object.assign(globalThis, { setTimeout: realSet, clearTimeout: realClear });
    Math.random = realRandom;
    performance.now = realNow;
    subtle.digest = realDigest;
  }
}

export function createSetting(
  seed: number,
  beginning: Beginning | null,
  without: Without = {},
  onBug: (error: unknown) => void = () => undefined,
) {
  const random = createRandom(seed);
  const scheduler = createScheduler(random, NOON);
  const state = beginning ? (JSON.parse(beginning.state) as SandboxState) : createState(NOON, 'served');
  const sandbox = createSandbox({ now: scheduler.now, ids: 'served', state });
  const ledger = createLedger(state, {
    atera: scenes.map(({ ateraContactId }) => ateraContactId),
    ghl: scenes.flatMap(({ ghlContactIds }) => ghlContactIds),
    emails: state.atera.contacts
      .filter(({ EndUserID }) => EndUserID === STRANGER)
      .map(({ Email }) => Email ?? ''),
  });
  const isTold = (intent: Intent): boolean => {
    const disk = agents.find(({ name }) => name === intent.browser)?.disk;
    return disk !== undefined && entriesOf(disk, intent).length > 0;
  };
  const network = createNetwork(sandbox, scheduler, ledger, isTold, (intent) =>
    stepOf(ledger, agents.find(({ name }) => name === intent?.browser)?.disk, intent),
  );
  const agents: Agent[] = ['a', 'b'].map((name) =>
    createAgent(name, {
      scheduler,
      ledger,
      transport: network.transport,
      ...(beginning ? { disk: newDisk(beginning.disk) } : {}),
      without,
      onBug,
    }),
  );
  return { random, scheduler, sandbox, state, ledger, network, agents };
}
export type Setting = ReturnType<typeof createSetting>;

/** Both accounts are connected. */
export async function begin(): Promise<Beginning> {
  const bugs: unknown[] = [];
  const setting = createSetting(1, null, {}, (error) => bugs.push(error));
  const { scheduler, sandbox, state, agents } = setting;
  state.ghl.customFields.push({
    id: GHL_REGISTRY_ID,
    name: REGISTRY_FIELDS.ghl,
    fieldKey: 'contact.atera_contact',
    dataType: 'TEXT',
    position: 500,
  });
  const [agent] = agents;
  if (!agent) throw new Error('Nobody is there.');
  state.atera.customValues.push({
    id: 'tags-of-the-stranger',
    target: 'Contact',
    itemId: STRANGER,
    name: TAG_FIELD,
    value: TAGS.join(', '),
  });
  return inOurTime(setting, async () => {
    const connecting = (async () => {
      await agent.sendSecret('connectAtera', { token: sandbox.atera.apiKey });
      await agent.sendSecret('connectGhl', { token: sandbox.ghl.token, location: sandbox.ghl.locationId });
      await agent.send('setTagField', { name: TAG_FIELD });
      await agent.send('setIdentity', { id: TECHNICIAN });
    })();
    let failure: unknown;
    connecting.catch((error: unknown) => {
      failure = error;
    });
    await scheduler.run();
    if (failure !== undefined || bugs.length > 0) throw failure ?? bugs[0];
    return { state: JSON.stringify(state), disk: agent.disk };
  });
}
