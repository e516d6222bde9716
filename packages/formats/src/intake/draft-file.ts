import { ok, type Result, refuse } from '@comity/core';
import type { DraftField, DraftValue, ImportDraft } from './draft.ts';
import { draftFromEpocXml } from './epoc-xml.ts';
import { findValues } from './find-values.ts';
import { type Mail, readMail } from './mail.ts';

/** Kinds of file that a person hands in. */
export const FILE_KINDS = ['pdf', 'eml', 'txt'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/**
 * What a program can tell of a received file. A text that is a form of the Commission in XML is read as such. The words of a PDF are not read here: the clerk types beside the original. Everything found in running text is a machine's proposal; nothing of it is taken over
 * by itself, and no words on necessity are looked for. Refuses `import-unreadable` for what is not of its kind.
 */
export function draftFromFile(kind: FileKind, bytes: Uint8Array): Result<ImportDraft> {
  if (kind === 'pdf') return isPdf(bytes) ? ok(unread([])) : refuse('import-unreadable', 'kind', { kind });
  if (kind === 'eml') {
    const mail = readMail(bytes);
    return mail === undefined ? refuse('import-unreadable', 'kind', { kind }) : ok(draftFromMail(mail));
  }
  const form = draftFromEpocXml(bytes);
  if (form !== undefined) return ok(form);
  const text = decoded(bytes);
  return text === undefined ? ok(unread([{ code: 'text-unreadable', path: '' }])) : ok(draftFromText(text));
}

function isPdf(bytes: Uint8Array): boolean {
  // ISO 32000-1 section 7.5.2, and readers take up to 1,024 bytes before it.
  return Buffer.from(bytes.subarray(0, 1029)).includes('%PDF-');
}

function unread(open: ImportDraft['open']): ImportDraft {
  return { values: [], items: [], open, readable: false };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Another charset: nobody has said which.
    return undefined;
  }
}

function draftFromText(text: string): ImportDraft {
  const { values, more } = findValues(text);
  return { text, values, items: [], open: more ? [{ code: 'too-many', path: '' }] : [], readable: true };
}

const HEADERS: readonly (readonly [string, DraftField])[] = [
  ['from', 'authority'],
  ['reply-to', 'reply-to'],
  ['to', 'addressee'],
  ['date', 'issued'],
  ['subject', 'reference'],
];

function draftFromMail(mail: Mail): ImportDraft {
  const { text, fromHtml, attachments, headers } = mail;
  const draft = draftFromText(text);
  const said = HEADERS.flatMap(([name, field]): readonly DraftValue[] => {
    const value = headers.get(name);
    // Whoever writes a mail writes its headers: they prove nothing.
    return value === undefined
      ? []
      : [{ field, value: value.slice(0, 500), place: { kind: 'path', path: name }, by: 'sender', doubts: ['unproven'] }];
  });
  const open = [
    ...draft.open,
    ...(fromHtml ? [{ code: 'html-only', path: '' }] : []),
    ...attachments.map(({ name, type }) => ({ code: 'attachment', path: name === '' ? type : name })),
  ];
  return { ...draft, values: [...said, ...draft.values], open };
}
