import { type Detector, tryWhole } from './detector.ts';
import { classesOfHeader } from './header-words.ts';

/** Whether a name is unmistakably somebody's datum, such as an e-mail address: it is not shown. */
export function isDatum(name: string, detectors: readonly Detector[]): boolean {
  return detectors.some((one) => one.needs === 'nothing' && one.chance <= 0.05 && tryWhole(one, name) === 'hit');
}

/** A name that only data has: a number that is no year, a date, or something of an unmistakable shape. */
function isData(name: string, detectors: readonly Detector[]): boolean {
  if (/^(?:column \d+|(?:19|20)\d{2})$/.test(name)) return false;
  if (/^[-+]?\d[\d.,:/ -]*$/.test(name)) return true;
  return isDatum(name, detectors);
}

/**
 * Whether the first record of a file holds names. It does not where one of them is unmistakably somebody's datum and none is a known word, where at least
 * half of them are numbers or such data, or where at least half (two or more) stand as values below themselves.
 */
export function isHeader(
  names: readonly string[],
  below: readonly ReadonlySet<string>[],
  detectors: readonly Detector[],
): boolean {
  const known = names.filter((name) => classesOfHeader(name).length > 0).length;
  const data = names.filter((name) => isData(name, detectors)).length;
  const repeated = names.filter((name, i) => below[i]?.has(name) ?? false).length;
  if (data > 0 && known === 0) return false;
  if (data * 2 >= names.length) return false;
  return !(repeated >= 2 && repeated * 2 >= names.length);
}
