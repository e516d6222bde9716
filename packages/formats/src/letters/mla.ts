import { code, digest as digestLine, type Line, note, type Print, plain, type Section, strong } from '../print.ts';
import { setPdf } from '../set-pdf.ts';
import { say, type Words } from '../words.ts';
import { fileDate, zonedLines } from '../zoned.ts';
import { MLA_GAPS, type MlaDocument, type MlaGap } from './document.ts';
import type { MlaWordKey, MlaWords } from './mla-words.ts';

/** What is missing of a request, in the order in which it is asked for. */
export function mlaGaps(document: MlaDocument): readonly MlaGap[] {
  const blank = (text: string | undefined): boolean => text === undefined || text.trim() === '';
  const missing: Readonly<Record<MlaGap, boolean>> = {
    requesting: blank(document.requesting),
    central: blank(document.centralOut) || blank(document.centralIn),
    treaty: blank(document.treaty) && blank(document.reciprocity),
    subject: blank(document.subject),
    facts: blank(document.facts),
    offence: blank(document.offence),
    items: document.items.length === 0,
    purpose: blank(document.purpose),
    necessity: blank(document.necessity),
    assurances: document.deathPenaltyPossible && blank(document.assurances),
    language: blank(document.language),
  };
  return MLA_GAPS.filter((gap) => missing[gap]);
}

/** The request as a letter with its annexes listed by digest. What is missing stands on it. Same document and words, same bytes. */
export async function mlaPdf(
  document: MlaDocument,
  words: { readonly general: Words; readonly own: MlaWords },
): Promise<Uint8Array> {
  return setPdf(mlaPrint(document, words));
}

/** What is printed, before it is set. */
export function mlaPrint(document: MlaDocument, words: { readonly general: Words; readonly own: MlaWords }): Print {
  const { general, own } = words;
  const sections: readonly Section[] = [
    hands(document, own),
    basis(document, own),
    theCase(document, own),
    sought(document, words),
    conditions(document, own),
    annexes(document, own),
    ...gaps(document, own),
    { kind: 'text', heading: own['note.heading'], lines: [note(own['note.signature'])] },
  ];
  return {
    lang: general.lang,
    dir: general.dir,
    title: own.title,
    lead: own.lead,
    issuer: document.requesting,
    reference: document.reference,
    band: document.env === 'sandbox' ? say(general, 'band.sandbox') : null,
    date: fileDate(document.issued),
    foot: { label: own['foot.digest'], digest: document.digest, page: general.texts.page },
    sections: sections.filter((section) => section.kind === 'text' || section.rows.length > 0),
  };
}

function pairs(
  own: MlaWords,
  heading: MlaWordKey,
  rows: readonly (readonly [MlaWordKey, string | readonly Line[] | undefined])[],
): Section {
  const told = rows.flatMap(([key, value]) => {
    if (value === undefined || value.length === 0) return [];
    return [{ label: own[key], lines: typeof value === 'string' ? [plain(value)] : value }];
  });
  return { kind: 'pairs', heading: own[heading], rows: told };
}

function hands(document: MlaDocument, own: MlaWords): Section {
  return pairs(own, 'heading.hands', [
    ['label.requesting', [strong(document.requesting)]],
    ['label.central-out', document.centralOut],
    ['label.central-in', [strong(document.centralIn)]],
    ['label.executing', document.executing],
    ['label.issued', zonedLines(document.issued, document.zone)],
    ['label.contact', document.contact],
  ]);
}

function basis({ treaty, reciprocity, dualCriminality }: MlaDocument, own: MlaWords): Section {
  return pairs(own, 'heading.basis', [
    ['label.treaty', treaty],
    ['label.reciprocity', reciprocity],
    ['label.dual', dualCriminality],
  ]);
}

function theCase(document: MlaDocument, own: MlaWords): Section {
  return pairs(own, 'heading.case', [
    ['label.subject', document.subject],
    ['label.facts', document.facts],
    ['label.offence', document.offence],
    ['label.max-penalty', document.maxPenaltyYears === undefined ? undefined : String(document.maxPenaltyYears)],
    ['label.persons', document.persons],
    ['label.purpose', document.purpose],
    ['label.necessity', document.necessity],
  ]);
}

function sought({ items, zone }: MlaDocument, { general, own }: { readonly general: Words; readonly own: MlaWords }): Section {
  const columns = [
    { label: general.texts['item.number'], width: 0.5 },
    { label: general.texts['item.identifier'], width: 2.5 },
    { label: general.texts['item.category'], width: 1.5 },
    { label: general.texts['item.period'], width: 2.8 },
  ];
  const rows = items.map(({ id, identifier, category, period }) => [
    [plain(id)],
    [note(general.texts[`identifier.${identifier.type}`]), code(identifier.value)],
    [plain(general.texts[`category.${category}`])],
    period === undefined
      ? [note(general.texts['item.no-period'])]
      : [
          ...zonedLines(period.from, zone).map((line, index) =>
            index === 0 ? { ...line, label: general.texts['period.from'] } : line,
          ),
          ...zonedLines(period.until, zone).map((line, index) =>
            index === 0 ? { ...line, label: general.texts['period.until'] } : line,
          ),
        ],
  ]);
  return { kind: 'listing', heading: own['heading.sought'], columns, rows };
}

function conditions(document: MlaDocument, own: MlaWords): Section {
  return pairs(own, 'heading.conditions', [
    ['label.procedure', document.procedure],
    ['label.use', document.use],
    ['label.confidential', document.confidential],
    ['label.urgency', document.urgency],
    ['label.costs', document.costs],
    ['label.language', document.language],
    ['label.assurances', document.assurances],
  ]);
}

function annexes({ annexes: given }: MlaDocument, own: MlaWords): Section {
  const columns = [
    { label: own['annex.number'], width: 0.4 },
    { label: own['annex.title'], width: 2.2 },
    { label: own['annex.digest'], width: 3.4 },
  ];
  return {
    kind: 'listing',
    heading: own['heading.annexes'],
    columns,
    rows: given.map(({ title, sha256 }, index) => [[plain(String(index + 1))], [plain(title)], [digestLine(sha256)]]),
  };
}

function gaps(document: MlaDocument, own: MlaWords): readonly Section[] {
  const lines = mlaGaps(document).map((gap): Line => ({ ...plain(own[`gap.${gap}`]), tone: 'bad' }));
  return lines.length === 0 ? [] : [{ kind: 'text', heading: own['heading.gaps'], lines }];
}
