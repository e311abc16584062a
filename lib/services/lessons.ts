import type { ActivityState } from '../core/activity.ts';
import { isCompany, type Ref } from '../core/contact.ts';
import type { Lesson } from '../core/quirk.ts';
import type { ResourceName } from '../core/resource-settings.ts';
import type { BackWrite, Done, TagDone } from '../core/undo.ts';
import type { Receipt } from '../panel-state.ts';
import { targetOfField } from './receipt-book.ts';
import { placeOf } from './undo-kinds.ts';

/** What each kind of write shows of a vendor when it was read back: whether what was accepted was kept. */

export const resourceOfFields = (ref: Pick<Ref, 'kind'>): ResourceName =>
  isCompany(ref) ? 'companies' : 'contacts';

/** What a receipt says of the fields that were accepted: those of which nothing is known say nothing. */
export const receiptLessons = (receipt: Receipt): Lesson[] =>
  receipt.fields.flatMap((field) =>
    field.outcome === 'verified' || field.outcome === 'not-stored'
      ? [
          {
            vendor: targetOfField(receipt, field),
            resource: resourceOfFields(receipt.target),
            field: field.field,
            isKept: field.outcome === 'verified',
          },
        ]
      : [],
  );

/** The same of tags. One that was as wanted already was not sent, and says nothing. */
export const tagLessons = ({ vendor }: Pick<Ref, 'vendor'>, tags: readonly TagDone[]): Lesson[] =>
  tags.flatMap(({ outcome, hasChanged }) =>
    hasChanged && (outcome === 'verified' || outcome === 'not-stored')
      ? [{ vendor, resource: 'tags', field: 'tag', isKept: outcome === 'verified' }]
      : [],
  );

/** The same of what was taken back, where something was sent. `isAccepted`: the vendor said that it wrote. */
export function undoLessons(
  write: BackWrite,
  state: ActivityState,
  { fields, tags = [], hasChanged }: Done,
  isAccepted: boolean,
): Lesson[] {
  const isDone = state === 'done' && hasChanged;
  if (!isDone && state !== 'not-stored') return [];
  const { contact, vendor } = placeOf(write);
  const lessons = (): Lesson[] => {
    switch (write.kind) {
      case 'fields':
        return fields.map(({ field, stored }) => ({
          vendor,
          resource: resourceOfFields(contact),
          field,
          isKept: stored,
        }));
      case 'tags':
        return tagLessons(contact, tags);
      case 'tag':
        return [{ vendor, resource: 'tags', field: 'tag', isKept: isDone }];
      case 'company':
        return [{ vendor, resource: 'contacts', field: 'company', isKept: isDone }];
      default:
        return [];
    }
  };
  return lessons().filter(({ isKept }) => isKept || isAccepted);
}
