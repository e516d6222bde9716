import type { LibraryPack, LibraryRule } from '@comity/assess';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { packOf } from '../api/law.ts';
import { useWords } from '../words/useWords.ts';
import { Basis } from './Basis.tsx';
import { Confirmed } from './Confirmed.tsx';
import { Loading } from './Loading.tsx';
import { Problem } from './Problem.tsx';

/** A rule of a pack, opened where it is cited: what it says, what lifts it, where its text was read and how that was confirmed. */
export function RuleDetails({ pack, rule }: { readonly pack: string; readonly rule: string }) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  return (
    <details className="rule-details" onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary className="small">{t('rule.show')}</summary>
      {opened && <Opened pack={pack} rule={rule} />}
    </details>
  );
}

function Opened({ pack, rule }: { readonly pack: string; readonly rule: string }) {
  const { t } = useWords();
  const { data, error } = useQuery(packOf(pack));
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return <Loading />;
  const found = findRule(data.rules, rule);
  if (found === undefined) return null;
  return (
    <>
      <RuleSource rule={found} />
      {found.unless.length > 0 && (
        <>
          <p className="small">{t('rule.unless')}</p>
          <ul className="small">
            {found.unless.map((exception) => (
              <li key={exception.id}>
                <bdi lang="en">{exception.says}</bdi> <Basis cite={{ ref: exception.cite, url: exception.url }} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="small">
        <Link to="/law/$pack" params={{ pack }} hash={rule}>
          {t('rule.in-library', { version: data.version })}
        </Link>
      </p>
    </>
  );
}

function findRule(rules: LibraryPack['rules'], id: string): LibraryRule | undefined {
  return rules.flatMap((rule) => [rule, ...rule.unless]).find((rule) => rule.id === id);
}

/** Since when a rule holds, and what was read to write it. */
export function RuleSource({ rule }: { readonly rule: LibraryRule }) {
  const { t } = useWords();
  const { source } = rule;
  return (
    <dl className="facts small">
      <dt>{t('rule.force')}</dt>
      <dd>
        <bdi>
          {rule.until === undefined
            ? t('rule.from', { from: rule.from })
            : t('rule.span', { from: rule.from, until: rule.until })}
        </bdi>
      </dd>
      <dt>{t('rule.confirmed')}</dt>
      <dd>
        <Confirmed how={rule.confirmed} />
      </dd>
      {source !== undefined && (
        <>
          <dt>{t('rule.read')}</dt>
          <dd>
            <bdi lang="en">{source.what}</bdi>
            {source.where !== undefined && <bdi lang="en">{`; ${source.where}`}</bdi>}
            {source.read !== undefined && <bdi>{`, ${source.read}`}</bdi>}
          </dd>
        </>
      )}
      <dt>{t('rule.id')}</dt>
      <dd>
        <bdi className="mono">{rule.id}</bdi>
      </dd>
    </dl>
  );
}
