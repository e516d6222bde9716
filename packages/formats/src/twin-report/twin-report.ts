import type { Print } from '../print.ts';
import { setPdf } from '../set-pdf.ts';
import { fileDate } from '../zoned.ts';
import type { TwinReportDocument } from './document.ts';
import { attackSection, chartSection, guaranteeSection, usefulnessSection } from './pictures.ts';
import { criteriaSection, crowdsSection, fidelitySection, groupsSection, provenanceSection } from './tables.ts';
import { reportWords } from './words.ts';

/** The report of a synthetic twin as PDF, pictures first. Same document, same bytes. Throws on a time zone that does not exist. */
export async function twinReportPdf(document: TwinReportDocument): Promise<Uint8Array> {
  return setPdf(twinReportPrint(document));
}

/** What is printed, before it is set. That it stays with the controller stands at the head of every page. */
export function twinReportPrint(document: TwinReportDocument): Print {
  const words = reportWords(document.language);
  const { say, number } = words;
  const counted = { rows: number(document.rows), columns: number(document.columns.length) };
  return {
    lang: words.lang,
    dir: words.dir,
    title: say('title', { name: document.name }),
    lead: `${say('inside')} ${say(document.guarantee === null ? 'unknown' : 'lead', counted)}`,
    issuer: document.issuer,
    reference: `${say('stays')} · ${document.reference}`,
    band: document.env === 'sandbox' ? say('band.sandbox') : null,
    date: fileDate(document.issued),
    foot: { label: say('foot.digest'), digest: document.digest, page: say('page') },
    sections: [
      guaranteeSection(document, words),
      attackSection(document, words),
      ...(document.charts.length === 0 ? [] : [chartSection(document, words)]),
      fidelitySection(document, words),
      usefulnessSection(document, words),
      ...(document.groups.length === 0 ? [] : [groupsSection(document, words)]),
      crowdsSection(document, words),
      ...criteriaSection(document, words),
      provenanceSection(document, words),
    ],
  };
}
