import type { PartyView } from '@comity/node/api';
import { useWords } from '../../words/useWords.ts';
import { dayIn } from '../../words/when.ts';

/** How a provider is asked, as it says in the directory: whom to address, in which language, and what it can answer. */
export function ProviderCard({ party }: { readonly party: PartyView }) {
  const { t, term, locale } = useWords();
  const { card } = party;
  if (card === undefined) return null;
  const languages = new Intl.DisplayNames(locale, { type: 'language' });
  const list = new Intl.ListFormat(locale);
  const lines: readonly (readonly [string, string, boolean?])[] = [
    [t('card.entity'), `${card.entity} (${term(`card.${card.addressed}`)})`],
    [t('card.address'), card.address],
    [t('card.languages'), list.format(card.languages.map((code) => languages.of(code) ?? code))],
    [t('card.services'), list.format(card.services)],
    [t('card.categories'), list.format(card.categories.map((category) => term(`category.${category}`)))],
    [t('card.identifiers'), list.format(card.identifierTypes.map((type) => term(`identifier.${type}`)))],
    [t('card.formats'), list.format(card.formats)],
    ...keepsLine(),
    ...(card.callBack === undefined ? [] : [[t('card.callBack'), card.callBack, true] as const]),
  ];
  function keepsLine(): readonly (readonly [string, string])[] {
    const kept = Object.entries(card?.keeps ?? {}).map(([category, n]) =>
      t('card.keeps.one', { category: term(`category.${category}`), n }),
    );
    return kept.length === 0 ? [] : [[t('card.keeps'), list.format(kept)]];
  }
  return (
    <details className="card">
      <summary>{t('card.title', { name: party.name })}</summary>
      <dl>
        {lines.map(([label, text, isNumber]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi className={isNumber === true ? 'mono' : ''}>{text}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <p className="small quiet">{t('card.asOf', { day: dayIn(`${card.asOf}T12:00:00.000Z`, 'UTC', locale) })}</p>
    </details>
  );
}
