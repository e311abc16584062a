import { FAULTS, type FaultKind } from './network.ts';
import { below, createRandom, oneOf, type Random } from './random.ts';

/** What agents do. `pick` settles what is left open: which fields, which text. */
export const ACTS = ['look', 'push', 'pull'] as const;
export type Act = (typeof ACTS)[number];

/** What happens meanwhile, so many turns after the step began. */
export interface Incident {
  after: number;
  kind: 'kill' | 'edit' | 'away' | 'again';
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
  faults: { left: number; kind: FaultKind }[];
}

export interface History {
  seed: number;
  steps: Step[];
}

/** A press takes about so many turns. */
const PRESS_TURNS = 90;

const some = <T>(random: Random, chances: readonly number[], make: () => T): T[] =>
  chances.flatMap((chance) => (random() < chance ? [make()] : []));

function newStep(random: Random, agent: number, act: Act): Step {
  const incident = (): Incident => ({
    after: below(random, PRESS_TURNS),
    kind: oneOf(random, ['kill', 'kill', 'edit', 'edit', 'edit', 'away', 'again'] as const),
    agent: random() < 0.8 ? agent : 1 - agent,
    pick: below(random, 1e9),
  });
  return {
    agent,
    act,
    pick: below(random, 1e9),
    gap: act === 'look' || random() < 0.7 ? null : below(random, PRESS_TURNS),
    incidents: some(random, act === 'look' ? [0.2] : [0.6, 0.4, 0.2], incident),
    faults: some(random, act === 'look' ? [0.05] : [0.3, 0.1], () => ({
      left: below(random, 8),
      kind: oneOf(random, FAULTS),
    })),
  };
}

/** The same seed, the same history. */
export function newHistory(seed: number): History {
  const random = createRandom(seed);
  const steps: Step[] = [newStep(random, 0, 'look')];
  const isShared = random() < 0.4;
  if (isShared) steps.push(newStep(random, 1, 'look'));
  const count = 1 + below(random, 3);
  for (let index = 0; index < count; index += 1)
    steps.push(newStep(random, isShared ? below(random, 2) : 0, oneOf(random, ACTS.slice(1))));
  return { seed, steps };
}

/** Histories with a little less in them, those with most taken away first. */
export function* smaller({ seed, steps }: History): Generator<History> {
  for (let index = 0; index < steps.length; index += 1)
    yield { seed, steps: steps.filter((_, other) => other !== index) };
  for (const [index, step] of steps.entries()) {
    const replaced = (next: Step): History => ({ seed, steps: steps.with(index, next) });
    for (const key of ['incidents', 'faults'] as const)
      for (let at = 0; at < step[key].length; at += 1)
        yield replaced({ ...step, [key]: step[key].filter((_, other) => other !== at) });
    if (step.gap !== null) yield replaced({ ...step, gap: null });
  }
}

export function tell({ seed, steps }: History): string {
  const who = (agent: number): string => (agent === 0 ? 'a' : 'b');
  return [
    `seed ${seed}`,
    ...steps.map(
      ({ agent, act, gap, incidents, faults }) =>
        `  ${who(agent)} ${act}${gap === null ? '' : `, ${gap} turns after the one before`}${[
          ...incidents.map(({ after, kind, agent: other }) => `; +${after} ${kind} ${who(other)}`),
          ...faults.map(({ left, kind }) => `; call ${left + 1}: ${kind}`),
        ].join('')}`,
    ),
  ].join('\n');
}
