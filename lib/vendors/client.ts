import * as v from 'valibot';
import type { VendorName } from '../core/contact.ts';
import { AppError, isAppError } from '../errors.ts';
import type { HttpPort } from '../platform/http.ts';
import type { Call, OperationSpec, Operations } from './operations.ts';

/** Interprets a table of operations over HTTP: fills the path, checks the body, checks the answer. */
export function createCall<O extends Operations>(vendor: VendorName, operations: O, http: HttpPort): Call<O> {
  return (async (name: keyof O & string, input: CallInput) => {
    const spec = operations[name] as OperationSpec;
    const details = { vendor, operation: name, scope: spec.scope };
    const body = spec.body ? checkBody(spec, input.body, details) : undefined;
    let answer: unknown;
    try {
      answer = await http.send({
        operation: name,
        method: spec.method,
        path: fillPath(spec.path, input.path ?? {}),
        ...(input.query ? { query: input.query } : {}),
        ...(body === undefined ? {} : { body }),
        ...(spec.version ? { headers: { version: spec.version } } : {}),
        scope: spec.scope,
        isRead: spec.risk === 'read',
      });
    } catch (error) {
      if (isAppError(error))
        throw new AppError(error.code, { ...details, ...error.details }, { cause: error.cause });
      throw error;
    }
    if (!spec.response) return undefined;
    const parsed = v.safeParse(spec.response, answer);
    if (!parsed.success) {
      throw new AppError('invalid_response', details, { cause: new Error(pathOf(parsed.issues)) });
    }
    return parsed.output;
  }) as Call<O>;
}

interface CallInput {
  path?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
}

/** Ids of both vendors are letters, digits, `-` and `_`; names (custom fields) may hold more and are encoded. No dot segments, no empties. */
function fillPath(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/gu, (_, key: string) => {
    const value = values[key] ?? '';
    const ok = key.endsWith('Name')
      ? value.trim() !== '' && !/^\.{1,2}$/u.test(value)
      : /^[\w-]{1,64}$/u.test(value);
    if (!ok) throw new AppError('invalid_input', { input: key });
    return encodeURIComponent(value);
  });
}

function checkBody(
  spec: OperationSpec,
  body: unknown,
  details: { vendor: VendorName; operation: string },
): unknown {
  const parsed = v.safeParse(spec.body as v.GenericSchema, body);
  // Ours to build, so ours to mend: nothing was sent.
  if (!parsed.success)
    throw new AppError(
      'invalid_input',
      { ...details, input: 'body' },
      { cause: new Error(pathOf(parsed.issues)) },
    );
  return parsed.output;
}

/** Names of the keys at fault, without their values. */
const pathOf = (issues: readonly v.BaseIssue<unknown>[]): string =>
  issues.map((issue) => `${v.getDotPath(issue) ?? 'root'}: ${issue.type}`).join('; ');
