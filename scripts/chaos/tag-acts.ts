import { isByItself } from '../../lib/core/tag-sync.ts';
import type { SubjectView } from '../../lib/panel-state.ts';
import { TAG_FIELD } from './constants.ts';
import type { Intent, Ledger } from './ledger.ts';
import { type Press, refOf, target } from './press.ts';
import type { Random } from './random.ts';
import { type Agent, TAB } from './world.ts';

/** Tags of both records: what settles itself, and some of what is asked. */
export function syncTags(
  { ledger, press }: { ledger: Ledger; press: Press },
  agent: Agent,
  view: SubjectView,
  random: Random,
  pick: number,
): void {
  const sync = agent.browser.panels.get(TAB)?.tagSync;
  const [atera, ghl] = [refOf(view, 'atera'), refOf(view, 'ghl')];
  if (!sync || !atera || !ghl || view.person.status !== 'ready') return;
  const person = view.person.value.ref;
  const counterpart = person.vendor === 'atera' ? ghl : atera;
  const chosen = sync.rows.filter((row) => row.op && (isByItself(row) || random() < 0.5));
  const ops = chosen.flatMap(({ op }) => op ?? []);
  if (ops.length === 0) return;
  const carried = chosen.flatMap((row): Intent['carried'] => {
    if (!row.op || !isByItself(row)) return [];
    const isFromAtera = row.op.vendor === 'ghl';
    const tag = (isFromAtera ? row.atera : row.ghl) ?? row.op.tag;
    return isFromAtera
      ? [{ record: `values ${atera.id}`, prop: `${TAG_FIELD} ${tag}` }]
      : [{ record: `ghl ${ghl.id}`, prop: `tag ${tag}` }];
  });
  const id = `${agent.name}-tags-${pick}`;
  const { version } = view;
  ledger.planned(agent.name, id);
  press(agent, { id, kind: 'tags', ops, carried }, (intent) =>
    agent.send('syncTags', { target, version, person, counterpart, id, rules: sync.rules, ops }, intent),
  );
}
