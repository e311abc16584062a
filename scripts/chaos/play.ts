import type { FieldName } from '../../lib/core/contact.ts';
import { isAppError } from '../../lib/errors.ts';
import type { History, Incident, Step } from './history.ts';
import type { Intent } from './ledger.ts';
import { judge, type Verdict } from './oracle.ts';
import { createRandom, oneOf } from './random.ts';
import { type Beginning, createSetting, inOurTime, type Setting, scenes } from './setting.ts';
import { type Agent, TAB, type Without } from './world.ts';

const HOUR_MS = 3_600_000;
const pageOf = (scene: number): string => `https://app.atera.com/new/ticket/${scenes[scene]?.ticketId}`;

/** Somebody who is not us changes a record. Every value is new. */
function edit({ state, ledger }: Setting, pick: number): void {
  const random = createRandom(pick);
  const scene = scenes[0];
  const text = `Edit${pick}`;
  const number = `+1415555${String(1000 + (pick % 9000))}`;
  if (random() < 0.6) {
    const contact = state.ghl.contacts.find(({ id }) => id === scene?.ghlContactIds[0]);
    const prop = oneOf(random, ['firstName', 'lastName', 'lastName', 'phone', 'phone'] as const);
    if (contact) contact[prop] = prop === 'phone' ? number : text;
  } else {
    const contact = state.atera.contacts.find(({ EndUserID }) => EndUserID === scene?.ateraContactId);
    const prop = oneOf(random, ['Firstname', 'Lastname', 'Lastname', 'Phone', 'Phone'] as const);
    if (contact) contact[prop] = prop === 'Phone' ? number : text;
  }
  ledger.foreign();
}

/** Plays one history to its end, lets everything come to rest, and judges. */
export async function play(
  { seed, steps }: History,
  beginning: Beginning,
  without: Without = {},
): Promise<Verdict> {
  const bugs: unknown[] = [];
  const setting = createSetting(seed, beginning, without, (error) => bugs.push(error));
  const { scheduler, ledger, network, agents } = setting;
  const agentAt = (index: number): Agent => {
    const agent = agents[index];
    if (!agent) throw new Error(`No agent ${index}.`);
    return agent;
  };
  /** Refusals are answers; whoever dies does not answer. */
  const expectAnswer = (work: Promise<unknown>): void =>
    void work.catch((error: unknown) => {
      if (!isAppError(error)) bugs.push(error);
    });

  const presses = new Map<Agent, () => void>();
  const press = (
    agent: Agent,
    intent: Omit<Intent, 'browser' | 'tabId' | 'url' | 'from' | 'until'>,
    go: (intent: Intent) => Promise<unknown>,
  ): void => {
    const known = ledger.intents.get(intent.id) ?? {
      ...intent,
      browser: agent.name,
      tabId: TAB,
      url: agent.browser.address(TAB),
      from: ledger.now(),
      until: null,
    };
    ledger.intents.set(intent.id, known);
    const doIt = (): void => expectAnswer(go(known));
    presses.set(agent, doIt);
    doIt();
  };

  const act = ({ agent: index, act, pick }: Step): void => {
    const agent = agentAt(index);
    const random = createRandom(pick);
    if (act === 'look') {
      agent.look(pageOf(0));
      expectAnswer(agent.send('getPanelState', { tabId: TAB }));
      return;
    }
    const view = agent.view();
    if (!view) return;
    const side = (act === 'push') === (view.pushTarget === 'ghl') ? 'right' : 'left';
    const planId = view.plans[act];
    const fields = view.rows.flatMap((row): FieldName[] => {
      const option = side === 'right' ? row.toRight : row.toLeft;
      return option.can && row.status !== 'same' ? [row.field] : [];
    });
    const chosen = fields.filter(() => random() < 0.7);
    if (planId === null || chosen.length === 0) return;
    press(agent, { id: planId, kind: 'plan' }, (intent) =>
      agent.send('applyPlan', { target: { tabId: TAB }, planId, fields: chosen }, intent),
    );
  };

  const happen = ({ kind, agent: index, pick }: Incident): void => {
    const agent = agentAt(index);
    if (kind === 'kill') agent.kill();
    else if (kind === 'edit') edit(setting, pick);
    else if (kind === 'away') agent.look(pageOf(1));
    else presses.get(agent)?.();
  };

  const due: { turn: number; incident: Incident }[] = [];
  scheduler.setOnTurn((turn) => {
    for (
      let at = due.findIndex((entry) => entry.turn <= turn);
      at >= 0;
      at = due.findIndex((entry) => entry.turn <= turn)
    )
      for (const { incident } of due.splice(at, 1)) happen(incident);
  });

  await inOurTime(scheduler.after, async () => {
    for (const step of steps) {
      await scheduler.run(step.gap ?? undefined);
      const turn = scheduler.turns();
      due.push(...step.incidents.map((incident) => ({ turn: turn + incident.after, incident })));
      for (const { left, kind } of step.faults) network.meet(agentAt(step.agent).name, left, kind);
      act(step);
    }
    await scheduler.run();
    due.length = 0;
    network.clear();
    // Whatever was cut off is settled at a start; what is not there after an hour is not coming.
    for (const waitMs of [0, HOUR_MS]) {
      scheduler.advance(waitMs);
      for (const agent of agents) agent.kill();
      await scheduler.run();
    }
  });
  const verdict = judge(setting);
  for (const bug of bugs)
    verdict.findings.push({
      damage: 'unexplained',
      what: `a bug: ${bug instanceof Error ? bug.stack : bug}`,
    });
  return verdict;
}
