import type { Day } from '@comity/core';
import { confirmationOf } from './confirmed.ts';
import type { Law } from './law.ts';
import type { Citation, Confirmation, Exception, Pack, Rule, RuleKind, Source } from './pack.ts';

/** A rule, or what lifts or meets one, as it stands in a library. */
export interface LibraryRule {
  readonly id: string;
  readonly kind: RuleKind | Exception['kind'];
  readonly says: string;
  readonly cite: string;
  readonly url?: string;
  readonly from: Day;
  readonly until?: Day;
  readonly confirmed: Confirmation;
  /** What was read, where and when. */
  readonly source?: Source;
  readonly unless: readonly LibraryRule[];
}

/** A pack as somebody reads it. */
export interface LibraryPack {
  readonly id: string;
  readonly regime: string;
  readonly title: string;
  readonly version: number;
  readonly sha256: string;
  readonly reviewed: Pack['reviewed'];
  /** Days on which it changes. */
  readonly days: readonly Day[];
  readonly rules: readonly LibraryRule[];
  readonly terms: readonly LibraryTerm[];
  readonly sources: readonly Source[];
  /** Rules and exceptions, by how well their text was confirmed. */
  readonly counts: Readonly<Record<Confirmation, number>>;
}

/** A definition or a region. */
export interface LibraryTerm {
  readonly name: string;
  readonly what: 'definition' | 'region';
  readonly says: string;
  readonly cite: string;
  readonly url?: string;
  readonly confirmed: Confirmation;
  /** For a region: its members with their days. */
  readonly members?: readonly { readonly codes: readonly string[]; readonly from: Day; readonly until?: Day }[];
}

/** The loaded law, to be read. */
export function library(law: Law): readonly LibraryPack[] {
  return law.loaded.map((pack, i) => packView(pack, law.packs[i]?.sha256 ?? ''));
}

function packView(pack: Pack, sha256: string): LibraryPack {
  const rules = pack.rules.map((rule) => ruleView(rule, pack));
  const all = [...new Map(rules.flatMap(flat).map((rule) => [rule.id, rule])).values()];
  const count = (how: Confirmation): number => all.filter(({ confirmed }) => confirmed === how).length;
  const days = rules.flatMap(flat).flatMap(({ from, until }) => (until === undefined ? [from] : [from, until]));
  return {
    id: pack.id,
    regime: pack.regime,
    title: pack.title,
    version: pack.version,
    sha256,
    reviewed: pack.reviewed,
    days: [...new Set(days)].sort(),
    rules,
    terms: termsOf(pack),
    sources: [...pack.sources.values()],
    counts: { official: count('official'), secondary: count('secondary'), unconfirmed: count('unconfirmed') },
  };
}

function ruleView(rule: Rule | Exception, pack: Pack): LibraryRule {
  const source = pack.sources.get(rule.cite.source ?? '');
  return {
    id: rule.id,
    kind: rule.kind,
    says: rule.says,
    ...citeView(rule.cite),
    ...rule.force,
    confirmed: confirmationOf(rule.cite, pack),
    ...(source === undefined ? {} : { source }),
    unless: rule.unless.map((exception) => ruleView(exception, pack)),
  };
}

function termsOf(pack: Pack): readonly LibraryTerm[] {
  const definitions = [...pack.define].map(([name, { says = '', cite }]): LibraryTerm => {
    return { name, what: 'definition', says, ...citeView(cite), confirmed: confirmationOf(cite, pack) };
  });
  const regions = [...pack.regions].map(([name, { says = '', cite, members }]): LibraryTerm => {
    return { name, what: 'region', says, ...citeView(cite), confirmed: confirmationOf(cite, pack), members };
  });
  return [...definitions, ...regions];
}

function citeView({ ref, url }: Citation): { readonly cite: string; readonly url?: string } {
  return url === undefined ? { cite: ref } : { cite: ref, url };
}

/** A rule and everything under it. */
function flat(rule: LibraryRule): readonly LibraryRule[] {
  return [rule, ...rule.unless.flatMap(flat)];
}

/** A place in the library where all words of a search stand. */
export interface LibraryHit {
  readonly pack: string;
  readonly what: 'pack' | 'rule' | 'definition' | 'region' | 'source';
  readonly name: string;
  readonly says: string;
  readonly cite: string;
}

/** Finds the places where every word of a search stands, in any order and as part of a word, packs first. */
export function searchLibrary(packs: readonly LibraryPack[], search: string): readonly LibraryHit[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const matches = ({ name, says, cite }: LibraryHit, context: string): boolean => {
    const text = `${name} ${says} ${cite} ${context}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) && words.some((word) => `${name} ${says} ${cite}`.toLowerCase().includes(word))
    );
  };
  return packs.flatMap((pack) => hitsIn(pack).filter((hit) => matches(hit, `${pack.id} ${pack.title}`)));
}

function hitsIn(pack: LibraryPack): readonly LibraryHit[] {
  const rules = new Map(pack.rules.flatMap(flat).map((rule) => [rule.id, rule]));
  return [
    { pack: pack.id, what: 'pack', name: pack.id, says: pack.title, cite: '' },
    ...[...rules.values()].map(({ id, says, cite }): LibraryHit => ({ pack: pack.id, what: 'rule', name: id, says, cite })),
    ...pack.terms.map(({ name, what, says, cite }): LibraryHit => ({ pack: pack.id, what, name, says, cite })),
    ...pack.sources.map(
      ({ what, where = '' }): LibraryHit => ({ pack: pack.id, what: 'source', name: what, says: where, cite: '' }),
    ),
  ];
}
