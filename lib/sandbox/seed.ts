import { seedAtera } from './seed-atera.ts';
import { seedGhl } from './seed-ghl.ts';
import type { IdMode, SandboxState } from './state.ts';

/** The sample workspace as it is at `now`. Same `now` and `ids`, same state. */
export function createState(now: number, ids: IdMode): SandboxState {
  return { ids, sequence: 0, atera: seedAtera(now, ids), ghl: seedGhl(now, ids) };
}
