import type { CaseView, ItemView } from '@comity/node/api';
import { Button, NativeSelect, Radio } from '@mantine/core';
import { Identifier, PeriodText, useItemPhrase } from '../../things/ItemName.tsx';
import { MomentField } from '../../things/MomentField.tsx';
import { inOrder } from '../../things/order.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { carriedBy, type Deciding, UNDECIDED } from '../case/moveDraft.ts';
import { type AnswerDraft, answerTo, optionsFor, withAnswer } from './answerDraft.ts';
import { InlinePreview } from './InlinePreview.tsx';

interface Props {
  readonly view: CaseView;
  readonly item: ItemView;
  readonly draft: AnswerDraft;
  readonly onChange: (draft: AnswerDraft) => void;
}

/** One item: what it is, where it stands, and the ways to answer it. Nothing is chosen beforehand, and nothing chooses for all. */
export function AnswerItem({ view, item, draft, onChange }: Props) {
  const { t, term } = useWords();
  const phrase = useItemPhrase();
  const { id } = item.item;
  const options = optionsFor(view, id);
  const answer = answerTo(draft, id);
  const minimises = view.moves.some(
    ({ type, refusal, items }) => type === 'minimise' && refusal === undefined && items.some((one) => one.item === id),
  );
  const states = inOrder(Object.entries(item.tracks)).filter(([, state]) => state !== 'none');
  return (
    <li className="answer-item" tabIndex={-1} aria-label={phrase(item)}>
      <div className="row">
        <Identifier item={item} />
        <strong>{term(`category.${item.item.category}`)}</strong>
      </div>
      <div className="small">
        <PeriodText item={item.item} />
      </div>
      <p className="small quiet">
        {states
          .map(([track, state]) => t('status.track', { track: term(`track.${track}`), state: term(`track.${track}.${state}`) }))
          .join(' · ')}
      </p>
      {minimises && <InlinePreview view={view} item={id} />}
      {options.length > 0 && (
        <Radio.Group
          value={answer === undefined ? '' : `${answer.move} ${answer.deciding.choice}`}
          onChange={(value) => onChange(withAnswer(draft, id, answerOf(value)))}
          aria-label={phrase(item)}
          name={`answer.${id}`}
        >
          <div className="choices">
            {options.map(({ move, choice }) => (
              <Radio key={`${move} ${choice}`} value={`${move} ${choice}`} label={term(`choice.${choice}`)} />
            ))}
          </div>
        </Radio.Group>
      )}
      {answer !== undefined && (
        <Particulars
          view={view}
          item={item}
          {...answer}
          onChange={(deciding) => onChange(withAnswer(draft, id, { move: answer.move, deciding }))}
          onLeave={() => onChange(withAnswer(draft, id))}
        />
      )}
    </li>
  );
}

function answerOf(value: string): { readonly move: string; readonly deciding: Deciding } {
  const [move = '', choice = ''] = value.split(' ');
  return { move, deciding: { ...UNDECIDED, choice } };
}

interface ParticularsProps {
  readonly view: CaseView;
  readonly item: ItemView;
  readonly move: string;
  readonly deciding: Deciding;
  readonly onChange: (deciding: Deciding) => void;
  readonly onLeave: () => void;
}

/** What a choice needs besides: its ground, from the list of this office's own role, or a time. */
function Particulars({ view, item, move: type, deciding, onChange, onLeave }: ParticularsProps) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  const move = view.moves.find((one) => one.type === type);
  const grounds = move?.choices[deciding.choice]?.grounds ?? [];
  return (
    <div className="particulars">
      {grounds.length > 0 && (
        <NativeSelect
          id={`ground.${item.item.id}`}
          label={t('decide.ground')}
          value={deciding.ground}
          onChange={(event) => onChange({ ...deciding, ground: event.currentTarget.value })}
          data={[
            { value: '', label: t('choose') },
            ...grounds.map((ground) => ({ value: ground, label: term(`ground.${ground}`) })),
          ]}
          required
        />
      )}
      {move !== undefined && carriedBy(move, deciding.choice).includes('until') && (
        <MomentField
          id={`until.${item.item.id}`}
          label={term('member.until')}
          value={deciding.until}
          zone={zone}
          onChange={(until) => onChange({ ...deciding, until })}
          error={undefined}
        />
      )}
      <Button variant="subtle" size="compact-sm" onClick={onLeave}>
        {t('board.leave')}
      </Button>
    </div>
  );
}
