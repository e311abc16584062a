import type { Fault } from './network.ts';
import { below, oneOf, type Random } from './random.ts';
import {
  type Act,
  calmStep,
  type Incident,
  newStep,
  type Step,
  some,
  THEMES,
  type ThemeName,
} from './steps.ts';

/** A press asks for a proof within so many. */
const PROOF_TURNS = 48;
/** Two who do the same within so many are at it at the same time. */
const TOGETHER_TURNS = 15;

/** Of a pair that nobody linked, and whose proof takes long: the search is not answered, and meanwhile somebody edits. */
export function slowProof(random: Random): Step[] {
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

/** The customer and the business that it is linked to: fields go both ways, while somebody edits either. */
export function companyCards(random: Random, isShared: boolean): Step[] {
  const agents = isShared ? [0, 1] : [0];
  const steps = agents.flatMap((agent) => [
    calmStep(random, agent, 'company page'),
    calmStep(random, agent, 'link company'),
  ]);
  const count = 1 + below(random, 3);
  for (let index = 0; index < count; index += 1) {
    const agent = oneOf(random, agents);
    const edit: Incident = { after: 0, kind: 'edit card', agent, pick: below(random, 1e9) };
    if (random() < 0.8) steps.push(calmStep(random, agent, 'refresh', [edit]));
    steps.push(newStep(random, agent, oneOf(random, ['push', 'pull', 'sync', 'sync']), 'edit card'));
    if (random() < 0.3) steps.push(newStep(random, agent, 'undo', 'edit card'));
  }
  return steps;
}

/** Synced, taken back, and synced again: the way back is nobody's edit. */
export function backAndForth(random: Random): Step[] {
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
export function themed(random: Random, name: ThemeName, isShared: boolean): Step[] {
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
