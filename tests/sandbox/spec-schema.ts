import { basename } from 'node:path';

export type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A schema of OpenAPI 3.0 or Swagger 2.0 as JSON Schema. */
export function convert(source: unknown, docId: string, isRequest: boolean, anyNull: boolean): Json {
  if (!isJson(source)) return {};
  const again = (schema: unknown): Json => convert(schema, docId, isRequest, anyNull);
  const mayBeNull = anyNull || source.nullable === true;
  if (typeof source.$ref === 'string') {
    const ref = { $ref: absolute(source.$ref, docId, isRequest) };
    return anyNull ? { anyOf: [ref, { type: 'null' }] } : ref;
  }
  const target: Json = {};
  for (const key of [
    'format',
    'minLength',
    'maxLength',
    'minItems',
    'maxItems',
    'pattern',
    'required',
  ] as const) {
    if (source[key] !== undefined && typeof source[key] !== 'boolean') target[key] = source[key];
  }
  if (typeof source.type === 'string') target.type = mayBeNull ? [source.type, 'null'] : source.type;
  if (Array.isArray(source.enum)) target.enum = mayBeNull ? [...source.enum, null] : source.enum;
  if (isJson(source.items)) target.items = again(source.items);
  for (const key of ['allOf', 'anyOf', 'oneOf'] as const) {
    // More than one alternative often fits, because the files describe the same shape several times.
    if (Array.isArray(source[key])) target[key === 'oneOf' ? 'anyOf' : key] = source[key].map(again);
  }
  if (isJson(source.properties)) {
    target.properties = Object.fromEntries(
      Object.entries(source.properties).map(([key, value]) => [key, again(value)]),
    );
    if (isRequest) target.additionalProperties = false;
  }
  if (isJson(source.additionalProperties)) target.additionalProperties = again(source.additionalProperties);
  else if (source.additionalProperties === false) target.additionalProperties = false;
  const isCombined = target.allOf !== undefined || target.anyOf !== undefined;
  return mayBeNull && isCombined && target.type === undefined
    ? { anyOf: [target, { type: 'null' }] }
    : target;
}

/** "#/components/schemas/X" or "../common/common-schemas.json#/…", as an id known to the validator. */
function absolute(ref: string, docId: string, isRequest: boolean): string {
  const [file = '', pointer = ''] = ref.split('#');
  const id = file ? `ghl-${basename(file, '.json')}` : docId;
  const encoded = pointer.split('/').map(encodeURIComponent).join('/');
  return `${isRequest ? `${id}-request` : id}#${encoded}`;
}
