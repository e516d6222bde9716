import type { IdentifierType } from './item.ts';

/** What a reader of identifiers should look at again. Words for each stand in the catalogues under `identifier.warning.<word>`. */
export const IDENTIFIER_WARNINGS = [
  'private-address',
  'port-needed',
  'not-public',
  'mapped-address',
  'mixed-scripts',
  'look-alike',
  'invisible-removed',
  'random-mac',
  'group-mac',
  'check-digit-added',
  'version-dropped',
] as const;
export type IdentifierWarning = (typeof IDENTIFIER_WARNINGS)[number];

/** An identifier in its normal form. */
export interface ReadIdentifier {
  readonly type: IdentifierType;
  /** The form in which it is sent, stored and compared. */
  readonly value: string;
  readonly warnings: readonly IdentifierWarning[];
  /** For an address: its port, if one was keyed. */
  readonly port?: number;
  /** For an address: its family. */
  readonly family?: 4 | 6;
}

/** Where the person who keys it is. Only used to propose, never to decide. */
export interface IdentifierHint {
  /** ISO 3166-1 code. */
  readonly country?: string;
}

// Zero-width and formatting characters, byte order marks, and soft hyphens: pasted along, and seen by nobody.
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/gu;

/** A text without what nobody sees at its ends or within it, composed (NFC). Says when something unseen was within. */
export function readable(keyed: string): { readonly text: string; readonly changed: boolean } {
  const seen = keyed.replace(INVISIBLE, '');
  return { text: seen.normalize('NFC').trim(), changed: seen !== keyed };
}

const SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u, /\p{Script=Arabic}/u];

/** Letters of two scripts in one word, or letters and digits that look alike side by side: what one person keys wrong and another reads over. */
export function looksOf(text: string): readonly IdentifierWarning[] {
  const words = text.split(/[@.\-_+]/u);
  const mixed = words.some((word) => SCRIPTS.filter((script) => script.test(word)).length > 1);
  const alike = /[a-z][01]|[01][a-z]|[IO]/iu.test(text) && /[01IO]/u.test(text);
  return [...(mixed ? (['mixed-scripts'] as const) : []), ...(alike ? (['look-alike'] as const) : [])];
}
