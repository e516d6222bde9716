import { binaryOf, headerText, textIn, transferDecoded } from './decode.ts';

/** A message as it is shown: some headers, one text, and what else came with it. */
export interface Mail {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  /** The text is the source of an HTML part: it is shown as it is written and never rendered. */
  readonly isHtml: boolean;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly size: number }[];
}

interface Part {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What people ask a message first (RFC 5322 section 3.6), in the order of a letter. */
const SHOWN = ['from', 'to', 'cc', 'bcc', 'date', 'subject', 'reply-to', 'message-id', 'received'];
const DEPTH = 8;
const PARTS = 200;

/** Reads one message (RFC 5322, MIME: RFC 2045 to 2047). Nothing in it is fetched or run; broken messages show what can be read of them. */
export function readMail(bytes: Uint8Array): Mail {
  const root = partOf(binaryOf(bytes));
  const parts = leavesOf(root, DEPTH).slice(0, PARTS);
  const isAttached = (part: Part): boolean => /^attachment/i.test(part.headers.get('content-disposition') ?? '');
  const plain = parts.find((part) => part.type === 'text/plain' && !isAttached(part));
  const body = plain ?? parts.find((part) => part.type.startsWith('text/') && !isAttached(part));
  return {
    headers: shownHeaders(root),
    text: body === undefined ? '' : textOf(body),
    isHtml: body?.type === 'text/html',
    attachments: parts.filter((part) => part !== body).map(attachmentOf),
  };
}

function shownHeaders({ body: _, headers }: Part): Mail['headers'] {
  return SHOWN.flatMap((name) => {
    const value = headers.get(name);
    return value === undefined ? [] : [[name, headerText(value)] as const];
  });
}

function textOf({ body, parameters, headers }: Part): string {
  return textIn(transferDecoded(body, headers.get('content-transfer-encoding') ?? ''), parameters['charset'] ?? '');
}

function attachmentOf({ type, parameters, headers, body }: Part): Mail['attachments'][number] {
  const disposition = parametersOf(headers.get('content-disposition') ?? '');
  const name = headerText(disposition['filename'] ?? parameters['name'] ?? '');
  return { name, type, size: transferDecoded(body, headers.get('content-transfer-encoding') ?? '').length };
}

/** Parts that are no containers of parts themselves; deeper than the limit they count as one. */
function leavesOf(part: Part, left: number): readonly Part[] {
  const boundary = part.parameters['boundary'];
  if (!part.type.startsWith('multipart/') || boundary === undefined || boundary === '' || left === 0) return [part];
  return sectionsOf(part.body, boundary).flatMap((section) => leavesOf(partOf(section), left - 1));
}

/** RFC 2046 section 5.1.1: between lines that are `--boundary`, up to one that is `--boundary--` or the end. */
function sectionsOf(body: string, boundary: string): readonly string[] {
  const sections: string[] = [];
  let current: string[] | undefined;
  for (const line of body.split(/\r?\n/)) {
    const mark = line.trimEnd();
    if (mark === `--${boundary}` || mark === `--${boundary}--`) {
      if (current !== undefined) sections.push(current.join('\r\n'));
      if (mark.endsWith('--') && mark !== `--${boundary}`) return sections;
      current = [];
    } else current?.push(line);
  }
  return current === undefined ? sections : [...sections, current.join('\r\n')];
}

function partOf(text: string): Part {
  const end = /\r?\n\r?\n/.exec(text);
  const head = text.startsWith('\n') || text.startsWith('\r\n') ? '' : text.slice(0, end?.index ?? text.length);
  const body = head === '' ? text.replace(/^\r?\n/, '') : text.slice((end?.index ?? text.length) + (end?.[0].length ?? 0));
  const headers = headersOf(head);
  const type = headers.get('content-type') ?? 'text/plain';
  return { type: (type.split(';')[0] ?? '').trim().toLowerCase(), parameters: parametersOf(type), headers, body };
}

/** RFC 5322 section 2.2.3: a line that begins with a blank continues the one before. The first of a name counts. */
function headersOf(head: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line) ?? [];
    if (name !== '' && !headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), value.trim());
  }
  return headers;
}

/** RFC 2045 section 5.1: `; name=value`, quoted or not. */
function parametersOf(value: string): Readonly<Record<string, string>> {
  const found = value.matchAll(/;\s*([\w!#$%&+^`{}~*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g);
  return Object.fromEntries(
    [...found].map(([, name = '', quoted, plain]) => [name.toLowerCase(), (quoted ?? plain ?? '').replace(/\\(.)/g, '$1')]),
  );
}
