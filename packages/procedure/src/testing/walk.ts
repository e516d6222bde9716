import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ActBody, actDigest, type Json, type JsonObject, type Sha256 } from '@comity/core';
import { fold } from '../fold.ts';
import { loadProcedure } from '../load.ts';
import { movesOf } from '../moves.ts';
import type { ActRule, MemberKind, Procedure } from '../procedure.ts';
import type { CaseState, Setting } from '../state.ts';

export const PACKS = join(import.meta.dirname, '..', '..', '..', '..', 'law', 'packs');
const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const DAY = 86_400_000;

/** One step of a walk: an act, with what it says besides the least; `days` that pass before it; `no` where the procedure must refuse it, with the reason. */
export interface Step {
  readonly act: string;
  readonly say?: JsonObject;
  readonly choose?: Readonly<Record<string, string>>;
  readonly days?: number;
  readonly no?: string;
}

/** A procedure as it is compiled, with the clock of Dublin. */
export function settingOf(id: string): Setting {
  const loaded = loadProcedure(JSON.parse(readFileSync(join(PACKS, `${id}.json`), 'utf8')));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
  return { procedure: loaded.value, calendarOf: () => ({ zone: 'Europe/Dublin', holidays: [], holidaysKnown: true }) };
}

/** The least that a member of this kind can say. */
function leastOf(kind: MemberKind, at: string): Json {
  if (typeof kind !== 'string') return kind[0] ?? '';
  const by = {
    digest: 'a'.repeat(64),
    count: 1,
    instant: at,
    word: 'word',
    flag: true,
    case: '0190f3c0-0000-7000-8000-000000000001',
  };
  return by[kind];
}

function membersOf(carries: Readonly<Record<string, MemberKind>>, at: string): JsonObject {
  return Object.fromEntries(Object.entries(carries).map(([name, kind]) => [name, leastOf(kind, at)]));
}

/** A case on its way: the acts made so far, and the time. */
export interface Walk {
  readonly setting: Setting;
  readonly bodies: ActBody[];
  at: number;
}

/** The case as it stands. */
export function stateOf({ setting, bodies }: Walk): CaseState {
  return fold(setting, bodies, sha256).state;
}

/** What the act says of items: the choice asked for, or the first that is open, with a ground where one is due. */
function decisionsOf(walk: Walk, type: string, step: Step): JsonObject {
  const rule = walk.setting.procedure.acts[type];
  if (rule?.items === undefined) return {};
  const at = new Date(walk.at).toISOString();
  const actor = { party: rule.seat, person: type, roles: rule.roles };
  const open = movesOf(walk.setting, stateOf(walk), { actor, now: at }).find((move) => move.type === type)?.items ?? [];
  const asked = Object.entries(step.choose ?? {}).map(([item, choice]) => ({ item, choices: [choice] }));
  const decisions = (asked.length > 0 ? asked : open).map(({ item, choices }) => {
    const choice = choices[0] ?? '';
    const { grounds, carries } = rule.items?.choices[choice] ?? {};
    return { item, choice, ...(grounds === undefined ? {} : { ground: grounds[0] ?? '' }), ...membersOf(carries ?? {}, at) };
  });
  return { decisions };
}

function itemsFor({ categories, identifierTypes }: Procedure): Json {
  const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
  return [categories[0], categories.at(-1)].map((category, index) => ({
    id: `i${index + 1}`,
    identifierType: identifierTypes[0] ?? '',
    category: category ?? '',
    period,
    zone: 'Europe/Dublin',
  }));
}

function seatsFor({ assigns, mayAssign }: ActRule): JsonObject {
  const seats = [...assigns, ...mayAssign];
  return seats.length === 0 ? {} : { seats: Object.fromEntries(seats.map((seat) => [seat, seat])) };
}

/** Makes an act with the least that it must say; gives how it counted. */
export function take(walk: Walk, step: Step): { readonly verdict: string; readonly because: string } {
  const { setting, bodies } = walk;
  const rule = setting.procedure.acts[step.act];
  if (rule === undefined) throw new Error(`${setting.procedure.id} has no act ${step.act}`);
  walk.at += (step.days ?? 0) * DAY + 60_000;
  const at = new Date(walk.at).toISOString();
  const body: ActBody = {
    v: 1,
    env: 'sandbox',
    id: `00000000-0000-7000-8000-${String(bodies.length).padStart(12, '0')}`,
    case: 'c',
    procedure: { id: setting.procedure.id, version: setting.procedure.version, sha256: '0'.repeat(64) },
    type: step.act,
    by: { party: rule.seat, person: step.act, role: rule.roles[0] ?? '', seat: rule.seat },
    at,
    prev: fold(setting, bodies, sha256).heads,
    data: {
      ...membersOf(rule.carries, at),
      ...seatsFor(rule),
      ...(rule.opens && setting.procedure.categories.length > 0 ? { items: itemsFor(setting.procedure) } : {}),
      ...decisionsOf(walk, step.act, step),
      ...step.say,
    },
    sections: Object.fromEntries(rule.required.map((name) => [name, 'x'.repeat(43)])),
  };
  const judged = fold(setting, [...bodies, body], sha256).acts.find(({ digest }) => digest === actDigest(body, sha256));
  if (judged?.verdict === 'counted') bodies.push(body);
  return {
    verdict: judged?.verdict ?? 'none',
    because: String(judged?.refusal?.values?.['because'] ?? judged?.refusal?.code ?? ''),
  };
}
