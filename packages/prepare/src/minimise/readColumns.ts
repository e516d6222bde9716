import { isDay, isJsonObject, ok, type Result, refuse } from '@comity/core';
import { KEEP_REASONS } from '../catalogue.ts';
import { readCoarser } from '../check-coarser.ts';
import type { PlanColumn, PlanTransform } from '../plan.ts';
import { checkFields, place, textOf } from './readField.ts';

/** The name by which a plan calls the one key that whoever runs it gives. */
export const KEY_REF = 'recipient';

type Json = Readonly<Record<string, unknown>>;

/** The columns that may leave, in that order. Refuses `nothing-selected`, `named-twice`, and what is wrong with a field, naming it. */
export function readColumns(json: unknown): Result<readonly PlanColumn[]> {
  if (json === undefined) return refuse('field-missing', 'columns');
  if (!Array.isArray(json)) return refuse('field-invalid', 'columns', { kind: '[{"name": …, "reason": …}]' });
  if (json.length === 0) return refuse('nothing-selected', 'columns');
  const columns: PlanColumn[] = [];
  for (const [i, one] of json.entries()) {
    const at = `columns.${i}`;
    const column = isJsonObject(one) ? readColumn(one, at) : refuse('field-invalid', at, { kind: '{"name": …, "reason": …}' });
    if (!column.ok) return column;
    if (columns.some(({ name }) => name === column.value.name)) return refuse('named-twice', `${at}.name`);
    columns.push(column.value);
  }
  return ok(columns);
}

function readColumn(json: Json, at: string): Result<PlanColumn> {
  const known = checkFields(json, ['name', 'reason', 'transform'], `${at}.`);
  if (!known.ok) return known;
  const name = textOf(json['name'], `${at}.name`);
  if (!name.ok) return name;
  const stated = textOf(json['reason'], `${at}.reason`);
  if (!stated.ok) return stated;
  const reason = KEEP_REASONS.find((one) => one === stated.value);
  if (reason === undefined) return refuse('field-invalid', `${at}.reason`, { kind: KEEP_REASONS.join(', ') });
  const transform = json['transform'] === undefined ? ok({ op: 'keep' } as const) : readTransform(json['transform'], at);
  return transform.ok ? ok({ name: name.value, reason, transform: transform.value }) : transform;
}

const SETTINGS: Readonly<Record<PlanTransform['op'], readonly string[]>> = {
  keep: [],
  token: [],
  year: [],
  zip3: ['restricted'],
  ageTop90: ['on'],
  dateShift: ['subject', 'maxDays'],
  time: ['to'],
  round: ['decimals'],
  prefix: ['length'],
  redact: ['kinds'],
};

function readTransform(json: unknown, column: string): Result<PlanTransform> {
  const at = `${column}.transform`;
  if (!isJsonObject(json)) return refuse('field-invalid', at, { kind: '{"op": …}' });
  const op = Object.keys(SETTINGS).find((known): known is PlanTransform['op'] => known === json['op']);
  if (op === undefined) return refuse('field-invalid', `${at}.op`, { kind: Object.keys(SETTINGS).join(', ') });
  const known = checkFields(json, ['op', ...SETTINGS[op]], `${at}.`);
  if (!known.ok) return known;
  const absent = SETTINGS[op].find((setting) => json[setting] === undefined);
  if (absent !== undefined) return refuse('field-missing', `${at}.${absent}`);
  const read = settled(op, json);
  return read.ok ? read : place(read, `${column}.${read.refusal.field ?? 'transform'}`);
}

function settled(op: PlanTransform['op'], json: Json): Result<PlanTransform> {
  switch (op) {
    case 'keep':
    case 'year':
      return ok({ op });
    case 'token':
      return ok({ op, keyRef: KEY_REF });
    case 'zip3':
      return readZip3(json['restricted']);
    case 'ageTop90':
      return isDay(json['on']) ? ok({ op, on: json['on'] }) : refuse('field-invalid', 'transform.on', { kind: 'YYYY-MM-DD' });
    case 'dateShift':
      return readShift(json);
    default:
      return readCoarser(op, json);
  }
}

function readZip3(json: unknown): Result<PlanTransform> {
  if (!Array.isArray(json) || !json.every((area) => typeof area === 'string' && /^\d{3}$/u.test(area)))
    return refuse('field-invalid', 'transform.restricted', { kind: '["036", …]' });
  return ok({ op: 'zip3', restricted: json.map(String).sort() });
}

function readShift({ subject, maxDays }: Json): Result<PlanTransform> {
  if (typeof subject !== 'string' || subject === '') return refuse('field-invalid', 'transform.subject', { kind: '"…"' });
  if (typeof maxDays !== 'number' || !Number.isInteger(maxDays) || maxDays < 1 || maxDays > 3_660)
    return refuse('field-invalid', 'transform.maxDays', { kind: '1 to 3660' });
  return ok({ op: 'dateShift', keyRef: KEY_REF, subject, maxDays });
}
