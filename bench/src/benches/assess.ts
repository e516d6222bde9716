import { join } from 'node:path';
import { acrossCountries, assess } from '@comity/assess';
import type { Facts } from '@comity/core';
import { loadLaw } from '@comity/node/law';
import { FACT_CARDS, ROOT } from '@comity/sandbox';
import { median, rateOf } from '../measure.ts';
import { type Bench, comparison } from '../sheet.ts';
import { machine } from '../versions.ts';

const ON = '2026-11-22';
const RUNS = 5;
const REASON =
  'No peer here: rule engines such as OPA, Cedar or json-rules-engine are not installed with this project, and none of them answers in three values with reasons and missing facts, so the same rules would have to be written for each first.';

/** One decision with reasons and missing facts on the hospital's question, and the whole map of it. */
export const assessBench: Bench = {
  about: 'decisions with reasons on the hospital’s question; the map of all countries, cold',
  run: async () => {
    const load = () => loadLaw(join(ROOT, 'law', 'packs')).assess;
    const law = load();
    const questions = ['cn-vendor', 'in-vendor', 'pr-vendor'].map((vendor) => ({ facts: factsOf(vendor), on: ON }));
    const verdicts = questions.map((question) => assess(law, question).verdict);
    let turn = 0;
    const one = (): unknown => assess(law, questions[turn++ % questions.length] ?? { facts: {}, on: ON });
    const open = { facts: { ...FACT_CARDS['dataset:claims'], ...FACT_CARDS['cn-vendor'] }, on: ON };
    rateOf(0.5, one);
    const undecided = Array.from({ length: RUNS }, () => rateOf(1, () => assess(law, open)));
    const rates = Array.from({ length: RUNS }, () => rateOf(1, one));
    const countries = [...law.vocabulary.countries];
    const cold = Array.from({ length: RUNS }, () => {
      const fresh = load();
      const start = performance.now();
      acrossCountries(fresh, { facts: factsOf('in-vendor'), on: ON }, countries);
      return performance.now() - start;
    });
    const none = { name: 'none', value: null };
    return {
      input: `claims of ${PATIENTS} patients to vendors in CN, IN, PR (${verdicts.join(', ')}); ${law.packs.map(({ id, version }) => `${id} ${version}`).join(', ')}`,
      versions: machine(),
      figures: [
        comparison('decision with reasons', 'per second', { ours: median(rates), peer: none }),
        comparison(`${assess(law, open).verdict}, with what is missing`, 'per second', { ours: median(undecided), peer: none }),
        comparison(`map of ${countries.length} countries, cold`, 'ms', { ours: median(cold), peer: none }),
      ],
      notes: [REASON],
    };
  },
};

/** Patients whose claims are to be analysed, as a scan of the dataset counts them. */
const PATIENTS = 50_000;
const COUNTED: Facts = {
  'data.subjects.count': PATIENTS,
  'data.us_people_12m.health': PATIENTS,
  'data.us_people_12m.identifiers': PATIENTS,
};

function factsOf(vendor: string): Facts {
  return { ...FACT_CARDS['dataset:claims'], ...COUNTED, ...FACT_CARDS[vendor] };
}
