import { ateraSeedId } from './ids.ts';
import { createSeedIds } from './seed-ids.ts';
import type { IdMode } from './state.ts';

export type SceneName =
  | 'main'
  | 'exact'
  | 'differing'
  | 'phoneFormats'
  | 'switchboard'
  | 'roleMailbox'
  | 'several'
  | 'none'
  | 'rtl'
  | 'cjk'
  | 'noEmailInGhl'
  | 'archived'
  | 'hostile'
  | 'veryLong'
  | 'sameEverything';

export interface Scene {
  ticketId: number;
  ticketNumber: string;
  /** The requester. */
  ateraContactId: number;
  /** The same person in GHL, or everybody who may be: the likely one first. Empty when there is nobody. */
  ghlContactIds: string[];
}

const SCENE_SEEDS: Record<SceneName, [ticket: number, people: string[]]> = {
  main: [4821, ['dana']],
  exact: [4820, ['oscar']],
  differing: [4818, ['gloria']],
  phoneFormats: [4819, ['lena']],
  switchboard: [4817, ['marcus', 'ingrid', 'theo']],
  roleMailbox: [4816, ['brightinfo']],
  several: [4815, ['alex1', 'alex2', 'alex3']],
  none: [4814, ['hank']],
  rtl: [4813, ['layla']],
  cjk: [4811, ['yuki']],
  noEmailInGhl: [4810, ['wendy']],
  archived: [4809, ['peter']],
  hostile: [4808, ['hostile']],
  veryLong: [4807, ['verylong']],
  sameEverything: [4806, ['samuel']],
};

function createScenes(ids: IdMode): Record<SceneName, Scene> {
  const seedIds = createSeedIds(ids);
  const entries = Object.entries(SCENE_SEEDS).map(([name, [ticket, people]]): [string, Scene] => [
    name,
    {
      ticketId: ateraSeedId(ids, ticket),
      ticketNumber: String(ticket),
      ateraContactId: seedIds.person(people[0] ?? '').atera ?? 0,
      ghlContactIds: people.map((key) => seedIds.person(key).ghl).filter((id) => id !== null),
    },
  ]);
  return Object.fromEntries(entries) as Record<SceneName, Scene>;
}

/** Where to find each kind of person in the seed, for both ways of numbering. */
export const SCENES: Record<IdMode, Record<SceneName, Scene>> = {
  served: createScenes('served'),
  sample: createScenes('sample'),
};
