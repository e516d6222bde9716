import { isJsonObject, type Json } from '@comity/core';
import { type Finding, finding } from './finding.ts';

/** What a member may hold: a text, a whole number, a flag, anything, a list of one shape, or an object with these members, each of which may be absent. */
export type Shape = 'text' | 'integer' | 'flag' | 'any' | readonly [Shape] | { readonly [member: string]: Shape };

/** The type of what a shape describes. */
export type Shaped<S> = S extends 'text'
  ? string
  : S extends 'integer'
    ? number
    : S extends 'flag'
      ? boolean
      : S extends 'any'
        ? Json
        : S extends readonly [infer Member]
          ? readonly Shaped<Member>[]
          : { readonly [Member in keyof S]?: Shaped<S[Member]> };

/** What of a value is not of its shape (`shape`), and what the shape has no name for (`member-unknown`): that is kept, and goes to a person. */
export function checkShape(value: Json, shape: Shape, path: string): readonly Finding[] {
  if (typeof shape === 'string') return isSimple(value, shape) ? [] : [finding('shape', path, { expected: shape })];
  if (Array.isArray(shape)) return checkList(value, shape, path);
  if (!isJsonObject(value)) return [finding('shape', path, { expected: 'object' })];
  const members = shape as Readonly<Record<string, Shape>>;
  return Object.entries(value).flatMap(([name, member]) => {
    const inner = Object.hasOwn(members, name) ? members[name] : undefined;
    const at = path === '' ? name : `${path}.${name}`;
    return inner === undefined ? [finding('member-unknown', at, {})] : checkShape(member, inner, at);
  });
}

function checkList(value: Json, shape: readonly Shape[], path: string): readonly Finding[] {
  const [inner] = shape;
  if (!Array.isArray(value) || inner === undefined) return [finding('shape', path, { expected: 'list' })];
  return value.flatMap((member: Json, index) => checkShape(member, inner, `${path}.${index}`));
}

function isSimple(value: Json, shape: 'text' | 'integer' | 'flag' | 'any'): boolean {
  if (shape === 'any') return true;
  if (shape === 'text') return typeof value === 'string';
  return shape === 'flag' ? typeof value === 'boolean' : Number.isSafeInteger(value);
}
