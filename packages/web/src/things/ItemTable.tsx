import type { ItemView } from '@comity/node/api';
import type { ReactNode } from 'react';
import { useWords } from '../words/useWords.ts';
import { Identifier, PeriodText } from './ItemName.tsx';
import { inOrder } from './order.ts';
import { Scroll } from './Scroll.tsx';

/** Tracks on which something has happened or stands open; an answer is not awaited before the approval, nor after a "no" to it. */
function statesOf(item: ItemView): readonly (readonly [string, string])[] {
  const approval = item.tracks['approval'] ?? '';
  const later = ['answer', 'release'];
  const states = inOrder(Object.entries(item.tracks)).filter(([, state]) => state !== 'none');
  return approval === 'approved' ? states : states.filter(([track, state]) => !(later.includes(track) && state === 'open'));
}

/** The items of a case: what is asked, for when, where each stands, and what can be done with it. */
export function ItemTable({
  items,
  actions,
}: {
  readonly items: readonly ItemView[];
  readonly actions?: (item: ItemView) => ReactNode;
}) {
  const { t, term } = useWords();
  return (
    <Scroll label={t('case.item-table')}>
      <table className="items">
        <thead>
          <tr>
            <th scope="col">{t('items.identifier')}</th>
            <th scope="col">{t('items.category')}</th>
            <th scope="col">{t('items.period')}</th>
            <th scope="col">{t('items.state')}</th>
            {actions !== undefined && <th scope="col">{t('items.actions')}</th>}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.item.id}>
              <td>
                <Identifier item={item} />
              </td>
              <td>{term(`category.${item.item.category}`)}</td>
              <td>
                <PeriodText item={item.item} />
              </td>
              <td>
                <ul className="states">
                  {statesOf(item).map(([track, state]) => (
                    <li key={track}>
                      <span className="of">{term(`track.${track}`)}:</span> {term(`track.${track}.${state}`)}
                      <Ground decision={item.decisions[track]} />
                    </li>
                  ))}
                </ul>
              </td>
              {actions !== undefined && <td>{actions(item)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Ground({ decision }: { readonly decision: ItemView['decisions'][string] | undefined }) {
  const { t, term } = useWords();
  const ground = decision?.['ground'];
  return typeof ground === 'string' ? <span className="quiet">{t('comma') + term(`ground.${ground}`)}</span> : null;
}
