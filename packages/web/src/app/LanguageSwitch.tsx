import { VisuallyHidden } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { keepLanguage, showLanguage } from '../words/catalogue.ts';
import { LANGUAGES, OWN_NAMES, readLanguage } from '../words/language.ts';
import { useWords } from '../words/useWords.ts';

/** Changes the language of the page, and keeps the choice in the address and on this computer. */
export function LanguageSwitch() {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const asked = useSearch({ strict: false, select: (search) => readLanguage(search.lang) });
  useEffect(() => {
    if (asked !== undefined && asked !== language) void showLanguage(asked);
  }, [asked, language]);
  const choose = async (value: string): Promise<void> => {
    const lang = readLanguage(value);
    if (lang === undefined) return;
    keepLanguage(lang);
    await navigate({ to: '.', search: (before) => ({ ...before, lang }), replace: true });
  };
  return (
    <label className="language">
      <VisuallyHidden>{t('nav.language')}</VisuallyHidden>
      <select value={language} onChange={(event) => void choose(event.currentTarget.value)}>
        {LANGUAGES.map((lang) => (
          <option key={lang} value={lang} lang={lang}>
            {OWN_NAMES[lang]}
          </option>
        ))}
      </select>
    </label>
  );
}
