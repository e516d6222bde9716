import type { ActView, CaseView } from '@comity/node/api';
import type { ReactNode } from 'react';
import { useWords } from '../words/useWords.ts';
import { Basis } from './Basis.tsx';
import { Digest } from './Digest.tsx';
import { Moment } from './Moment.tsx';
import { nameOf } from './nameOf.ts';
import { inOrder } from './order.ts';
import { PartyChip } from './PartyChip.tsx';
import { SectionText } from './SectionText.tsx';
import { Value } from './Value.tsx';
import './request.css';

/** Shown beside each item, or sealed. */
const ELSEWHERE = ['identifiers', 'package', 'draft', 'comment', 'finding'];
const NOT_FACTS = ['items', 'seats', 'decisions'];

/** What is asked, by whom and why: the act that opened the case, then what others have said on it since. Every text that this office may read, and the names of those it may not. */
export function RequestText({ view, zone }: { readonly view: CaseView; readonly zone: string }) {
  const { t, term, has } = useWords();
  const [first, ...later] = view.acts.filter((act) => act.verdict === 'counted');
  if (first === undefined) return null;
  const facts = Object.entries(first.data).filter(([name]) => !NOT_FACTS.includes(name));
  const said = later.filter((act) => textsOf(act).length > 0);
  return (
    <div className="request-text">
      <dl className="facts">
        <dt>{t('request.from')}</dt>
        <dd>
          <PartyChip id={first.party} party={view.parties.find((one) => one.id === first.party)} />{' '}
          <span className="quiet">{term(`role.${first.role}`)}</span>
        </dd>
        <dt>{t('request.when')}</dt>
        <dd>
          <Moment at={first.at} zone={zone} />
        </dd>
        <dt>{t('request.proof')}</dt>
        <dd>
          {first.logIndex === null ? t('act.unlogged') : t('request.signed', { index: first.logIndex })}{' '}
          <Digest value={first.digest} />
        </dd>
        {facts.map(([name, value]) => (
          <Entry key={name} name={term(`member.${name}`)}>
            {has(`member.${name}.${String(value)}`) ? (
              term(`member.${name}.${String(value)}`)
            ) : (
              <Value value={value} zone={zone} />
            )}
          </Entry>
        ))}
      </dl>
      <Texts act={first} view={view} zone={zone} />
      {said.map((act) => (
        <section key={act.digest} aria-label={term(`act.${act.type}.done`)}>
          <h3>
            {term(`act.${act.type}.done`)}{' '}
            <span className="quiet small">
              <bdi>{nameOf(view.parties, act.party)}</bdi>
            </span>
          </h3>
          <Texts act={act} view={view} zone={zone} />
        </section>
      ))}
      {first.withheld.length > 0 && (
        <p className="quiet small">
          {t('request.withheld', { sections: first.withheld.map((name) => term(`section.${name}`)).join(t('comma')) })}
        </p>
      )}
      <p className="small">
        <Basis cite={first.cite} />
      </p>
    </div>
  );
}

function textsOf(act: ActView) {
  return inOrder(Object.entries(act.sections)).filter(([name]) => !ELSEWHERE.includes(name));
}

function Texts({ act, view, zone }: { readonly act: ActView; readonly view: CaseView; readonly zone: string }) {
  const { term } = useWords();
  return (
    <dl className="texts">
      {textsOf(act).map(([name, value]) => (
        <Entry key={name} name={term(`section.${name}`)}>
          <SectionText value={value} zone={zone} items={view.items} />
        </Entry>
      ))}
    </dl>
  );
}

function Entry({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
