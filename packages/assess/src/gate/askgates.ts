import { type Day, deadlineOf, type Facts, type Instant, inZone, parseClockLength, toInstant } from '@comity/core';
import type { Confirmation } from '../pack.ts';
import type { CompiledGate, Gates } from './compilegate.ts';
import { DESK, type GateDecision, laxness, mayGo } from './gate.ts';
import { confirmationOfReasons, type GatePass, type GateReason, type GateStop, passGate } from './passgate.ts';
import { unstatedIn } from './unstated.ts';

/** What is asked of the gates. */
export interface GateQuestion {
  readonly on: Day;
  readonly facts: Facts;
  /** Only this regime's gate, beside the desk's own; all on the route when left out. */
  readonly regime?: string;
  /** Public holidays in a zone; none when left out, and then the formal end may lie earlier than it does. */
  readonly holidays?: (zone: string) => readonly Day[];
}

/** The gates' answer. */
export interface GateAnswer {
  readonly decision: GateDecision;
  /** When the answer is due: a length from receipt (`P10D`), or the strict instant in the addressee's zone once receipt and zone are known. */
  readonly due: string | null;
  /** The length in any case, and both instants once they can be counted (Regulation 1182/71 art. 3). */
  readonly clock?: { readonly length: string; readonly strict?: Instant; readonly formal?: Instant };
  /** Whether the enforcing authority is to be notified. */
  readonly notify: boolean;
  readonly tasks: readonly string[];
  readonly because: readonly GateReason[];
  readonly stops: readonly GateStop[];
  readonly missing: readonly string[];
  /** Findings that nobody stated and that would make the answer stricter. */
  readonly unstated: readonly string[];
  readonly confirmed: Confirmation;
  /** Each gate that was asked, with its own answer. */
  readonly gates: readonly GatePass[];
}

/**
 * Asks the desk's own gate, then every gate on the route; the first that does not let it go decides.
 * In: the day and the facts, checked against the vocabulary. Out: decision, due time, whom to notify, what to do, and why. Pure; the order of facts does not matter.
 */
export function askGates(gates: Gates, question: GateQuestion): GateAnswer {
  const { facts, regime } = question;
  const all = gates.on(question.on);
  const desk = all.filter(({ pack }) => pack.gate === DESK).map((gate) => passGate(gate, facts));
  const route = facts['order.instrument'];
  const ends = desk.some(({ final }) => final);
  const asked = all.filter(({ pack }) => pack.gate === DESK || (!ends && isOnRoute(pack, route, regime)));
  const others = asked.filter(({ pack }) => pack.gate !== DESK).map((gate) => passGate(gate, facts));
  const answer = together([...desk, ...others], question);
  // Where it does not go on anyway, nothing that somebody might still find makes it stricter.
  const unstated = laxness(answer.decision) === 0 ? [] : asked.flatMap((gate) => unstatedIn(gate, facts, gates.vocabulary));
  return { ...answer, unstated: [...new Set(unstated)].sort() };
}

function isOnRoute({ gate, instruments }: CompiledGate['pack'], route: unknown, regime: string | undefined): boolean {
  const wanted = regime === undefined || regime === DESK || regime === gate;
  return wanted && typeof route === 'string' && instruments.includes(route);
}

function together(passes: readonly GatePass[], question: GateQuestion): Omit<GateAnswer, 'unstated'> {
  const deciding = passes.find(({ decision }) => !mayGo(decision));
  const going = passes.find(({ decision }) => decision !== 'allowed') ?? passes[0];
  const decision = deciding?.decision ?? going?.decision ?? 'blocked';
  const speaking = deciding === undefined ? passes : passes.filter((pass) => !mayGo(pass.decision));
  const because = speaking.flatMap((pass) => pass.because);
  const length = (deciding ?? passes.find(({ due }) => due !== null))?.due ?? null;
  return {
    decision,
    ...dueOf(length, question),
    notify: passes.some(({ notify }) => notify),
    tasks: [...new Set((deciding === undefined ? passes : [deciding]).flatMap(({ tasks }) => tasks))],
    because,
    stops: passes.flatMap(({ stops }) => stops),
    missing: [...new Set(passes.flatMap(({ missing }) => missing))].sort(),
    confirmed: confirmationOfReasons(because),
    gates: passes,
  };
}

function dueOf(length: string | null, { facts, holidays }: GateQuestion): Pick<GateAnswer, 'due' | 'clock'> {
  if (length === null) return { due: null };
  const { 'clock.received': received, 'clock.zone': zone } = facts;
  if (typeof received !== 'string' || typeof zone !== 'string') return { due: length, clock: { length } };
  const start = toInstant(Date.parse(received));
  const deadline = deadlineOf(start, parseClockLength(length), { zone, holidays: holidays?.(zone) ?? [] });
  return { due: inZone(deadline.strict, zone), clock: { length, ...deadline } };
}
