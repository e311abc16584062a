import type { ConnectionReport } from './connection-report.ts';
import type { FieldName, Ref, Subject } from './core/contact.ts';
import type { FieldSetting } from './core/mapping-settings.ts';
import type {
  AccountView,
  Addition,
  AdditionResult,
  ConnectAnswer,
  ConnectQuestion,
  FoundPeople,
  MappingView,
  PanelState,
  PersonHit,
  Receipt,
} from './panel-state.ts';

/** Which tab a panel speaks for: the active tab of its window, or one chosen tab (panel opened as a tab of its own). */
export type PanelTarget = { windowId: number } | { tabId: number };

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
   * Applies the shown plan for these fields. The same plan applied twice writes once and answers with the same receipt.
   * `confirmedName`: the shown name, when the agent says that the page is about this person; needed where it is only suggested.
   */
  applyPlan(command: {
    target: PanelTarget;
    planId: string;
    fields: FieldName[];
    confirmedName?: string | undefined;
  }): Receipt;
  /** "This is the same person as the one on screen": stores the link. Writes nothing to a vendor. */
  confirmMatch(command: { target: PanelTarget; version: number; person: Ref; counterpart: Ref }): void;
  /** Shows a person of the sample accounts in the panel of this tab, as if its page were open. */
  viewSample(command: { target: PanelTarget; subject: Subject }): void;

  /** "This page is about a contact / a customer": checked at Atera, then remembered for pages with the same address. */
  markPage(command: { target: PanelTarget; kind: 'contact' | 'customer'; template: string }): void;
  /** Forgets what pages with this address were said to be. */
  unmarkPage(command: { target: PanelTarget; template: string }): void;

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
  unlink(command: { target: PanelTarget; version: number; person: Ref; counterpart: Ref }): void;
  /** "Not the same person": remembered until it is taken back; a link between the two goes. Writes nothing to a vendor. */
  rejectMatch(command: { target: PanelTarget; version: number; person: Ref; counterpart: Ref }): void;
  /** Offers again whoever was rejected for this person. */
  forgetRejections(command: { target: PanelTarget; version: number; person: Ref }): void;
  /** Field rules of the connected pair, and the values of the person in view; null while nothing is connected. */
  getMapping(query: Record<string, never>): MappingView | null;
  /** Takes effect at once: plans that were shown under other rules are refused. */
  setMapping(command: { rows: FieldSetting[] }): MappingView | null;
  resetMapping(command: Record<string, never>): MappingView | null;
  /** Writes one tag, note or task at the GHL contact on screen. The same id sent twice writes once and answers the same. */
  addToContact(command: {
    target: PanelTarget;
    version: number;
    id: string;
    addition: Addition;
  }): AdditionResult;

  /** Looks for people in both vendors: by name, e-mail, phone, id, or the address of a page. */
  searchPeople(query: { target: PanelTarget; query: string }): FoundPeople;
  /** People who were shown lately, the last one first. */
  recentPeople(query: { target: PanelTarget }): PersonHit[];
  /** Shows a found person in the panel of a tab whose page shows nobody. `accountId`: the account they were found in. */
  chooseSubject(command: { target: PanelTarget; subject: Subject; accountId: string }): void;
  /** Leaves the chosen person: the tab shows nobody again. */
  leaveSubject(command: { target: PanelTarget }): void;

  /** What is to be done with a token that is for another account than the connected one; null when that one stays. */
  answerConnection(command: { id: string; answer: ConnectAnswer }): AccountView | ConnectQuestion | null;

  /** Background → extension pages. */
  panelStateChanged(event: PanelState): void;
  accountsChanged(event: AccountView[]): void;
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
] as const satisfies readonly MessageType[];

export interface Envelope<T extends MessageType = MessageType> {
  type: T;
  data: MessageData<T>;
}
