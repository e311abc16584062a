import { createActors, pageOf } from './acts.ts';
import type { History } from './history.ts';
import { judge, type Verdict } from './oracle.ts';
import { createOthers } from './others.ts';
import { type Beginning, createSetting, inOurTime, type Setting } from './setting.ts';
import type { Incident } from './steps.ts';
import type { Agent, Without } from './world.ts';

const HOUR_MS = 3_600_000;
const LAG_MS = 20_000;

/** Plays one history to its end, lets everything come to rest, and judges. */
export async function play(
  { seed, isStranger, hasLag, ignores, steps }: History,
  beginning: Beginning,
  without: Without = {},
  /** Called before it is judged, with everything that was left behind. */
  onEnd: (setting: Setting) => void = () => undefined,
): Promise<Verdict> {
  const bugs: unknown[] = [];
  const onBug = (error: unknown): void => void bugs.push(error);
  const setting = createSetting(seed, beginning, without, onBug);
  const { scheduler, network, agents, state } = setting;
  const actors = createActors(setting, onBug);
  const others = createOthers(setting);
  // Where the vendor itself refuses a second one, nothing would be seen of ours.
  state.ghl.location.settings.allowDuplicateContact = isStranger;
  if (hasLag) state.ghl.searchLagMs = LAG_MS;
  if (ignores) {
    state.ghl.ignoredFields = ['lastName'];
    state.atera.ignoredFields = ['Lastname'];
  }
  const rights = { ghl: state.ghl.tokens[0]?.scopes, atera: state.atera.keys[0]?.rights };
  const setRights = (isWhole: boolean): void => {
    const [token, reader] = state.ghl.tokens;
    const [key] = state.atera.keys;
    if (token && reader && rights.ghl) token.scopes = isWhole ? rights.ghl : reader.scopes;
    if (key && rights.atera) key.rights = isWhole ? rights.atera : ['Contacts.Read', 'Tickets.Read'];
  };
  const agentAt = (index: number): Agent => {
    const agent = agents[index];
    if (!agent) throw new Error(`No agent ${index}.`);
    return agent;
  };

  const incidents: Record<Incident['kind'], (agent: Agent, pick: number) => void> = {
    kill: (agent) => agent.kill(),
    away: (agent) => agent.look(pageOf(1)),
    again: (agent) => actors.again(agent),
    twin: () => others.twin(),
    rights: () => setRights(false),
    'rights back': () => setRights(true),
    edit: (_agent, pick) => others.edit(pick),
    'edit tags': (_agent, pick) => others.editTags(pick),
    'edit text': (_agent, pick) => others.editText(pick),
    'edit work': (_agent, pick) => others.editWork(pick),
    'edit company': (_agent, pick) => others.editCompany(pick),
    'edit pointer': (_agent, pick) => others.editPointer(pick),
    'edit card': (_agent, pick) => others.editCard(pick),
  };
  const happen = ({ kind, agent, pick }: Incident): void => incidents[kind](agentAt(agent), pick);

  let due: { turn: number; incident: Incident }[] = [];
  scheduler.setOnTurn((turn) => {
    if (due.length === 0) return;
    const now = due.filter((entry) => entry.turn <= turn);
    due = due.filter((entry) => entry.turn > turn);
    for (const { incident } of now) happen(incident);
  });

  await inOurTime(setting, async () => {
    for (const step of steps) {
      await scheduler.run(step.gap ?? undefined);
      const turn = scheduler.turns();
      due.push(...step.incidents.map((incident) => ({ turn: turn + incident.after, incident })));
      for (const fault of step.faults) network.meet(agentAt(step.agent).name, fault);
      actors.act(agentAt(step.agent), step);
    }
    await scheduler.run();
    due = [];
    network.clear();
    setRights(true);
    // Whatever was cut off is settled at a start; what is not there after an hour is not coming.
    for (const waitMs of [0, HOUR_MS]) {
      scheduler.advance(waitMs);
      for (const agent of agents) agent.kill();
      await scheduler.run();
    }
  });
  onEnd(setting);
  const verdict = judge(setting);
  for (const bug of bugs)
    verdict.findings.push({
      damage: 'unexplained',
      what: `a bug: ${bug instanceof Error ? bug.stack : bug}`,
    });
  return verdict;
}
