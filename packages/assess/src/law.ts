import { canonicalJson, type Day, type Facts, type Sha256, toHex, utf8 } from '@comity/core';
import { type CompileContext, type Compiled, compileCondition, compileContext } from './compile.ts';
import { questionsIn } from './conditions.ts';
import { type Encoded, encoderOf } from './encode.ts';
import { type FastRule, fastRule } from './fast.ts';
import type { Exception, Pack, Rule, Span, Test } from './pack.ts';
import { compileRule, type RuleOutcome } from './rule.ts';
import type { Regions } from './testfact.ts';
import { F, T } from './truth.ts';
import { inForce, type Vocabulary } from './vocabulary.ts';

/** Which pack, exactly, took part in a decision. */
export interface PackRef {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
  /** False: no counsel has reviewed it; to be shown beside every answer. */
  readonly reviewed: boolean;
}

/** One regime as it stands on a day. */
export interface CompiledRegime {
  readonly pack: Pack;
  /** Outcomes, with reasons, of the rules that reach the transfer or may. */
  readonly run: (facts: Facts, encoded: Encoded) => readonly RuleOutcome[];
  /** The same rules for their verdicts alone. */
  readonly fast: readonly FastRule[];
  readonly derived: (facts: Facts) => Readonly<Record<string, boolean>>;
  /** What compiling for this day gathered: for the sliced search. */
  readonly context: CompileContext;
  readonly asked: ReadonlyMap<string, readonly Test[]>;
  readonly regions: Regions;
}

/** Packs, ready to be asked. */
export interface Law {
  readonly vocabulary: Vocabulary;
  readonly packs: readonly PackRef[];
  /** The packs themselves, in the same order: for reading, not for deciding. */
  readonly loaded: readonly Pack[];
  /** Days on which any rule, exception, duty or region starts or ends, in order. */
  readonly epochs: readonly Day[];
  /** The regimes as they stand on a day, in the order of their names. */
  readonly on: (day: Day, decided?: Day) => readonly CompiledRegime[];
  /** Turns facts into numbers, for the fast rules. */
  readonly encode: (facts: Facts, only?: ReadonlySet<string>) => Encoded;
  readonly sha256: Sha256;
}

/** Prepares packs. Pure; what is compiled for an epoch is kept, since the same day always compiles to the same thing. */
export function compileLaw(vocabulary: Vocabulary, packs: readonly Pack[], sha256: Sha256): Law {
  const ordered = [...packs].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const epochs = [...new Set(ordered.flatMap(daysOf))].sort();
  const compiled = new Map<string, readonly CompiledRegime[]>();
  const single = ordered.map((pack) => compiledByEpoch(pack, vocabulary));
  const made = [...new Set(ordered.flatMap(enactments))].sort();
  return {
    vocabulary,
    epochs,
    loaded: ordered,
    sha256,
    encode: encoderOf(vocabulary).encode,
    packs: ordered.map((pack) => ({
      id: pack.id,
      version: pack.version,
      sha256: toHex(sha256(utf8(canonicalJson(pack.json)))),
      reviewed: pack.reviewed.by.length > 0 && pack.reviewed.on !== null,
    })),
    on: (day, decided) => {
      const known = madeBy(made, decided);
      const epoch = `${epochs.findLast((candidate) => candidate <= day) ?? ''}|${known ?? ''}`;
      const before = compiled.get(epoch);
      if (before !== undefined) return before;
      const fresh = single.map((on) => on(day, known));
      compiled.set(epoch, fresh);
      return fresh;
    },
  };
}

/** A pack's regime by day. Between two days on which the pack changes it is one and the same object. */
function compiledByEpoch(pack: Pack, vocabulary: Vocabulary): (day: Day, decided: Day | undefined) => CompiledRegime {
  const epochs = [...new Set(daysOf(pack))].sort();
  const made = [...new Set(enactments(pack))].sort();
  const compiled = new Map<string, CompiledRegime>();
  return (day, decided) => {
    const known = madeBy(made, decided);
    const epoch = `${epochs.findLast((candidate) => candidate <= day) ?? ''}|${known ?? ''}`;
    const before = compiled.get(epoch);
    if (before !== undefined) return before;
    const fresh = compileRegime(pack, vocabulary, { day, decided: known });
    compiled.set(epoch, fresh);
    return fresh;
  };
}

/** Days on which rules were made that reach back. */
function enactments(pack: Pack): readonly Day[] {
  return pack.rules.flatMap(({ enacted }) => (enacted === undefined ? [] : [enacted]));
}

/** The state of knowledge on a day: the last making of a rule before it; undefined when all are known. */
function madeBy(made: readonly Day[], decided: Day | undefined): Day | undefined {
  if (decided === undefined || made.every((day) => day <= decided)) return undefined;
  return made.findLast((day) => day <= decided) ?? '0000-01-01';
}

function compileRegime(
  pack: Pack,
  vocabulary: Vocabulary,
  { day, decided }: { readonly day: Day; readonly decided: Day | undefined },
): CompiledRegime {
  const context = compileContext(pack, vocabulary, day);
  const isKnown = ({ enacted }: Rule): boolean => enacted === undefined || decided === undefined || enacted <= decided;
  const inforce = pack.rules.filter((rule) => inForce(rule.force, day) && isKnown(rule));
  const rules = inforce.map((rule) => once(() => compileRule(rule, context)));
  const fast = inforce.map((rule) => fastRule(rule, context));
  const derived = once(() =>
    [...pack.derived].map(([name, use]): readonly [string, Compiled] => [
      name,
      compileCondition({ op: 'use', name: use }, context),
    ]),
  );
  return {
    pack,
    asked: questionsIn(inforce, pack),
    regions: context.regions,
    context,
    fast,
    run: (facts, encoded) => rules.flatMap((rule, i) => (fast[i]?.reaches(encoded) === F ? [] : [rule()(facts)])),
    derived: (facts) => Object.fromEntries(derived().flatMap(([name, condition]) => settled(name, condition, facts))),
  };
}

/** Work that is done when it is first needed, and once. */
function once<V>(work: () => V): () => V {
  let done: { readonly value: V } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}

function settled(name: string, condition: Compiled, facts: Facts): readonly (readonly [string, boolean])[] {
  const value = condition.truth(facts);
  return value === T ? [[name, true]] : value === F ? [[name, false]] : [];
}

/** Every day on which something in a pack starts or ends. */
function daysOf(pack: Pack): readonly Day[] {
  const spans: Span[] = [...pack.regions.values()].flatMap((region) => region.members);
  for (const rule of pack.rules) {
    spans.push(rule.force, ...rule.unless.flatMap(spansOf));
    for (const owed of [...rule.needs, ...rule.duties]) if (owed.force !== undefined) spans.push(owed.force);
  }
  return spans.flatMap((span) => (span.until === undefined ? [span.from] : [span.from, span.until]));
}

function spansOf(exception: Exception): readonly Span[] {
  const owed = [...exception.needs, ...exception.duties].flatMap((duty) => (duty.force === undefined ? [] : [duty.force]));
  return [exception.force, ...owed, ...exception.unless.flatMap(spansOf)];
}
