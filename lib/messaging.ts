import type { ConnectionReport } from './connection-report.ts';
import type { FieldName, Ref, Subject, VendorName } from './core/contact.ts';
import type { FieldChange, MappedResource } from './core/mapping-settings.ts';
import type { ItemKind } from './core/marker.ts';
import type { Quirk, QuirkName } from './core/quirk.ts';
import type { ResourceChange, ResourceSetting } from './core/resource-settings.ts';
import type { Decisions } from './core/rows.ts';
import type { TagRules } from './core/tag-rules.ts';
import type { TagOp } from './core/tag-sync.ts';
import type { TaskRules } from './core/task-ticket.ts';
import type { UndoInstead } from './core/undo-offer.ts';
import type {
  AccountView,
  AccountWait,
  ActivityPage,
  ActivityView,
  Addition,
  AdditionResult,
  BroughtItem,
  CompanyName,
  CompanyOffer,
  CompanyOutsiders,
  CompanySides,
  ConnectAnswer,
  ConnectQuestion,
  CopyPreview,
  CounterpartHits,
  CreationPreview,
  CreationResult,
  FoundPeople,
  GhlUser,
  Identity,
  JobView,
  Joiner,
  MappingView,
  MarkedRecord,
  PanelState,
  PersonHit,
  Receipt,
  RegistrySettings,
  TagFieldView,
  TagSyncResult,
  TaskRulesView,
  Technician,
} from './panel-state.ts';

/** Which tab a panel speaks for: the active tab of its window, or one chosen tab (panel opened as a tab of its own). */
export type PanelTarget = { windowId: number } | TabTarget;
/** The tab that was on screen when a button was pressed: what is in front of the window may be another one by the time it is handled. */
export type TabTarget = { tabId: number };

/**
 * Every message that crosses contexts. Events state what happened, queries ask, commands tell. JSON only; no message carries a
 * credential out of the background.
 */
export interface ProtocolMap {
  /** Page → background. A wake-up: the background reads the tab's URL itself and trusts only that. */
  subjectSeen(event: { subject: Subject | null }): void;

  getPanelState(query: PanelTarget): PanelState;
  /** Reads everything on screen again. */
  refreshView(command: PanelTarget): void;
  /**
   * Applies the shown plan for these fields. The same plan applied twice writes once and answers with the same receipt. `choices`, for
   * a sync alone: what the agent decided where nobody can tell who is right, or where they want another value.
   * `confirmedName`: the shown name, when the agent says that the page is about this person; needed where it is only suggested.
   */
  applyPlan(command: {
    target: TabTarget;
    planId: string;
    fields: FieldName[];
    choices?: Decisions | undefined;
    confirmedName?: string | undefined;
  }): Receipt;
  /**
   * "This is the same person as the one on screen": stores the link. Writes nothing to a vendor. `replacing`: to whom the
   * counterpart was shown to be linked; no other link gives way.
   */
  confirmMatch(command: {
    target: TabTarget;
    version: number;
    person: Ref;
    counterpart: Ref;
    replacing?: Ref | undefined;
  }): void;
  /** Shows a person of the sample accounts in the panel of this tab, as if its page were open. */
  viewSample(command: { target: TabTarget; subject: Subject }): void;

  /**
   * "This page is about this contact / customer": read again at Atera, then remembered for pages with the same address. `record`: whom
   * `previewMark` named.
   */
  markPage(command: {
    target: TabTarget;
    kind: 'contact' | 'customer';
    template: string;
    record: MarkedRecord;
  }): void;
  /** Forgets what pages with this address were said to be. */
  unmarkPage(command: { target: TabTarget; template: string }): void;

  getAccounts(query: Record<string, never>): AccountView[];
  /** Asks back where it would replace another account: see `answerConnection`. */
  connectAtera(command: { token: string }): AccountView | ConnectQuestion;
  /** `location`: a location id, or the address of any page of that location. */
  connectGhl(command: { token: string; location: string }): AccountView | ConnectQuestion;
  connectSample(command: Record<string, never>): AccountView[];
  /** Forgets the credential and everything read with it. */
  disconnect(command: { accountId: string }): void;
  /** Asks every connected account, by reads alone, what its credential allows. */
  testConnection(query: Record<string, never>): ConnectionReport;

  /** Forgets the link to the counterpart on screen. Writes nothing to a vendor. */
  unlink(command: { target: TabTarget; version: number; person: Ref; counterpart: Ref }): void;
  /** "Not the same person": remembered until it is taken back; a link between the two goes. Writes nothing to a vendor. */
  rejectMatch(command: { target: TabTarget; version: number; person: Ref; counterpart: Ref }): void;
  /** Offers again whoever was rejected for this person. */
  forgetRejections(command: { target: TabTarget; version: number; person: Ref }): void;
  /**
   * Field rules of the connected pair, and the values of whoever is in view; null while nothing is connected. `of`: of people, where
   * nothing else is said.
   */
  getMapping(query: { of?: MappedResource | undefined }): MappingView | null;
  /** Changes these rows alone. Takes effect at once: plans that were shown under other rules are refused. */
  setMapping(command: { of?: MappedResource | undefined; rows: FieldChange[] }): MappingView | null;
  resetMapping(command: { of?: MappedResource | undefined }): MappingView | null;
  /**
   * Writes one tag, note, task, comment or ticket for the person on screen. The same id sent twice writes once and answers the same.
   * `person`: who was on screen. `contact`: whose record is written, as it was shown: the person's own, or their counterpart's.
   */
  addToContact(command: {
    target: TabTarget;
    version: number;
    person: Ref;
    contact: Ref;
    id: string;
    addition: Addition;
  }): AdditionResult;

  /** Looks for people in both vendors: by name, e-mail, phone, id, or the address of a page. */
  searchPeople(query: { target: PanelTarget; query: string }): FoundPeople;
  /** People who were shown lately, the last one first. */
  recentPeople(query: { target: PanelTarget }): PersonHit[];
  /**
   * Shows a found person in the panel of a tab whose page shows nobody. `accountId`: the account they were found in. `version`: what
   * was on screen, for a person of the company shown there, or the company of the person shown.
   */
  chooseSubject(command: {
    target: TabTarget;
    subject: Subject;
    accountId: string;
    version?: number | undefined;
  }): void;
  /** Leaves whoever was chosen: back to what they were reached from, or the tab shows nobody again. */
  leaveSubject(command: { target: TabTarget }): void;

  /** The outcome of this addition, or sync of tags, was shown: it is not told again. */
  acknowledgeAddition(command: { id: string }): void;
  /** Who the agent is; nobody while they have not said so, or nothing is connected. */
  getIdentity(query: Record<string, never>): Identity;
  /** Technicians whom the newest tickets of Atera name. */
  listTechnicians(query: Record<string, never>): Technician[];
  /** "This is me": one of the listed technicians; null forgets it. */
  setIdentity(command: { id: number | null }): void;
  /** Users of the GHL location. */
  listGhlUsers(query: Record<string, never>): GhlUser[];
  /** "This is me": one of the listed users; null forgets it. */
  setGhlUser(command: { id: string | null }): void;
  /** The custom field of Atera contacts that holds tags; null while nothing is connected. */
  getTagField(query: Record<string, never>): TagFieldView | null;
  /** Asks Atera again whether it has the field. */
  checkTagField(command: Record<string, never>): TagFieldView;
  /** `null`: no tags are kept in Atera any more; what is in the field stays there. */
  setTagField(command: { name: string | null }): TagFieldView;

  /** What creating the counterpart of this person would do. Writes nothing to a vendor. */
  previewCreate(query: { target: TabTarget; version: number; person: Ref }): CreationPreview;
  /**
   * Creates the counterpart as it was shown, with these fields, unless somebody is there already. The same press twice, or two
   * panels at once, create one. `confirmedName` as for `applyPlan`. `customer`: id and name as they were shown, for Atera.
   */
  createCounterpart(command: {
    target: TabTarget;
    planId: string;
    fields: FieldName[];
    customer?: CompanyName | undefined;
    confirmedName?: string | undefined;
  }): CreationResult;
  /** Looks for the counterpart of this person in the other vendor, and compares whoever is found. */
  findCounterpart(query: { target: TabTarget; version: number; person: Ref; query: string }): CounterpartHits;
  /** "This is them": links somebody found by hand, once they were read again. Writes nothing to a vendor. */
  linkCounterpart(command: {
    target: TabTarget;
    version: number;
    person: Ref;
    counterpart: Ref;
    replacing?: Ref | undefined;
  }): void;

  /** What is shown and written for the connected pair; null while nothing is connected. */
  getResources(query: Record<string, never>): ResourceSetting[] | null;
  /** Changes what it names and nothing else, at once: what is switched off is not read or shown any more, and no longer written. */
  setResources(command: { rows: ResourceChange[] }): ResourceSetting[] | null;

  /** What is to be done with a token that is for another account than the connected one; null when that one stays. */
  answerConnection(command: { id: string; answer: ConnectAnswer }): AccountView | ConnectQuestion | null;

  /** What was written to these people, or to anybody; null while nothing is connected. `limit`: the newest so many. */
  getActivity(query: { people: Ref[] | null; limit: number | null }): ActivityPage | null;
  /**
   * Takes back what this entry wrote, unless somebody has changed it since. `press`: made by the page; the same one sent twice writes
   * once and answers the same. `instead`: what the agent chose of what a refused one offered.
   */
  undoActivity(command: { id: string; press: string; instead?: UndoInstead }): ActivityView;

  /** The record of Atera that has the number of this page: whether the page is about it, only the agent sees. */
  previewMark(query: { target: TabTarget; kind: 'contact' | 'customer'; template: string }): MarkedRecord;
  /** "The page is about this person", by the name as it was shown; holds for what the tab shows. Writes nothing. */
  confirmPerson(command: { target: TabTarget; version: number; person: Ref; name: string }): void;
  /** Accounts whose requests wait at this moment. */
  getWaits(query: Record<string, never>): AccountWait[];
  /** Where the person on screen belongs in either vendor, and which companies there are. Writes nothing to a vendor. */
  getCompanySides(query: { target: TabTarget; version: number; person: Ref }): CompanySides;
  /** Which companies of the other vendor may be the one on screen. Writes nothing to a vendor. */
  getCompanyOffer(query: { target: TabTarget; version: number; company: Ref }): CompanyOffer;
  /** "This is the same company", by id and name as they were shown. Writes nothing to a vendor. */
  linkCompany(command: { target: TabTarget; version: number; company: Ref; counterpart: CompanyName }): void;

  /**
   * Who of the company on screen has a counterpart that is not in the linked company. Looks for at most 25 people. Writes nothing to a
   * vendor.
   */
  getOutsiders(query: { target: TabTarget; version: number; company: Ref }): CompanyOutsiders;
  /**
   * Puts these people into the linked company, as they were shown, one after the other. Answers once it is stored; the same id again is
   * the same job. `to`: id and name as they were shown.
   */
  joinCompany(command: {
    target: TabTarget;
    version: number;
    company: Ref;
    id: string;
    to: CompanyName;
    people: Joiner[];
  }): JobView;

  /** What copying this item to the other vendor would write. `id`: as the state names it. Writes nothing. */
  previewCopy(query: {
    target: TabTarget;
    version: number;
    person: Ref;
    source: { kind: ItemKind; id: string };
  }): CopyPreview;

  /** What was told to be written and is not over, or stopped on its way; the oldest first. */
  getJobs(query: Record<string, never>): JobView[];
  /** Nothing more of it is sent. */
  cancelJob(command: { id: string }): JobView[];
  /** Tries it now; one that stopped goes on from where it did. */
  retryJob(command: { id: string }): JobView[];
  /** Takes one that is over off the list. */
  dismissJob(command: { id: string }): JobView[];
  /**
   * Creates the counterpart as it was shown, and takes along what belongs to them, in several steps. Answers once it is stored; the same
   * plan again is the same job.
   */
  bringOver(command: {
    target: TabTarget;
    planId: string;
    fields: FieldName[];
    customer?: CompanyName | undefined;
    confirmedName?: string | undefined;
    /** Their company is created first. */
    withCompany: boolean;
    items: BroughtItem[];
    tags: string[];
  }): JobView;

  /** Whether linked records name each other in custom fields; null while nothing is connected. */
  getRegistry(query: Record<string, never>): RegistrySettings | null;
  /** Asks both vendors again whether they have the fields. */
  checkRegistry(command: Record<string, never>): RegistrySettings;
  /** Names of the fields; `null` switches it off: what is in the fields stays there, and is not read any more. */
  setRegistry(command: { names: Record<VendorName, string> | null }): RegistrySettings;

  /** How tags of both systems belong together, for the connected pair; null while nothing is connected. */
  getTagRules(query: Record<string, never>): TagRules | null;
  /** Replaces them, at once. What cannot be followed is refused. */
  setTagRules(command: { rules: TagRules }): TagRules | null;
  /** How tasks and tickets of the connected pair belong together. */
  getTaskRules(query: Record<string, never>): TaskRulesView | null;
  /** Replaces the rules; what cannot be followed is refused as a whole. */
  setTaskRules(command: { rules: TaskRules }): TaskRulesView | null;
  /** Statuses that the newest tickets have. */
  listStatuses(query: Record<string, never>): string[];
  /**
   * Puts these tags on and takes them off, as they were shown: each only where the other side still asks for it. The same id sent twice
   * writes once and answers the same. `rules`: names those that the tags were shown under.
   */
  syncTags(command: {
    target: TabTarget;
    version: number;
    person: Ref;
    counterpart: Ref;
    id: string;
    rules: string;
    ops: TagOp[];
  }): TagSyncResult;

  /** What the vendors of the connected pair accepted and did not keep; null while nothing is connected. */
  getQuirks(query: Record<string, never>): Quirk[] | null;
  /** Does not tell of it any more, until it happens again. */
  forgetQuirk(command: QuirkName): Quirk[] | null;

  /** Background → extension pages. */
  panelStateChanged(event: PanelState): void;
  accountsChanged(event: AccountView[]): void;
  /** Something was written, or taken back. */
  activityChanged(event: Record<string, never>): void;
  /** What is shown and written was changed on some page. */
  resourcesChanged(event: Record<string, never>): void;
  /** All that wait now; sent for waits longer than about a second, and when they are over. */
  waitsChanged(event: AccountWait[]): void;
  /** What is known of what vendors do not keep has changed. */
  quirksChanged(event: Record<string, never>): void;
  /** All that are not over, and those that stopped. */
  jobsChanged(event: JobView[]): void;
}

export type MessageType = keyof ProtocolMap;
export type MessageData<T extends MessageType> = Parameters<ProtocolMap[T]>[0];
export type MessageReply<T extends MessageType> = ReturnType<ProtocolMap[T]>;

/** All that a content script may send. */
export const PAGE_MESSAGES = ['subjectSeen'] as const satisfies readonly MessageType[];
/**
 * Messages that carry a credential inwards. `runtime.sendMessage` reaches every open page of the extension, a port only whoever
 * listens for its name: the background alone. They are accepted by port only.
 */
export const SECRET_MESSAGES = ['connectAtera', 'connectGhl'] as const satisfies readonly MessageType[];
/** Name of the port they take. */
export const SECRET_PORT = 'connect';
/** All that the background sends to extension pages. */
export const BACKGROUND_EVENTS = [
  'panelStateChanged',
  'accountsChanged',
  'activityChanged',
  'resourcesChanged',
  'waitsChanged',
  'quirksChanged',
  'jobsChanged',
] as const satisfies readonly MessageType[];

export interface Envelope<T extends MessageType = MessageType> {
  type: T;
  data: MessageData<T>;
}
