import { vi } from 'vitest';
import type { TagRules } from '../../lib/core/tag-rules.ts';
import { isByItself, type TagOp } from '../../lib/core/tag-sync.ts';
import { peopleOf } from '../../lib/panel/selectors.ts';
import type { SubjectView, TagSyncState } from '../../lib/panel-state.ts';
import { SCENES, type SceneName } from '../../lib/sandbox/index.ts';
import { createWorld, type World } from './world.ts';

export const FIELD = 'GHL tags';
/** The machine may be busy with other things. */
export const PATIENT = { timeout: 4000, interval: 5 };

/** The field of the Atera contact that holds tags. */
export function valueOfTags({ sandbox }: Pick<World, 'sandbox'>, scene: SceneName = 'main') {
  const { ateraContactId } = SCENES.served[scene];
  const value = sandbox.state.atera.customValues.find(
    ({ name, itemId }) => name === FIELD && itemId === ateraContactId,
  );
  if (!value) throw new Error(`No tags of ${scene}`);
  return value;
}

/** What the panel of the tab is told of tags, once it is told something that fits. */
export async function tagsOf(
  world: World,
  tabId: number,
  until: (state: TagSyncState) => boolean = () => true,
): Promise<TagSyncState> {
  let found: TagSyncState | null = null;
  await vi.waitFor(async () => {
    const { tagSync, page } = await world.send('getPanelState', { tabId });
    if (!tagSync || page.kind !== 'subject' || page.view.refreshing || !until(tagSync))
      throw new Error(`Still ${JSON.stringify(tagSync)}`);
    found = tagSync;
  }, PATIENT);
  if (!found) throw new Error('No tags');
  return found;
}

/** A ticket whose person has tags in both systems. */
export async function shownTags({
  linked = true,
  atera = 'client, dental, VIP',
  ghl = ['client', 'dental', 'vip'],
  rules,
}: {
  linked?: boolean;
  atera?: string;
  ghl?: string[];
  rules?: Partial<TagRules>;
} = {}) {
  const world = await createWorld();
  await world.connect();
  await world.send('setTagField', { name: FIELD });
  if (rules)
    await world.send('setTagRules', { rules: { rename: [], prefix: '', direction: 'both', ...rules } });
  valueOfTags(world).value = atera;
  world.ghlContact('main').tags = ghl;
  const { tabId, view: first } = await world.openTicket('main');
  // The first write that proves them links them.
  if (linked) await world.push(first.plans.push, ['lastName']);
  const view = await world.shown(
    tabId,
    (shown) => world.settled(shown) && shown.match.status === (linked ? 'linked' : 'one'),
  );
  world.sandbox.log.length = 0;
  const press = async (ops: TagOp[], id = 'press-1', state?: Pick<TagSyncState, 'rules'>) =>
    world.send('syncTags', {
      target: { tabId },
      version: view.version,
      ...refsOf(view),
      id,
      rules: (state ?? (await tagsOf(world, tabId))).rules,
      ops,
    });
  return {
    world,
    tabId,
    view,
    press,
    text: () => valueOfTags(world).value,
    inGhl: () => world.ghlContact('main').tags,
    /** Reads everything on screen again. */
    async refresh(until?: (state: TagSyncState) => boolean): Promise<TagSyncState> {
      await world.send('refreshView', { tabId });
      return tagsOf(world, tabId, until);
    },
  };
}

function refsOf(view: SubjectView) {
  const { atera, ghl } = peopleOf(view);
  if (!atera || !ghl || view.person.status !== 'ready') throw new Error('Nobody is shown');
  const person = view.person.value.ref;
  return { person, counterpart: person.vendor === 'atera' ? ghl.ref : atera.ref };
}

export const toAtera = (tag: string, isOn = true): TagOp => ({ vendor: 'atera', tag, isOn });
export const toGhl = (tag: string, isOn = true): TagOp => ({ vendor: 'ghl', tag, isOn });
/** What a sync does without being told. */
export const byItself = ({ rows }: Pick<TagSyncState, 'rows'>): TagOp[] =>
  rows.filter(isByItself).flatMap(({ op }) => op ?? []);
