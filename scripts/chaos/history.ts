import { backAndForth, companyCards, slowProof, themed } from './kinds.ts';
import { below, createRandom, oneOf, type Random } from './random.ts';
import {
  ACTS,
  type Act,
  calmStep,
  type Incident,
  newStep,
  STRANGER_ACTS,
  type Step,
  some,
  THEME_NAMES,
} from './steps.ts';

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

/** `share`: where it falls among all, which settles the kind. `looks`: how most begin. */
function ofOneKind(random: Random, share: number, looks: readonly Step[], isShared: boolean): Step[] {
  if (share < 0.15) {
    const look = calmStep(random, 0, 'look');
    return [look, ...(share < 0.08 ? slowProof : backAndForth)(random)];
  }
  if (share < 0.21) return companyCards(random, isShared);
  return [...looks, ...themed(random, oneOf(random, THEME_NAMES), isShared)];
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
  const calm = (agent: number, act: Act, incidents: Incident[] = []): Step =>
    calmStep(random, agent, act, incidents);
  const kind = isStranger ? 1 : random();
  if (kind < 0.54)
    return { seed, isStranger, hasLag, ignores, steps: ofOneKind(random, kind, steps, isShared) };
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
