import { keepable } from '../core/activity.ts';
import type { CompanyName } from '../core/company.ts';
import type { Ref } from '../core/contact.ts';
import { taskRulesKey } from '../core/task-ticket.ts';
import { AppError, type ErrorView, isAppError, toErrorView } from '../errors.ts';
import type {
  Addition,
  AdditionResult,
  BroughtItem,
  CreationResult,
  JobStepWords,
  JobView,
} from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Additions } from './additions.ts';
import type { JobOp, StepResult } from './areas.ts';
import { companyRef } from './company-sides.ts';
import { previewOfCopy } from './copies.ts';
import type { CreateCommand, Creation } from './creation.ts';
import type { Identities } from './identities.ts';
import { canWait, type JobKind, type Jobs, type StepEnd } from './jobs/queue.ts';
import { shownPerson } from './page-check.ts';
import type { Subjects } from './subjects.ts';
import { checkRules, type TaskSettings } from './task-settings.ts';
import type { Views } from './views.ts';

export interface BringCommand extends CreateCommand {
  /** Their company is created in the other system first. */
  withCompany: boolean;
  /** What goes along, as it was shown. */
  items: BroughtItem[];
  tags: string[];
}

/**
 * Creates the counterpart of somebody, and takes along what belongs to them: the company, then the contact, then open tasks (tickets), tags
 * and notes. Each step is written once, by whatever writes it alone; a job keeps where it has come to.
 */
export interface BringOver {
  /** Answers as soon as it is stored. Rejects when nothing was, because the page is not what was shown. */
  start(tabId: number, command: BringCommand): Promise<JobView>;
  kinds: {
    company: JobKind<JobOp & { kind: 'company' }>;
    contact: JobKind<JobOp & { kind: 'contact' }>;
    carry: JobKind<JobOp & { kind: 'carry' }>;
  };
}

interface Dependencies {
  accounts: Pick<Accounts, 'pair'>;
  subjects: Subjects;
  views: Views;
  creation: Creation;
  additions: Pick<Additions, 'run' | 'isBegun' | 'cancelRun'>;
  identities: Pick<Identities, 'of'>;
  taskSettings: Pick<TaskSettings, 'of'>;
  jobs: Pick<Jobs, 'start'>;
  clock: Clock;
}

export function createBringOver(dependencies: Dependencies): BringOver {
  const { accounts, subjects, views, creation, additions, identities, taskSettings, jobs, clock } =
    dependencies;

  /** Nothing of the step is known by itself: what it wrote is told by whoever wrote it. */
  const cancelled = async (): Promise<void> => undefined;
  const isBegun = ({ planId }: { planId: string }, { pair }: { pair: Pair }): Promise<boolean> =>
    creation.isBegun({ pair, scope: scopeOfPair(pair) }, planId);

  /** The text as it would be copied now, if the original still is what was shown. */
  const additionFor = async (
    pair: Pair,
    { item, rules: shown, person, vendor }: JobOp & { kind: 'carry' },
    { contact, ticketId }: Required<Pick<StepResult, 'contact'>> & StepResult,
  ): Promise<Addition> => {
    if (item.kind === 'tag') return { kind: vendor === 'ghl' ? 'add-tag' : 'add-atera-tag', tag: item.tag };
    const [you, rules] = await Promise.all([identities.of(pair), taskSettings.of(pair)]);
    // By other rules it would be due at another time.
    if (item.kind === 'ticket') checkRules(rules, shown);
    const people =
      vendor === 'atera'
        ? { ghlId: person.id, ateraId: contact.id }
        : { ghlId: contact.id, ateraId: person.id };
    const {
      body,
      print,
      secrets,
      title = item.id,
      dueAt,
      assignee,
    } = await previewOfCopy(pair, you, people, item, { now: clock.now(), rules });
    // Somebody has changed it since, or it holds what nobody was asked about.
    if (print !== item.print || secrets.length > 0) throw new AppError('plan_expired');
    const copy = { sourceId: item.id, body, print, seen: [] };
    switch (item.kind) {
      case 'task':
        return {
          kind: 'copy-task',
          ...copy,
          title,
          ...(assignee ? { technicianId: Number(assignee.id) } : {}),
        };
      case 'ticket':
        return {
          kind: 'copy-ticket',
          ...copy,
          title,
          dueAt: dueAt ?? clock.now(),
          rules: shown ?? '',
          ...(assignee ? { assignedTo: assignee.id } : {}),
        };
      case 'note': {
        if (!you.atera) throw new AppError('no_identity', { vendor: 'atera' });
        if (ticketId === undefined) throw new AppError('not_found', { vendor: 'atera', input: 'ticket' });
        return { kind: 'copy-note', ...copy, ticketId, authorId: you.atera.id };
      }
    }
  };

  return {
    async start(tabId, { withCompany, items, tags, ...command }) {
      const pair = await accounts.pair();
      if (!pair) throw new AppError('not_connected');
      const plan = await creation.accept(tabId, command, withCompany);
      const { source, vendor, personName, version } = plan;
      const isFitting = items.every(({ kind }) => (kind === 'ticket') === (vendor === 'ghl'));
      if (!isFitting) throw new AppError('invalid_input', { input: 'items' });
      const rules = await taskSettings.of(pair);
      if (vendor === 'ghl' && items.length > 0 && !rules) throw new AppError('task_rules');
      const ops: JobOp[] = [];
      const words: JobStepWords[] = [];
      const { planId, fields, customer = null } = command;
      if (withCompany) {
        const { person } = await shownPerson({ subjects, views }, pair, tabId, { version, person: source });
        if (source.vendor !== 'ghl' || !person.companyId || !person.isInBusiness)
          throw new AppError('invalid_input', { input: 'company' });
        const company = await creation.planFor(plan, companyRef(pair, 'ghl', person.companyId));
        ops.push({ kind: 'company', planId: company.planId, fields: company.fields });
        words.push({ kind: 'create-company', vendor, title: company.name });
      }
      ops.push({ kind: 'contact', planId, fields: [...fields], customer });
      words.push({ kind: 'create', vendor });
      const carry = (item: (JobOp & { kind: 'carry' })['item'], step: JobStepWords): void => {
        const more = item.kind === 'ticket' && rules ? { rules: taskRulesKey(rules) } : {};
        ops.push({ kind: 'carry', item, ...more, vendor, person: source, personName });
        words.push(step);
      };
      const titled = (title: string) => (keepable(title) === null ? {} : { title });
      for (const { title, ...item } of items.filter(({ kind }) => kind !== 'note'))
        carry(item, {
          kind: item.kind === 'task' ? 'copy-task' : 'copy-ticket',
          vendor,
          ...titled(title),
        });
      for (const tag of tags)
        carry(
          { kind: 'tag', tag },
          {
            kind: vendor === 'ghl' ? 'add-tag' : 'add-atera-tag',
            vendor,
            ...titled(tag),
          },
        );
      for (const { title, ...item } of items.filter(({ kind }) => kind === 'note'))
        carry(item, { kind: 'copy-note', vendor, ...titled(title) });
      return jobs.start({ id: `over-${planId}`, people: [source], personName, words, ops });
    },
    kinds: {
      company: {
        cancelled,
        isBegun,
        async goOn({ planId, fields }, { pair }) {
          const result = await creating(creation, pair, { planId, fields });
          if ('code' in result) return { state: 'later', error: result };
          const [only, ...others] = result.state === 'found' ? result.people : [];
          const company = result.created ?? (others.length === 0 ? only : undefined);
          if (company && (result.state === 'created' || result.state === 'found'))
            return { state: 'done', error: null, result: { customer: nameOf(company) } };
          return endOf(result);
        },
      },
      contact: {
        cancelled,
        isBegun,
        async goOn({ planId, fields, customer }, { pair, done }) {
          const found = customer ?? done.find((one) => one?.customer)?.customer;
          const result = await creating(creation, pair, {
            planId,
            fields,
            ...(found ? { customer: found } : {}),
          });
          if ('code' in result) return { state: 'later', error: result };
          if (result.state === 'created' && result.created && result.isLinked)
            return { state: 'done', error: null, result: { contact: result.created.ref } };
          return endOf(result);
        },
      },
      carry: {
        isBegun: (_op, { pair, id }) => additions.isBegun(pair, id),
        cancelled: (_op, { pair, id }, why) => additions.cancelRun(pair, id, why),
        async goOn(op, { pair, id, done }) {
          const contact = done.find((one) => one?.contact)?.contact;
          const ticketId = done.find((one) => one?.ticketId)?.ticketId;
          if (!contact) throw new AppError('internal');
          const { person, personName } = op;
          try {
            const { result, made } = await additions.run(pair, {
              id,
              addition: () => additionFor(pair, op, { contact, ...(ticketId ? { ticketId } : {}) }),
              personName,
              person,
              contact,
              other: person,
              // Asked for once more after it was given up: what is read right before says whether it still may be.
              isAgain: true,
            });
            return carriedEnd(result, op, made[0]?.id);
          } catch (error) {
            // What is stored of it may be all that there is to tell: whoever tries again looks there first.
            if (!isAppError(error) || error.code === 'storage' || (await additions.isBegun(pair, id)))
              throw error;
            // Nothing of it was sent.
            if (canWait(error)) return { state: 'later', error: toErrorView(error) };
            return { state: 'skipped', error: toErrorView(error) };
          }
        },
      },
    },
  };
}

const nameOf = ({ ref, name }: { ref: Ref; name: string }): CompanyName => ({ id: ref.id, name });

/** What passes by itself is an answer here: nothing was sent. */
async function creating(
  creation: Pick<Creation, 'goOn'>,
  pair: Pair,
  command: CreateCommand,
): Promise<CreationResult | ErrorView> {
  try {
    return await creation.goOn({ pair, scope: scopeOfPair(pair) }, command);
  } catch (error) {
    if (isAppError(error) && canWait(error)) return toErrorView(error);
    throw error;
  }
}

/** Whoever is there already, or cannot be told from others, is for the agent to decide. */
function endOf({ state, error, vendor }: CreationResult): StepEnd {
  // Another press for the same person waits: this one goes on once it is known what came of that.
  if (state === 'queued' && error) return { state: 'later', error };
  if (state === 'unknown' || state === 'failed' || state === 'conflict') return { state, error };
  return { state: 'conflict', error: error ?? { code: 'duplicate', vendor } };
}

/** One that cannot be taken along keeps nothing else back. */
function carriedEnd(
  { state, error }: AdditionResult,
  { item }: JobOp & { kind: 'carry' },
  madeId: string | undefined,
): StepEnd {
  if (state === 'queued') {
    if (!error) throw new AppError('internal');
    return { state: 'later', error };
  }
  if (state === 'failed') return { state: 'skipped', error };
  const result = item.kind === 'task' && state === 'done' && madeId ? { ticketId: madeId } : null;
  return { state, error, result };
}
