import { type ConditionContext, readCondition } from '../condition.ts';
import type { Condition, Pack } from '../pack.ts';
import { complain, readList, readObject, readText, readTexts, readWord } from '../problems.ts';
import { readCite } from '../readcite.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { FORECAST_CHECKS, type ForecastRule, type GatedProcedure, type GateRoute, HANDS, TOLD } from './gate.ts';

const ALWAYS: Condition = { op: 'all', of: [] };
const GROUND = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;

/** What reading a gate needs to know. */
export interface Reading extends ConditionContext {
  readonly vocabulary: Vocabulary;
  readonly sources: Pack['sources'];
}

/** The ground that a failing step foretells; the procedures have the lists. */
export function readGround(value: unknown, at: string, { problems }: Reading): { readonly ground?: string } {
  if (value === undefined) return {};
  const ground = readText(value, at, problems);
  if (!GROUND.test(ground)) complain(problems, at, 'not-a-ground', ground);
  return { ground };
}

/** Reads one thing for which requests are refused. */
export function readForecast(value: unknown, at: string, reading: Reading): ForecastRule {
  const { problems } = reading;
  const allowed = ['id', 'check', 'says', 'cite', 'by', 'ground', 'days', 'halts', 'when'];
  const raw = readObject(value, at, { problems, allowed });
  const { days } = raw;
  if (days !== undefined && (typeof days !== 'number' || days <= 0)) complain(problems, `${at}.days`, 'not-a-number', days);
  return {
    id: readText(raw['id'], `${at}.id`, problems),
    check: readWord(raw['check'], `${at}.check`, { problems, words: FORECAST_CHECKS }),
    says: readText(raw['says'], `${at}.says`, problems),
    cite: readCite(raw['cite'], `${at}.cite`, reading),
    by: readWord(raw['by'], `${at}.by`, { problems, words: ['provider', 'enforcing', 'validating'] as const }),
    ...readGround(raw['ground'], `${at}.ground`, reading),
    ...(typeof days === 'number' ? { days } : {}),
    halts: raw['halts'] === true,
    when: raw['when'] === undefined ? ALWAYS : readCondition(raw['when'], `${at}.when`, reading),
  };
}

/** Reads one route, to be held beside others. */
export function readRoute(value: unknown, at: string, reading: Reading): GateRoute {
  const { problems, vocabulary } = reading;
  const allowed = ['instrument', 'cite', 'says', 'hands', 'told', 'ageing', 'preserves'];
  const raw = readObject(value, at, { problems, allowed });
  const words = vocabulary.facts.get('order.instrument')?.values ?? [];
  const ageing = readList(raw['ageing'] ?? [], `${at}.ageing`, problems);
  for (const days of ageing) if (typeof days !== 'number') complain(problems, `${at}.ageing`, 'not-a-number', days);
  return {
    instrument: readWord(raw['instrument'], `${at}.instrument`, { problems, words }),
    cite: readCite(raw['cite'], `${at}.cite`, reading),
    says: readText(raw['says'], `${at}.says`, problems),
    hands: readList(raw['hands'], `${at}.hands`, problems).map((hand, i) => readHand(hand, `${at}.hands.${i}`, reading)),
    told: readWord(raw['told'], `${at}.told`, { problems, words: TOLD }),
    ageing: ageing.filter((days): days is number => typeof days === 'number'),
    preserves: raw['preserves'] === true,
  };
}

function readHand(value: unknown, at: string, reading: Reading): GateRoute['hands'][number] {
  const raw = readObject(typeof value === 'string' ? { who: value } : value, at, {
    problems: reading.problems,
    allowed: ['who', 'when'],
  });
  return {
    who: readWord(raw['who'], `${at}.who`, { problems: reading.problems, words: HANDS }),
    when: raw['when'] === undefined ? ALWAYS : readCondition(raw['when'], `${at}.when`, reading),
  };
}

/** Reads which acts of a procedure the gate is asked about. */
export function readGated(value: unknown, at: string, { problems, vocabulary }: Reading): GatedProcedure {
  const allowed = ['procedure', 'instrument', 'issues', 'sends', 'validates'];
  const raw = readObject(value, at, { problems, allowed });
  const words = vocabulary.facts.get('order.instrument')?.values ?? [];
  return {
    procedure: readText(raw['procedure'], `${at}.procedure`, problems),
    instrument: readWord(raw['instrument'], `${at}.instrument`, { problems, words }),
    issues: readTexts(raw['issues'], `${at}.issues`, problems),
    sends: readTexts(raw['sends'], `${at}.sends`, problems),
    validates: readTexts(raw['validates'], `${at}.validates`, problems),
  };
}
