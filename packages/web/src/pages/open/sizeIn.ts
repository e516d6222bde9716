const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A length in bytes, in the unit that people would take, as the language writes it. */
export function sizeIn(bytes: number, locale: string): string {
  const step = bytes === 0 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const unit = UNITS[step] ?? 'byte';
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  });
  return format.format(bytes / 1000 ** step);
}
