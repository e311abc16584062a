import { FAULTS, type Fault } from './network.ts';
import { below, createRandom, oneOf, type Random } from './random.ts';

/** What agents do. `pick` settles what is left open: which fields, which text. */
const LOOKS = ['look', 'meet'] as const;
const ACTS = [
  'push',
  'push',
  'push',
  'push',
  'pull',
  'pull',
  'sync',
  'sync',
  'sync',
  'refresh',
  'link',
  'unlink',
  'note',
  'task',
  'tag',
  'atera tag',
  'atera tag',
  'comment',
  'ticket',
  'undo',
  'undo',
] as const;
export type Act = (typeof LOOKS)[number] | (typeof ACTS)[number] | 'create';

const INCIDENTS = [
  ...(['kill', 'kill', 'kill', 'kill'] as const),
  ...(['edit', 'edit', 'edit', 'edit'] as const),
  ...(['again', 'again', 'again'] as const),
  ...(['away', 'away', 'away'] as const),
  'rights',
  ...(['twin', 'twin'] as const),
] as const;
/** What happens meanwhile, so many turns after the step began. */
export interface Incident {
  after: number;
  kind: (typeof INCIDENTS)[number] | 'rights back';
  agent: number;
  pick: number;
}

export interface Step {
  agent: number;
  act: Act;
  pick: number;
  /** So many turns after the step before began; null: when everything rests. */
  gap: number | null;
  incidents: Incident[];
  /** What the calls of this agent meet from now on: `left` of them pass first. */
  faults: Fault[];
}

export interface History {
  seed: number;
  /** About somebody whom GHL does not know yet. */
  isStranger: boolean;
  /** The search finds what was written late. */
  hasLag: boolean;
  /** Both vendors accept a last name and keep the old one. */
  ignores: boolean;
  steps: Step[];
}

/** A press takes about so many turns. */
const PRESS_TURNS = 90;

const some = <T>(random: Random, chances: readonly number[], make: () => T): T[] =>
  chances.flatMap((chance) => (random() < chance ? [make()] : []));

const isLook = (act: Act): boolean => act === 'look' || act === 'meet';

function newFault(random: Random): Fault {
  const isForWrites = random() < 0.5;
  return {
    isForWrites,
    left: isForWrites ? 0 : below(random, 8),
    kind: oneOf(random, [...FAULTS, 'cut after', 'silent after']),
  };
}

function newStep(random: Random, agent: number, act: Act): Step {
  const incident = (): Incident => ({
    after: below(random, PRESS_TURNS),
    kind: oneOf(random, INCIDENTS),
    agent: random() < 0.8 ? agent : 1 - agent,
    pick: below(random, 1e9),
  });
  return {
    agent,
    act,
    pick: below(random, 1e9),
    gap: isLook(act) || random() < 0.7 ? null : below(random, PRESS_TURNS),
    incidents: some(random, isLook(act) ? [0.2] : [0.55, 0.35, 0.15], incident),
    faults: some(random, isLook(act) ? [0.05] : [0.3, 0.1], () => newFault(random)),
  };
}

const REFUSALS = 1_000_003;

/** Something is pushed, others edit it, and the undo that this refuses is followed by another, for what is offered then. */
function refusals(random: Random): Step[] {
  if (random() < 0.7) return [];
  const edit = (): Incident => ({ after: 0, kind: 'edit', agent: 0, pick: below(random, 1e9) });
  const step = (act: Act, incidents: Incident[]): Step => {
    const made = newStep(random, 0, act);
    return { ...made, gap: null, incidents: [...made.incidents, ...incidents] };
  };
  const edits = Array.from({ length: 4 }, edit);
  return [
    step('push', []),
    step('refresh', edits),
    step('undo', []),
    step('undo', some(random, [0.3], edit)),
    step('undo', []),
  ];
}

/** The same seed, the same history. */
export function newHistory(seed: number): History {
  const random = createRandom(seed);
  const isStranger = random() < 0.15;
  const hasLag = random() < 0.3;
  const ignores = random() < 0.1;
  const isShared = !isStranger && random() < 0.4;
  const first = (agent: number): Step => newStep(random, agent, isStranger ? 'meet' : 'look');
  const steps: Step[] = isShared ? [first(0), first(1)] : [first(0)];
  const calm = (agent: number, act: Act, incidents: Incident[] = []): Step => ({
    ...newStep(random, agent, act),
    gap: null,
    incidents,
    faults: [],
  });
  const isLinked = !isStranger && random() < 0.5;
  if (isLinked) for (const { agent } of [...steps]) steps.push(calm(agent, 'link'));
  const count = isStranger ? 1 + below(random, 3) : 2 + below(random, 3);
  for (let index = 0; index < count; index += 1) {
    const agent = isShared ? below(random, 2) : 0;
    if (isLinked && random() < 0.6) {
      // Only an edit of what agreed before leaves something to sync, and only once it is seen.
      const edit: Incident = { after: 0, kind: 'edit', agent, pick: below(random, 1e9) };
      steps.push(calm(agent, 'refresh', [edit]), newStep(random, agent, 'sync'));
    } else steps.push(newStep(random, agent, isStranger ? 'create' : oneOf(random, ACTS)));
    if (random() < 0.35) steps.push(newStep(random, agent, 'undo'));
  }
  // A random of its own: what was played before stays what it was.
  if (!isStranger) steps.push(...refusals(createRandom(seed + REFUSALS)));
  return { seed, isStranger, hasLag, ignores, steps };
}

/** Histories with a little less in them, those with most taken away first. */
export function* smaller(history: History): Generator<History> {
  const { steps } = history;
  for (let index = 0; index < steps.length; index += 1)
    yield { ...history, steps: steps.filter((_, other) => other !== index) };
  for (const [index, step] of steps.entries()) {
    const replaced = (next: Step): History => ({ ...history, steps: steps.with(index, next) });
    for (const key of ['incidents', 'faults'] as const)
      for (let at = 0; at < step[key].length; at += 1)
        yield replaced({ ...step, [key]: step[key].filter((_, other) => other !== at) });
    if (step.gap !== null) yield replaced({ ...step, gap: null });
  }
}

export function tell({ seed, hasLag, ignores, steps }: History): string {
  const who = (agent: number): string => (agent === 0 ? 'a' : 'b');
  return [
    `seed ${seed}${hasLag ? ', the search lags' : ''}${ignores ? ', last names are ignored' : ''}`,
    ...steps.map(
      ({ agent, act, gap, incidents, faults }) =>
        `  ${who(agent)} ${act}${gap === null ? '' : `, ${gap} turns after the one before`}${[
          ...incidents.map(({ after, kind, agent: other }) => `; +${after} ${kind} ${who(other)}`),
          ...faults.map(
            ({ left, kind, isForWrites }) => `; ${isForWrites ? 'write' : 'call'} ${left + 1}: ${kind}`,
          ),
        ].join('')}`,
    ),
  ].join('\n');
}
