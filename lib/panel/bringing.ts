import type { VendorName } from '../core/contact.ts';
import { mayWrite, type ResourceSetting } from '../core/resource-settings.ts';
import { secretsIn } from '../core/secret-scan.ts';
import { isDoneStatus, type TaskRules } from '../core/task-ticket.ts';
import type { AddingState, BroughtItem, RelatedItem, SubjectView } from '../panel-state.ts';

/** What may go along when somebody is created in the other system. */
export interface BringOffer {
  /** Open tasks of GHL (as tickets), or open tickets of Atera (as tasks). */
  work: BroughtItem[];
  tags: string[];
  /** Notes of GHL, as internal comments on the first of the new tickets. */
  notes: BroughtItem[];
  /** Left out because it looks like a secret. */
  secrets: number;
  /** Notes stay behind because nobody has said who writes them. */
  isNobody: boolean;
  /** A company of GHL that could be created in Atera too. */
  company: string | null;
}

/** More than this is not done in one press. */
const MOST = 20;

export function bringOffer(
  view: SubjectView,
  target: VendorName,
  adding: AddingState | null,
  resources: readonly ResourceSetting[],
): BringOffer {
  const can = (name: 'tickets' | 'tasks' | 'tags' | 'comments' | 'companies'): boolean =>
    mayWrite(resources, name, target);
  const itemsOf = (name: 'tasks' | 'tickets' | 'notes'): RelatedItem[] => {
    const section = view.sections[name];
    const items = section.status === 'ready' ? section.items : [];
    return items.filter((item) => item.copy && !item.copied && !isOver(item, adding?.taskRules ?? null));
  };
  const isSecret = ({ title, body }: RelatedItem): boolean => secretsIn(`${title}\n${body}`).length > 0;
  const isAtera = target === 'atera';
  const work = can(isAtera ? 'tickets' : 'tasks') ? itemsOf(isAtera ? 'tasks' : 'tickets') : [];
  const isNobody = adding?.you == null;
  const notes = isAtera && can('comments') ? itemsOf('notes') : [];
  const person = view.person.status === 'ready' ? view.person.value : null;
  const hasField = !isAtera || adding?.tagField.state === 'ready';
  return {
    work: broughtOf(work.filter((item) => !isSecret(item))),
    tags: can('tags') && hasField ? tagsOf(view) : [],
    notes: isNobody ? [] : broughtOf(notes.filter((item) => !isSecret(item))),
    secrets: [...work, ...notes].filter(isSecret).length,
    isNobody: isNobody && notes.length > 0,
    company:
      isAtera && can('companies') && person?.isInBusiness && person.companyId ? (person.company ?? '') : null,
  };
}

/** Whether nothing is left to do: a ticket by the rules of the pair, where they say what its status means. */
export const isOver = ({ copy, state, done }: RelatedItem, rules: TaskRules | null): boolean =>
  (copy?.kind === 'ticket' && rules ? isDoneStatus(state, rules) : null) ?? done;

const broughtOf = (items: readonly RelatedItem[]): BroughtItem[] =>
  items
    .slice(0, MOST)
    .flatMap(({ copy, title, body }): BroughtItem[] =>
      copy && copy.kind !== 'comment'
        ? [{ kind: copy.kind, id: copy.id, print: copy.print, title: (title || body).slice(0, 200) }]
        : [],
    );

function tagsOf({ subject, sections: { tags }, ateraTags }: SubjectView): string[] {
  if (subject.vendor === 'atera') return ateraTags.status === 'ready' ? ateraTags.tags.slice(0, MOST) : [];
  const items = tags.status === 'ready' ? tags.items : [];
  return items
    .filter(({ vendor }) => vendor === 'ghl')
    .map(({ id }) => id)
    .slice(0, MOST);
}
