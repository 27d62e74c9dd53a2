// Whether a document is what api/openapi.yaml says: the part of JSON Schema that the file uses, and no property more.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './place.mjs';

export const contract = parse(readFileSync(join(root, 'api/openapi.yaml'), 'utf8'));
export const schemaOf = (name) => contract.components.schemas[name];

const resolve = (schema) => (schema.$ref ? resolve(schema.$ref.split('/').slice(1).reduce((node, key) => node[key], contract)) : schema);
const typeOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value);
const MOST = 10;

/** What does not fit, at most ten of it: "regions[3].name: number, not string". */
export function misfits(value, unresolved, path = '', found = []) {
  const schema = resolve(unresolved);
  if (found.length >= MOST) return found;
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) {
    const tried = choices.map((choice) => misfits(value, choice, path));
    if (tried.every((faults) => faults.length > 0)) found.push(...tried.sort((a, b) => a.length - b.length)[0]);
    return found;
  }
  const type = typeOf(value);
  const allowed = [schema.type ?? []].flat();
  if (allowed.length > 0 && !allowed.includes(type) && !(type === 'integer' && allowed.includes('number'))) {
    found.push(`${path}: ${type}, not ${allowed.join(' or ')}`);
    return found;
  }
  if (schema.enum && !schema.enum.includes(value)) found.push(`${path}: ${JSON.stringify(value)}, not one of ${schema.enum.join(', ')}`);
  if (type === 'array' && schema.items) value.forEach((entry, i) => misfits(entry, schema.items, `${path}[${i}]`, found));
  if (type === 'object') {
    for (const key of schema.required ?? []) if (!(key in value)) found.push(`${path}.${key}: missing`);
    for (const [key, entry] of Object.entries(value)) {
      const known = schema.properties?.[key] ?? schema.additionalProperties;
      if (known) misfits(entry, known, `${path}.${key}`, found);
      else found.push(`${path}.${key}: not in the contract`);
    }
  }
  return found;
}
