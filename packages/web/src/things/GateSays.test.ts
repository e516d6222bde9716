import { setupI18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../words/language.ts';
import { MORE } from '../words/more.ts';
import { GateSays } from './GateSays.tsx';

const says = 'Nobody approves what they drafted.';

/** The sentence as a page of such a language shows it, with the words that its pages of requests load. */
async function shown(language: Language): Promise<string> {
  const catalogues = await (MORE.gate[language] ?? MORE.gate.en)();
  const messages = Object.assign({}, ...catalogues.map((catalogue) => catalogue.default));
  const i18n = setupI18n({ locale: language, messages: { [language]: messages } });
  const sentence = createElement(GateSays, { rule: 'comity.desk.separation', says });
  return renderToStaticMarkup(createElement(I18nProvider, { i18n }, sentence));
}

test('a step of a gate is said in French and Arabic', async () => {
  expect(await shown('fr')).toBe('Personne n’approuve ce qu’il a rédigé.');
  expect(await shown('ar')).toBe('لا يوافق أحد على ما حرره بنفسه.');
});

test('a language that has no words for it shows the English of the law, marked as English', async () => {
  const others = LANGUAGES.filter((language) => !['fr', 'ar'].includes(language));
  for (const language of others) expect(await shown(language), language).toBe(`<bdi lang="en">${says}</bdi>`);
});
