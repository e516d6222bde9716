import type { ActRule, CustodyRule, Guard, ItemFilter, Procedure, Track } from './procedure.ts';
import { PackFault } from './reader.ts';

/**
 * Every name that a procedure uses is defined in it, and every track is moved only by the seat that owns it:
 * that is what makes the fold come out the same on every node, whatever the order of arrival.
 */
export function checkReferences(procedure: Procedure): void {
  for (const [type, act] of Object.entries(procedure.acts)) checkAct(procedure, `acts.${type}`, act);
  for (const [id, clock] of Object.entries(procedure.clocks)) {
    for (const type of clock.from) need(procedure.acts[type], `clocks.${id}.from`, type);
    need(procedure.seats[clock.seat], `clocks.${id}.seat`, clock.seat);
    checkGuard(procedure, `clocks.${id}.stops`, clock.stops);
    if (clock.when !== undefined) checkGuard(procedure, `clocks.${id}.when`, clock.when);
    for (const type of [...(clock.pauses?.from ?? []), ...(clock.pauses?.until ?? [])])
      need(procedure.acts[type], `clocks.${id}.pauses`, type);
  }
  for (const [id, duty] of Object.entries(procedure.duties)) {
    for (const type of duty.acts) need(procedure.acts[type], `duties.${id}.acts`, type);
    need(procedure.seats[duty.seat], `duties.${id}.seat`, duty.seat);
    if (duty.clock !== undefined) need(procedure.clocks[duty.clock], `duties.${id}.clock`, duty.clock);
    checkGuard(procedure, `duties.${id}.when`, duty.when);
    checkGuard(procedure, `duties.${id}.until`, duty.until);
  }
  for (const [name, rule] of Object.entries(procedure.custody)) checkCustody(procedure, `custody.${name}`, rule);
  for (const [kind, tracks] of [
    ['tracks', procedure.tracks],
    ['item-tracks', procedure.itemTracks],
  ] as const) {
    for (const [name, track] of Object.entries(tracks)) {
      need(procedure.seats[track.owner], `${kind}.${name}.owner`, track.owner);
      needState(track, `${kind}.${name}.start`, track.start);
    }
  }
}

function checkAct(procedure: Procedure, path: string, act: ActRule): void {
  const roles = need(procedure.seats[act.seat], `${path}.seat`, act.seat).roles;
  for (const role of act.roles)
    if (!roles.includes(role)) throw new PackFault(`${path}.roles`, `the seat ${act.seat} has no role ${role}`);
  for (const seat of [...act.shares, ...act.assigns, ...act.mayAssign, ...Object.values(act.sections).flat()])
    need(procedure.seats[seat], path, seat);
  for (const type of act.differsFrom) need(procedure.acts[type], `${path}.differs-from`, type);
  for (const name of act.required) need(act.sections[name], `${path}.required`, name);
  for (const condition of act.when) checkGuard(procedure, `${path}.when`, condition.guard);
  for (const [name, state] of Object.entries(act.to))
    needState(owned(procedure.tracks[name], act, `${path}.to.${name}`), `${path}.to.${name}`, state);
  checkKeyedTwice(procedure, path, act);
  checkItemMoves(procedure, path, act);
  checkJoint(procedure, path, act);
}

/** An act whose identifiers are keyed twice has the two members that say so. */
function checkKeyedTwice(procedure: Procedure, path: string, { keyedTwice, mayCarry }: ActRule): void {
  if (keyedTwice === undefined) return;
  checkFilter(procedure, `${path}.keyed-twice`, keyedTwice);
  if (mayCarry['rekeyed'] !== 'flag') throw new PackFault(`${path}.may-carry.rekeyed`, 'a flag is needed here');
  if (!Array.isArray(mayCarry['notRekeyed']))
    throw new PackFault(`${path}.may-carry.notRekeyed`, 'a list of reasons is needed here');
}

/** Most holders that one file key is shared among. */
const MOST_HOLDERS = 16;

/** Whoever must help to open is told of the delivery, and reads its package: else nobody could ever come together. */
function checkJoint(procedure: Procedure, path: string, { seat: maker, items, joint, sections, shares }: ActRule): void {
  if (joint === undefined) return;
  const { needed, seats } = joint;
  const at = `${path}.joint`;
  if (items === undefined) throw new PackFault(at, 'an act that decides no items delivers nothing');
  if (seats.length > MOST_HOLDERS) throw new PackFault(`${at}.seats`, `at most ${MOST_HOLDERS} seats can open together`);
  if (needed < 2 || needed > seats.length) throw new PackFault(`${at}.needed`, 'from 2 to the number of seats is needed here');
  for (const [index, seat] of seats.entries()) {
    const here = `${at}.seats.${index}`;
    need(procedure.seats[seat], here, seat);
    if (seat === maker) throw new PackFault(here, `${seat} makes this act: whoever seals holds no share`);
    if (seats.indexOf(seat) !== index) throw new PackFault(here, `${seat} stands here twice`);
    if (!shares.includes(seat)) throw new PackFault(here, `the act is not shared with ${seat}`);
    if (sections['package']?.includes(seat) !== true) throw new PackFault(here, `${seat} does not read the section package`);
  }
}

function checkItemMoves(procedure: Procedure, path: string, act: ActRule): void {
  if (act.items === undefined) return;
  const track = owned(procedure.itemTracks[act.items.track], act, `${path}.items.track`);
  for (const [name, choice] of Object.entries(act.items.choices)) {
    const at = `${path}.items.choices.${name}`;
    for (const state of [choice.to, ...choice.from]) needState(track, at, state);
    checkFilter(procedure, at, choice.only);
  }
}

function checkCustody(procedure: Procedure, path: string, rule: CustodyRule): void {
  const track = need(procedure.itemTracks[rule.track], `${path}.track`, rule.track);
  if (track.owner !== rule.seat) throw new PackFault(`${path}.seat`, `${track.owner} owns the track ${rule.track}`);
  needStates(track, path, [...rule.held, ...rule.used, ...rule.recorded, ...rule.destroyed]);
  for (const filter of [rule.only, rule.hold, rule.recall]) checkFilter(procedure, path, filter);
}

function checkGuard(procedure: Procedure, path: string, guard: Guard): void {
  for (const part of partsOf(guard)) checkGuard(procedure, path, part);
  if ('done' in guard) need(procedure.acts[guard.done], path, guard.done);
  if ('said' in guard) need(procedure.acts[guard.said], path, guard.said);
  if ('latest' in guard) for (const type of [...guard.latest, guard.is]) need(procedure.acts[type], path, type);
  if ('seated' in guard) need(procedure.seats[guard.seated], path, guard.seated);
  if ('clock' in guard) need(procedure.clocks[guard.clock], path, guard.clock);
  if ('track' in guard) needStates(need(procedure.tracks[guard.track], path, guard.track), path, guard.is);
  if ('items' in guard) {
    const states = 'every' in guard ? guard.every : guard.some;
    needStates(need(procedure.itemTracks[guard.items], path, guard.items), path, states);
    checkFilter(procedure, path, guard.only);
  }
}

function partsOf(guard: Guard): readonly Guard[] {
  if ('all' in guard) return guard.all;
  if ('any' in guard) return guard.any;
  return 'not' in guard ? [guard.not] : [];
}

function needStates(track: Track, path: string, states: readonly string[]): void {
  for (const state of states) needState(track, path, state);
}

function checkFilter(procedure: Procedure, path: string, filter: ItemFilter | undefined): void {
  for (const part of [...(filter?.all ?? []), ...(filter?.any ?? [])]) checkFilter(procedure, path, part);
  if (filter?.track === undefined) return;
  const track = need(procedure.itemTracks[filter.track], path, filter.track);
  for (const state of filter.is ?? []) needState(track, path, state);
}

function owned(track: Track | undefined, act: ActRule, path: string): Track {
  const found = need(track, path, 'track');
  if (found.owner !== act.seat) throw new PackFault(path, `only ${found.owner} moves this track, and ${act.seat} makes this act`);
  return found;
}

function need<T>(found: T | undefined, path: string, name: string): T {
  if (found === undefined) throw new PackFault(path, `${name} is not defined in this procedure`);
  return found;
}

function needState(track: Track, path: string, state: string): void {
  if (!track.states.includes(state)) throw new PackFault(path, `${state} is not a state of this track`);
}
