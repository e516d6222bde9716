import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { canonicalJson, type Json, ok, type Result, refuse, toInstant } from '@comity/core';
import { REPORT_LANGUAGES, type ReportLanguage, type TwinReportDocument, twinReportPdf } from '@comity/formats/twin-report';
import type { Judgement, Pictures } from '@comity/prepare';
import type { Told } from './tellSynthesis.ts';

/** What the printed report is made of; without `told` nobody has stated a guarantee. */
export interface Reported {
  /** What it is about. */
  readonly name: string;
  readonly language: ReportLanguage;
  readonly judged: Judgement & Pictures & { readonly label: string };
  readonly rows: number;
  readonly columns: readonly string[];
  readonly told: Told | undefined;
  readonly cost: TwinReportDocument['cost'];
}

/** The language of the report; refuses `field-invalid` before anything is run. */
export function reportLanguage(stated: string): Result<ReportLanguage> {
  const language = REPORT_LANGUAGES.find((one) => one === stated);
  return language === undefined ? refuse('field-invalid', '--language', { kind: REPORT_LANGUAGES.join(', ') }) : ok(language);
}

/** Writes the report as PDF, readable by its owner alone: it was computed from real rows. */
export async function writeReportPdf(file: string, reported: Reported): Promise<void> {
  writeFileSync(file, await twinReportPdf(documentOf(reported)), { mode: 0o600 });
}

function documentOf({ judged, told, ...rest }: Reported): TwinReportDocument {
  const { label, charts, groups, ...judgement } = judged;
  // Parser: figures and texts alone; the round trip drops nothing.
  const figures = JSON.parse(JSON.stringify({ ...rest, judged, told: told ?? null })) as Json;
  const digest = createHash('sha256').update(canonicalJson(figures)).digest('hex');
  return {
    ...rest,
    env: 'production',
    issuer: told === undefined ? 'comity risk' : 'comity synthesise',
    reference: digest.slice(0, 8),
    issued: toInstant(Date.now()),
    zone: 'UTC',
    guarantee: told === undefined ? null : { ...told, wide: told.method !== told.asked },
    label,
    judgement,
    groups,
    charts,
    digest,
  };
}
