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
export type Act =
  | (typeof LOOKS)[number]
  | (typeof ACTS)[number]
  | (typeof THEMES)[ThemeName]['acts'][number]
  | (typeof STRANGER_ACTS)[number];

/** With somebody whom GHL does not know. */
const STRANGER_ACTS = ['create', 'bring over', 'bring over', 'retry'] as const;

/** Histories about one kind of thing, so that what belongs together happens to it; `edit`: what others change of it. */
const THEMES = {
  tags: { acts: ['sync tags', 'sync tags', 'sync tags', 'tag', 'atera tag'], edit: 'edit tags' },
  work: {
    acts: ['copy task', 'copy ticket', 'complete', 'complete', 'complete', 'complete'],
    edit: 'edit work',
  },
  companies: { acts: ['company'], edit: 'edit company' },
  registry: {
    acts: ['name each other', 'remember', 'remember', 'remember', 'remember'],
    edit: 'edit pointer',
  },
  copies: { acts: ['copy note', 'copy comment'], edit: 'edit text' },
} as const satisfies Record<string, { acts: readonly string[]; edit: string }>;
type ThemeName = keyof typeof THEMES;
const THEME_NAMES = Object.keys(THEMES) as ThemeName[];

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
  kind: (typeof INCIDENTS)[number] | (typeof THEMES)[ThemeName]['edit'] | 'rights back';
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
/** A press asks for a proof within so many. */
const PROOF_TURNS = 48;
/** Two who do the same within so many are at it at the same time. */
const TOGETHER_TURNS = 15;

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

function newStep(random: Random, agent: number, act: Act, edit: Incident['kind'] | null = null): Step {
  const incident = (): Incident => ({
    after: below(random, PRESS_TURNS),
    kind: edit !== null && random() < 0.3 ? edit : oneOf(random, INCIDENTS),
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

const calmStep = (random: Random, agent: number, act: Act, incidents: Incident[] = []): Step => ({
  ...newStep(random, agent, act),
  gap: null,
  incidents,
  faults: [],
});

/** Of a pair that nobody linked, and whose proof takes long: the search is not answered, and meanwhile somebody edits. */
function slowProof(random: Random): Step[] {
  const edits = some(
    random,
    [1, 0.8, 0.6],
    (): Incident => ({
      after: 12 + below(random, PROOF_TURNS),
      kind: 'edit',
      agent: 0,
      pick: below(random, 1e9),
    }),
  );
  const kind = oneOf(random, ['silent before', 'silent after'] as const);
  const fault: Fault = { isForWrites: false, left: 2 + below(random, 2), kind };
  return [{ ...calmStep(random, 0, 'push', edits), faults: [fault] }];
}

/** Synced, taken back, and synced again: the way back is nobody's edit. */
function backAndForth(random: Random): Step[] {
  const calm = (act: Act, incidents: Incident[] = []): Step => calmStep(random, 0, act, incidents);
  const edits = [0, 0, 0].map(
    (after): Incident => ({ after, kind: 'edit', agent: 0, pick: below(random, 1e9) }),
  );
  return [
    calm('link'),
    calm('refresh', edits),
    calm('sync'),
    newStep(random, 0, 'undo'),
    calm('refresh'),
    random() < 0.5 ? calm('sync') : newStep(random, 0, 'sync'),
  ];
}

/** Linked mostly, done once in peace, then again and again while others do the same. */
function themed(random: Random, name: ThemeName, isShared: boolean): Step[] {
  const { acts, edit } = THEMES[name];
  const agents = isShared ? [0, 1] : [0];
  const calm = (agent: number, act: Act, incidents: Incident[] = []): Step =>
    calmStep(random, agent, act, incidents);
  const steps: Step[] = [];
  if (random() < 0.8) for (const agent of agents) steps.push(calm(agent, 'link'));
  if (name === 'registry') for (const agent of agents) steps.push(calm(agent, acts[0]));
  else if (name === 'work' || random() < 0.5) steps.push(calm(0, acts[0]));
  const count = 1 + below(random, 3);
  for (let index = 0; index < count; index += 1) {
    const agent = oneOf(random, agents);
    const act = oneOf(random, acts);
    const change: Incident = { after: 0, kind: edit, agent, pick: below(random, 1e9) };
    // Only what was edited since leaves something to complete.
    if (act === 'complete' || random() < 0.6) steps.push(calm(agent, 'refresh', [change]));
    const isTwice = isShared && random() < 0.6;
    const next = (by: number): Step =>
      isTwice && random() < 0.5 ? calm(by, act) : newStep(random, by, act, edit);
    const step = next(agent);
    steps.push(step);
    // The other browser does the very same, before its panel can show it.
    if (isTwice)
      steps.push({
        ...next(1 - agent),
        pick: step.pick,
        gap: random() < 0.4 ? null : below(random, TOGETHER_TURNS),
      });
    if (random() < 0.3) steps.push(newStep(random, agent, 'undo', edit));
  }
  return steps;
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
  const calm = (agent: number, act: Act, incidents: Incident[] = []): Step =>
    calmStep(random, agent, act, incidents);
  const kind = isStranger ? 1 : random();
  if (kind < 0.15) {
    steps.splice(
      0,
      steps.length,
      calmStep(random, 0, 'look'),
      ...(kind < 0.08 ? slowProof : backAndForth)(random),
    );
    return { seed, isStranger, hasLag, ignores, steps };
  }
  const theme = kind < 0.5 ? oneOf(random, THEME_NAMES) : null;
  if (theme !== null) {
    steps.push(...themed(random, theme, isShared));
    return { seed, isStranger, hasLag, ignores, steps };
  }
  const isLinked = !isStranger && random() < 0.5;
  if (isLinked) for (const { agent } of [...steps]) steps.push(calm(agent, 'link'));
  const count = isStranger ? 1 + below(random, 3) : 2 + below(random, 3);
  for (let index = 0; index < count; index += 1) {
    const agent = isShared ? below(random, 2) : 0;
    if (isLinked && random() < 0.6) {
      // Only an edit of what agreed before leaves something to sync, and only once it is seen.
      const edit: Incident = { after: 0, kind: 'edit', agent, pick: below(random, 1e9) };
      steps.push(calm(agent, 'refresh', [edit]), newStep(random, agent, 'sync'));
    } else steps.push(newStep(random, agent, oneOf(random, isStranger ? STRANGER_ACTS : ACTS)));
    if (random() < 0.35) steps.push(newStep(random, agent, 'undo'));
  }
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
