import type { FieldName } from '../../lib/core/contact.ts';
import type { Decisions, DiffRow } from '../../lib/core/rows.ts';
import type { BackChoice, UndoInstead } from '../../lib/core/undo-offer.ts';
import { isAppError } from '../../lib/errors.ts';
import type { ActivityView, Addition, SubjectView } from '../../lib/panel-state.ts';
import { setCompany } from './company-acts.ts';
import { CUSTOMER_PAGE, linkCompany } from './company-page.ts';
import { complete } from './completion-acts.ts';
import { TAGS } from './constants.ts';
import { copy } from './copy-acts.ts';
import { bringOver, retry } from './job-acts.ts';
import { intentOf } from './journal-truth.ts';
import type { Intent } from './ledger.ts';
import { keyAt } from './plan-truth.ts';
import { createPress, refOf, target } from './press.ts';
import { below, createRandom, oneOf, type Random } from './random.ts';
import { remember, switchOn } from './registry-acts.ts';
import { type Setting, scenes, TECHNICIAN } from './setting.ts';
import type { Act, Step } from './steps.ts';
import { syncTags } from './tag-acts.ts';
import type { Agent } from './world.ts';

export const pageOf = (scene: number): string =>
  `https://app.atera.com/new/ticket/${scenes[scene]?.ticketId}`;

function additionOf(act: Act, random: Random, pick: number): Addition | null {
  const text = `Text ${pick}`;
  switch (act) {
    case 'note':
      return { kind: 'note', body: text };
    case 'task':
      return { kind: 'task', title: text, dueAt: Date.UTC(2026, 11, 1, 9) };
    case 'tag':
      return { kind: oneOf(random, ['add-tag', 'remove-tag'] as const), tag: oneOf(random, TAGS) };
    case 'atera tag':
      return {
        kind: oneOf(random, ['add-atera-tag', 'remove-atera-tag'] as const),
        tag: oneOf(random, TAGS),
      };
    case 'comment':
      return { kind: 'comment', ticketId: String(scenes[0]?.ticketId), body: text, authorId: TECHNICIAN };
    case 'ticket':
      return { kind: 'ticket', title: text, body: 'Something is broken.' };
    default:
      return null;
  }
}

/** Where it was refused before, mostly what was offered instead: some of what somebody changed is kept, the rest is written over. */
function insteadOf(
  entries: readonly ActivityView[],
  { id, vendor, people }: ActivityView,
  random: Random,
): { instead: UndoInstead | null; chosen: Intent['chosen'] } {
  const refused = entries.find(({ undoes }) => undoes === id);
  if (!refused?.offer || random() < 0.2) return { instead: null, chosen: [] };
  const choices: Partial<Record<FieldName, BackChoice>> = {};
  const chosen: Intent['chosen'] = [];
  const target = people.find((person) => person.vendor === vendor);
  if (!target) return { instead: null, chosen: [] };
  const record = `${vendor} ${target.id}`;
  for (const { field, state, now } of refused.offer) {
    if (state !== 'changed' || random() < 0.3) continue;
    choices[field] = random() < 0.7 ? { back: true } : { value: `Own ${field}` };
    chosen.push({ record, prop: keyAt(field, target), now });
  }
  return { instead: { refused: refused.id, choices }, chosen };
}

export type Actors = ReturnType<typeof createActors>;

/** What agents do with what their panels show, and what must come of it. */
export function createActors({ ledger }: Setting, onBug: (error: unknown) => void) {
  /** Refusals are answers; whoever dies does not answer. */
  const tell = (work: Promise<unknown>): void =>
    void work.catch((error: unknown) => {
      if (!isAppError(error)) onBug(error);
    });
  const { press, again } = createPress(ledger, tell);

  const oneWay = (agent: Agent, view: SubjectView, act: 'push' | 'pull', random: Random): void => {
    const toRight = (act === 'push') === (view.pushTarget === 'ghl');
    const can = (row: DiffRow): boolean => (toRight ? row.toRight : row.toLeft).can && row.status !== 'same';
    const fields = view.rows.flatMap((row): FieldName[] => (can(row) ? [row.field] : []));
    const chosen = fields.filter(() => random() < 0.7);
    const planId = view.plans[act];
    if (planId === null || chosen.length === 0) return;
    press(agent, { id: planId, kind: 'plan' }, (intent) =>
      agent.send('applyPlan', { target, planId, fields: chosen }, intent),
    );
  };

  /** What settles itself, and most of what is asked, decided at random. */
  const sync = (agent: Agent, view: SubjectView, random: Random): void => {
    const fields: FieldName[] = [];
    const choices: Record<string, { keep: 'left' | 'right' }> = {};
    const carried: Intent['carried'] = [];
    for (const row of view.rows) {
      if (row.status === 'same') continue;
      const settlesItself = row.status === 'changed-left' || row.status === 'changed-right';
      const side = row.status === 'changed-left' ? 'left' : row.status === 'changed-right' ? 'right' : null;
      const keep = side ?? oneOf(random, ['left', 'right'] as const);
      if (!(keep === 'left' ? row.toRight : row.toLeft).can) continue;
      if (!settlesItself && random() < 0.4) continue;
      fields.push(row.field);
      const vendor = keep === 'left' ? 'atera' : 'ghl';
      const ref = refOf(view, vendor);
      if (!settlesItself) choices[row.field] = { keep };
      else if (ref) carried.push({ record: `${vendor} ${ref.id}`, prop: keyAt(row.field, ref) });
    }
    const planId = view.plans.sync;
    if (planId === null || fields.length === 0) return;
    press(agent, { id: planId, kind: 'plan', carried }, (intent) =>
      agent.send('applyPlan', { target, planId, fields, choices: choices as Decisions }, intent),
    );
  };

  const add = (agent: Agent, view: SubjectView, act: Act, random: Random, pick: number): void => {
    const addition = additionOf(act, random, pick);
    const person = view.person.status === 'ready' ? view.person.value.ref : null;
    const isAtera = act === 'atera tag' || act === 'comment' || act === 'ticket';
    const contact = refOf(view, isAtera ? 'atera' : 'ghl');
    if (!addition || !person || !contact) return;
    const id = `${agent.name}-press-${pick}`;
    const { version } = view;
    press(agent, { id, kind: 'addition', addition }, (intent) =>
      agent.send('addToContact', { target, version, person, contact, id, addition }, intent),
    );
  };

  const create = async (agent: Agent, view: SubjectView): Promise<void> => {
    if (view.person.status !== 'ready') return;
    const preview = await agent.send('previewCreate', {
      target,
      version: view.version,
      person: view.person.value.ref,
    });
    const { planId } = preview;
    const fields = preview.rows.flatMap((row): FieldName[] => (row.write.can ? [row.field] : []));
    if (planId === null || preview.vendor !== 'ghl') return;
    press(agent, { id: planId, kind: 'creation' }, (intent) =>
      agent.send('createCounterpart', { target, planId, fields }, intent),
    );
  };

  /** Something of the journal, mostly the last; now and then from two pages at once. */
  const undo = async (agent: Agent, random: Random, pick: number): Promise<void> => {
    const page = await agent.send('getActivity', { people: null, limit: null });
    const open = (page?.entries ?? []).filter((entry) => entry.undo.can);
    const entry = random() < 0.6 ? open[0] : open[below(random, open.length)];
    if (!entry) return;
    const { instead, chosen } = insteadOf(page?.entries ?? [], entry, random);
    const { addition = null, ops = [] } = intentOf(ledger, entry.id) ?? {};
    const presses = random() < 0.25 ? ['x', 'y'] : ['x'];
    for (const name of presses) {
      const id = `${agent.name}-undo-${pick}-${name}`;
      press(agent, { id, kind: 'undo', addition, ops, entryId: entry.id, chosen }, (intent) =>
        agent.send('undoActivity', { id: entry.id, press: id, ...(instead ? { instead } : {}) }, intent),
      );
    }
  };

  const link = async (agent: Agent, view: SubjectView, act: 'link' | 'unlink'): Promise<void> => {
    const [person, counterpart] = [refOf(view, 'atera'), refOf(view, 'ghl')];
    if (!person || !counterpart) return;
    const choice = { target, version: view.version, person, counterpart };
    return act === 'link' ? agent.send('linkCounterpart', choice) : agent.send('unlink', choice);
  };

  /** What needs nobody on screen. */
  const anywhere: Partial<Record<Act, (agent: Agent, random: Random, pick: number) => unknown>> = {
    look: (agent) => look(agent, pageOf(0)),
    meet: (agent) => look(agent, pageOf(2)),
    'company page': (agent) => look(agent, CUSTOMER_PAGE),
    'link company': linkCompany,
    undo,
    retry,
  };
  const withView: Partial<
    Record<Act, (agent: Agent, view: SubjectView, random: Random, pick: number) => unknown>
  > = {
    refresh: (agent) => agent.send('refreshView', target),
    push: (agent, view, random) => oneWay(agent, view, 'push', random),
    pull: (agent, view, random) => oneWay(agent, view, 'pull', random),
    sync,
    link: (agent, view) => link(agent, view, 'link'),
    unlink: (agent, view) => link(agent, view, 'unlink'),
    create,
    'bring over': (agent, view, random) => bringOver({ ledger, press }, agent, view, random),
    'sync tags': (...what) => syncTags({ ledger, press }, ...what),
    'copy note': (...what) => copy(press, 'note', ...what),
    'copy comment': (...what) => copy(press, 'comment', ...what),
    'copy task': (...what) => copy(press, 'task', ...what),
    'copy ticket': (...what) => copy(press, 'ticket', ...what),
    complete: (...what) => complete(press, ...what),
    company: (...what) => setCompany(press, ...what),
    'name each other': switchOn,
    remember: (...what) => remember(press, ...what),
  };

  return {
    again,
    act(agent: Agent, { act, pick }: Pick<Step, 'act' | 'pick'>): void {
      const random = createRandom(pick);
      const view = agent.view();
      const own = anywhere[act];
      const go = withView[act];
      if (own) tell(Promise.resolve(own(agent, random, pick)));
      else if (view && go) tell(Promise.resolve(go(agent, view, random, pick)));
      else if (view) add(agent, view, act, random, pick);
    },
  };
}

function look(agent: Agent, url: string): Promise<unknown> {
  agent.look(url);
  return agent.send('getPanelState', target);
}
