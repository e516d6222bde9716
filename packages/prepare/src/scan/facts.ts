import type { Day, Fact } from '@comity/core';
import { factsOfClass, type ScanClass } from './classes.ts';
import { DATA_CATEGORY_OF, IDENTIFIER_OF } from './fact-words.ts';
import type { ScanColumn, ScanFinding, ScanReport } from './report.ts';

/** Kinds of data that 28 CFR part 202 counts people of. */
export const BULK_CATEGORIES = ['genomic', 'omic', 'biometric', 'geolocation', 'health', 'financial', 'identifiers'] as const;
export type BulkCategory = (typeof BULK_CATEGORIES)[number];

/** Above how many people (devices for geolocation) data are bulk; from `law/thresholds/us.dsp.json`. */
export type BulkThresholds = Readonly<Record<BulkCategory, number>>;

/** Where a fact was seen. */
export interface FactEvidence {
  readonly fact: string;
  readonly value: string;
  readonly column: string;
  readonly class: ScanClass;
  readonly rateRows: number;
}

/** What this file can come to for one kind of data. `may-exceed` where the bound is above the threshold, `unknown` where nobody can say from a scan. */
export interface BulkBound {
  readonly category: BulkCategory;
  /** The lowest threshold of all kinds that were found: a mixed set is bulk at the lowest (28 CFR 202.205(g)). */
  readonly over: number;
  /** At most this many people of this file; null where it does not follow. */
  readonly atMost: number | null;
  readonly alone: 'cannot-exceed' | 'may-exceed' | 'unknown';
}

export interface ScanFacts {
  readonly facts: readonly Fact[];
  readonly evidence: readonly FactEvidence[];
  /** One for each kind of data that was found. */
  readonly bulk: readonly BulkBound[];
  /** Facts that a scan cannot know although the data touch them. */
  readonly unknown: readonly string[];
}

export interface FactOptions {
  readonly asOf: Day;
  readonly thresholds: BulkThresholds;
  /** Somebody answers for it that these two parties exchanged nothing else in twelve months; only then a count of this file bounds theirs. */
  readonly nothingElseSent?: boolean;
}

/**
 * Facts of the law packs' vocabulary that follow from a scan, each derived and with its columns. What was not found stays unknown: a scan may miss, so it
 * never says that something is absent. How many of the people are of the United States it cannot know; the subjects of the file are an upper bound.
 */
export function factsOfScan(report: ScanReport, options: FactOptions): ScanFacts {
  const evidence = seenByScan(report);
  const made = (name: string, value: Fact['value']): Fact => ({
    name,
    value,
    source: 'derived',
    evidence: evidenceFor(report),
    asOf: options.asOf,
  });
  const has = (fact: string): readonly string[] =>
    [...new Set(evidence.filter((one) => one.fact === fact).map(({ value }) => value))].sort();
  const sets = ['data.categories', 'data.identifiers']
    .filter((name) => has(name).length > 0)
    .map((name) => made(name, { has: has(name) }));
  const bulk = boundsOf(
    report,
    report.columns.flatMap(({ classes }) => classes),
    options.thresholds,
  );
  const count = report.subjects === null ? [] : [made('data.subjects.count', { max: report.subjects.distinct })];
  const counts = bulk.flatMap(({ category, atMost }) =>
    options.nothingElseSent === true && atMost !== null ? [made(`data.us_people_12m.${category}`, { max: atMost })] : [],
  );
  const facts = [...sets, ...count, ...counts];
  return { facts, evidence, bulk, unknown: unknownOf(facts, bulk) };
}

/** What of the vocabulary's sets a scan has seen, and in which columns. */
export function seenByScan(report: Pick<ScanReport, 'columns'>): readonly FactEvidence[] {
  const seen = report.columns.flatMap((column) => column.classes.map((finding) => ({ column, finding })));
  return [
    ...seen.flatMap((one) => evidenceOf('data.categories', categoriesOf(one.finding), one)),
    ...seen.flatMap((one) => evidenceOf('data.identifiers', identifiersOf(one.finding), one)),
  ];
}

interface Sighting {
  readonly column: ScanColumn;
  readonly finding: ScanFinding;
}

function evidenceOf(fact: string, values: readonly string[], { column, finding }: Sighting): readonly FactEvidence[] {
  return values.map((value) => ({ fact, value, column: column.name, class: finding.class, rateRows: finding.rateRows }));
}

function categoriesOf(finding: ScanFinding): readonly string[] {
  const { identifying, regimes } = factsOfClass(finding.class);
  const personal =
    regimes.some((regime) => regime.startsWith('gdpr:')) || (identifying && regimes.length > 0) ? ['personal'] : [];
  // Coordinates of less than three decimals may be coarser than the thousand metres that the word stands for.
  const exact = finding.class !== 'coordinates' || finding.validator === 'range';
  return [...personal, ...(exact ? (DATA_CATEGORY_OF[finding.class] ?? ofRegimes(regimes)) : [])];
}

/** Identifiers of a country have no line of their own: the rules they belong to say the rest. */
function ofRegimes(regimes: readonly string[]): readonly string[] {
  return [...(regimes.includes('us-dsp:identifiers') ? ['identifiers'] : []), ...(regimes.includes('hipaa:I') ? ['health'] : [])];
}

function identifiersOf(finding: ScanFinding): readonly string[] {
  const known = IDENTIFIER_OF[finding.class];
  if (known !== undefined) return [known];
  const { regimes, country } = factsOfClass(finding.class);
  if (country === undefined || regimes.length === 0) return [];
  return [regimes.includes('national-id') ? 'ssn' : 'government_id'];
}

function boundsOf(report: ScanReport, found: readonly ScanFinding[], thresholds: BulkThresholds): readonly BulkBound[] {
  const regimes = new Set(found.flatMap((one) => factsOfClass(one.class).regimes));
  const present = BULK_CATEGORIES.filter((category) => regimes.has(`us-dsp:${category}`));
  const over = Math.min(...present.map((category) => thresholds[category]));
  return present.map((category) => {
    // Geolocation is counted by device, and how many devices a person has is not known.
    const atMost = category === 'geolocation' || report.subjects === null ? null : report.subjects.distinct;
    return { category, over, atMost, alone: atMost === null ? 'unknown' : atMost <= over ? 'cannot-exceed' : 'may-exceed' };
  });
}

function unknownOf(facts: readonly Fact[], bulk: readonly BulkBound[]): readonly string[] {
  const names = [
    'data.categories (the rest)',
    'data.form',
    'data.subjects.residence',
    'data.subjects.count',
    ...bulk.map(({ category }) => `data.us_people_12m.${category}`),
    'data.export_control',
  ];
  return names.filter((name) => !facts.some((fact) => fact.name === name));
}

/** By what everybody can find what was scanned: a file by its digest, a table on a cluster by its name and when. */
function evidenceFor({ sha256, table }: ScanReport): string {
  return table === undefined ? `scan sha256:${sha256}` : `scan ${table.name} ${table.engine} ${table.at}`;
}
