import { expect, test } from 'vitest';
import { echoTime, readMoment } from './moment.ts';
import { spellOut } from './spell.ts';

test('a time without its zone is refused; with it, it is an instant', () => {
  expect(readMoment('2026-10-31T07:50')).toMatchObject({ ok: false, refusal: { code: 'zone-missing' } });
  expect(readMoment('yesterday')).toMatchObject({ ok: false, refusal: { code: 'field-invalid' } });
  expect(readMoment('2026-10-31T07:50+01:00')).toEqual({ ok: true, value: '2026-10-31T06:50:00.000Z' });
  expect(readMoment('2026-10-31 07:50:01Z')).toEqual({ ok: true, value: '2026-10-31T07:50:01.000Z' });
});

test('an instant is echoed in UTC and on the wall clock of a zone, on both sides of a change of clocks', () => {
  expect(echoTime('2026-10-25T00:30:00.000Z', 'Europe/Berlin')).toMatchObject({
    utc: '2026-10-25T00:30:00Z',
    local: '2026-10-25T02:30:00+02:00',
  });
  expect(echoTime('2026-10-25T01:30:00.000Z', 'Europe/Berlin').local).toBe('2026-10-25T02:30:00+01:00');
  expect(echoTime('2026-01-01T00:00:00.000Z', 'America/St_Johns').local).toBe('2025-12-31T20:30:00-03:30');
  expect(echoTime('2026-01-01T00:00:00.000Z', 'UTC').local).toBe('2026-01-01T00:00:00+00:00');
});

test('an identifier is spelled out letter by letter, capitals and signs named', () => {
  expect(spellOut('Aq@1.')).toEqual([
    { character: 'A', word: 'Alfa', capital: true },
    { character: 'q', word: 'Quebec' },
    { character: '@', sign: 'at' },
    { character: '1' },
    { character: '.', sign: 'dot' },
  ]);
});
