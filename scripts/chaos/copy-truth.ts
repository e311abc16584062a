import type { Commit, Ledger } from './ledger.ts';
import type { Find } from './plan-truth.ts';
import type { Setting } from './setting.ts';
import { readRows } from './store.ts';
import { copiesAt, markIn } from './wanted.ts';

/** A text that names an original was written. */
interface Made {
  commit: Commit;
  mark: string;
  /** Where the text stands. */
  where: string;
  /** What of the target is read before and after, as the ledger calls it; null where a marker says nothing. */
  place: string | null;
}

function madeBy(commit: Commit): Made[] {
  const { addition } = commit.by;
  if (!addition?.kind.startsWith('copy-')) return [];
  return commit.changes.flatMap(({ record, prop, before, after }): Made[] => {
    const mark = markIn(after);
    if (mark === null || before?.includes(mark)) return [];
    const where = `${record} ${prop}`;
    // A ticket's text is its requester's to read and to write.
    if (addition.kind === 'copy-task') return [{ commit, mark, where, place: null }];
    return [
      {
        commit,
        mark,
        where,
        place: addition.kind === 'copy-note' ? record.replace('ticket', 'comments') : record,
      },
    ];
  });
}

/** Tasks are read once more after the outcome is settled, for what they and their tickets agree on. */
const lastLook = (ledger: Ledger, { by, seq }: Commit, place: string) =>
  by.addition?.kind === 'copy-ticket'
    ? ledger.readBack(by, place, seq)
    : ledger.reread(by, place, ledger.now());

/**
 * The same text of the same original is copied once. Where two browsers did it at the same moment, whoever looked at the place after both
 * must say so. Answers how often that happened.
 */
export function judgeCopies({ ledger, agents }: Setting, find: Find): number {
  const results = new Map(
    agents.flatMap(({ disk }) => readRows(disk, 'additions').map(({ id, result }) => [id, result] as const)),
  );
  const made = ledger.commits.flatMap(madeBy);
  let doubles = 0;
  for (const one of made) {
    const { commit, mark, place } = one;
    const { by, seq, sent } = commit;
    const there = copiesAt(ledger, mark, seq - 1);
    const before = made.filter(
      (other) => other.mark === mark && other.commit.seq < seq && there.includes(other.where),
    );
    if (there.length === 0) continue;
    const isOwn = before.some((other) => other.commit.by.browser === by.browser);
    const read = place === null ? undefined : ledger.reread(by, place, sent);
    if (isOwn || (read && copiesAt(ledger, mark, read.seq).length > 0)) {
      find('duplicates', `${mark} was copied again (${by.id})`);
      continue;
    }
    doubles += 1;
    for (const { commit: other } of [...before, one]) {
      const last = place === null ? undefined : lastLook(ledger, other, place);
      const result = results.get(other.by.id);
      if (!last || last.seq < other.seq || result?.state !== 'done') continue;
      const count = copiesAt(ledger, mark, last.seq).length;
      if (count > 1 && result.doubles !== count)
        find('unexplained', `${mark} is there ${count} times, and ${other.by.id} does not say so`);
    }
  }
  return doubles;
}
