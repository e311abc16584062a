import type { LoggedRequest } from '../../lib/sandbox/index.ts';

/** GHL's search is a read, although it is a POST. */
export const isWrite = ({ method, path }: LoggedRequest): boolean =>
  method !== 'GET' && path !== '/contacts/search';

export interface Change {
  path: string;
  before: unknown;
  after: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Every leaf in which two JSON values differ, by path ("customFields.0.value"). */
export function changesBetween(before: unknown, after: unknown, path: string[] = []): Change[] {
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => changesBetween(before[key], after[key], [...path, key]));
  }
  return Object.is(before, after) ? [] : [{ path: path.join('.'), before, after }];
}
