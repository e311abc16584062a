import * as v from 'valibot';
import { FIELD_NAMES, VENDOR_NAMES } from '../core/contact.ts';
import type { MessageType } from '../messaging.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const integer = v.pipe(v.number(), v.safeInteger());
const kind = v.picklist(['contact', 'ticket', 'customer', 'conversation', 'opportunity']);
const vendor = v.picklist(VENDOR_NAMES);
const ref = v.strictObject({ vendor, accountId: id, kind, id });
const subject = v.strictObject({ vendor, kind, id, locationId: v.optional(id) });
const target = v.union([v.strictObject({ windowId: integer }), v.strictObject({ tabId: integer })]);
const template = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const nothing = v.strictObject({});
/** Long enough for any token or address; keeps a mistake from being stored whole. */
const pasted = v.pipe(v.string(), v.maxLength(8_000));
const fieldSetting = v.strictObject({
  field: v.picklist(FIELD_NAMES),
  enabled: v.boolean(),
  direction: v.picklist(['both', 'to-ghl', 'to-atera', 'never']),
  empty: v.picklist(['skip', 'clear', 'fill-only']),
});

const words = (limit: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limit));
const addition = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['add-tag', 'remove-tag']), tag: words(300) }),
  v.strictObject({ kind: v.literal('note'), body: words(4_000) }),
  v.strictObject({
    kind: v.literal('task'),
    title: words(300),
    dueAt: v.pipe(integer, v.minValue(0), v.maxValue(8.64e15)),
  }),
]);

/** What each message to the background must look like. Nothing else reaches a handler. */
export const MESSAGE_SCHEMAS = {
  subjectSeen: v.strictObject({ subject: v.nullable(subject) }),
  getPanelState: target,
  refreshView: target,
  applyPlan: v.strictObject({
    target,
    planId: id,
    fields: v.pipe(v.array(v.picklist(FIELD_NAMES)), v.minLength(1)),
    confirmedName: v.optional(v.pipe(v.string(), v.maxLength(1_000))),
  }),
  confirmMatch: v.strictObject({ target, version: integer, person: ref, counterpart: ref }),
  viewSample: v.strictObject({ target, subject }),
  markPage: v.strictObject({ target, kind: v.picklist(['contact', 'customer']), template }),
  unmarkPage: v.strictObject({ target, template }),
  getAccounts: nothing,
  connectAtera: v.strictObject({ token: pasted }),
  connectGhl: v.strictObject({ token: pasted, location: pasted }),
  connectSample: nothing,
  disconnect: v.strictObject({ accountId: id }),
  unlink: v.strictObject({ target, version: integer, person: ref, counterpart: ref }),
  rejectMatch: v.strictObject({ target, version: integer, person: ref, counterpart: ref }),
  forgetRejections: v.strictObject({ target, version: integer, person: ref }),
  getMapping: nothing,
  setMapping: v.strictObject({ rows: v.pipe(v.array(fieldSetting), v.maxLength(100)) }),
  resetMapping: nothing,
  testConnection: nothing,
  addToContact: v.strictObject({ target, version: integer, id, addition }),
  searchPeople: v.strictObject({ target, query: v.pipe(v.string(), v.maxLength(2_000)) }),
  recentPeople: v.strictObject({ target }),
  chooseSubject: v.strictObject({ target, subject, accountId: id }),
  leaveSubject: v.strictObject({ target }),
  answerConnection: v.strictObject({ id, answer: v.picklist(['same', 'replace', 'keep']) }),
} as const satisfies Partial<Record<MessageType, v.GenericSchema>>;
