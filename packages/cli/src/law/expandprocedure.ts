import { join } from 'node:path';
import { isJsonObject, type Json, type JsonObject, ok, type Result, refuse } from '@comity/core';
import { readYaml } from './readyaml.ts';

/** Sections of a procedure that are maps by name, which a part may add to. */
const MAPS = ['filters', 'seats', 'tracks', 'item-tracks', 'acts', 'clocks', 'duties', 'custody'] as const;
/** Filters within filters. */
const MAX_DEPTH = 8;

/**
 * Writes out what a procedure says in short: `parts: [{ part: copies, with: { holder: issuing } }]` brings in law/procedures/parts/copies.yaml with
 * `$holder` replaced, and `{ use: name }` stands for the filter of that name. What the procedure defines itself stands before what a part brings.
 * Out: the long form, that the loader reads; or `pack-invalid` with the place and the reason.
 */
export async function expandProcedure(file: string, json: unknown): Promise<Result<unknown>> {
  if (!isJsonObject(json)) return ok(json);
  const { parts = [], ...own } = json;
  if (!Array.isArray(parts)) return refuse('pack-invalid', file, { reason: 'parts: a list is needed' });
  let whole: JsonObject = own;
  for (const [index, part] of parts.entries()) {
    const read = await readPart(file, part, `parts.${index}`);
    if (!read.ok) return read;
    whole = merge(whole, read.value);
  }
  const { filters = {}, ...rest } = whole;
  if (!isJsonObject(filters)) return refuse('pack-invalid', file, { reason: 'filters: a map is needed' });
  try {
    return ok(written(rest, filters, 0));
  } catch (fault) {
    if (fault instanceof RangeError) return refuse('pack-invalid', file, { reason: fault.message });
    throw fault;
  }
}

async function readPart(file: string, part: Json, at: string): Promise<Result<JsonObject>> {
  const fault = (reason: string) => refuse('pack-invalid', file, { reason: `${at}: ${reason}` });
  if (!isJsonObject(part) || typeof part['part'] !== 'string' || !/^[a-z][a-z-]*$/.test(part['part']))
    return fault('{ part: name, with: { … } } is needed');
  const given = part['with'] ?? {};
  if (!isJsonObject(given)) return fault('with: a map is needed');
  const json = await readYaml(join(file, '..', 'parts', `${part['part']}.yaml`));
  if (!json.ok) return json;
  if (!isJsonObject(json.value)) return fault('the part is not a map');
  const { takes = [], ...body } = json.value;
  const names = Array.isArray(takes) ? takes.map(String) : [];
  const missing = names.find((name) => given[name] === undefined) ?? Object.keys(given).find((name) => !names.includes(name));
  if (missing !== undefined) return fault(`${missing}: this part takes ${names.join(', ')}`);
  const unknown = Object.keys(body).find((name) => !MAPS.some((map) => map === name));
  if (unknown !== undefined) return fault(`${unknown}: a part brings ${MAPS.join(', ')} alone`);
  const filled = fill(body, given);
  return isJsonObject(filled) ? ok(filled) : fault('the part is not a map');
}

/** `$name` as a whole text becomes what is given under the name, a list within a list is laid flat; within a text it becomes the word. */
function fill(value: Json, given: JsonObject): Json {
  if (typeof value === 'string') {
    const whole = /^\$([a-z]+)$/.exec(value)?.[1];
    if (whole !== undefined && given[whole] !== undefined) return given[whole];
    return value.replace(/\$\{([a-z]+)\}/g, (text, name: string) => (typeof given[name] === 'string' ? given[name] : text));
  }
  if (Array.isArray(value)) {
    return value.flatMap((one) => {
      const filled = fill(one, given);
      return typeof one === 'string' && Array.isArray(filled) ? filled : [filled];
    });
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [String(fill(key, given)), fill(one, given)]));
}

/** What a procedure says itself stands; a seat is one seat, with the roles of both. */
function merge(own: JsonObject, part: JsonObject): JsonObject {
  const merged = Object.entries(part).map(([map, brought]) => {
    const [mine, theirs] = [own[map] ?? {}, brought];
    if (!isJsonObject(mine) || !isJsonObject(theirs)) return [map, mine] as const;
    return [map, { ...theirs, ...mine }] as const;
  });
  return { ...own, ...Object.fromEntries(merged) };
}

function written(value: Json, filters: JsonObject, depth: number): Json {
  if (depth > MAX_DEPTH) throw new RangeError('use: filters within filters too deep, or one that uses itself');
  if (Array.isArray(value)) return value.map((one) => written(one, filters, depth));
  if (!isJsonObject(value)) return value;
  const name = value['use'];
  if (typeof name === 'string' && Object.keys(value).length === 1) {
    const filter = filters[name];
    if (filter === undefined) throw new RangeError(`use: no filter has the name ${name}`);
    return written(filter, filters, depth + 1);
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, written(one, filters, depth)]));
}
