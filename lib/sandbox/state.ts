/** Everything the two stand-ins know: plain JSON, so that it can be stored, restored and compared. */

export type IdMode = 'served' | 'sample';

export interface AteraContact {
  EndUserID: number;
  CustomerID: number;
  Firstname: string | null;
  Lastname: string | null;
  JobTitle: string | null;
  Email: string;
  Phone: string | null;
  MobilePhone: string | null;
  IsContactPerson: boolean;
  InIgnoreMode: boolean;
  CreatedOn: string;
  LastModified: string;
  Archived: boolean;
  DepartmentID: number | null;
  DepartmentName: string | null;
  DefaultAgentId: number | null;
}

export interface AteraCustomer {
  CustomerID: number;
  CustomerName: string;
  CreatedOn: string;
  LastModified: string;
  BusinessNumber: string | null;
  Domain: string | null;
  Address: string | null;
  City: string | null;
  State: string | null;
  Country: string | null;
  Phone: string | null;
  Fax: string | null;
  Notes: string | null;
  Logo: string | null;
  Links: string | null;
  Longitude: number | null;
  Latitude: number | null;
  ZipCodeStr: string | null;
}

export interface AteraComment {
  Date: string;
  Comment: string;
  EndUserID: number | null;
  TechnicianContactID: number | null;
  IsInternal: boolean;
}

export interface AteraTicket {
  TicketID: number;
  TicketTitle: string;
  TicketNumber: string;
  TicketPriority: string;
  TicketImpact: string;
  TicketStatus: string;
  TicketSource: string;
  TicketType: string;
  EndUserID: number;
  /** Who it was when the ticket came in; shown when the contact is gone. */
  EndUserEmail: string;
  EndUserFirstName: string | null;
  EndUserLastName: string | null;
  EndUserPhone: string | null;
  TicketResolvedDate: string | null;
  TicketCreatedDate: string;
  CustomerID: number;
  TechnicianContactID: number | null;
  /** Not part of the vendor's record: what `tickets/lastmodified` filters by. */
  modifiedAt: string;
  comments: AteraComment[];
}

export interface AteraTechnician {
  id: number;
  firstName: string;
  lastName: string;
  email: string;
}

export type CustomFieldTarget = 'Contact' | 'Ticket' | 'Customer';

export interface AteraCustomField {
  Name: string;
  DataType: 'Text' | 'Boolean' | 'Numeric' | 'Date' | 'Options';
  Target: CustomFieldTarget;
  PossibleValues: { Value: string; Text: string; ParentName: string | null }[];
}

export interface AteraCustomValue {
  id: string;
  target: CustomFieldTarget;
  itemId: number;
  name: string;
  value: string;
}

export interface AteraKey {
  key: string;
  /** 'all', or rights such as "Contacts.Read", "Tickets.Write", "Customers.Delete". */
  rights: 'all' | string[];
}

export interface AteraAgent {
  AgentID: number;
  DeviceGuid: string;
  CustomerID: number;
  AgentName: string;
  SystemName: string;
  MachineName: string;
  Monitored: boolean;
  Online: boolean;
  LastSeen: string;
  CurrentLoggedUsers: string | null;
  LastLoginUser: string | null;
  OSType: string;
  DeviceType: string;
}

export interface AteraSnmpDevice {
  DeviceID: number;
  DeviceGuid: string;
  Name: string;
  CustomerID: number;
  Hostname: string;
  Online: boolean;
  Monitored: boolean;
  MonitoringAgentID: number;
}

export interface AteraState {
  account: Record<string, string | boolean> & { TimeZoneName: string };
  keys: AteraKey[];
  technicians: AteraTechnician[];
  departments: { Id: number; Name: string; Description: string | null }[];
  agents: AteraAgent[];
  snmpDevices: AteraSnmpDevice[];
  customers: AteraCustomer[];
  contacts: AteraContact[];
  tickets: AteraTicket[];
  customFields: AteraCustomField[];
  customValues: AteraCustomValue[];
  /** Fields that a write answers with success but does not store. */
  ignoredFields: string[];
  /** The phone filter looks for the text as it is stored, punctuation included. Which of the two Atera does is not documented. */
  phonesAsText: boolean;
  nextId: number;
  nextTicketId: number;
}

export interface GhlContact {
  id: string;
  firstName?: string;
  lastName?: string;
  email?: string;
  phone?: string;
  companyName?: string;
  address1?: string;
  city?: string;
  state?: string;
  postalCode?: string;
  country?: string;
  website?: string;
  timezone?: string;
  gender?: string;
  source?: string;
  dateOfBirth?: string;
  assignedTo?: string;
  businessId?: string;
  type: string;
  dnd: boolean;
  dndSettings: Record<string, { status: string; message?: string; code?: string }>;
  inboundDndSettings?: { all: { status: string; message?: string } };
  tags: string[];
  customFields: { id: string; value: unknown }[];
  additionalEmails: { email: string }[];
  followers: string[];
  dateAdded: string;
  dateUpdated: string;
}

export interface GhlTask {
  id: string;
  contactId: string;
  title: string;
  body: string;
  dueDate: string;
  completed: boolean;
  assignedTo?: string;
}

export interface GhlNote {
  id: string;
  contactId: string;
  body: string;
  userId?: string;
  title?: string;
  color?: string;
  pinned?: boolean;
  dateAdded: string;
}

export interface GhlAppointment {
  id: string;
  calendarId: string;
  contactId: string;
  title: string;
  appointmentStatus: string;
  assignedUserId: string;
  notes: string;
  address: string;
  /** Epoch ms; served as location time without offset. */
  start: number;
  end: number;
  added: number;
}

export interface GhlBusiness {
  id: string;
  name: string;
  phone?: string;
  email?: string;
  website?: string;
  address?: string;
  city?: string;
  state?: string;
  postalCode?: string;
  country?: string;
  description?: string;
  createdAt: string;
  updatedAt: string;
}

/** Shown by the stand-in pages alone: no documented call reads one. */
export interface GhlOpportunity {
  id: string;
  contactId: string;
  name: string;
  stage: string;
}

export interface GhlCustomField {
  id: string;
  name: string;
  fieldKey: string;
  dataType: string;
  position: number;
  picklistOptions?: string[];
}

export interface GhlUser {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
}

export interface GhlConversation {
  id: string;
  contactId: string;
  lastMessageBody: string;
  lastMessageType: string;
  type: string;
  unreadCount: number;
  updated: number;
}

export interface GhlToken {
  token: string;
  scopes: 'all' | string[];
  locationId: string;
}

export interface GhlState {
  location: {
    id: string;
    companyId: string;
    name: string;
    email: string;
    phone: string;
    address: string;
    city: string;
    state: string;
    country: string;
    postalCode: string;
    website: string;
    timezone: string;
    settings: {
      allowDuplicateContact: boolean;
      allowDuplicateOpportunity: boolean;
      allowFacebookNameMerge: boolean;
      disableContactTimezone: boolean;
    };
  };
  tokens: GhlToken[];
  contacts: GhlContact[];
  tasks: GhlTask[];
  notes: GhlNote[];
  appointments: GhlAppointment[];
  businesses: GhlBusiness[];
  customFields: GhlCustomField[];
  tags: { id: string; name: string }[];
  users: GhlUser[];
  calendars: { id: string; name: string }[];
  conversations: GhlConversation[];
  opportunities: GhlOpportunity[];
  /** Contact fields that a write answers with success but does not store, as a location's automation may cause. */
  ignoredFields: string[];
  /** How long after a write the search index still shows the old record. */
  searchLagMs: number;
  /** What the search index still shows, by contact id. `old` is null for a new contact. */
  lagging: Record<string, { until: number; old: GhlContact | null }>;
  rateLimit: { max: number; intervalMs: number; daily: number };
  rate: { windowStart: number; used: number; day: number; usedToday: number };
}

export interface SandboxState {
  ids: IdMode;
  /** Grows with every new GHL id. */
  sequence: number;
  atera: AteraState;
  ghl: GhlState;
}
