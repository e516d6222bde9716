import type { Env, Instant } from '@comity/core';
import { code, digest, note, type Print, plain, type Section, strong } from './print.ts';
import { setPdf } from './set-pdf.ts';
import { say, type Words } from './words.ts';
import { fileDate, zonedLines } from './zoned.ts';

/**
 * How a copy was destroyed, in the terms of NIST SP 800-88 Rev. 2: its only key erased, its storage overwritten, its medium destroyed;
 * or only deleted, and looked for again, which is less and says so.
 */
export type DestructionMethod = 'key-erased' | 'overwritten' | 'medium-destroyed' | 'ciphertext-deleted';

export interface DestroyedCopy {
  readonly delivery: string;
  /** SHA-256 of the ciphertext, hexadecimal. */
  readonly ciphertext: string;
  readonly bytes: number;
  readonly method: DestructionMethod;
  /** Id of the key that was erased; absent when the method is another. */
  readonly keyErased?: string;
  readonly at: Instant;
}

/** A certificate of destruction as it is printed. Roles and the title are texts in the reader's language. */
export interface DestructionDocument {
  readonly env: Env;
  readonly title: string;
  readonly issuer: string;
  readonly reference: string;
  readonly issued: Instant;
  /** IANA zone in which times are shown besides UTC. */
  readonly zone: string;
  readonly destroyedBy: { readonly party: string; readonly person: string; readonly role: string };
  readonly copies: readonly DestroyedCopy[];
  /** Other copies of the erased keys that are known to exist; an empty list states that there are none; absent where no key was erased. */
  readonly otherKeyCopies?: readonly string[];
  /** That the technique did its work (NIST SP 800-88 Rev. 2, verification): by whoever destroyed, when nothing was found any more. */
  readonly verified: Instant;
  /** That this is enough for these data (validation), by another side; absent: not yet given. */
  readonly validated?: { readonly party: string; readonly person: string; readonly role: string; readonly at: Instant };
  readonly log: { readonly origin: string; readonly index: number };
  readonly signatures: readonly {
    readonly party: string;
    readonly person: string;
    readonly role: string;
    readonly key: string;
    readonly signature: string;
    readonly at: Instant;
  }[];
  /** Digest of the act of destruction, printed at the foot of every page. */
  readonly digest: string;
}

/** The certificate as PDF. Same document and words, same bytes. Throws on instants and zones that are none: they are checked before. */
export async function destructionCertificatePdf(document: DestructionDocument, words: Words): Promise<Uint8Array> {
  return setPdf(certificatePrint(document, words));
}

/** What is printed, before it is set. */
export function certificatePrint(document: DestructionDocument, words: Words): Print {
  return {
    lang: words.lang,
    dir: words.dir,
    title: document.title,
    lead: say(words, document.validated === undefined ? 'destruction.lead.open' : 'destruction.lead'),
    issuer: document.issuer,
    reference: document.reference,
    band: document.env === 'sandbox' ? say(words, 'band.sandbox') : null,
    date: fileDate(document.issued),
    foot: { label: say(words, 'destruction.digest'), digest: document.digest, page: words.texts.page },
    sections: [
      byWhom(document, words),
      copies(document, words),
      ...otherKeys(document, words),
      verification(document, words),
      validation(document, words),
      log(document, words),
      signatures(document, words),
    ],
  };
}

function byWhom({ reference, issued, zone, destroyedBy }: DestructionDocument, words: Words): Section {
  return {
    kind: 'pairs',
    heading: say(words, 'destruction.by'),
    rows: [
      { label: say(words, 'reference'), lines: [code(reference)] },
      { label: say(words, 'destruction.party'), lines: [strong(destroyedBy.party)] },
      { label: say(words, 'destruction.person'), lines: [code(destroyedBy.person), note(destroyedBy.role)] },
      { label: say(words, 'destruction.issued'), lines: zonedLines(issued, zone) },
    ],
  };
}

function copies({ copies, zone }: DestructionDocument, words: Words): Section {
  const columns = [
    { label: say(words, 'item.number'), width: 0.35 },
    { label: say(words, 'copy.what'), width: 3.6 },
    { label: say(words, 'copy.method'), width: 2.2 },
    { label: say(words, 'copy.at'), width: 2.5 },
  ];
  const rows = copies.map((copy, index) => [
    [plain(String(index + 1))],
    [
      { text: copy.delivery, style: 'minor' as const, label: say(words, 'copy.delivery') },
      note(say(words, 'copy.ciphertext', { bytes: copy.bytes })),
      digest(copy.ciphertext),
    ],
    [
      plain(say(words, `method.${copy.method}`)),
      ...(copy.keyErased === undefined ? [] : [note(say(words, 'copy.key')), digest(copy.keyErased)]),
    ],
    zonedLines(copy.at, zone),
  ]);
  return { kind: 'listing', heading: say(words, 'destruction.copies', { count: rows.length }), columns, rows };
}

function otherKeys({ otherKeyCopies }: DestructionDocument, words: Words): readonly Section[] {
  if (otherKeyCopies === undefined) return [];
  const lines = otherKeyCopies.length === 0 ? [plain(say(words, 'destruction.no-other-keys'))] : otherKeyCopies.map(plain);
  return [{ kind: 'text', heading: say(words, 'destruction.other-keys'), lines }];
}

function verification({ verified, zone, destroyedBy }: DestructionDocument, words: Words): Section {
  const { party, person, role } = destroyedBy;
  return {
    kind: 'pairs',
    heading: say(words, 'destruction.verification'),
    rows: [
      { label: say(words, 'destruction.verification.what'), lines: [plain(say(words, 'destruction.verification.found'))] },
      { label: party, lines: [strong(role), code(person), ...zonedLines(verified, zone)] },
    ],
  };
}

function validation({ validated, zone }: DestructionDocument, words: Words): Section {
  const heading = say(words, 'destruction.validation');
  if (validated === undefined) return { kind: 'text', heading, lines: [strong(say(words, 'destruction.validation.open'))] };
  const { party, person, role, at } = validated;
  return {
    kind: 'pairs',
    heading,
    rows: [
      { label: say(words, 'destruction.validation.what'), lines: [plain(say(words, 'destruction.validation.enough'))] },
      { label: party, lines: [strong(role), code(person), ...zonedLines(at, zone)] },
    ],
  };
}

function log({ log }: DestructionDocument, words: Words): Section {
  return {
    kind: 'pairs',
    heading: say(words, 'destruction.log'),
    rows: [
      { label: say(words, 'log.origin'), lines: [code(log.origin)] },
      { label: say(words, 'log.index'), lines: [code(String(log.index))] },
    ],
  };
}

function signatures({ signatures, zone }: DestructionDocument, words: Words): Section {
  return {
    kind: 'pairs',
    heading: say(words, 'destruction.signatures'),
    rows: signatures.map(({ party, person, role, key, signature, at }) => ({
      label: party,
      lines: [strong(role), code(person), ...zonedLines(at, zone), note(say(words, 'signature.key', { key })), digest(signature)],
    })),
  };
}
