/** Shapes of what we read, after Atera's OpenAPI 3.0.4. Unknown keys pass; every field that the spec calls nullable may be absent. */
import * as v from 'valibot';

const text = v.nullish(v.string());
const id = v.pipe(v.number(), v.safeInteger());
const maybeId = v.nullish(id);
const flag = v.nullish(v.boolean());

export const AteraAccount = v.looseObject({
  AccountID: v.nullish(v.union([v.string(), v.number()])),
  CompanyName: text,
  Country: text,
  TimeZoneName: text,
});

export const AteraContact = v.looseObject({
  EndUserID: id,
  CustomerID: maybeId,
  CustomerName: text,
  Firstname: text,
  Lastname: text,
  JobTitle: text,
  Email: text,
  Phone: text,
  MobilePhone: text,
  Archived: flag,
  CreatedOn: text,
  LastModified: text,
});
export type AteraContact = v.InferOutput<typeof AteraContact>;

export const AteraCustomer = v.looseObject({
  CustomerID: id,
  CustomerName: text,
  Address: text,
  City: text,
  State: text,
  Country: text,
  ZipCodeStr: text,
  Phone: text,
  Domain: text,
});
export type AteraCustomer = v.InferOutput<typeof AteraCustomer>;

export const AteraTicket = v.looseObject({
  TicketID: id,
  TicketTitle: text,
  TicketNumber: v.nullish(v.union([v.string(), v.number()])),
  TicketStatus: text,
  TicketPriority: text,
  TicketCreatedDate: text,
  EndUserID: maybeId,
  EndUserEmail: text,
  EndUserFirstName: text,
  EndUserLastName: text,
  EndUserPhone: text,
  CustomerID: maybeId,
  CustomerName: text,
  TechnicianContactID: maybeId,
  TechnicianFullName: text,
  TechnicianEmail: text,
  LastEndUserCommentTimestamp: text,
  LastTechnicianCommentTimestamp: text,
});
export type AteraTicket = v.InferOutput<typeof AteraTicket>;

export const AteraComment = v.looseObject({
  Date: text,
  Comment: text,
  CommentHtml: text,
  Email: text,
  FirstName: text,
  LastName: text,
  EndUserID: maybeId,
  TechnicianContactID: maybeId,
  IsInternal: flag,
});
export type AteraComment = v.InferOutput<typeof AteraComment>;

export const AteraCustomValue = v.looseObject({
  /** Whose value it is. */
  ItemId: v.nullish(v.union([v.string(), v.number()])),
  FieldName: text,
  ValueAsString: text,
});
export type AteraCustomValue = v.InferOutput<typeof AteraCustomValue>;

/** A computer with Atera's agent. `LastLoginUser` and `CurrentLoggedUsers` are names of the computer, not of Atera. */
export const AteraAgent = v.looseObject({
  AgentID: maybeId,
  DeviceGuid: text,
  CustomerID: maybeId,
  AgentName: text,
  MachineName: text,
  Online: flag,
  CurrentLoggedUsers: text,
  LastLoginUser: text,
});
export type AteraAgent = v.InferOutput<typeof AteraAgent>;

export const AteraSnmpDevice = v.looseObject({
  DeviceID: maybeId,
  DeviceGuid: text,
  CustomerID: maybeId,
  Name: text,
  Hostname: text,
  Online: flag,
});
export type AteraSnmpDevice = v.InferOutput<typeof AteraSnmpDevice>;

/** Paging envelope. The legacy API ends with `""` links, the new one with null: count pages instead. */
export const pageOf = <T extends v.GenericSchema>(item: T) =>
  v.looseObject({
    items: v.array(item),
    totalItemCount: v.nullish(v.number()),
    totalPages: v.nullish(v.number()),
  });

/** Answer of a write: the id of the record, as text. The body may be missing. */
export const AteraActionResult = v.nullish(
  v.looseObject({ ActionID: v.nullish(v.union([v.string(), v.number()])) }),
);

/** Body of `POST contacts`. The spec marks only the address as needed, its prose an existing customer too. */
export const AteraNewContact = v.strictObject({
  Email: v.pipe(v.string(), v.minLength(1)),
  CustomerID: id,
  Firstname: v.optional(v.string()),
  Lastname: v.optional(v.string()),
  JobTitle: v.optional(v.string()),
  Phone: v.optional(v.string()),
  MobilePhone: v.optional(v.string()),
});
export type AteraNewContact = v.InferOutput<typeof AteraNewContact>;

/** Body of `PUT contacts/{id}`. The e-mail address is not among them: Atera cannot change it. */
export const AteraContactPatch = v.strictObject({
  Firstname: v.optional(v.string()),
  Lastname: v.optional(v.string()),
  JobTitle: v.optional(v.string()),
  Phone: v.optional(v.string()),
  MobilePhone: v.optional(v.string()),
  /** In the schema alone, not in the prose: what became of it is read afterwards. */
  Archived: v.optional(v.boolean()),
});

/** Body of `PUT tickets/{id}`. Any text: tenants have statuses of their own. */
export const AteraTicketPatch = v.strictObject({ TicketStatus: v.pipe(v.string(), v.minLength(1)) });

export const AteraCustomField = v.looseObject({ Name: text, DataType: text, Target: text });

/** Answer of a write: the id of the record, as text. The body may be empty. */
export const AteraResult = v.nullish(
  v.looseObject({ ActionID: v.nullish(v.union([v.string(), v.number()])) }),
);

/** Body of `POST tickets`. Without a technician nobody has it, and without a status it is open. */
export const NewTicket = v.strictObject({ TicketTitle: v.string(), Description: v.string(), EndUserID: id });

/** Body of `POST tickets/{id}/comments`, as an internal note alone: a public reply cannot be built. */
export const NewComment = v.strictObject({
  CommentText: v.string(),
  TechnicianCommentDetails: v.strictObject({
    TechnicianId: id,
    IsInternal: v.literal(true),
    TechnicianEmail: v.optional(v.string()),
  }),
});

/** Always text, whatever the type of the field. */
export const NewValue = v.strictObject({ Value: v.string() });
