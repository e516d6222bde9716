import type { DataCategory, Env, Identifier, Instant, Period } from '@comity/core';
import { code, digest, type Line, note, type Print, plain, type Section, strong } from './print.ts';
import { setPdf } from './set-pdf.ts';
import { say, type Words } from './words.ts';
import { fileDate, wallClock, zonedLines } from './zoned.ts';

export interface OrderItem {
  readonly id: string;
  readonly identifier: Identifier;
  readonly category: DataCategory;
  readonly period?: Period;
  /** Zone in which the period was keyed; without one the document's. */
  readonly zone?: string;
  readonly decision: 'approved' | 'refused' | 'open';
  /** Why, in the reader's language. */
  readonly reason?: string;
}

/** An order as it is printed. Titles, roles, names of clocks and reasons are texts in the reader's language. */
export interface OrderDocument {
  readonly env: Env;
  readonly title: string;
  readonly lead?: string;
  readonly issuer: string;
  readonly reference: string;
  readonly issued: Instant;
  /** IANA zone in which times are shown besides UTC. */
  readonly zone: string;
  readonly parties: readonly {
    readonly seat: string;
    readonly name: string;
    readonly country: string;
    readonly address?: string;
  }[];
  readonly basis: readonly { readonly text: string; readonly cite: string }[];
  readonly items: readonly OrderItem[];
  readonly approvals: readonly { readonly role: string; readonly person: string; readonly party: string; readonly at: Instant }[];
  readonly clocks: readonly {
    readonly name: string;
    readonly strict: Instant;
    readonly formal: Instant;
    readonly otherwise?: string;
  }[];
  readonly digests: readonly { readonly name: string; readonly value: string }[];
  /** Digest of the order, printed at the foot of every page. */
  readonly digest: string;
}

/** The order as PDF. Same document and words, same bytes. Throws on instants and zones that are none: they are checked before. */
export async function orderPdf(document: OrderDocument, words: Words): Promise<Uint8Array> {
  return setPdf(orderPrint(document, words));
}

/** What is printed, before it is set. */
export function orderPrint(document: OrderDocument, words: Words): Print {
  return {
    lang: words.lang,
    dir: words.dir,
    title: document.title,
    lead: document.lead ?? null,
    issuer: document.issuer,
    reference: document.reference,
    band: document.env === 'sandbox' ? say(words, 'band.sandbox') : null,
    date: fileDate(document.issued),
    foot: { label: say(words, 'order.digest'), digest: document.digest, page: words.texts.page },
    sections: [
      summary(document, words),
      basis(document, words),
      items(document, words),
      approvals(document, words),
      clocks(document, words),
      digests(document, words),
    ].filter((section) => section.kind === 'text' || section.rows.length > 0),
  };
}

function summary({ reference, issued, zone, parties }: OrderDocument, words: Words): Section {
  const rows = parties.map(({ seat, name, country, address }) => ({
    label: seat,
    lines: [strong(`${name} (${country})`), ...(address === undefined ? [] : [note(address)])],
  }));
  return {
    kind: 'pairs',
    heading: say(words, 'order.parties'),
    rows: [
      { label: say(words, 'reference'), lines: [code(reference)] },
      { label: say(words, 'order.issued'), lines: zonedLines(issued, zone) },
      ...rows,
    ],
  };
}

function basis({ basis }: OrderDocument, words: Words): Section {
  return {
    kind: 'text',
    heading: say(words, 'order.basis'),
    lines: basis.flatMap(({ text, cite }) => [plain(text), note(cite)]),
  };
}

function items(document: OrderDocument, words: Words): Section {
  const columns = [
    { label: say(words, 'item.number'), width: 0.35 },
    { label: say(words, 'item.identifier'), width: 2.5 },
    { label: say(words, 'item.category'), width: 1.3 },
    { label: say(words, 'item.period'), width: 2.8 },
    { label: say(words, 'item.decision'), width: 1.4 },
  ];
  const rows = document.items.map((item, index) => [
    [plain(String(index + 1))],
    [
      note(say(words, `identifier.${item.identifier.type}`)),
      code(item.identifier.value),
      { text: item.id, style: 'minor' as const },
    ],
    [plain(say(words, `category.${item.category}`))],
    periodLines(item, document.zone, words),
    decisionLines(item, words),
  ]);
  return { kind: 'listing', heading: say(words, 'order.items', { count: rows.length }), columns, rows };
}

/** Both ends on the wall clock of the zone in which they were keyed, then in UTC. The end is not part of the period, and says so. */
function periodLines({ period, zone: keyed }: OrderItem, documentZone: string, words: Words): readonly Line[] {
  if (period === undefined) return [note(say(words, 'item.no-period'))];
  const zone = keyed ?? documentZone;
  const labels = { from: say(words, 'period.from'), until: say(words, 'period.until') };
  const local: readonly Line[] = [
    { text: wallClock(period.from, zone), style: 'time', label: labels.from },
    { text: wallClock(period.until, zone), style: 'time', label: labels.until },
    { text: zone, style: 'minor' },
  ];
  if (zone === 'UTC') return local;
  return [
    ...local,
    { text: `${wallClock(period.from, 'UTC')} UTC`, style: 'minor', label: labels.from },
    { text: `${wallClock(period.until, 'UTC')} UTC`, style: 'minor', label: labels.until },
  ];
}

const MARKS = { approved: '✓', refused: '✕', open: '○' } as const;
const TONES = { approved: { tone: 'good' }, refused: { tone: 'bad' }, open: {} } as const;

function decisionLines({ decision, reason }: OrderItem, words: Words): readonly Line[] {
  const said = `${MARKS[decision]} ${say(words, `decision.${decision}`)}`;
  return [{ text: said, style: 'strong', ...TONES[decision] }, ...(reason === undefined ? [] : [note(reason)])];
}

function approvals({ approvals, zone }: OrderDocument, words: Words): Section {
  const columns = [
    { label: say(words, 'approval.role'), width: 2 },
    { label: say(words, 'approval.person'), width: 2.4 },
    { label: say(words, 'approval.at'), width: 2.6 },
  ];
  const rows = approvals.map(({ role, person, party, at }) => [
    [strong(role)],
    [code(person), note(party)],
    zonedLines(at, zone),
  ]);
  return { kind: 'listing', heading: say(words, 'order.approvals'), columns, rows };
}

function clocks({ clocks, zone }: OrderDocument, words: Words): Section {
  const columns = [
    { label: say(words, 'clock.name'), width: 2 },
    { label: say(words, 'clock.strict'), width: 2.5 },
    { label: say(words, 'clock.formal'), width: 2.5 },
  ];
  const rows = clocks.map(({ name, strict, formal, otherwise }) => [
    [plain(name), ...(otherwise === undefined ? [] : [note(otherwise)])],
    zonedLines(strict, zone),
    zonedLines(formal, zone),
  ]);
  return { kind: 'listing', heading: say(words, 'order.clocks'), columns, rows };
}

function digests({ digests }: OrderDocument, words: Words): Section {
  return {
    kind: 'pairs',
    heading: say(words, 'order.digests'),
    rows: digests.map(({ name, value }) => ({ label: name, lines: [digest(value)] })),
  };
}
