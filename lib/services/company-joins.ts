import { keepable } from '../core/activity.ts';
import type { CompanyName } from '../core/company.ts';
import { refKey, type VendorName } from '../core/contact.ts';
import type { ResourceName } from '../core/resource-settings.ts';
import { AppError, ERROR_POLICY, type ErrorView, isAppError, toErrorView } from '../errors.ts';
import type { Addition, AdditionResult, JobView, Joiner } from '../panel-state.ts';
import type { Accounts, Pair } from './accounts.ts';
import { MEMBERSHIP } from './addition-kinds-company.ts';
import { type AdditionStep, type Additions, endOf } from './additions.ts';
import type { JobOp } from './areas.ts';
import { linkedCompanies } from './company-outsiders.ts';
import { companyRef } from './company-sides.ts';
import { canWait, type JobKind, type Jobs, type StepEnd } from './jobs/queue.ts';
import type { Links } from './links.ts';
import type { Shown } from './page-check.ts';
import { otherVendorOf, vendorOf } from './planned-write.ts';
import type { Subjects } from './subjects.ts';
import type { Views } from './views.ts';

export interface JoinCommand extends Shown {
  /** Made by the panel, one per press. */
  id: string;
  /** The linked company, as it was shown. */
  to: CompanyName;
  people: readonly Joiner[];
}

/**
 * Puts several people of a company into the one that it is linked to. One request for each of them: what is read before a write is read
 * for this person, a moment before, and what goes wrong is theirs alone.
 */
export interface CompanyJoins {
  /** Answers as soon as it is stored. Rejects when nothing was, because the page is not what was shown. */
  start(tabId: number, command: JoinCommand): Promise<JobView>;
  kinds: { join: JobKind<JobOp & { kind: 'join' }> };
}

interface Dependencies {
  accounts: Pick<Accounts, 'pair'>;
  subjects: Subjects;
  views: Views;
  links: Links;
  additions: Pick<Additions, 'run' | 'isBegun' | 'cancelRun'>;
  jobs: Pick<Jobs, 'start'>;
  /** Rejects when this kind is not written to that vendor for the pair. */
  checkWritable: (pair: Pair, resource: ResourceName, vendor: VendorName) => Promise<void>;
  /** What was written changes much of what is shown. */
  onReread: (pair: Pair) => void;
}

export function createCompanyJoins(dependencies: Dependencies): CompanyJoins {
  const { links, additions, jobs, checkWritable, onReread } = dependencies;

  /** A link that was shown must still be there; where an address was, nobody may have linked either of them otherwise. */
  const checkJoiner = async (pair: Pair, vendor: VendorName, joiner: Joiner): Promise<void> => {
    const { person, contact, isLinked } = joiner;
    const accountOf = (name: VendorName): string =>
      (name === 'atera' ? pair.ateraAccount : pair.ghlAccount).id;
    const isRight =
      contact.vendor === vendor &&
      person.vendor === otherVendorOf(vendor) &&
      [person, contact].every((ref) => ref.kind === 'contact' && ref.accountId === accountOf(ref.vendor));
    if (!isRight) throw new AppError('invalid_input', { input: 'people' });
    const now = await links.counterpartOf(pair, person);
    if (isLinked ? !now || refKey(now) !== refKey(contact) : now !== null) throw new AppError('plan_expired');
  };

  return {
    async start(tabId, { id, to, people, ...shown }) {
      const { pair, own, other, vendor } = await linkedCompanies(dependencies, tabId, shown);
      if (other.id !== to.id || other.name !== to.name) throw new AppError('plan_expired');
      const isOnce = new Set(people.map(({ contact }) => refKey(contact))).size === people.length;
      if (!isOnce) throw new AppError('invalid_input', { input: 'people' });
      for (const joiner of people) await checkJoiner(pair, vendor, joiner);
      await checkWritable(pair, 'companies', vendor);
      const company = { id: own.ref.id, name: own.name };
      return jobs.start({
        id: `join-${id}`,
        isApart: true,
        people: [own.ref, ...people.map(({ contact }) => contact)],
        personName: to.name,
        words: people.map(({ name }) => ({
          kind: kindFor(vendor),
          vendor,
          personName: nameIn(name),
        })),
        ops: people.map((joiner, index) => ({
          kind: 'join',
          joiner,
          company,
          to,
          isLast: index === people.length - 1,
        })),
      });
    },
    kinds: {
      join: {
        isBegun: (_op, { pair, id }) => additions.isBegun(pair, id),
        async cancelled(_op, { pair, id }, why) {
          await additions.cancelRun(pair, id, why);
          onReread(pair);
        },
        async goOn({ joiner, company, to, isLast }, { pair, id }) {
          const { person, contact, from, isLinked } = joiner;
          const addition: Addition = { kind: kindFor(contact.vendor), from, to };
          const step: AdditionStep = {
            id,
            addition,
            // The journal must not say of whom it was what a panel called them.
            personName: async () => (await vendorOf(pair, person).readPerson(person.id, [])).contact.name,
            person,
            contact,
            other: person,
            isOnTrust: !isLinked,
            isAgain: true,
            async check() {
              // Somebody has moved them: they are no reason any more.
              if ((await MEMBERSHIP[person.vendor].of(pair, person.id)) !== company.id)
                throw new AppError('conflict', { vendor: person.vendor, input: 'company' });
            },
            async stands() {
              const now = await links.counterpartOf(pair, companyRef(pair, person.vendor, company.id));
              if (now?.id !== to.id) throw new AppError('plan_expired');
            },
          };
          const end = await additions.run(pair, step).then(endOfJoin, notBegun);
          if (isLast || end.state === 'failed') onReread(pair);
          return end;
        },
      },
    },
  };
}

const nameIn = (name: string): string => keepable(name) ?? '—';

const kindFor = (vendor: VendorName): 'set-business' | 'set-customer' =>
  vendor === 'ghl' ? 'set-business' : 'set-customer';

/** What is in the way of one person keeps nobody else back. What is in the way of all of them stops it there. */
function endOfJoin({ result, personName }: { result: AdditionResult; personName: string }): StepEnd {
  const end = endOf(result);
  if (end.state === 'later') return end;
  const isTheirs = end.state === 'failed' && end.error && !isForAll(end.error);
  return {
    ...end,
    ...(isTheirs ? { state: 'skipped' as const } : {}),
    result: { personName: nameIn(personName) },
  };
}

/** Another wish under its id, or nobody to put there. What our own store refuses may come later than that, and says nothing. */
function notBegun(error: unknown): StepEnd {
  if (!isAppError(error) || error.code === 'storage' || error.code === 'internal') throw error;
  const problem = toErrorView(error);
  if (canWait(problem)) return { state: 'later', error: problem };
  return { state: isForAll(problem) ? 'failed' : 'skipped', error: problem };
}

const isForAll = ({ code }: ErrorView): boolean =>
  ERROR_POLICY[code].queue === 'pause' || code === 'switched_off' || code === 'storage';
