import { canonicalJson, type Json, type JsonObject, utf8 } from '@comity/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formFrom } from '../epoc/hi1-form.ts';
import { draftFromOrder } from '../intake/draft-order.ts';
import { faultOf } from './answer.ts';
import { lintMessage } from './lint.ts';
import { readMessage } from './read-message.ts';
import { readOrder } from './read-order.ts';
import { verifySigned } from './signature.ts';
import { messageOf } from './testing/order.ts';
import { messageJson } from './write-message.ts';

/** Every place in a value: paths to its members. */
function pathsOf(value: Json, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((member: Json, index) => pathsOf(member, [...path, index]))];
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]))];
}

/** The value with something else at a place; undefined takes it away. */
function put(value: Json, path: readonly (string | number)[], other: Json | undefined): Json {
  const [first, ...rest] = path;
  if (first === undefined) return other ?? null;
  if (Array.isArray(value)) return value.map((member: Json, index) => (index === first ? put(member, rest, other) : member));
  const object = value as JsonObject; // a path leads through objects and lists alone
  const members = Object.entries(object).flatMap(([name, member]) => {
    if (name !== first) return [[name, member] as const];
    return rest.length === 0 && other === undefined ? [] : [[name, put(member, rest, other)] as const];
  });
  return Object.fromEntries(members);
}

const WIRE: Json = JSON.parse(canonicalJson(messageJson(messageOf())));
const PATHS = pathsOf(WIRE);
const odd = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom<Json>(null, [], {}, '', 0, -1, 1.5, true, '__proto__', 'toString', '2026-13-45T99:99:99Z', [[]], {
    a: { b: [] },
  }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

it('a message that was spoilt anywhere is read or refused, and never stops the reader', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...PATHS), odd), { minLength: 1, maxLength: 4 }), (changes) => {
      const spoilt = changes.reduce((wire, [path, other]) => {
        try {
          return put(wire, path, other);
        } catch {
          // An earlier change took the place away.
          return wire;
        }
      }, WIRE);
      const read = readMessage(utf8(JSON.stringify(spoilt)));
      if (!read.ok) return;
      const findings = lintMessage(read.value);
      const { body } = read.value.message;
      if (body.kind === 'request')
        for (const action of body.actions) expect(typeof (faultOf(action, findings)?.code ?? 0)).toBe('number');
      // What the linter passes is read without a throw; what it does not is asked of it as well.
      const order = readOrder(read.value.message);
      if (order.ok) expect(draftFromOrder(order.value, findings).readable).toBe(true);
      expect(typeof formFrom(read.value.message).ok).toBe('boolean');
    }),
    { numRuns: 3000 },
  );
});

it('any bytes at all are no signed message, and say why', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string().map(utf8), fc.json().map(utf8)), async (bytes) => {
      expect((await verifySigned(bytes, {})).ok).toBe(false);
    }),
    { numRuns: 500 },
  );
});
