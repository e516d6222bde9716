import { expect, test } from 'vitest';
import { withReadIdentifiers } from './keyed.ts';

test('identifiers of an act that opens a case are read into one spelling, and the rest of its sections is left alone', () => {
  const sections = {
    identifiers: { i1: { type: 'phone', value: '0033 1 22 33 44 55' }, i2: { type: 'user_id', value: ' sky-1 ' } },
    necessity: { text: 'because' },
  };
  expect(withReadIdentifiers(sections, {})).toEqual({
    ok: true,
    value: {
      identifiers: { i1: { type: 'phone', value: '+33122334455' }, i2: { type: 'user_id', value: 'sky-1' } },
      necessity: { text: 'because' },
    },
  });
  expect(withReadIdentifiers({ datasets: { i1: { type: 'dataset', value: 'a' } } }, {}).ok).toBe(true);
});

test('one that cannot be read is refused with its field; the refusal does not say what was keyed', () => {
  const refused = withReadIdentifiers({ identifiers: { i7: { type: 'imei', value: '490154203237519' } } }, {});
  expect(refused).toEqual({ ok: false, refusal: { code: 'imei-check-digit', field: 'sections.identifiers.i7.value' } });
  const national = withReadIdentifiers({ identifiers: { i1: { type: 'phone', value: '0122334455' } } }, { country: 'FR' });
  expect(JSON.stringify(national)).not.toContain('0122334455');
});
