import type { SafeHarborView } from '@comity/node/api';
import { useWords } from '../../words/useWords.ts';

/** The eighteen identifiers of 45 CFR 164.514(b)(2)(i), each with what was done about it. */
export function Checklist({ entries }: { readonly entries: SafeHarborView['checklist'] }) {
  const { t, term } = useWords();
  return (
    <details>
      <summary>{t('harbor.checklist', { n: entries.filter(({ state }) => state !== 'absent').length })}</summary>
      <table>
        <caption className="unseen">{t('harbor.checklist.title')}</caption>
        <tbody>
          {entries.map(({ letter, state, columns }) => (
            <tr key={letter}>
              <th scope="row">
                ({letter}) {term(`harbor.letter.${letter}`)}
              </th>
              <td>{t(`harbor.state.${state}`)}</td>
              <td>
                <bdi className="mono small">{columns.join(', ')}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
