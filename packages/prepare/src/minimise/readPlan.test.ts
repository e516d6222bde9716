import { describe, expect, it } from 'vitest';
import { readMinimisePlan } from './readPlan.ts';

const SOUND = {
  v: 1,
  identifier: { column: 'email', type: 'email' },
  period: { column: 'at', zone: 'Europe/Paris' },
  columns: [{ name: 'at', reason: 'in-category' }],
  items: [{ id: '1', value: 'a@x.example', from: '2026-03-01T00:00:00Z', until: '2026-04-01T00:00:00Z' }],
};
const [ITEM] = SOUND.items;
const [COLUMN] = SOUND.columns;
const said = (over: object): string => {
  const read = readMinimisePlan({ ...SOUND, ...over }, 'nonce');
  return read.ok ? 'read' : `${read.refusal.code} ${read.refusal.field}`;
};
const item = (over: object): string => said({ items: [ITEM, { ...ITEM, id: '2', ...over }] });
const transform = (json: unknown): string => said({ columns: [{ ...COLUMN, transform: json }] });

describe('what somebody wrote of what may leave', () => {
  it('is read when it is sound, with identifiers in their normal form and times in UTC', () => {
    const read = readMinimisePlan(
      { ...SOUND, items: [{ ...ITEM, value: 'a@X.EXAMPLE', from: '2026-03-01T00:00+01:00' }] },
      'nonce',
    );
    expect(read.ok && read.value.items?.[0]).toEqual({
      id: '1',
      type: 'email',
      value: 'a@x.example',
      column: 'email',
      period: { from: '2026-02-28T23:00:00.000Z', until: '2026-04-01T00:00:00.000Z' },
    });
  });

  it('is refused where one field of an item is wrong, naming it and never its value', () => {
    const wrong: readonly (readonly [object, string])[] = [
      [{ id: '1' }, 'named-twice items.1.id'],
      [{ id: '' }, 'field-missing items.1.id'],
      [{ value: undefined }, 'field-missing items.1.value'],
      [{ value: 7 }, 'field-invalid items.1.value'],
      [{ value: 'nobody' }, 'email-invalid items.1.value'],
      [{ value: '06 12 34 56 78', type: 'phone' }, 'phone-without-country items.1.value'],
      [{ value: '192.0.2.7:443', type: 'ip_address' }, 'field-invalid items.1.value'],
      [{ type: 'name' }, 'unknown-identifier-type items.1.type'],
      [{ type: 'dataset' }, 'unknown-identifier-type items.1.type'],
      [{ from: undefined }, 'field-missing items.1.from'],
      [{ from: '2026-03-01T00:00:00' }, 'zone-missing items.1.from'],
      [{ until: 'April' }, 'field-invalid items.1.until'],
      [{ until: ITEM?.from }, 'period-reversed items.1.until'],
      [{ form: '2026-03-01T00:00:00Z' }, 'field-unknown items.1.form'],
    ];
    for (const [over, expected] of wrong) {
      expect(item(over)).toBe(expected);
      const read = readMinimisePlan({ ...SOUND, items: [ITEM, { ...ITEM, id: '2', ...over }] }, 'nonce');
      if (!read.ok && 'value' in over) expect(JSON.stringify(read.refusal)).not.toContain(String(over.value));
    }
  });

  it('is refused where something around the items is wrong', () => {
    const wrong: readonly (readonly [object, string])[] = [
      [{ v: 2 }, 'field-invalid v'],
      [{ perod: {} }, 'field-unknown perod'],
      [{ period: { column: 'at', zone: 'Paris' } }, 'field-invalid period.zone'],
      [{ period: undefined }, 'field-missing period'],
      [{ identifier: undefined }, 'field-missing items.0.type'],
      [{ identifier: { column: 'email' } }, 'field-missing identifier.type'],
      [{ items: [] }, 'nothing-selected items'],
      [{ items: undefined }, 'field-missing items'],
      [{ columns: [] }, 'nothing-selected columns'],
      [{ columns: [COLUMN, COLUMN] }, 'named-twice columns.1.name'],
      [{ columns: [{ name: 'at' }] }, 'field-missing columns.0.reason'],
      [{ columns: [{ name: 'at', reason: 'nice' }] }, 'field-invalid columns.0.reason'],
    ];
    for (const [over, expected] of wrong) expect(said(over)).toBe(expected);
  });

  it('is refused where a transform cannot be', () => {
    expect(transform({ op: 'time', to: 'week' })).toBe('field-invalid columns.0.transform.to');
    expect(transform({ op: 'round', decimals: 1.5 })).toBe('field-invalid columns.0.transform.decimals');
    expect(transform({ op: 'prefix', length: 0 })).toBe('field-invalid columns.0.transform.length');
    expect(transform({ op: 'redact', kinds: ['email', 'names'] })).toBe('field-invalid columns.0.transform.kinds');
    expect(transform({ op: 'redact' })).toBe('field-missing columns.0.transform.kinds');
    expect(transform({ op: 'hide' })).toBe('field-invalid columns.0.transform.op');
    expect(transform({ op: 'year', to: 'day' })).toBe('field-unknown columns.0.transform.to');
    expect(transform({ op: 'redact', kinds: ['email'] })).toBe('read');
  });
});
