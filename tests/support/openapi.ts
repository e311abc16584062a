import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { default as formats } from 'ajv-formats';
import type { VendorName } from '../../lib/core/contact.ts';
import { SPEC_GAPS } from '../sandbox/spec-gaps.ts';
import { convert, isJson, type Json } from '../sandbox/spec-schema.ts';

export { renderSpecGaps, SPEC_GAPS, type SpecGap } from '../sandbox/spec-gaps.ts';

/** Folder that holds `atera-openapi/` and `ghl-openapi/`: the vendors' own files, which are not part of this project. */
export const specsFolder =
  process.env.COUNTERPART_SPECS ?? join(dirname(fileURLToPath(import.meta.url)), '../../../shared/api');

export const specsAvailable = ['atera-openapi', 'ghl-openapi'].every((name) =>
  existsSync(join(specsFolder, name)),
);

/** Line that tells why tests that need the files did not run. */
export const SPECS_NOT_RUN = `not run: spec checks (no OpenAPI files at ${specsFolder})`;

export interface Exchange {
  vendor: VendorName;
  method: string;
  url: string;
  requestHeaders: Record<string, string>;
  /** Parsed; undefined when there was none. */
  requestBody: unknown;
  status: number;
  /** Parsed; undefined when there was none. */
  responseBody: unknown;
}

interface Operation {
  docId: string;
  /** "GET /contacts/{contactId}" */
  name: string;
  pattern: RegExp;
  /** Path segments that are no parameter: the more, the better the match. */
  fixed: number;
  query: Map<string, { required: boolean; schema: Json }>;
  versions: unknown[];
  body: Json | null;
  responses: Map<string, Json | null>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const at = (value: unknown, ...keys: string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (isJson(inner) ? inner[key] : undefined), value);
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

interface SpecCheck {
  /** Differences from the vendor's file, each starting with the operation's name and "request" or "response". */
  checkExchange(exchange: Exchange): string[];
  operationOf(exchange: Exchange): string | null;
}

interface Loaded {
  ajv: Ajv;
  operations: Record<VendorName | 'legacy', Operation[]>;
  compiled: Map<string, ValidateFunction>;
}

let loaded: Loaded | null = null;

function load(): Loaded {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  const operations = { atera: loadAtera(ajv, '3'), ghl: loadGhl(ajv), legacy: loadAtera(ajv, '2') };
  return { ajv, operations, compiled: new Map() };
}

/** Checks requests and answers against the files; what `SPEC_GAPS` names is overlooked. */
export function createSpecCheck(): SpecCheck {
  const specs = (): Loaded => {
    loaded ??= load();
    return loaded;
  };
  // At once, so that no single test pays for reading the files.
  if (specsAvailable) specs();

  const find = ({ vendor, method, url, requestHeaders }: Exchange): Operation | undefined => {
    const isLegacy = vendor === 'atera' && lowerKeys(requestHeaders)['x-api-key'] !== undefined;
    const path = `${method} ${new URL(url).pathname.replace(/(.)\/$/, '$1')}`;
    return specs()
      .operations[isLegacy ? 'legacy' : vendor].filter(({ pattern }) => pattern.test(path))
      .sort((a, b) => b.fixed - a.fixed)[0];
  };
  const validate = (key: string, schema: Json, value: unknown, overlooked: string[]): string[] => {
    const { ajv, compiled } = specs();
    const check = compiled.get(key) ?? ajv.compile(schema);
    compiled.set(key, check);
    if (check(value)) return [];
    return (check.errors ?? [])
      .filter(({ instancePath }) => !overlooked.some((start) => instancePath.startsWith(start)))
      .map(
        ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
      );
  };
  const gaps = (vendor: VendorName, name: string, aspect: string) =>
    SPEC_GAPS.filter(
      (gap) =>
        gap.vendor === vendor && gap.aspect === aspect && (gap.operation === '*' || gap.operation === name),
    );

  return {
    operationOf: (exchange) => find(exchange)?.name ?? null,
    checkExchange(exchange) {
      const { vendor, status, requestBody, responseBody } = exchange;
      const operation = find(exchange);
      if (!operation) return [`request: no such operation: ${exchange.method} ${exchange.url}`];
      const { name, docId } = operation;
      const overlooked = (aspect: string): string[] =>
        gaps(vendor, name, aspect).flatMap((gap) => gap.at ?? []);
      const problems = checkQuery(operation, exchange).concat(checkVersion(operation, exchange));
      if (requestBody !== undefined && !operation.body) problems.push('body: none expected');
      if (operation.body) {
        const key = `${docId} ${name} request`;
        problems.push(...validate(key, operation.body, requestBody ?? {}, overlooked('request')));
      }
      const answers: string[] = [];
      const declared = operation.responses.has(String(status));
      if (!declared && !gaps(vendor, name, 'status').some(({ statuses }) => statuses?.includes(status))) {
        answers.push(`status ${status} is not declared`);
      }
      const schema = operation.responses.get(String(status));
      if (schema) {
        answers.push(
          ...validate(`${docId} ${name} ${status}`, schema, responseBody ?? null, overlooked('response')),
        );
      }
      return [
        ...problems.map((text) => `request: ${text}`),
        ...answers.map((text) => `response: ${text}`),
      ].map((text) => `${name}: ${text}`);
    },
  };
}

/** A `fetch` that throws when a request or an answer differs from the vendor's file. Answers of 4xx excuse nothing. */
export function validatingFetch(
  vendor: VendorName,
  inner: (request: Request) => Promise<Response>,
): (input: RequestInfo | URL, init?: RequestInit) => Promise<Response> {
  const { checkExchange } = createSpecCheck();
  return async (input, init) => {
    const request = new Request(input, init);
    const requestText = await request.clone().text();
    const response = await inner(request);
    const responseText = await response.clone().text();
    const problems = checkExchange({
      vendor,
      method: request.method,
      url: request.url,
      requestHeaders: Object.fromEntries(request.headers),
      requestBody: requestText ? JSON.parse(requestText) : undefined,
      status: response.status,
      responseBody: responseText ? JSON.parse(responseText) : undefined,
    });
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return response;
  };
}

const lowerKeys = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function checkQuery({ query }: Operation, { url }: Exchange): string[] {
  const given = new URL(url).searchParams;
  const problems: string[] = [];
  for (const [name, value] of given) {
    const schema = query.get(name)?.schema;
    if (!schema) problems.push(`query ${name} is not declared`);
    else if (/^(integer|number)$/.test(String(schema.type)) && !/^-?\d+$/.test(value))
      problems.push(`query ${name} is no number`);
    else if (Array.isArray(schema.enum) && !schema.enum.includes(value))
      problems.push(`query ${name} has no value ${value}`);
  }
  for (const [name, { required }] of query) {
    if (required && !given.get(name)) problems.push(`query ${name} is missing`);
  }
  return problems;
}

function checkVersion({ versions }: Operation, { requestHeaders }: Exchange): string[] {
  const { version } = lowerKeys(requestHeaders);
  return versions.length === 0 || versions.includes(version)
    ? []
    : [`version ${version} is not one of ${versions.join(', ')}`];
}

const readDoc = (path: string): Json => JSON.parse(readFileSync(path, 'utf8')) as Json;

function loadGhl(ajv: Ajv): Operation[] {
  const folder = join(specsFolder, 'ghl-openapi');
  const idOf = (file: string): string => `ghl-${basename(file, '.json')}`;
  const register = (file: string): Json => {
    const doc = readDoc(join(folder, file));
    addComponents(ajv, idOf(file), at(doc, 'components', 'schemas'), '/components/schemas', false);
    return doc;
  };
  register('common/common-schemas.json');
  return readdirSync(join(folder, 'apps'))
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => readOperations(register(`apps/${file}`), idOf(file), false));
}

/** `major` 3: the current file; 2: the one for older keys, which does not say what may be null. */
function loadAtera(ajv: Ajv, major: '2' | '3'): Operation[] {
  const folder = join(specsFolder, 'atera-openapi');
  const file = readdirSync(folder).find((name) =>
    name.startsWith(major === '3' ? 'atera-openapi-3' : 'atera-swagger-2'),
  );
  if (!file) return [];
  const doc = readDoc(join(folder, file));
  const docId = `atera-${major}`;
  if (major === '3')
    addComponents(ajv, docId, at(doc, 'components', 'schemas'), '/components/schemas', false);
  else addComponents(ajv, docId, doc.definitions, '/definitions', true);
  return readOperations(doc, docId, major === '2');
}

/** Adds a file's schemas twice: as they are for answers, and closed against unknown keys for requests. */
function addComponents(ajv: Ajv, docId: string, schemas: unknown, pointer: string, anyNull: boolean): void {
  for (const isRequest of [false, true]) {
    const id = isRequest ? `${docId}-request` : docId;
    const converted = Object.fromEntries(
      Object.entries(isJson(schemas) ? schemas : {}).map(([name, schema]) => [
        name,
        convert(schema, docId, isRequest, anyNull),
      ]),
    );
    const nested = pointer
      .split('/')
      .slice(1)
      .reduceRight<Json>((inner, key) => ({ [key]: inner }), converted);
    ajv.addSchema({ $id: id, ...nested });
  }
}

function readOperations(doc: Json, docId: string, anyNull: boolean): Operation[] {
  const found: Operation[] = [];
  for (const [path, item] of Object.entries(isJson(doc.paths) ? doc.paths : {})) {
    for (const method of METHODS) {
      const operation = at(item, method);
      if (!isJson(operation)) continue;
      const parameters = [...listOf(at(item, 'parameters')), ...listOf(operation.parameters)];
      const body =
        firstContent(operation.requestBody) ??
        at(
          parameters.find((entry) => entry.in === 'body'),
          'schema',
        ) ??
        null;
      const version = parameters.find((entry) => entry.in === 'header' && entry.name === 'Version');
      const versions = at(version, 'schema', 'enum');
      const bare = path.replace(/(.)\/$/, '$1');
      found.push({
        docId,
        name: `${method.toUpperCase()} ${path}`,
        pattern: new RegExp(
          `^${method.toUpperCase()} ${bare.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`,
        ),
        fixed: bare.split('/').filter((part) => !part.startsWith('{')).length,
        query: new Map(
          parameters
            .filter((entry) => entry.in === 'query')
            .map((entry) => [
              String(entry.name),
              {
                required: entry.required === true,
                schema: resolveEnum(doc, isJson(entry.schema) ? entry.schema : entry),
              },
            ]),
        ),
        versions: Array.isArray(versions) ? versions : [],
        body: isJson(body) ? convert(body, docId, true, anyNull) : null,
        responses: new Map(
          Object.entries(isJson(operation.responses) ? operation.responses : {}).map(([status, response]) => {
            const schema = firstContent(response) ?? at(response, 'schema');
            return [status, isJson(schema) ? convert(schema, docId, false, anyNull) : null];
          }),
        ),
      });
    }
  }
  return found;
}

function firstContent(value: unknown): unknown {
  const content = at(value, 'content');
  return isJson(content) ? at(Object.values(content)[0], 'schema') : undefined;
}

function resolveEnum(doc: Json, schema: Json): Json {
  const target = typeof schema.$ref === 'string' ? at(doc, ...schema.$ref.split('/').slice(1)) : schema;
  return isJson(target) ? target : schema;
}
