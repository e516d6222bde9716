import type { CaseView, ItemView, MoveView } from '@comity/node/api';
import { Identifier, PeriodText } from '../../things/ItemName.tsx';
import { nameOf } from '../../things/nameOf.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { type MoveDraft, sectionsAsked } from '../case/moveDraft.ts';

interface Props {
  readonly view: CaseView;
  readonly move: MoveView;
  readonly draft: MoveDraft;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The decision to be made by hand: a line for each item with empty boxes, the grounds by letters, room for reasons, and a place to sign. What was chosen on the screen before is marked. */
export function PaperForm({ view, move, draft }: Props) {
  const { t, term } = useWords();
  const { party } = useOwn();
  const grounds = [...new Set(Object.values(move.choices).flatMap((choice) => choice.grounds))];
  const items = move.items.flatMap(({ item, choices }) => {
    const found = view.items.find((one) => one.item.id === item);
    return found === undefined ? [] : [{ item: found, choices }];
  });
  return (
    <div className="paper" aria-hidden>
      {items.length === 0 && (
        <p>
          <Box marked={false} /> {term(`act.${move.type}`)}
        </p>
      )}
      {items.length > 0 && (
        <table>
          <tbody>
            {items.map(({ item, choices }, index) => (
              <PaperItem
                key={item.item.id}
                number={index + 1}
                item={item}
                choices={choices}
                move={move}
                draft={draft}
                grounds={grounds}
              />
            ))}
          </tbody>
        </table>
      )}
      {grounds.length > 0 && (
        <p className="small">{grounds.map((ground, index) => `${LETTERS[index]} ${term(`ground.${ground}`)}`).join(' · ')}</p>
      )}
      {sectionsAsked(move).map((section) => (
        <div key={section}>
          <h3>{term(`section.${section}`)}</h3>
          <p className="freetext">{Object.entries(draft.texts).find(([field]) => field.split('.')[0] === section)?.[1]}</p>
          <div className="lines">
            <hr />
            <hr />
            <hr />
          </div>
        </div>
      ))}
      <dl className="sign">
        {(['decide.sign.name', 'decide.sign.place', 'decide.sign.signature'] as const).map((label) => (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd />
          </div>
        ))}
      </dl>
      <p className="small">
        {t('decide.sign.office', { office: nameOf(view.parties, party?.id), role: term(`role.${move.role}`) })}
      </p>
    </div>
  );
}

interface ItemProps extends Omit<Props, 'view'> {
  readonly number: number;
  readonly item: ItemView;
  readonly choices: readonly string[];
  readonly grounds: readonly string[];
}

function PaperItem({ number, item, choices, move, draft, grounds }: ItemProps) {
  const { t, term } = useWords();
  const { choice, ground } = draft.decisions[item.item.id] ?? { choice: '', ground: '' };
  const asksGround = choices.some((one) => (move.choices[one]?.grounds.length ?? 0) > 0);
  return (
    <tr>
      <th scope="row">{number}</th>
      <td>
        <Identifier item={item} /> {term(`category.${item.item.category}`)}
        <div className="small">
          <PeriodText item={item.item} />
        </div>
      </td>
      <td className="boxes">
        {choices.map((one) => (
          <span key={one}>
            <Box marked={choice === one} /> {term(`choice.${one}`)}
          </span>
        ))}
        {asksGround && (
          <span>
            {t('decide.ground')}: {ground === '' ? '____' : LETTERS[grounds.indexOf(ground)]}
          </span>
        )}
      </td>
    </tr>
  );
}

function Box({ marked }: { readonly marked: boolean }) {
  return <span className="box">{marked ? '×' : ''}</span>;
}
