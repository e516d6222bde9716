import type { Guard } from '@comity/procedure';

/** A guard as a sentence. */
export function guardText(guard: Guard): string {
  if ('all' in guard) return guard.all.map(bracketed).join(' and ');
  if ('any' in guard) return guard.any.map(bracketed).join(' or ');
  if ('not' in guard) return `not ${bracketed(guard.not)}`;
  if ('track' in guard) return `\`${guard.track}\` is ${guard.is.join(' or ')}`;
  if ('done' in guard) return `\`${guard.done}\` was made`;
  if ('items' in guard) return itemsText(guard);
  if ('clock' in guard) return `the clock \`${guard.clock}\` is ${guard.is}`;
  return `the last \`${guard.said}\` says \`${guard.member}\` ${guard.is.join(' or ')}`;
}

function bracketed(guard: Guard): string {
  return 'all' in guard || 'any' in guard ? `(${guardText(guard)})` : guardText(guard);
}

function itemsText(guard: Extract<Guard, { items: string }>): string {
  const filter = guard.only;
  const kinds = filter?.categories === undefined ? '' : ` of ${filter.categories.join(' or ')}`;
  const standing = filter?.track === undefined ? '' : ` whose \`${filter.track}\` is ${(filter.is ?? []).join(' or ')}`;
  const [amount, states] = 'every' in guard ? (['every', guard.every] as const) : (['some', guard.some] as const);
  return `${amount} item${kinds}${standing} has \`${guard.items}\` ${states.join(' or ')}`;
}
