import type { GenericSchema, InferInput, InferOutput } from 'valibot';

/**
 * One vendor call, as a row of a table. Types, rights, docs and tests are derived from it.
 * `risk` states meaning, not method: `POST contacts/search` is a read.
 */
export interface OperationSpec {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Relative to the vendor's base URL, with `{name}` for ids. */
  path: string;
  query?: readonly string[];
  /** Strict: a key that the vendor does not list cannot be sent. */
  body?: GenericSchema;
  /** Loose: unknown keys pass, only what we read is required. `null` when the answer is not read. */
  response: GenericSchema | null;
  scope: string;
  risk: 'read' | 'write' | 'destructive';
  /** Whether sending it twice leaves the same state as once. */
  idempotent: boolean;
  /** API version header, where the vendor has one. */
  version?: string;
}

export type Operations = Record<string, OperationSpec>;

type PathKey<P extends string> = P extends `${string}{${infer Key}}${infer Rest}`
  ? Key | PathKey<Rest>
  : never;

type PathInput<P extends string> = [PathKey<P>] extends [never]
  ? { path?: undefined }
  : { path: Record<PathKey<P>, string> };
type QueryInput<S extends OperationSpec> = S['query'] extends readonly (infer Name extends string)[]
  ? { query?: Partial<Record<Name, string>> }
  : { query?: undefined };
type BodyInput<S extends OperationSpec> = S['body'] extends GenericSchema
  ? { body: InferInput<S['body']> }
  : { body?: undefined };

export type OperationInput<S extends OperationSpec> = PathInput<S['path']> & QueryInput<S> & BodyInput<S>;
export type OperationOutput<S extends OperationSpec> = S['response'] extends GenericSchema
  ? InferOutput<S['response']>
  : undefined;

/** Calls operations of one account by their name. Throws `AppError` only. */
export type Call<O extends Operations> = <K extends keyof O & string>(
  name: K,
  input: OperationInput<O[K]>,
) => Promise<OperationOutput<O[K]>>;
