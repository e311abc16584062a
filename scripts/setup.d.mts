export type BrowserName = 'chromium' | 'firefox';

export const root: string;
export class SetupError extends Error {}
export function setup(options?: { browsers?: BrowserName[] }): { node: string };
export function findBrowser(name: BrowserName): string | null;
export function browserAdvice(name: BrowserName): string;
