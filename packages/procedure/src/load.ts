import { DATA_CATEGORIES, type Day, IDENTIFIER_TYPES, isDay, type Json, ok, type Result, refuse } from '@comity/core';
import { checkReferences } from './checkReferences.ts';
import { loadAct } from './loadAct.ts';
import { lengthAt, loadCustody } from './loadCustody.ts';
import { loadCite, loadGuard } from './loadGuard.ts';
import type { ClockRule, DutyRule, Procedure, Track } from './procedure.ts';
import { oneOf, PackFault, Reader } from './reader.ts';

/** Reads a compiled procedure. Foreign input: every word must be known, every name it uses defined, or the whole is refused with the path. */
export function loadProcedure(json: Json): Result<Procedure> {
  try {
    const procedure = read(json);
    checkReferences(procedure);
    return ok(procedure);
  } catch (fault) {
    if (fault instanceof PackFault) return refuse('pack-invalid', fault.path, { why: fault.message });
    throw fault;
  }
}

function read(json: Json): Procedure {
  const reader = new Reader(json, '');
  const procedure: Procedure = {
    id: reader.text('procedure'),
    version: reader.count('version'),
    instrument: reader.text('instrument'),
    inForce: force(reader.take('in-force')),
    reviewed: review(reader.take('reviewed')),
    identifierTypes: reader.words('identifier-types').map((type, i) => oneOf(type, IDENTIFIER_TYPES, `identifier-types.${i}`)),
    categories: reader.words('categories').map((category, i) => oneOf(category, DATA_CATEGORIES, `categories.${i}`)),
    seats: reader.map('seats', seat),
    tracks: reader.map('tracks', track),
    itemTracks: reader.map('item-tracks', track),
    acts: reader.map('acts', loadAct),
    clocks: reader.map('clocks', clock),
    duties: reader.map('duties', duty),
    custody: reader.map('custody', loadCustody),
    holidays: reader.map('holidays', days),
  };
  reader.end();
  return procedure;
}

function force(value: Json | undefined): Procedure['inForce'] {
  const reader = new Reader(value, 'in-force');
  const span = {
    from: day(reader.take('from') ?? null, 'in-force.from'),
    ...(reader.has('until') ? { until: day(reader.take('until') ?? null, 'in-force.until') } : {}),
  };
  reader.end();
  return span;
}

function review(value: Json | undefined): Procedure['reviewed'] {
  const reader = new Reader(value, 'reviewed');
  const on = reader.take('on') ?? null;
  const reviewed = { by: reader.words('by'), on: on === null ? null : day(on, 'reviewed.on') };
  reader.end();
  return reviewed;
}

function seat(value: Json, path: string): { readonly roles: readonly string[] } {
  const reader = new Reader(value, path);
  const roles = reader.words('roles');
  reader.end();
  return { roles };
}

function track(value: Json, path: string): Track {
  const reader = new Reader(value, path);
  const found = { owner: reader.text('owner'), start: reader.text('start'), states: reader.words('states') };
  reader.end();
  return found;
}

function clock(value: Json, path: string): ClockRule {
  const reader = new Reader(value, path);
  const found = {
    from: reader.words('from'),
    again: reader.flag('again'),
    term: reader.flag('term'),
    ...(reader.has('when') ? { when: loadGuard(reader.take('when'), `${path}.when`) } : {}),
    length: clockLength(reader),
    ...(reader.has('pauses') ? { pauses: pauses(reader.take('pauses'), `${path}.pauses`) } : {}),
    seat: reader.text('seat'),
    stops: loadGuard(reader.take('stops'), `${path}.stops`),
    cite: loadCite(reader.take('cite') ?? null, `${path}.cite`),
  };
  reader.end();
  return found;
}

/** `length: P10D` or `PT8H`, `working-days: 5`, or `due-at`: the member of the starting act that says when. */
function clockLength(reader: Reader): ClockRule['length'] {
  if (reader.has('due-at')) return { dueAt: reader.text('due-at') };
  if (reader.has('working-days')) return { workingDays: reader.count('working-days') };
  return lengthAt(reader.text('length'), reader.at('length'));
}

function pauses(value: Json | undefined, path: string): NonNullable<ClockRule['pauses']> {
  const reader = new Reader(value, path);
  const found = { from: reader.words('from'), until: reader.words('until') };
  reader.end();
  return found;
}

function duty(value: Json, path: string): DutyRule {
  const reader = new Reader(value, path);
  const found = {
    seat: reader.text('seat'),
    acts: reader.words('acts'),
    when: loadGuard(reader.take('when'), `${path}.when`),
    until: loadGuard(reader.take('until'), `${path}.until`),
    ...(reader.has('clock') ? { clock: reader.text('clock') } : {}),
    ...(reader.has('cite') ? { cite: loadCite(reader.take('cite') ?? null, `${path}.cite`) } : {}),
  };
  reader.end();
  return found;
}

function days(value: Json, path: string): readonly Day[] {
  if (!Array.isArray(value)) throw new PackFault(path, 'a list of days is needed here');
  return value.map((entry, index) => day(entry, `${path}.${index}`));
}

function day(value: Json, path: string): Day {
  if (isDay(value)) return value;
  throw new PackFault(path, 'a day, YYYY-MM-DD, is needed here');
}
