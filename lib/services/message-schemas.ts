import * as v from 'valibot';
import { MAX_OUTSIDERS } from '../core/company.ts';
import { FIELD_NAMES, REF_KINDS, VENDOR_NAMES } from '../core/contact.ts';
import { EMPTY_RULES, MAPPED_RESOURCES } from '../core/mapping-settings.ts';
import { ITEM_KINDS } from '../core/marker.ts';
import { QUIRK_FIELDS } from '../core/quirk.ts';
import { RESOURCE_NAMES } from '../core/resource-settings.ts';
import { MAX_RENAMES } from '../core/tag-rules.ts';
import { FOLLOW_KINDS, MAX_STATUS_LENGTH, MAX_STATUSES } from '../core/task-ticket.ts';
import type { MessageType } from '../messaging.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const integer = v.pipe(v.number(), v.safeInteger());
const kind = v.picklist(REF_KINDS);
const vendor = v.picklist(VENDOR_NAMES);
const ref = v.strictObject({ vendor, accountId: id, kind, id });
const subject = v.strictObject({ vendor, kind, id, locationId: v.optional(id) });
/** Whatever a button does is for the tab that was on screen: never for a window, whose tab in front may change meanwhile. */
const tab = v.strictObject({ tabId: integer });
const target = v.union([v.strictObject({ windowId: integer }), tab]);
const markKind = v.picklist(['contact', 'customer']);
const shownName = v.pipe(v.string(), v.maxLength(1_000));
const template = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const nothing = v.strictObject({});
/** Long enough for any token or address; keeps a mistake from being stored whole. */
const pasted = v.pipe(v.string(), v.maxLength(8_000));
const fieldChange = v.strictObject({
  field: v.picklist(FIELD_NAMES),
  enabled: v.optional(v.boolean()),
  direction: v.optional(v.picklist(['both', 'to-ghl', 'to-atera', 'never'])),
  empty: v.optional(v.picklist(EMPTY_RULES)),
});

const mapped = v.optional(v.picklist(MAPPED_RESOURCES));
const dueAt = v.pipe(integer, v.minValue(0), v.maxValue(8.64e15));
const words = (limit: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limit));
/** Of a text, or of rules: the same one is the same text. */
const print = v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/u));
/** As the background made it: what it holds is compared with what the original gives by then. */
const shownCopy = {
  sourceId: id,
  body: v.pipe(v.string(), v.minLength(1), v.maxLength(25_000)),
  print,
  seen: v.array(v.picklist(['password', 'key', 'card'])),
};
const status = words(MAX_STATUS_LENGTH);
const company = v.strictObject({ id, name: shownName });
const addition = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['add-tag', 'remove-tag']), tag: words(300) }),
  v.strictObject({ kind: v.literal('note'), body: words(4_000), userId: v.optional(id) }),
  v.strictObject({
    kind: v.literal('task'),
    title: words(300),
    dueAt,
  }),
  v.strictObject({ kind: v.picklist(['add-atera-tag', 'remove-atera-tag']), tag: words(300) }),
  v.strictObject({ kind: v.literal('comment'), ticketId: id, body: words(4_000), authorId: integer }),
  v.strictObject({ kind: v.literal('ticket'), title: words(300), body: words(4_000) }),
  v.strictObject({ kind: v.literal('copy-note'), ticketId: id, authorId: integer, ...shownCopy }),
  v.strictObject({ kind: v.literal('copy-comment'), userId: v.optional(id), ...shownCopy }),
  v.strictObject({
    kind: v.literal('copy-task'),
    title: words(300),
    technicianId: v.optional(integer),
    ...shownCopy,
  }),
  v.strictObject({
    kind: v.literal('copy-ticket'),
    title: words(300),
    dueAt,
    assignedTo: v.optional(id),
    rules: print,
    ...shownCopy,
  }),
  v.strictObject({
    kind: v.picklist(FOLLOW_KINDS),
    taskId: id,
    ticketId: id,
    from: status,
    status,
    rules: print,
  }),
  v.strictObject({
    kind: v.picklist(['set-business', 'set-customer']),
    from: v.nullable(company),
    to: company,
  }),
  v.strictObject({
    kind: v.picklist(['remember-in-atera', 'remember-in-ghl']),
    field: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
    text: words(200),
    expected: v.nullable(v.pipe(v.string(), v.maxLength(200))),
  }),
]);
const decision = v.union([
  v.strictObject({ keep: v.picklist(['left', 'right']) }),
  // What may be stored in a field is for the core to say; longer than any field of either vendor.
  v.strictObject({ value: words(1_000) }),
]);
const backChoice = v.union([
  v.strictObject({ back: v.literal(true) }),
  v.strictObject({ value: words(1_000) }),
]);
/** Ids of entries hold another id. */
const entryId = v.pipe(v.string(), v.minLength(1), v.maxLength(120));
/** Atera takes it as a part of an address, where these are not safe. */
const fieldName = v.pipe(words(100), v.regex(/^[^/&?#%\\]+$/u));

const resourceChange = v.strictObject({
  resource: v.picklist(RESOURCE_NAMES),
  enabled: v.optional(v.boolean()),
  direction: v.optional(v.picklist(['both', 'to-ghl', 'to-atera', 'never'])),
});

const tagName = v.pipe(v.string(), v.maxLength(300));
const tagRules = v.strictObject({
  rename: v.pipe(v.array(v.strictObject({ ghl: tagName, atera: tagName })), v.maxLength(MAX_RENAMES)),
  prefix: tagName,
  direction: v.picklist(['both', 'to-ghl', 'to-atera', 'never']),
});
const statusNames = v.pipe(
  v.array(v.pipe(v.string(), v.maxLength(MAX_STATUS_LENGTH))),
  v.maxLength(MAX_STATUSES),
);
const taskRules = v.strictObject({
  dueDays: integer,
  done: statusNames,
  open: statusNames,
  completedAs: v.pipe(v.string(), v.maxLength(MAX_STATUS_LENGTH)),
  reopenedAs: v.pipe(v.string(), v.maxLength(MAX_STATUS_LENGTH)),
});
/** As long as the longest rules. */
const rulesKey = v.pipe(v.string(), v.maxLength(MAX_RENAMES * 1_300));
const tagOp = v.strictObject({
  vendor,
  // Sent as it is written there.
  tag: v.pipe(v.string(), v.minLength(1), v.maxLength(1_000)),
  isOn: v.boolean(),
});

/** What each message to the background must look like. Nothing else reaches a handler. */
export const MESSAGE_SCHEMAS = {
  subjectSeen: v.strictObject({ subject: v.nullable(subject) }),
  getPanelState: target,
  refreshView: target,
  applyPlan: v.strictObject({
    target: tab,
    planId: id,
    fields: v.pipe(v.array(v.picklist(FIELD_NAMES)), v.minLength(1)),
    choices: v.optional(v.record(v.picklist(FIELD_NAMES), decision)),
    confirmedName: v.optional(v.pipe(v.string(), v.maxLength(1_000))),
  }),
  confirmMatch: v.strictObject({
    target: tab,
    version: integer,
    person: ref,
    counterpart: ref,
    replacing: v.optional(ref),
  }),
  viewSample: v.strictObject({ target: tab, subject }),
  markPage: v.strictObject({
    target: tab,
    kind: markKind,
    template,
    record: v.strictObject({ id, name: shownName }),
  }),
  unmarkPage: v.strictObject({ target: tab, template }),
  getAccounts: nothing,
  connectAtera: v.strictObject({ token: pasted }),
  connectGhl: v.strictObject({ token: pasted, location: pasted }),
  connectSample: nothing,
  disconnect: v.strictObject({ accountId: id }),
  unlink: v.strictObject({ target: tab, version: integer, person: ref, counterpart: ref }),
  rejectMatch: v.strictObject({ target: tab, version: integer, person: ref, counterpart: ref }),
  forgetRejections: v.strictObject({ target: tab, version: integer, person: ref }),
  getMapping: v.strictObject({ of: mapped }),
  setMapping: v.strictObject({ of: mapped, rows: v.pipe(v.array(fieldChange), v.maxLength(100)) }),
  resetMapping: v.strictObject({ of: mapped }),
  testConnection: nothing,
  addToContact: v.strictObject({ target: tab, version: integer, person: ref, contact: ref, id, addition }),
  searchPeople: v.strictObject({ target, query: v.pipe(v.string(), v.maxLength(2_000)) }),
  recentPeople: v.strictObject({ target }),
  chooseSubject: v.strictObject({ target: tab, subject, accountId: id, version: v.optional(integer) }),
  leaveSubject: v.strictObject({ target: tab }),
  acknowledgeAddition: v.strictObject({ id }),
  getIdentity: nothing,
  listTechnicians: nothing,
  setIdentity: v.strictObject({ id: v.nullable(integer) }),
  getTagField: nothing,
  checkTagField: nothing,
  listGhlUsers: nothing,
  setGhlUser: v.strictObject({ id: v.nullable(id) }),
  setTagField: v.strictObject({ name: v.nullable(fieldName) }),
  previewCreate: v.strictObject({ target: tab, version: integer, person: ref }),
  createCounterpart: v.strictObject({
    target: tab,
    planId: id,
    fields: v.pipe(v.array(v.picklist(FIELD_NAMES)), v.minLength(1), v.maxLength(FIELD_NAMES.length)),
    customer: v.optional(v.strictObject({ id, name: v.pipe(v.string(), v.maxLength(1_000)) })),
    confirmedName: v.optional(v.pipe(v.string(), v.maxLength(1_000))),
  }),
  findCounterpart: v.strictObject({
    target: tab,
    version: integer,
    person: ref,
    query: v.pipe(v.string(), v.maxLength(2_000)),
  }),
  linkCounterpart: v.strictObject({
    target: tab,
    version: integer,
    person: ref,
    counterpart: ref,
    replacing: v.optional(ref),
  }),
  getResources: nothing,
  setResources: v.strictObject({ rows: v.pipe(v.array(resourceChange), v.maxLength(50)) }),
  answerConnection: v.strictObject({ id, answer: v.picklist(['same', 'replace', 'keep']) }),
  getActivity: v.strictObject({
    people: v.nullable(v.pipe(v.array(ref), v.maxLength(10))),
    limit: v.nullable(v.pipe(integer, v.minValue(1), v.maxValue(1_000))),
  }),
  undoActivity: v.strictObject({
    id: entryId,
    press: id,
    instead: v.optional(
      v.strictObject({ refused: entryId, choices: v.record(v.picklist(FIELD_NAMES), backChoice) }),
    ),
  }),
  previewMark: v.strictObject({ target: tab, kind: markKind, template }),
  confirmPerson: v.strictObject({ target: tab, version: integer, person: ref, name: shownName }),
  getWaits: nothing,
  previewCopy: v.strictObject({
    target: tab,
    version: integer,
    person: ref,
    source: v.strictObject({ kind: v.picklist(ITEM_KINDS), id }),
  }),
  getJobs: nothing,
  cancelJob: v.strictObject({ id: entryId }),
  retryJob: v.strictObject({ id: entryId }),
  dismissJob: v.strictObject({ id: entryId }),
  bringOver: v.strictObject({
    target: tab,
    planId: id,
    fields: v.pipe(v.array(v.picklist(FIELD_NAMES)), v.minLength(1), v.maxLength(FIELD_NAMES.length)),
    customer: v.optional(v.strictObject({ id, name: v.pipe(v.string(), v.maxLength(1_000)) })),
    confirmedName: v.optional(v.pipe(v.string(), v.maxLength(1_000))),
    withCompany: v.boolean(),
    items: v.pipe(
      v.array(
        v.strictObject({
          kind: v.picklist(['task', 'ticket', 'note']),
          id,
          print: words(200),
          title: v.pipe(v.string(), v.maxLength(300)),
        }),
      ),
      v.maxLength(50),
    ),
    tags: v.pipe(v.array(words(200)), v.maxLength(50)),
  }),
  getCompanySides: v.strictObject({ target: tab, version: integer, person: ref }),
  getCompanyOffer: v.strictObject({ target: tab, version: integer, company: ref }),
  linkCompany: v.strictObject({ target: tab, version: integer, company: ref, counterpart: company }),
  getOutsiders: v.strictObject({ target: tab, version: integer, company: ref }),
  joinCompany: v.strictObject({
    target: tab,
    version: integer,
    company: ref,
    id,
    to: company,
    people: v.pipe(
      v.array(
        v.strictObject({
          person: ref,
          name: shownName,
          contact: ref,
          isLinked: v.boolean(),
          from: v.nullable(company),
        }),
      ),
      v.minLength(1),
      v.maxLength(MAX_OUTSIDERS),
    ),
  }),
  getRegistry: nothing,
  checkRegistry: nothing,
  setRegistry: v.strictObject({ names: v.nullable(v.strictObject({ atera: fieldName, ghl: words(100) })) }),
  getTagRules: nothing,
  setTagRules: v.strictObject({ rules: tagRules }),
  getQuirks: nothing,
  forgetQuirk: v.strictObject({
    vendor,
    resource: v.picklist(RESOURCE_NAMES),
    field: v.picklist(QUIRK_FIELDS),
  }),
  getTaskRules: nothing,
  setTaskRules: v.strictObject({ rules: taskRules }),
  listStatuses: nothing,
  syncTags: v.strictObject({
    target: tab,
    version: integer,
    person: ref,
    counterpart: ref,
    id,
    rules: rulesKey,
    ops: v.pipe(v.array(tagOp), v.minLength(1), v.maxLength(500)),
  }),
} as const satisfies Partial<Record<MessageType, v.GenericSchema>>;
