import { DATA_CATEGORIES, IDENTIFIER_TYPES, isJsonObject, type Json } from '@comity/core';
import type { Cite, Condition, Guard, ItemFilter } from './procedure.ts';
import { oneOf, PackFault, Reader } from './reader.ts';

const MAX_DEPTH = 8;

/** Reads a guard; an unknown form or one nested too deep rejects the procedure. */
export function loadGuard(value: Json | undefined, path: string, depth = 0): Guard {
  if (depth > MAX_DEPTH) throw new PackFault(path, 'nested too deep');
  const reader = new Reader(value, path);
  const guard = readGuard(reader, depth);
  reader.end();
  return guard;
}

function readGuard(reader: Reader, depth: number): Guard {
  const parts = (member: string): readonly Guard[] =>
    reader.list(member).map((part, i) => loadGuard(part, `${reader.at(member)}.${i}`, depth + 1));
  if (reader.has('all')) return { all: parts('all') };
  if (reader.has('any')) return { any: parts('any') };
  if (reader.has('not')) return { not: loadGuard(reader.take('not'), reader.at('not'), depth + 1) };
  if (reader.has('track')) return { track: reader.text('track'), is: reader.words('is') };
  if (reader.has('done')) return { done: reader.text('done') };
  if (reader.has('latest')) return { latest: reader.words('latest'), is: reader.text('is') };
  if (reader.has('items')) return itemsGuard(reader);
  if (reader.has('clock'))
    return { clock: reader.text('clock'), is: oneOf(reader.take('is'), ['running', 'ended'], reader.at('is')) };
  if (reader.has('seated')) return { seated: reader.text('seated') };
  if (reader.has('said')) {
    const said = { said: reader.text('said'), member: reader.text('member') };
    return reader.has('at-least') ? { ...said, atLeast: reader.count('at-least') } : { ...said, is: saidValues(reader) };
  }
  throw new PackFault(reader.path, 'this is not a guard');
}

function itemsGuard(reader: Reader): Guard {
  const items = reader.text('items');
  const filter = loadFilter(reader.take('only'), reader.at('only'));
  const only = filter === undefined ? {} : { only: filter };
  return reader.has('every') ? { items, every: reader.words('every'), ...only } : { items, some: reader.words('some'), ...only };
}

function saidValues(reader: Reader): readonly (string | boolean)[] {
  return reader.list('is').map((value, index) => {
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    throw new PackFault(`${reader.at('is')}.${index}`, 'a word, true or false is needed here');
  });
}

/** Reads which items a guard or a choice speaks of: one filter, or a list that must all pick an item. */
export function loadFilter(value: Json | undefined, path: string): ItemFilter | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return { all: value.flatMap((part, i) => loadFilter(part, `${path}.${i}`) ?? []) };
  const reader = new Reader(value, path);
  const categories = reader.has('categories')
    ? { categories: reader.list('categories').map((c, i) => oneOf(c, DATA_CATEGORIES, `${path}.categories.${i}`)) }
    : {};
  const types = reader.has('identifier-types')
    ? {
        identifierTypes: reader
          .list('identifier-types')
          .map((type, i) => oneOf(type, IDENTIFIER_TYPES, `${path}.identifier-types.${i}`)),
      }
    : {};
  const track = reader.has('track') ? { track: reader.text('track'), is: reader.words('is') } : {};
  const any = reader.has('any')
    ? { any: reader.list('any').flatMap((part, i) => loadFilter(part, `${path}.any.${i}`) ?? []) }
    : {};
  reader.end();
  return { ...categories, ...types, ...track, ...any };
}

/** Reads a guard with its reason. */
export function loadCondition(value: Json, path: string): Condition {
  if (!isJsonObject(value)) throw new PackFault(path, 'an object is needed here');
  const { because, cite, ...guard } = value;
  if (typeof because !== 'string') throw new PackFault(`${path}.because`, 'a message key is needed here');
  return { guard: loadGuard(guard, path), because, ...(cite === undefined ? {} : { cite: loadCite(cite, `${path}.cite`) }) };
}

/** Reads a citation: a text, or a reference with its address and the day it was read. */
export function loadCite(value: Json, path: string): Cite {
  if (typeof value === 'string') return { ref: value };
  const reader = new Reader(value, path);
  const cite = {
    ref: reader.text('ref'),
    ...(reader.has('url') ? { url: reader.text('url') } : {}),
    ...(reader.has('read') ? { read: reader.text('read') } : {}),
  };
  reader.end();
  return cite;
}
