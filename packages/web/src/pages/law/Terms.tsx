import type { LibraryPack, LibraryTerm } from '@comity/assess';
import { Basis } from '../../things/Basis.tsx';
import { Confirmed } from '../../things/Confirmed.tsx';
import { useFactWords } from '../../things/useFactWords.ts';
import { useWords } from '../../words/useWords.ts';

/** Definitions and regions: the words that rules share. A region says who belongs to it, from when and until when. */
export function Terms({ terms }: { readonly terms: readonly LibraryTerm[] }) {
  const { t } = useWords();
  if (terms.length === 0) return null;
  return (
    <section className="section" aria-labelledby="terms">
      <h2 id="terms">{t('law.terms', { n: terms.length })}</h2>
      <dl className="terms">
        {terms.map((term) => (
          <div key={`${term.what} ${term.name}`} id={term.name}>
            <dt>
              <bdi className="mono">{term.name}</bdi> <span className="small quiet">{t(`law.what.${term.what}`)}</span>
            </dt>
            <dd>
              <bdi lang="en">{term.says}</bdi> <Basis cite={{ ref: term.cite, url: term.url }} />{' '}
              {term.confirmed !== 'official' && <Confirmed how={term.confirmed} />}
              {term.members !== undefined && <Members members={term.members} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Members({ members }: { readonly members: NonNullable<LibraryTerm['members']> }) {
  const { t } = useWords();
  const say = useFactWords();
  return (
    <ul className="small">
      {members.map(({ codes, from, until }) => (
        <li key={`${from}${until ?? ''}${codes.join()}`}>
          <bdi>{until === undefined ? t('rule.from', { from }) : t('rule.span', { from, until })}</bdi>
          {': '}
          {codes.map(say.country).join(t('comma'))}
        </li>
      ))}
    </ul>
  );
}

/** What was read to write the pack: where, when, and how good a text it was. */
export function Sources({ sources }: { readonly sources: LibraryPack['sources'] }) {
  const { t } = useWords();
  if (sources.length === 0) return null;
  return (
    <section className="section" aria-labelledby="sources">
      <h2 id="sources">{t('law.sources', { n: sources.length })}</h2>
      <ul className="sources">
        {sources.map((source) => (
          <li key={`${source.what}${source.where ?? ''}`} id={source.what}>
            {source.url === undefined ? (
              <bdi lang="en">{source.what}</bdi>
            ) : (
              <a href={source.url} target="_blank" rel="noreferrer">
                <bdi lang="en">{source.what}</bdi>
              </a>
            )}{' '}
            <Confirmed how={source.how} />
            <br />
            <span className="small quiet">
              {source.where !== undefined && <bdi lang="en">{`${source.where}; `}</bdi>}
              {source.read !== undefined && t('law.read-on', { day: source.read })}
              {source.note !== undefined && <bdi lang="en">{` (${source.note})`}</bdi>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
