import { ateraSeedId, createRandom, ghlSeedId, makeBusinessId } from './ids.ts';
import { COMPANIES, PEOPLE } from './seed-people.ts';
import type { IdMode } from './state.ts';

interface PairOfIds {
  atera: number | null;
  ghl: string | null;
}

/** Ids that seeded records have, by seed key; null where there is no record in that vendor. */
export function createSeedIds(ids: IdMode): {
  person(key: string): PairOfIds;
  company(key: string): PairOfIds;
} {
  const people = new Map<string, PairOfIds>(
    PEOPLE.map((person, index) => [
      person.key,
      {
        atera: person.only === 'ghl' ? null : ateraSeedId(ids, 1_048_101 + index * 7),
        ghl: person.only === 'atera' ? null : ghlSeedId(ids, `contact ${person.key}`),
      },
    ]),
  );
  const companies = new Map<string, PairOfIds>(
    COMPANIES.map((company, index) => [
      company.key,
      {
        atera: ateraSeedId(ids, 311 + index * 3),
        ghl: company.ateraOnly ? null : makeBusinessId(ids, createRandom(`business ${company.key}`)),
      },
    ]),
  );
  const find = (map: Map<string, PairOfIds>, key: string): PairOfIds =>
    map.get(key) ?? { atera: null, ghl: null };
  return { person: (key) => find(people, key), company: (key) => find(companies, key) };
}

/** Full address of a seeded person. */
export const seedEmail = (local: string, company: string): string => {
  const domain = COMPANIES.find((entry) => entry.key === company)?.domain || 'mailbox.example';
  return `${local}@${domain}`;
};
