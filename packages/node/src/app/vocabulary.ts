import type { Vocabulary } from '@comity/assess';
import { isJsonObject } from '@comity/core';
import type { FactWords, VocabularyView } from '../api.ts';
import type { House } from './house.ts';

const views = new WeakMap<Vocabulary, VocabularyView>();

/** The words in which a transfer is described, with what each means: what a person needs who states facts. */
export function transferWords(house: House): VocabularyView {
  const { vocabulary } = house.law.assess;
  const known = views.get(vocabulary) ?? viewOf(vocabulary, meaningsIn(house, vocabulary.id));
  views.set(vocabulary, known);
  return known;
}

type Meanings = (fact: string) => Readonly<Record<string, string>>;

function viewOf(vocabulary: Vocabulary, meanings: Meanings): VocabularyView {
  const facts = [...vocabulary.facts.values()].map(({ name, type, group, is, values, lever, promise }): FactWords => {
    const means = meanings(name);
    return { name, type, group, is, lever, promise, values: values.map((value) => ({ value, is: means[value] ?? '' })) };
  });
  return {
    id: vocabulary.id,
    facts,
    regimes: vocabulary.regimes,
    countries: [...vocabulary.countries].sort(),
    subdivisions: [...vocabulary.subdivisions].sort(),
    contradictions: vocabulary.contradictions.map(({ id, facts: about, says }) => ({ id, facts: about, says })),
  };
}

/** What the values of facts mean stands in the text of the vocabulary only: deciding needs no meanings. */
function meaningsIn({ law }: House, id: string): Meanings {
  const texts = [...law.texts].filter(([sha256]) => law.current.has(sha256)).map(([, text]): unknown => JSON.parse(text));
  const words = texts.find((json) => isJsonObject(json) && json['vocabulary'] === id && json['pack'] === undefined);
  const facts = isJsonObject(words) ? words['facts'] : undefined;
  return (name) => {
    let fact = isJsonObject(facts) ? facts[name] : undefined;
    if (isJsonObject(fact) && isJsonObject(facts) && typeof fact['values_as'] === 'string') fact = facts[fact['values_as']];
    const values = isJsonObject(fact) ? fact['values'] : undefined;
    if (!isJsonObject(values)) return {};
    return Object.fromEntries(Object.entries(values).map(([value, is]) => [value, String(is)]));
  };
}
