/** Every item that is kept unencrypted, in one list. Nothing about people and no secret belongs here: see `sealed-store.ts`. */
import { storage } from '@wxt-dev/storage';
import type { Subject } from '../core/contact.ts';
import type { PageTemplate } from '../core/page-template.ts';

export interface TabSubject {
  subject: Subject | null;
  /** Grows with every change of what the tab shows. */
  version: number;
  /** Set by the agent in the panel (found or sample people), not by the page: stays until the page shows somebody. */
  chosen: boolean;
  /** Key of the person whom the agent confirmed for a page that only suggests one; holds for this version. */
  confirmed?: string;
  /** The accounts that a chosen person is of. */
  scope?: string;
  /** What the page itself shows below what was chosen from it: when the page moves on, the choice is gone. */
  under?: Subject;
  /** The page, by its address, over which somebody was chosen: on another one the choice is gone. */
  page?: string;
  /** What was left by choosing, one after the other: the way back. */
  trail?: Subject[];
}

/** What each tab shows, by tab id. Gone with the browser session, survives the worker. */
export const tabSubjects = storage.defineItem<Record<string, TabSubject>>('session:tabSubjects', {
  fallback: {},
});

/** How often the worker was started in this browser session. */
export const workerLives = storage.defineItem<number>('session:workerLives', { fallback: 0 });

/** Pages of Atera that agents have marked as being about a contact or a customer. Addresses without their ids: nothing about people. */
export const pageTemplates = storage.defineItem<PageTemplate[]>('local:pageTemplates', { fallback: [] });
