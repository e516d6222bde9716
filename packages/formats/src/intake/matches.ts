/** The first matches of a pattern in a text: more than are ever shown need not be looked for. */
export function firstMatches(text: string, pattern: RegExp, most: number): readonly RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (const match of text.matchAll(pattern)) {
    found.push(match);
    if (found.length >= most) break;
  }
  return found;
}
