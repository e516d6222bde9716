import { canonicalJson, type Json, ok, type Result, refuse, toHex, utf8 } from '@comity/core';
import { type ReportLanguage, type TwinReportDocument, twinReportPdf } from '@comity/formats/twin-report';
import type { SynthesisReport } from '../../apiPreparation.ts';
import { sha256 } from '../../keys/crypto.ts';
import { findPreparation, type Preparation } from '../../store/preparations.ts';
import type { House } from '../house.ts';
import { datasetOf } from './datasets.ts';

/**
 * The report of a synthetic twin as PDF. INVARIANT: it was computed from real rows; it goes to whom the report is shown to, in this office, and says so on each page.
 * Errors: `not-found`, and `preparation-unfinished` where there is no report of a twin.
 */
export async function printReport(house: House, id: string, language: ReportLanguage): Promise<Result<Uint8Array>> {
  const made = await findPreparation(house.db, id);
  if (made === undefined) return refuse('not-found', 'id');
  if (made.kind !== 'synthesise' || made.report === null) return refuse('preparation-unfinished', 'id');
  const dataset = await datasetOf(house, made.dataset);
  return dataset.ok ? ok(await twinReportPdf(documentOf(house, made, { name: dataset.value.name, language }))) : dataset;
}

function documentOf(
  { env, party, now }: House,
  { id, plan, planDigest, report: kept }: Preparation,
  told: Pick<TwinReportDocument, 'name' | 'language'>,
): TwinReportDocument {
  // Parsers: the recipe wrote both.
  const report = kept as unknown as SynthesisReport;
  const { method = '' } = plan as { readonly method?: string };
  const { epsilon, delta, rho, advantage, unit, domain, dropped } = report;
  return {
    ...told,
    env,
    issuer: party.name,
    reference: id.slice(0, 8),
    issued: now(),
    zone: party.zone,
    rows: report.rows,
    columns: report.columns,
    guarantee: { epsilon, delta, rho, advantage, unit, domain, dropped, wide: report.method !== method, plan: planDigest },
    label: report.label,
    judgement: report.judgement,
    groups: report.groups,
    charts: report.charts,
    cost: report.cost,
    digest: digestOf(kept),
  };
}

function digestOf(report: Json): string {
  return toHex(sha256(utf8(canonicalJson(report))));
}
