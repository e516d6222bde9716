import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ActBody, JsonObject } from '@comity/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from './apply.ts';
import { type Copy, copiesOf } from './copies.ts';
import { judge } from './judge.ts';
import { loadProcedure } from './load.ts';
import { type CaseState, emptyCase, type Setting } from './state.ts';

const PACK = resolve(import.meta.dirname, '../../../law/packs/outsourcing.engagement.json');
const loaded = loadProcedure(JSON.parse(readFileSync(PACK, 'utf8')));
if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
const procedure = loaded.value;
const setting: Setting = {
  procedure,
  calendarOf: () => ({ zone: 'UTC', holidays: [], holidaysKnown: true }),
};
const hash = 'ab'.repeat(32);
const sealed = { manifest: hash, ciphertext: hash, size: 7 };
const dies = { ciphertext: hash, method: 'key-erased', verified: '2026-02-01T00:00:00.000Z' };
const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString();

/** One item, delivered on day 1 and received on day 2; retention ends on day 200. */
function delivered(): CaseState {
  const item = { id: 'd1', identifierType: 'dataset', category: 'records' };
  const start: CaseState = {
    ...emptyCase('case', procedure),
    seats: { client: 'hospital', vendor: 'lab' },
    items: [
      {
        item: { id: 'd1', identifierType: 'dataset', category: 'records' },
        tracks: {
          ...Object.fromEntries(Object.entries(procedure.itemTracks).map(([name, { start }]) => [name, start])),
          approval: 'approved',
        },
        decisions: {},
      },
    ],
    done: [trace('ask', 0, { items: [item], retentionUntil: day(200) })],
  };
  return then(then(start, 'deliver', 1, { choice: 'deliver', ...sealed, delivery: 'x' }), 'receive-delivery', 2, {
    choice: 'receive',
    ...sealed,
  });
}

function trace(type: string, at: number, data: JsonObject): CaseState['done'][number] {
  const seat = procedure.acts[type]?.seat ?? '';
  const party = seat === 'client' ? 'hospital' : 'lab';
  return { digest: `${type}@${at}`, type, party, person: 'p', role: 'r', seat, at: day(at), data };
}

function then(state: CaseState, type: string, at: number, decision: JsonObject): CaseState {
  const { party, seat } = trace(type, at, {});
  const body = {
    type,
    by: { party, person: 'p', role: 'r', seat },
    at: day(at),
    data: { decisions: [{ item: 'd1', ...decision }] },
  };
  // Test: only what `apply` reads of an act.
  return apply(procedure, state, { body: body as unknown as ActBody, digest: `${type}@${at}` });
}

function of(state: CaseState, at: number, kind = 'receiver'): Copy | undefined {
  return copiesOf(setting, state, day(at)).find((copy) => copy.kind === kind);
}

describe('a copy', () => {
  it('is held by the sender from the delivery, and by the receiver from the receipt', () => {
    expect(copiesOf(setting, emptyCase('case', procedure), day(0))).toEqual([]);
    expect(of(delivered(), 3, 'source')).toMatchObject({ party: 'hospital', since: day(1), given: 'deliver@1', status: 'held' });
    expect(of(delivered(), 3)).toMatchObject({ party: 'lab', since: day(2), given: 'receive-delivery@2', ciphertext: hash });
  });

  it('goes from held to in use, review, destruction due and overdue as time passes, and says when', () => {
    const opened = then(delivered(), 'open', 5, { choice: 'open', plaintext: hash });
    expect(of(delivered(), 3)).toMatchObject({ status: 'held', next: day(92), until: day(200) });
    expect(of(opened, 6)).toMatchObject({ status: 'in-use', next: day(92) });
    expect(of(opened, 92)).toMatchObject({ status: 'review-due', next: day(200) });
    expect(of(opened, 200)).toMatchObject({ status: 'destruction-due', next: day(230) });
    expect(of(opened, 230)).toMatchObject({ status: 'overdue' });
    expect(of(opened, 230)?.next).toBeUndefined();
  });

  it('is destroyed for good, whatever comes after', () => {
    const gone = then(delivered(), 'destroy', 9, { choice: 'destroy', ...dies });
    for (const at of [10, 300]) expect(of(gone, at)).toMatchObject({ status: 'destroyed', destroyed: 'destroy@9' });
    expect(of(then(gone, 'recall', 11, { choice: 'recall', ground: 'recall.breach' }), 400)?.status).toBe('destroyed');
  });

  it('that was recalled is due at once and overdue when the grace is over', () => {
    const recalled = then(delivered(), 'recall', 10, { choice: 'recall', ground: 'recall.breach' });
    expect(of(recalled, 10)).toMatchObject({ status: 'destruction-due', recalled: day(10), next: day(40) });
    expect(of(recalled, 40)?.status).toBe('overdue');
    // Recalling is about what was given: the source keeps its own.
    expect(of(recalled, 40, 'source')?.status).toBe('held');
  });

  it('under a legal hold is not due, on either side, until the hold is lifted; and nobody may destroy it', () => {
    const held = then(delivered(), 'hold', 10, { choice: 'hold', ground: 'hold.litigation' });
    for (const kind of ['receiver', 'source']) expect(of(held, 300, kind)?.status).toBe('legal-hold');
    const lifted = then(held, 'lift-hold', 301, { choice: 'lift' });
    for (const kind of ['receiver', 'source']) expect(of(lifted, 302, kind)?.status).toBe('overdue');
    const attempt = (state: CaseState, type: string, seat: string) => {
      const body = {
        v: 1,
        env: 'sandbox',
        id: 'x',
        case: 'case',
        procedure: { id: procedure.id, version: procedure.version, sha256: hash },
        type,
        by: { party: seat === 'client' ? 'hospital' : 'lab', person: 'p', role: procedure.acts[type]?.roles[0] ?? '', seat },
        at: day(303),
        prev: [],
        data: { decisions: [{ item: 'd1', choice: 'destroy', ...dies }] },
        sections: type === 'destroy' ? { reason: hash } : {},
      };
      return judge(setting, state, body as unknown as ActBody); // test: a body as a node makes it
    };
    expect(attempt(held, 'destroy', 'vendor')?.code).toBe('item-not-open');
    expect(attempt(held, 'destroy-source', 'client')?.code).toBe('item-not-open');
    expect(attempt(lifted, 'destroy', 'vendor')).toBeUndefined();
  });

  it('never becomes less due by waiting alone', () => {
    const order = ['held', 'in-use', 'review-due', 'destruction-due', 'overdue'];
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), fc.nat(400), fc.nat(400), (open, recall, a, b) => {
        const one = open ? then(delivered(), 'open', 3, { choice: 'open', plaintext: hash }) : delivered();
        const state = recall ? then(one, 'recall', 4, { choice: 'recall', ground: 'recall.breach' }) : one;
        const [first, later] = [Math.min(a, b) + 5, Math.max(a, b) + 5];
        const rank = (at: number): number => order.indexOf(of(state, at)?.status ?? '');
        expect(rank(later)).toBeGreaterThanOrEqual(rank(first));
        // Until `next` nothing changes.
        const next = of(state, first)?.next;
        if (next === undefined || day(later) < next) expect(of(state, later)?.status).toBe(of(state, first)?.status);
      }),
    );
  });
});

describe('the rules of custody in a procedure', () => {
  const json = JSON.parse(readFileSync(PACK, 'utf8'));
  const changed = (change: object) => loadProcedure({ ...json, custody: { receiver: { ...json.custody.receiver, ...change } } });

  it.each([
    [{ track: 'nothing' }, 'custody.receiver.track'],
    [{ seat: 'client' }, 'custody.receiver.seat'],
    [{ held: ['lost'] }, 'custody.receiver'],
    [{ hold: { track: 'hold', is: ['maybe'] } }, 'custody.receiver'],
    [{ recall: [{ track: 'recall', is: ['never'] }] }, 'custody.receiver'],
    [{ review: 'soon' }, 'custody.receiver.review'],
    [{ forgive: true }, 'custody.receiver.forgive'],
  ])('%j is refused by its place', (change, field) => {
    expect(changed(change)).toMatchObject({ ok: false, refusal: { code: 'pack-invalid', field } });
  });

  it('a procedure of an earlier version has none', () => {
    const { custody: _, ...older } = json;
    const read = loadProcedure(older);
    expect(read.ok && copiesOf({ ...setting, procedure: read.value }, delivered(), day(3))).toEqual([]);
  });
});
