/** In a right-to-left sentence every inserted text is isolated, so that a Latin name or time does not reorder its neighbours (UAX 9, FSI and PDI). */
export function isolate(
  values: Readonly<Record<string, string | number>> | undefined,
  direction: 'ltr' | 'rtl',
): Record<string, string | number> {
  const entries = Object.entries(values ?? {});
  if (direction === 'ltr') return Object.fromEntries(entries);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      typeof value === 'string' && !/^[a-z_]*$/.test(value) ? `\u2068${value}\u2069` : value,
    ]),
  );
}
