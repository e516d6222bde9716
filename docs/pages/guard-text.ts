import type { Guard, ItemFilter } from '@comity/procedure';

/** A guard as a sentence. */
export function guardText(guard: Guard): string {
  if ('all' in guard) return guard.all.map(bracketed).join(' and ');
  if ('any' in guard) return guard.any.map(bracketed).join(' or ');
  if ('not' in guard) return `not ${bracketed(guard.not)}`;
  if ('track' in guard) return `\`${guard.track}\` is ${guard.is.join(' or ')}`;
  if ('done' in guard) return `\`${guard.done}\` was made`;
  if ('items' in guard) return itemsText(guard);
  if ('clock' in guard) return `the clock \`${guard.clock}\` is ${guard.is}`;
  if ('latest' in guard) return `the last of ${guard.latest.map((type) => `\`${type}\``).join(', ')} is \`${guard.is}\``;
  if ('seated' in guard) return `somebody sits as ${guard.seated}`;
  const said = `the last \`${guard.said}\` says \`${guard.member}\``;
  return 'atLeast' in guard ? `${said} at least ${guard.atLeast}` : `${said} ${guard.is.join(' or ')}`;
}

function bracketed(guard: Guard): string {
  return 'all' in guard || 'any' in guard ? `(${guardText(guard)})` : guardText(guard);
}

function itemsText(guard: Extract<Guard, { items: string }>): string {
  const which = filterText(guard.only);
  const [amount, states] = 'every' in guard ? (['every', guard.every] as const) : (['some', guard.some] as const);
  if (states.length === 0) return `there is no item${which}`;
  return `${amount} item${which} has \`${guard.items}\` ${states.join(' or ')}`;
}

/** Which items a filter picks, as what follows "item". */
export function filterText(filter: ItemFilter | undefined): string {
  const kinds = filter?.categories === undefined ? '' : ` of ${filter.categories.join(' or ')}`;
  const ways = filter?.identifierTypes === undefined ? '' : ` by ${filter.identifierTypes.join(' or ')}`;
  const standing = filter?.track === undefined ? '' : ` whose \`${filter.track}\` is ${(filter.is ?? []).join(' or ')}`;
  const all = (filter?.all ?? []).map(filterText).join('');
  const any = filter?.any === undefined ? '' : ` (either${filter.any.map(filterText).join(' or')})`;
  return `${kinds}${ways}${standing}${all}${any}`;
}
