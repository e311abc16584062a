import type { FieldName } from '../../lib/core/contact.ts';
import type { BroughtItem, SubjectView } from '../../lib/panel-state.ts';
import type { Intent, Ledger } from './ledger.ts';
import { type Press, target } from './press.ts';
import type { Random } from './random.ts';
import type { Agent } from './world.ts';

/** Creates the counterpart, and takes along open tickets and tags: several steps of one press, each an intent of its own. */
export async function bringOver(
  { ledger, press }: { ledger: Ledger; press: Press },
  agent: Agent,
  view: SubjectView,
  random: Random,
): Promise<void> {
  if (view.person.status !== 'ready') return;
  const person = view.person.value.ref;
  const preview = await agent.send('previewCreate', { target, version: view.version, person });
  const { planId } = preview;
  if (planId === null || preview.vendor !== 'ghl') return;
  const fields = preview.rows.flatMap((row): FieldName[] => (row.write.can ? [row.field] : []));
  const listed = view.sections.tickets;
  const items = (listed.status === 'ready' ? listed.items : []).flatMap(
    ({ copy, done, title }): BroughtItem[] =>
      copy && !done ? [{ kind: 'ticket', id: copy.id, print: copy.print, title }] : [],
  );
  const tags = view.ateraTags.status === 'ready' ? view.ateraTags.tags.filter(() => random() < 0.7) : [];
  const command = { target, planId, fields, withCompany: false, items, tags };
  press(agent, { id: `over-${planId}`, kind: 'job' }, (intent) => {
    const step = (id: string, kind: Intent['kind']): void => {
      if (ledger.intents.has(id)) return;
      // For whom it was accepted, whatever page is open by then.
      ledger.intents.set(id, { ...intent, id, kind, laterFrom: intent.from });
    };
    step(planId, 'creation');
    const { length } = [...items, ...tags];
    for (let index = 1; index <= length; index += 1) step(`${intent.id}:${index}`, 'addition');
    return agent.send('bringOver', command, intent);
  });
}

/** What stopped on its way goes on from there. */
export async function retry(agent: Agent): Promise<void> {
  const job = (await agent.send('getJobs', {})).find(({ canGoOn }) => canGoOn);
  if (job) await agent.send('retryJob', { id: job.id });
}
