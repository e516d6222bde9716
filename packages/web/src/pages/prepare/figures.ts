import { useWords } from '../../words/useWords.ts';

/** Sizes of files in words of the language on show. */
export function useBytes(): (bytes: number) => string {
  const { locale } = useWords();
  return (bytes) => {
    const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : bytes < 1_000_000_000 ? 2 : 3;
    const unit = ['byte', 'kilobyte', 'megabyte', 'gigabyte'][step] ?? 'byte';
    const options = { style: 'unit', unit, maximumFractionDigits: step === 0 ? 0 : 1 } as const;
    return new Intl.NumberFormat(locale, options).format(bytes / 1000 ** step);
  };
}

/** Numbers of the language on show, with so many digits after the point at most. */
export function useNumber(digits: number): (value: number) => string {
  const { locale } = useWords();
  return (value) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
}

/** A share as percent, without its sign. */
export function usePercent(digits = 1): (share: number) => string {
  const number = useNumber(digits);
  return (share) => number(share * 100);
}

/** An advantage is hits less false alarms; so many guesses more than a coin's half are right, as a share of all. Rounded up: a bound is never told smaller than it is. */
export function beyondCoin(advantage: number): number {
  return Math.ceil(advantage * 500) / 1000;
}

const SUPER = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A very small number as a power of ten: `10⁻⁹`. */
export function powerOfTen(value: number): string {
  const [factor = '', exponent = ''] = value.toExponential(1).split('e');
  const power = `10${exponent
    .replace('-', '⁻')
    .replace('+', '')
    .replaceAll(/\d/g, (digit) => SUPER[Number(digit)] ?? '')}`;
  return factor === '1.0' ? power : `${factor} × ${power}`;
}

/** Seconds that are left of a run, judged by what is done; undefined while too little is. */
export function secondsLeft(
  { share, started }: { readonly share: number; readonly started: string | null },
  now: number,
): number | undefined {
  if (started === null || share < 0.05) return undefined;
  const gone = Math.max(0, now - Date.parse(started)) / 1000;
  return Math.ceil((gone / share) * (1 - share));
}
