import type { Alternatives, Assessment, Change, CountryVerdict } from '@comity/assess';
import { say } from '../words.ts';

/** The first line says what counts: the verdict, and whether it rests on law that nobody could confirm. */
export function verdictLine({
  verdict,
  confirmed,
  countriesNotAssessed,
}: Pick<Assessment, 'verdict' | 'confirmed' | 'countriesNotAssessed'>): string {
  const doubt = confirmed === 'official' ? '' : ` ${say(`assess.${confirmed}`)}`;
  const unknown =
    countriesNotAssessed.length === 0 ? '' : ` ${say('assess.countries', { list: countriesNotAssessed.join(', ') })}`;
  return `${say(`verdict.${verdict}`)}${doubt}${unknown}`;
}

/** An assessment as lines of text: regimes that say something, then what is owed, missing, and not assessed. */
export function assessmentLines(assessment: Assessment): readonly string[] {
  const speaking = Object.entries(assessment.regimes).filter(([, { because }]) => because.length > 0);
  const regimes = speaking.flatMap(([name, regime]) => [
    `  ${name}: ${say(`verdict.${regime.verdict}`)}`,
    ...regime.because.map(
      ({ says, cite, confirmed }) =>
        `    ${says} (${cite}${confirmed === 'official' ? '' : `; ${say(`confirmed.${confirmed}`)}`})`,
    ),
    ...listLine(
      'assess.duties',
      regime.duties.map(({ duty, met }) => (met === true ? `${duty} ✓` : duty)),
    ),
    ...listLine('assess.missing', regime.missing),
  ]);
  const silent = Object.values(assessment.regimes).length - speaking.length;
  return [
    verdictLine(assessment),
    ...regimes,
    ...assessment.conflicts.map(({ demanding, forbidding }) =>
      say('assess.conflict', {
        demanding: `${demanding.regime} ${demanding.cite}`,
        forbidding: `${forbidding.regime} ${forbidding.cite}`,
      }),
    ),
    ...(silent > 0 ? [say('assess.silent', { count: silent })] : []),
    ...(assessment.lawfulUntil === null ? [] : [say('assess.until', { day: assessment.lawfulUntil })]),
    ...(assessment.notAssessed.length === 0 ? [] : [say('assess.not-assessed', { list: assessment.notAssessed.join(', ') })]),
    ...(assessment.packs.some(({ reviewed }) => !reviewed) ? [say('assess.not-reviewed')] : []),
  ];
}

function listLine(key: string, list: readonly string[]): readonly string[] {
  return list.length === 0 ? [] : [`    ${say(key, { list: list.join(', ') })}`];
}

/** Verdicts by country, grouped: those with the same verdict for the same reasons stand in one line. */
export function whereLines(countries: readonly CountryVerdict[]): readonly string[] {
  const groups = Map.groupBy(countries, ({ verdict, because, missing }) => JSON.stringify([verdict, because, missing]));
  const order = ['free', 'conditional', 'authorisation', 'undecided', 'conflict', 'prohibited'];
  const sorted = [...groups.values()].sort((a, b) => order.indexOf(a[0]?.verdict ?? '') - order.indexOf(b[0]?.verdict ?? ''));
  return sorted.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      `${say(`verdict.${first.verdict}`)} (${group.length})`,
      `  ${group.map(({ country }) => country).join(' ')}`,
      ...(first.because.length === 0 ? [] : [`  ${say('where.because', { list: first.because.join(', ') })}`]),
      ...(first.missing.length === 0 ? [] : [`  ${say('assess.missing', { list: first.missing.join(', ') })}`]),
    ];
  });
}

/** Alternatives as lines: cheapest first, each with what it then owes; or why nothing helps. */
export function insteadLines({ now, sets, never, left, missing }: Alternatives): readonly string[] {
  if (now === 'free' || now === 'conditional') return [say('instead.already')];
  const ways = sets.flatMap(({ changes, cost, verdict, duties }, i) => [
    `${i + 1}. ${changes.map(changeText).join(` ${say('instead.and')} `)} — ${say(`verdict.${verdict}`)} ${say('instead.cost', { cost })}`,
    ...(duties.length === 0 ? [] : [`   ${say('assess.duties', { list: duties.join(', ') })}`]),
  ]);
  const because = never.map(({ says, cite }) => `  ${says} (${cite})`);
  return [
    ...(sets.length === 0 ? [say('instead.never'), ...because] : [say('instead.ways', { count: sets.length }), ...ways]),
    ...(missing.length > 0 ? [say('instead.missing', { list: missing.join(', ') })] : []),
    ...(left > 0 ? [say('instead.left', { count: left })] : []),
    say('instead.todo'),
  ];
}

function changeText({ fact, value, countries }: Change): string {
  if (countries === undefined) return say('instead.change', { fact, value });
  const list = countries.length > 40 ? `${countries.slice(0, 40).join(' ')} …` : countries.join(' ');
  return say('instead.move', { list });
}
