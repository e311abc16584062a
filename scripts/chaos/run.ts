import { type History, newHistory, smaller } from './history.ts';
import { DAMAGE, type Damage, type Finding } from './oracle.ts';
import { play } from './play.ts';
import { begin } from './setting.ts';
import type { Without } from './world.ts';

export interface Summary extends Record<Damage, number> {
  runs: number;
  unpreventable: number;
  windowsMs: number[];
  commits: number;
  presses: number;
  doubles: number;
  /** The first history that did damage, as short as it could be made. */
  failure: { history: History; findings: Finding[] } | null;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
};

/** Plays histories with these seeds, one after the other. */
export async function runChaos({
  runs,
  seed,
  without = {},
  until = null,
  among = () => true,
}: {
  runs: number;
  seed: number;
  without?: Without;
  /** Stops at the first damage of this kind, and looks for no other. */
  until?: Damage | null;
  /** Others are counted, and not played. */
  among?: (history: History) => boolean;
}): Promise<Summary> {
  const beginning = await begin();
  const summary = nothing();
  const wanted = (findings: readonly Finding[]): Finding[] =>
    findings.filter(({ damage }) => until === null || damage === until);
  const findingsOf = async (history: History): Promise<Finding[]> =>
    wanted((await play(history, beginning, without)).findings);
  const shorten = async (history: History): Promise<History> => {
    for (const candidate of smaller(history))
      if ((await findingsOf(candidate)).length > 0) return shorten(candidate);
    return history;
  };

  for (let index = 0; index < runs; index += 1) {
    const history = newHistory(seed + index);
    summary.runs += 1;
    if (!among(history)) continue;
    const verdict = await play(history, beginning, without);
    summary.unpreventable += verdict.unpreventable;
    summary.commits += verdict.commits;
    summary.presses += verdict.presses;
    summary.doubles += verdict.doubles;
    summary.windowsMs.push(...verdict.windowsMs);
    for (const { damage } of verdict.findings) summary[damage] += 1;
    if (wanted(verdict.findings).length > 0 && !summary.failure) {
      // What a missing step does need not be short.
      const shortest = until === null ? await shorten(history) : history;
      summary.failure = { history: shortest, findings: await findingsOf(shortest) };
      if (until !== null) break;
    }
  }
  return summary;
}

const nothing = (): Summary => ({
  runs: 0,
  duplicates: 0,
  lost: 0,
  overwritten: 0,
  unexplained: 0,
  unpreventable: 0,
  windowsMs: [],
  commits: 0,
  presses: 0,
  doubles: 0,
  failure: null,
});

/** Of several parts, in the order of their seeds. */
export function together(parts: readonly Summary[]): Summary {
  const sum = nothing();
  for (const part of parts) {
    for (const name of [...DAMAGE, 'runs', 'unpreventable', 'commits', 'presses', 'doubles'] as const)
      sum[name] += part[name];
    sum.windowsMs.push(...part.windowsMs);
    sum.failure ??= part.failure;
  }
  return sum;
}

export const lineOf = (summary: Summary): string =>
  [
    ...(['runs', ...DAMAGE, 'unpreventable'] as const).map((name) => `${name}=${summary[name]}`),
    `windowMs=${median(summary.windowsMs)}`,
  ].join(' ');
