import type { CaseView, ItemView } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import { useItemPhrase } from '../../things/ItemName.tsx';
import { useWords } from '../../words/useWords.ts';

/** What can be done with one item on a page of its own: see and minimise its data, open its delivery. */
export function ItemActions({ view, item }: { readonly view: CaseView; readonly item: ItemView }) {
  const { t, term } = useWords();
  const phrase = useItemPhrase();
  const may = (act: string): boolean =>
    view.moves.some(
      (move) => move.type === act && move.refusal === undefined && move.items.some((one) => one.item === item.item.id),
    );
  const params = { id: view.id, item: item.item.id };
  const name = phrase(item);
  return (
    <span className="row no-print">
      {may('minimise') && (
        <Link
          to="/cases/$id/items/$item/preview"
          params={params}
          aria-label={t('item.act', { act: term('act.minimise'), item: name })}
        >
          {term('act.minimise')}
        </Link>
      )}
      {item.joint !== undefined && !may('open') && (
        <Link to="/cases/$id/items/$item/open" params={params} aria-label={t('item.act', { act: t('item.joint'), item: name })}>
          {t('item.joint')}
        </Link>
      )}
      {may('open') && (
        <Link to="/cases/$id/items/$item/open" params={params} aria-label={t('item.act', { act: term('act.open'), item: name })}>
          {term('act.open')}
        </Link>
      )}
    </span>
  );
}
