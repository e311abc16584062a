/** Every item that is kept unencrypted, in one list. Nothing about people and no secret belongs here: see `sealed-store.ts`. */
import { storage } from '@wxt-dev/storage';
import type { Subject } from '../core/contact.ts';

export interface TabSubject {
  subject: Subject | null;
  /** Grows with every change of what the tab shows. */
  version: number;
  /** Set by the agent in the panel (found or sample people), not by the page: stays until the page shows somebody. */
  chosen: boolean;
  /** The accounts that a chosen person is of. */
  scope?: string;
}

/** What each tab shows, by tab id. Gone with the browser session, survives the worker. */
export const tabSubjects = storage.defineItem<Record<string, TabSubject>>('session:tabSubjects', {
  fallback: {},
});
