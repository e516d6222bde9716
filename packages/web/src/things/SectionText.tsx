import { isJsonObject, type Json } from '@comity/core';
import type { ItemView } from '@comity/node/api';
import { useWords } from '../words/useWords.ts';
import { Value } from './Value.tsx';
import './timeline.css';

interface Props {
  readonly value: Json;
  readonly zone: string;
  readonly items: readonly ItemView[];
}

/** What stands in a section that this office may read. Free text keeps its lines and finds its own direction. */
export function SectionText({ value, zone, items }: Props) {
  const { term } = useWords();
  if (typeof value === 'string') return <FreeText text={value} />;
  if (!isJsonObject(value)) return <Value value={value} zone={zone} />;
  const text = value['text'];
  const rest = Object.entries(value).filter(([name]) => name !== 'text');
  return (
    <>
      {typeof text === 'string' && <FreeText text={text} />}
      {rest.map(([name, member]) => (
        <span key={name} className="member">
          {!items.some((item) => item.item.id === name) && <span className="quiet">{term(`member.${name}`)}: </span>}
          <Named value={member} zone={zone} />
        </span>
      ))}
    </>
  );
}

/** An identifier as its value; anything else as its value in words. */
function Named({ value, zone }: { readonly value: Json; readonly zone: string }) {
  if (typeof value === 'string' && value.startsWith('<svg ')) return <Picture svg={value} />;
  const inner = isJsonObject(value) ? value['value'] : undefined;
  if (typeof inner === 'string') return <bdi className="mono">{inner}</bdi>;
  if (Array.isArray(value)) return <bdi>{value.filter((one) => typeof one === 'string').join(', ')}</bdi>;
  if (isJsonObject(value)) return <bdi className="small mono">{Object.keys(value).join(', ')}</bdi>;
  return <Value value={value} zone={zone} />;
}

/** A picture that somebody kept with a finding: shown as an image, in which nothing runs and nothing is fetched. */
function Picture({ svg }: { readonly svg: string }) {
  const { t } = useWords();
  return <img className="kept-picture" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={t('section.picture')} />;
}

function FreeText({ text }: { readonly text: string }) {
  return (
    <span dir="auto" className="freetext">
      {text}
    </span>
  );
}
