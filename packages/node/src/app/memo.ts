import { type Alternatives, type Assessment, alternatives, type Change } from '@comity/assess';
import { type Facts, type FactValue, isPartialSet, type NumberRange } from '@comity/core';
import { type MemoDocument, type MemoRegime, memoPdf, WORDS } from '@comity/formats';
import { type Answer, toAsk } from './assess.ts';
import type { House } from './house.ts';
import { type PrintLanguage, type Say, sayLawIn } from './words.ts';

interface Memo {
  readonly house: House;
  readonly answer: Answer;
  readonly say: Say;
  readonly country: (code: string) => string;
  readonly number: (value: number) => string;
}

/** A memo for counsel about a question: everything that the answer rests on, on paper. */
export async function printMemo(house: House, answer: Answer, language: PrintLanguage): Promise<Uint8Array> {
  const locale = `${language === 'en' ? 'en-GB' : language}-u-ca-gregory-nu-latn`;
  const countries = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  const numbers = new Intl.NumberFormat(locale);
  const memo = {
    house,
    answer,
    say: sayLawIn(language),
    country: (code: string) => countries.of(code) ?? code,
    number: (value: number) => numbers.format(value),
  };
  return memoPdf(memoOf(memo), WORDS[language]);
}

function memoOf(memo: Memo): MemoDocument {
  const { house, answer, say } = memo;
  const { assessment, record, question } = answer;
  const regimes = Object.entries(assessment.regimes);
  const other = alternatives(house.law.assess, question);
  return {
    env: house.env,
    issuer: house.party.name,
    reference: record.sha256.slice(0, 16),
    issued: house.now(),
    zone: house.party.zone,
    on: assessment.on,
    verdict: assessment.verdict,
    confirmed: assessment.confirmed,
    lawfulUntil: assessment.lawfulUntil,
    facts: factsOf(memo, question.facts),
    regimes: regimes.flatMap(([name, regime]) => regimeOf(memo, name, regime)),
    silent: regimes.flatMap(([name, regime]) => (isSilent(regime) ? [say(`regime.${name}`)] : [])),
    conflicts: assessment.conflicts.map(({ demanding, forbidding }) => ({
      demanding: `${say(`regime.${demanding.regime}`)} (${demanding.cite})`,
      forbidding: `${say(`regime.${forbidding.regime}`)} (${forbidding.cite})`,
    })),
    duties: dutiesOf(memo, assessment),
    open: openOf(memo),
    ways: waysOf(memo, other),
    never: other.never.map(({ says, cite }) => ({ says, cite })),
    elsewhere: factsOf(memo, question.elsewhere ?? {}),
    countriesNotAssessed: assessment.countriesNotAssessed.map(memo.country),
    notAssessed: assessment.notAssessed.map((name) => say(`regime.${name}`)),
    packs: assessment.packs.map(({ id, version, sha256, reviewed }) => ({
      name: say(`regime.${id}`),
      version,
      sha256,
      reviewed,
    })),
    digest: record.sha256,
  };
}

type RegimeAnswer = Assessment['regimes'][string];

function isSilent({ because, missing }: RegimeAnswer): boolean {
  return because.length === 0 && missing.length === 0;
}

function regimeOf({ say }: Memo, name: string, regime: RegimeAnswer): readonly MemoRegime[] {
  if (isSilent(regime)) return [];
  return [
    {
      name: say(`regime.${name}`),
      verdict: regime.verdict,
      confirmed: regime.confirmed,
      reasons: regime.because.map(({ says, cite, confirmed, basis }) => ({
        says,
        cite,
        confirmed,
        ...(basis === undefined ? {} : { basis }),
      })),
      missing: regime.missing.map((fact) => say(`fact.${fact}`)),
    },
  ];
}

function dutiesOf({ say }: Memo, { regimes }: Assessment): MemoDocument['duties'] {
  return Object.values(regimes).flatMap(({ duties }) =>
    duties.map(({ duty, phase, cite, met }) => ({
      phase,
      what: say(`owed.${duty}`),
      cite,
      ...(met === undefined ? {} : { met }),
    })),
  );
}

function openOf({ house, answer, say }: Memo): MemoDocument['open'] {
  const { facts } = house.law.assess.vocabulary;
  return toAsk(house, answer).map(({ fact, regimes }) => ({
    fact: say(`fact.${fact}`),
    means: facts.get(fact)?.is ?? '',
    asks: regimes.map((name) => say(`regime.${name}`)).join('; '),
  }));
}

const MOST_WAYS = 8;

function waysOf(memo: Memo, { sets }: Alternatives): MemoDocument['ways'] {
  return sets.slice(0, MOST_WAYS).map(({ changes, verdict, duties }) => ({
    changes: changes.map((change) => changeText(memo, change)),
    verdict,
    duties: duties.length,
  }));
}

const MOST_COUNTRIES = 12;

function changeText(memo: Memo, { fact, value, countries }: Change): string {
  const name = memo.say(`fact.${fact}`);
  if (countries === undefined) return `${name}: ${valueText(memo, value)}`;
  const rest = countries.length - MOST_COUNTRIES;
  const named = countries.slice(0, MOST_COUNTRIES).map(memo.country).join(', ');
  return `${name}: ${named}${rest > 0 ? ` (+${rest})` : ''}`;
}

function factsOf(memo: Memo, facts: Facts): MemoDocument['facts'] {
  return Object.entries(facts).map(([name, value]) => ({ name: memo.say(`fact.${name}`), value: valueText(memo, value) }));
}

function valueText(memo: Memo, value: FactValue): string {
  if (typeof value === 'boolean') return value ? '✓' : '✕';
  if (typeof value === 'number') return memo.number(value);
  if (typeof value === 'string') return /^[A-Z]{2}$/.test(value) ? memo.country(value) : memo.say(`value.${value}`);
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map((one) => valueText(memo, one)).join(', ');
  if (isPartialSet(value)) {
    const named = (mark: string, list: readonly string[] = []) => list.map((one) => `${mark} ${valueText(memo, one)}`);
    return [...named('✓', value.has), ...named('✕', value.lacks)].join(', ');
  }
  const { min, max } = value as NumberRange; // parser: the only other kind of fact value
  return `${min === undefined ? '' : memo.number(min)} – ${max === undefined ? '' : memo.number(max)}`;
}
