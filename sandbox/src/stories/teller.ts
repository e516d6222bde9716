/** Tells a story as it happens: who did what, when, on which basis. With `--json` it keeps quiet until the last line. */
export interface Teller {
  /** A text of the catalogue, filled in, for use inside another. */
  readonly text: (key: string, values?: Readonly<Record<string, string | number>>) => string;
  readonly say: (key: string, values?: Readonly<Record<string, string | number>>) => void;
  /** Counts an act and tells it. */
  readonly act: (who: string, key: string, values?: Readonly<Record<string, string | number>>) => void;
  /** A line of a table: what (a key, or a name), what came of it, and whether it is as it should be. */
  readonly row: (key: string, outcome: string, good: boolean) => void;
  readonly count: () => number;
}

type Words = Readonly<Record<string, string>>;

/** A teller over a catalogue. */
export function teller(words: Words, quiet: boolean): Teller {
  let acts = 0;
  const fill = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, String(value)), words[key] ?? key);
  const print = (line: string): void => void (quiet || process.stdout.write(`${line}\n`));
  return {
    text: fill,
    say: (key, values) => print(`\n${fill(key, values)}`),
    act: (who, key, values) => {
      acts += 1;
      print(`  ${new Date().toISOString().slice(11, 19)}  ${fill(who)}: ${fill(key, values)}`);
    },
    row: (key, outcome, good) => print(`  ${good ? '✓' : '✗'} ${fill(key)}\n      ${outcome}`),
    count: () => acts,
  };
}
