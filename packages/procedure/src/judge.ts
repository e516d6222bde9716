import type { ActBody, Refusal } from '@comity/core';
import { checkDecisions } from './decisions.ts';
import { holds, picks } from './guard.ts';
import { checkItems } from './items.ts';
import { isKind, kindText } from './kind.ts';
import type { Move } from './move.ts';
import { seatsAfter } from './seats.ts';
import type { CaseState, Setting } from './state.ts';

type Check = (move: Move) => Refusal | undefined;

/** The order in which an act is judged; the first check that refuses is the answer. */
const CHECKS: readonly Check[] = [
  opensOnce,
  inForce,
  seatsNamed,
  seatHeld,
  roleHeld,
  byAnother,
  afterWhatItKnew,
  conditionsHold,
  dataThere,
  keyedTwice,
  sectionsThere,
  itemsRight,
];

/** Whether the procedure allows an act in a case as it stands: undefined when it does, else why not. */
export function judge(setting: Setting, state: CaseState, body: ActBody): Refusal | undefined {
  const rule = setting.procedure.acts[body.type];
  if (rule === undefined) return { code: 'act-unknown', field: 'type', values: { type: body.type } };
  for (const check of CHECKS) {
    const refusal = check({ setting, state, body, rule });
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function opensOnce({ state, rule }: Move): Refusal | undefined {
  const opened = state.done.length > 0;
  if (rule.opens && opened) return { code: 'case-exists' };
  return !rule.opens && !opened ? { code: 'case-unknown' } : undefined;
}

/** An expired basis blocks what opens a case; what ends one stays possible. */
function inForce({ setting, body, rule }: Move): Refusal | undefined {
  const { from, until } = setting.procedure.inForce;
  const day = body.at.slice(0, 10);
  const expired = day < from || (until !== undefined && day >= until);
  return rule.opens && expired ? { code: 'basis-expired', values: { procedure: setting.procedure.id } } : undefined;
}

/** An act that fills seats fills them all: a case never runs with a chair that nobody can sit on. */
function seatsNamed({ state, body, rule }: Move): Refusal | undefined {
  const after = seatsAfter(state, body, rule);
  const empty = rule.assigns.find((seat) => after[seat] === undefined);
  return empty === undefined ? undefined : { code: 'field-missing', field: `data.seats.${empty}` };
}

function seatHeld({ state, body, rule }: Move): Refusal | undefined {
  const holder = seatsAfter(state, body, rule)[rule.seat];
  if (body.by.seat !== rule.seat) return { code: 'seat-not-held', field: 'by.seat', values: { seat: rule.seat } };
  return holder === body.by.party ? undefined : { code: 'seat-not-held', field: 'by.party', values: { seat: rule.seat } };
}

function roleHeld({ body, rule }: Move): Refusal | undefined {
  if (rule.roles.includes(body.by.role)) return undefined;
  return { code: 'role-not-allowed', field: 'by.role', values: { role: body.by.role, roles: rule.roles.join(', ') } };
}

// INVARIANT: nobody approves what they asked for.
function byAnother({ state, body, rule }: Move): Refusal | undefined {
  const mine = state.done.find(
    (t) => rule.differsFrom.includes(t.type) && t.person === body.by.person && t.party === body.by.party,
  );
  return mine === undefined ? undefined : { code: 'act-by-asker', values: { act: mine.type } };
}

/** An act cannot be earlier than what it was made in knowledge of: a back-dated act fails here. */
function afterWhatItKnew({ state, body }: Move): Refusal | undefined {
  const latest = state.done
    .map((trace) => trace.at)
    .sort()
    .at(-1);
  return latest !== undefined && body.at < latest ? { code: 'act-too-early', field: 'at', values: { latest } } : undefined;
}

function conditionsHold({ setting, state: before, body, rule }: Move): Refusal | undefined {
  // Conditions may speak of the party that this very act seats.
  const state = { ...before, seats: seatsAfter(before, body, rule) };
  const failed = rule.when.find((condition) => !holds(condition.guard, { setting, state, at: body.at }));
  if (failed === undefined) return undefined;
  return { code: 'act-not-allowed', values: { because: failed.because, cite: failed.cite?.ref ?? '' } };
}

function dataThere({ body, rule }: Move): Refusal | undefined {
  for (const [member, kind] of Object.entries(rule.carries)) {
    const value = body.data[member];
    if (value === undefined) return { code: 'field-missing', field: `data.${member}` };
    if (!isKind(value, kind)) return { code: 'field-invalid', field: `data.${member}`, values: { kind: kindText(kind) } };
  }
  for (const [member, kind] of Object.entries(rule.mayCarry)) {
    const value = body.data[member];
    if (value !== undefined && !isKind(value, kind))
      return { code: 'field-invalid', field: `data.${member}`, values: { kind: kindText(kind) } };
  }
  return undefined;
}

/** A wrong address or a wrong time names somebody else: such identifiers are keyed by a second person, blind, or the act says why not. */
function keyedTwice({ state, body, rule }: Move): Refusal | undefined {
  if (rule.keyedTwice === undefined || !state.items.some((item) => picks(rule.keyedTwice, item))) return undefined;
  if (body.data['rekeyed'] === true || typeof body.data['notRekeyed'] === 'string') return undefined;
  return { code: 'identifiers-keyed-once', field: 'data.rekeyed' };
}

function sectionsThere({ body, rule }: Move): Refusal | undefined {
  const missing = rule.required.find((name) => body.sections[name] === undefined);
  if (missing !== undefined) return { code: 'field-missing', field: `sections.${missing}` };
  const unknown = Object.keys(body.sections).find((name) => rule.sections[name] === undefined);
  return unknown === undefined ? undefined : { code: 'field-unknown', field: `sections.${unknown}` };
}

function itemsRight(move: Move): Refusal | undefined {
  return move.rule.opens ? checkItems(move) : checkDecisions(move);
}
