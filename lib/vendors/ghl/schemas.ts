/** Shapes of what we read, after HighLevel's OpenAPI files. Unknown keys pass; only ids are required. */
import * as v from 'valibot';

const text = v.nullish(v.string());
const id = v.pipe(v.string(), v.minLength(1));
const flag = v.nullish(v.boolean());

export const GhlContact = v.looseObject({
  id,
  locationId: text,
  firstName: text,
  lastName: text,
  name: text,
  contactName: text,
  email: text,
  phone: text,
  companyName: text,
  businessId: text,
  address1: text,
  city: text,
  state: text,
  postalCode: text,
  country: text,
  tags: v.nullish(v.array(v.string())),
  dnd: flag,
  dndSettings: v.nullish(v.record(v.string(), v.nullish(v.looseObject({ status: text })))),
  // Undocumented, but seen in real answers.
  additionalEmails: v.nullish(v.array(v.unknown())),
  customFields: v.nullish(v.array(v.looseObject({ id, value: v.unknown() }))),
  dateAdded: text,
});
export type GhlContact = v.InferOutput<typeof GhlContact>;

export const ContactEnvelope = v.looseObject({ contact: GhlContact });
/** The spec leaves this answer untyped; a miss is seen as null, as no key, or as an empty object. */
export const DuplicateEnvelope = v.looseObject({
  contact: v.nullish(v.union([GhlContact, v.strictObject({})])),
});
export const ContactList = v.looseObject({ contacts: v.array(GhlContact), total: v.nullish(v.number()) });

export const GhlBusiness = v.looseObject({
  id,
  locationId: text,
  name: text,
  phone: text,
  website: text,
  address: text,
  city: text,
  state: text,
  postalCode: text,
  country: text,
});
export type GhlBusiness = v.InferOutput<typeof GhlBusiness>;
export const BusinessEnvelope = v.looseObject({ business: GhlBusiness });
export const BusinessContacts = v.looseObject({
  contacts: v.array(GhlContact),
  count: v.nullish(v.number()),
});

export const TaskList = v.looseObject({
  tasks: v.array(
    v.looseObject({ id, title: text, body: text, dueDate: text, completed: flag, assignedTo: text }),
  ),
});
export type GhlTask = v.InferOutput<typeof TaskList>['tasks'][number];
export const NoteList = v.looseObject({
  notes: v.array(
    v.looseObject({
      id,
      body: text,
      title: text,
      userId: text,
      color: text,
      pinned: flag,
      dateAdded: text,
    }),
  ),
});
export type GhlNote = v.InferOutput<typeof NoteList>['notes'][number];
/** Times have no offset: they are in the location's time zone. */
export const AppointmentList = v.looseObject({
  events: v.array(
    v.looseObject({ id, title: text, startTime: text, endTime: text, appointmentStatus: text, notes: text }),
  ),
});
export const TagList = v.looseObject({ tags: v.array(v.string()) });

export const LocationEnvelope = v.looseObject({
  location: v.looseObject({
    id,
    name: text,
    country: text,
    timezone: text,
    settings: v.nullish(v.looseObject({ allowDuplicateContact: flag })),
  }),
});

/** The spec wants a contact; a conversation without one is an answer all the same. */
export const Conversation = v.looseObject({ id, locationId: id, contactId: text });

export const ConversationList = v.looseObject({ conversations: v.array(v.looseObject({ id })) });

export const CustomFieldList = v.looseObject({
  customFields: v.array(v.looseObject({ id, name: text, fieldKey: text, dataType: text })),
});
export type GhlCustomField = v.InferOutput<typeof CustomFieldList>['customFields'][number];

/**
 * Bodies. Strict: HighLevel answers 422 to any key it does not list. There is no `tags` key on purpose: in an update it would
 * replace the whole set, so tags go through their own endpoints only.
 */
const writable = {
  firstName: v.optional(v.string()),
  lastName: v.optional(v.string()),
  email: v.optional(v.string()),
  phone: v.optional(v.string()),
  address1: v.optional(v.string()),
  city: v.optional(v.string()),
  state: v.optional(v.string()),
  postalCode: v.optional(v.string()),
  country: v.optional(v.string()),
  customFields: v.optional(v.array(v.strictObject({ id, field_value: v.string() }))),
};
export const ContactPatch = v.strictObject(writable);
export type ContactPatch = v.InferInput<typeof ContactPatch>;
export const NewContact = v.strictObject({
  ...writable,
  locationId: id,
  companyName: v.optional(v.string()),
});
export type NewContact = v.InferOutput<typeof NewContact>;

/** The spec leaves this body untyped; keys as HighLevel's own search documentation names them. */
export const ContactSearch = v.strictObject({
  locationId: id,
  pageLimit: v.pipe(v.number(), v.maxValue(100)),
  query: v.optional(v.pipe(v.string(), v.maxLength(75))),
  filters: v.optional(
    v.array(
      v.strictObject({ field: v.picklist(['email', 'phone']), operator: v.literal('eq'), value: v.string() }),
    ),
  ),
});

export const TagNames = v.strictObject({ tags: v.pipe(v.array(v.string()), v.minLength(1)) });

/** `userId`: the author; without one it is the integration. */
export const NewNote = v.strictObject({
  body: v.pipe(v.string(), v.minLength(1)),
  userId: v.optional(v.string()),
});
/** All three are wanted. A due date with milliseconds is refused. */
export const NewTask = v.strictObject({
  title: v.pipe(v.string(), v.minLength(1)),
  dueDate: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u)),
  completed: v.boolean(),
});

export const UserList = v.looseObject({
  users: v.array(
    v.looseObject({
      id: v.string(),
      name: v.nullish(v.string()),
      email: v.nullish(v.string()),
      deleted: v.nullish(v.boolean()),
    }),
  ),
});
