import type { Item } from '@comity/core';
import type { ItemView } from '@comity/node/api';
import { useWords } from '../words/useWords.ts';
import { placeOf, wallIn } from '../words/when.ts';
import './item.css';

/** The identifier behind an item, in a face that tells 0 from O, isolated for direction; or that it is not for this office. */
export function Identifier({ item }: { readonly item: Pick<ItemView, 'item' | 'identifier'> }) {
  const { t, term } = useWords();
  return (
    <span className="identifier">
      {item.identifier === undefined ? (
        <span className="quiet">{t('withheld')}</span>
      ) : (
        <bdi className="mono" translate="no">
          {item.identifier.value}
        </bdi>
      )}{' '}
      <span className="quiet small">{term(`identifier.${item.item.identifierType}`)}</span>
    </span>
  );
}

/** A period where it was keyed, and in UTC under it: a wrong zone is the commonest reason for a wrong answer. */
export function PeriodText({ item }: { readonly item: Item }) {
  const { t, locale } = useWords();
  if (item.period === undefined) return <span className="quiet">{t('period.none')}</span>;
  const { from, until } = item.period;
  const walls = (zone: string): string => `${wallIn(from, zone, locale)} – ${wallIn(until, zone, locale)}`;
  const zone = item.zone ?? 'UTC';
  const same = walls(zone) === walls('UTC');
  const places = [...new Set([placeOf(zone), ...(same ? ['UTC'] : [])])].join(' = ');
  return (
    <span className="period">
      <bdi className="period-line">{`${walls(zone)} (${places})`}</bdi>
      {!same && <bdi className="period-line quiet small">{`${walls('UTC')} (UTC)`}</bdi>}
    </span>
  );
}

/** An item in one phrase, for labels and sentences. */
export function useItemPhrase(): (item: Pick<ItemView, 'item' | 'identifier'>) => string {
  const { t, term } = useWords();
  return ({ item, identifier }) =>
    t('item.phrase', {
      identifier: identifier?.value ?? term(`identifier.${item.identifierType}`),
      category: term(`category.${item.category}`),
    });
}
