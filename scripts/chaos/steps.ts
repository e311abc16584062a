import { FAULTS, type Fault } from './network.ts';
import { below, oneOf, type Random } from './random.ts';

/** What agents do. `pick` settles what is left open: which fields, which text. */
const LOOKS = ['look', 'meet', 'company page'] as const;
export const ACTS = [
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
  | (typeof STRANGER_ACTS)[number]
  | 'link company';

/** With somebody whom GHL does not know. */
export const STRANGER_ACTS = ['create', 'bring over', 'bring over', 'retry'] as const;

/** Histories about one kind of thing, so that what belongs together happens to it; `edit`: what others change of it. */
export const THEMES = {
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
export type ThemeName = keyof typeof THEMES;
export const THEME_NAMES = Object.keys(THEMES) as ThemeName[];

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
  kind: (typeof INCIDENTS)[number] | (typeof THEMES)[ThemeName]['edit'] | 'edit card' | 'rights back';
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

/** A press takes about so many turns. */
const PRESS_TURNS = 90;

export const some = <T>(random: Random, chances: readonly number[], make: () => T): T[] =>
  chances.flatMap((chance) => (random() < chance ? [make()] : []));

const isLook = (act: Act): boolean => LOOKS.some((look) => look === act);

function newFault(random: Random): Fault {
  const isForWrites = random() < 0.5;
  return {
    isForWrites,
    left: isForWrites ? 0 : below(random, 8),
    kind: oneOf(random, [...FAULTS, 'cut after', 'silent after']),
  };
}

export function newStep(random: Random, agent: number, act: Act, edit: Incident['kind'] | null = null): Step {
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

export const calmStep = (random: Random, agent: number, act: Act, incidents: Incident[] = []): Step => ({
  ...newStep(random, agent, act),
  gap: null,
  incidents,
  faults: [],
});
