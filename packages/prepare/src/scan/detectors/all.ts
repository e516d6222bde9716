import type { Detector } from '../detector.ts';
import { HEALTH } from './health.ts';
import { JUSTICE } from './justice.ts';
import { NATIONAL } from './national.ts';
import { NETWORK } from './network.ts';
import { PAYMENT } from './payment.ts';
import { PEOPLE, phones } from './people.ts';
import { PLACES } from './places.ts';
import { TIME } from './time.ts';

/** Every way to know a class by a pattern. Countries are hints for telephone numbers without a country; nothing is left out for their sake. */
export function detectorsFor(countries: readonly string[]): readonly Detector[] {
  return [...NETWORK, ...PAYMENT, ...NATIONAL, ...HEALTH, ...JUSTICE, ...PLACES, ...TIME, ...PEOPLE, ...phones(countries)];
}
