type Values = Readonly<Record<string, string | number>>;

/** A message without plurals, as it stands in its catalogue; or one that was read when the page was built: texts, names of places, and plurals. */
export type Message = string | readonly Part[];
type Part = string | readonly [name: string, kind?: string, forms?: Readonly<Record<string, Message>>];

/** A message with its places filled; a plural takes the form that its language has for the number (Unicode CLDR, cardinal). */
export function fill(message: Message, values: Values, locale: string): string {
  if (typeof message === 'string') return message.replaceAll(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
  return message.map((part) => (typeof part === 'string' ? part : fillPart(part, values, locale))).join('');
}

function fillPart([name, kind, forms]: Exclude<Part, string>, values: Values, locale: string): string {
  const value = values[name] ?? '';
  if (kind !== 'plural' || forms === undefined) return String(value);
  const form = forms[new Intl.PluralRules(locale).select(Number(value))] ?? forms['other'] ?? '';
  return fill(typeof form === 'string' ? form : form.map((part) => (part === '#' ? String(value) : part)), values, locale);
}
