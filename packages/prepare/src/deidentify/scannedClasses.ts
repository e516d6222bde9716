import { ok, type Result, refuse } from '@comity/core';
import type { SourceHead } from '../check-source.ts';
import { factsOfClass } from '../scan/classes.ts';
import type { ScanFinding, ScanReport } from '../scan/report.ts';
import { CLASS_RULES, LETTERS } from './identifiers.ts';
import type { Classes } from './safeHarbor.ts';

/** Share of the rows that must be of a class before a column may leave as it is; below that something else stands there too. */
const COVERS = 0.95;

/** Classes of the scan that are, under Safe Harbor, another word for one of ours. */
const SAME: Readonly<Record<string, string>> = {
  'birth-date': 'birth-date',
  'death-date': 'date',
  date: 'date',
  age: 'age',
  'postal-code': 'postal-code',
  city: 'city',
  'free-text': 'free-text',
  gender: 'gender',
  'race-ethnicity': 'category',
  'marital-status': 'category',
  religion: 'category',
  nationality: 'category',
  country: 'category',
  'icd-10': 'diagnosis',
  ndc: 'diagnosis',
  'cpt-hcpcs': 'diagnosis',
  loinc: 'diagnosis',
  'health-condition': 'diagnosis',
  'blood-type': 'diagnosis',
  income: 'quantity',
  'credit-score': 'quantity',
};

/**
 * What a scan says of the columns of a file, in the words of Safe Harbor. A column leaves as it is only where its values themselves, nearly all
 * of them, are of a class that identifies nobody; where more than one class was found, what is to be dropped goes first. What was not classified is not named.
 * Refuses `column-names-missing` where the first record looks like data: it would leave as names of columns.
 */
export function scannedClasses(report: ScanReport, source: Pick<SourceHead, 'columns'>): Result<Classes> {
  if (!report.header) return refuse('column-names-missing');
  const classes: Record<string, { readonly class: string; readonly order: 'iso' }> = {};
  for (const { name } of source.columns) {
    const found = report.columns.find((column) => column.name === name);
    const within = report.columns.some((column) => column !== found && column.name.startsWith(`${name}.`));
    const of = within ? 'free-text' : classOf(found?.classes ?? []);
    if (of !== undefined) classes[name] = { class: of, order: 'iso' };
  }
  return ok(classes);
}

function classOf(findings: readonly ScanFinding[]): string | undefined {
  const found = [...new Set(findings.map(ours))];
  const [first] = found;
  if (found.length > 1) {
    if (found.every((one) => one === 'date' || one === 'birth-date')) return 'birth-date';
    return found.find((one) => CLASS_RULES[one]?.does === 'drop') ?? 'free-text';
  }
  if (first === undefined || CLASS_RULES[first]?.does !== 'keep') return first;
  return findings.every(({ by, rateRows }) => by !== 'header' && rateRows >= COVERS) ? first : undefined;
}

/** By its own name, else by the letter of the list it belongs to; else its own name, which Safe Harbor does not know. */
function ours({ class: of, inText }: ScanFinding): string {
  if (inText) return 'free-text';
  if (Object.hasOwn(SAME, of)) return SAME[of] ?? of;
  const letter = LETTERS.find((one) => factsOfClass(of).regimes.includes(`hipaa:${one}`));
  const [named] = Object.entries(CLASS_RULES).find(([, rule]) => rule.letter === letter && rule.does === 'drop') ?? [];
  return letter === undefined || named === undefined ? of : named;
}
