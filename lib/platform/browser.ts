/**
 * The one import path of the WebExtension API for background and extension pages. Content scripts use WXT's plain global instead:
 * the polyfill alone would take their whole size budget.
 */
import browser from 'webextension-polyfill';

export type { Runtime, Tabs, Windows } from 'webextension-polyfill';
export { browser };
