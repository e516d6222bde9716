import { expect, it } from 'vitest';
import { LONGEST_PAUSE, Pauses } from './pause.ts';

it('a peer that is down for an hour is tried again at least every thirty seconds, and at once when it works', () => {
  const pauses = new Pauses();
  let waited = 0;
  let tries = 0;
  for (; waited < 3600; tries++) {
    const pause = pauses.next('ie');
    expect(pause).toBeLessThanOrEqual(LONGEST_PAUSE);
    waited += pause;
  }
  expect(tries).toBeGreaterThan(100);
  expect(tries).toBeLessThan(140);
  expect(pauses.next('pt')).toBe(0.5);
  pauses.forget('ie');
  expect(pauses.next('ie')).toBe(0.5);
});
