import { isJsonObject, type JsonObject } from '@comity/core';
import type { ActView, ItemView } from '@comity/node/api';
import type { ReactNode } from 'react';
import { useWords } from '../words/useWords.ts';
import { useItemPhrase } from './ItemName.tsx';
import { Moment } from './Moment.tsx';
import { SectionText } from './SectionText.tsx';
import { Value } from './Value.tsx';

/** Members that other parts of the page show better. */
const ELSEWHERE = ['decisions', 'items', 'seats'];

/** What an act says: its decisions item by item, its other members, its sections; and which sections are not for us. */
export function ActDetails({
  act,
  items,
  zone,
}: {
  readonly act: ActView;
  readonly items: readonly ItemView[];
  readonly zone: string;
}) {
  const { t, term } = useWords();
  const members = Object.entries(act.data).filter(([name]) => !ELSEWHERE.includes(name));
  const sections = Object.entries(act.sections).filter(([name]) => name !== 'package');
  return (
    <>
      <Decisions data={act.data} items={items} zone={zone} />
      {members.length + sections.length > 0 && (
        <details>
          <summary>{t('act.details', { n: members.length + sections.length })}</summary>
          <dl className="facts">
            {members.map(([name, value]) => (
              <Entry key={name} name={term(`member.${name}`)}>
                <Value value={value} zone={zone} />
              </Entry>
            ))}
            {sections.map(([name, value]) => (
              <Entry key={name} name={term(`section.${name}`)}>
                <SectionText value={value} zone={zone} items={items} />
              </Entry>
            ))}
          </dl>
        </details>
      )}
      {act.withheld.length > 0 && (
        <p className="quiet small">
          {act.withheld.map((name) => term(`section.${name}`)).join(', ')}: {t('withheld')}
        </p>
      )}
    </>
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

function Decisions({
  data,
  items,
  zone,
}: {
  readonly data: JsonObject;
  readonly items: readonly ItemView[];
  readonly zone: string;
}) {
  const { t, term } = useWords();
  const phrase = useItemPhrase();
  const decisions = Array.isArray(data['decisions']) ? data['decisions'].filter(isJsonObject) : [];
  if (decisions.length === 0) return null;
  return (
    <ul>
      {decisions.map((decision) => {
        const item = items.find((candidate) => candidate.item.id === decision['item']);
        return (
          <li key={String(decision['item'])}>
            {term(`choice.${String(decision['choice'])}`)}:{' '}
            <bdi>{item === undefined ? String(decision['item']) : phrase(item)}</bdi>
            {typeof decision['ground'] === 'string' && (
              <span className="quiet">{t('comma') + term(`ground.${decision['ground']}`)}</span>
            )}
            <Counts decision={decision} zone={zone} />
          </li>
        );
      })}
    </ul>
  );
}

function Counts({ decision, zone }: { readonly decision: JsonObject; readonly zone: string }) {
  const { t } = useWords();
  const { rowsKept, rowsTotal, size, until } = decision;
  return (
    <>
      {typeof rowsKept === 'number' && typeof rowsTotal === 'number' && (
        <span className="quiet">{t('comma') + t('preview.rows', { kept: rowsKept, total: rowsTotal })}</span>
      )}
      {typeof size === 'number' && <span className="quiet">{t('comma') + t('size', { n: size })}</span>}
      {typeof until === 'string' && (
        <span className="quiet">
          {t('comma')}
          <Moment at={until} zone={zone} />
        </span>
      )}
    </>
  );
}
