import type { CaseView, ItemView, MoveView } from '@comity/node/api';
import { Checkbox, NativeSelect, Radio } from '@mantine/core';
import { Identifier, PeriodText, useItemPhrase } from '../../things/ItemName.tsx';
import { MomentField } from '../../things/MomentField.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { carriedBy, type Deciding, type MoveDraft, type MoveFaults, UNDECIDED } from './moveDraft.ts';

interface Props {
  readonly view: CaseView;
  readonly move: MoveView;
  readonly decisions: MoveDraft['decisions'];
  readonly faults: MoveFaults;
  readonly onChange: (decisions: MoveDraft['decisions']) => void;
}

/** Every item is decided by itself; nothing is decided beforehand, and nothing decides all. */
export function DecisionFields({ view, move, decisions, faults, onChange }: Props) {
  const { t } = useWords();
  if (move.items.length === 0) return null;
  return (
    <fieldset id="decisions" tabIndex={-1}>
      <legend>{t(move.complete ? 'decide.all' : 'decide.some')}</legend>
      {move.items.map(({ item: id, choices }) => {
        const item = view.items.find((one) => one.item.id === id);
        if (item === undefined) return null;
        return (
          <OneDecision
            key={id}
            item={item}
            choices={choices}
            move={move}
            deciding={decisions[id] ?? UNDECIDED}
            faults={faults}
            onChange={(deciding) => onChange({ ...decisions, [id]: deciding })}
          />
        );
      })}
    </fieldset>
  );
}

interface OneProps {
  readonly item: ItemView;
  readonly choices: readonly string[];
  readonly move: MoveView;
  readonly deciding: Deciding;
  readonly faults: MoveFaults;
  readonly onChange: (deciding: Deciding) => void;
}

function OneDecision({ item, choices, move, deciding, faults, onChange }: OneProps) {
  const { term } = useWords();
  const { zone } = useOwn();
  const id = item.item.id;
  const grounds = move.choices[deciding.choice]?.grounds ?? [];
  const change = (part: Partial<Deciding>): void => onChange({ ...deciding, ...part });
  return (
    <div className="decide">
      <div className="row">
        <Identifier item={item} />
        <span>{term(`category.${item.item.category}`)}</span>
      </div>
      <div className="small">
        <PeriodText item={item.item} />
      </div>
      <Choose
        item={item}
        choices={choices}
        complete={move.complete}
        deciding={deciding}
        fault={faults[`decide.${id}`]}
        change={change}
      />
      {grounds.length > 0 && (
        <GroundField id={id} grounds={grounds} deciding={deciding} fault={faults[`ground.${id}`]} change={change} />
      )}
      {carriedBy(move, deciding.choice).includes('until') && (
        <MomentField
          id={`until.${id}`}
          label={term('member.until')}
          value={deciding.until}
          zone={zone}
          onChange={(until) => change({ until })}
          error={faults[`until.${id}`] === undefined ? undefined : term('error.field-missing')}
        />
      )}
    </div>
  );
}

interface FieldProps {
  readonly deciding: Deciding;
  readonly fault: string | undefined;
  readonly change: (part: Partial<Deciding>) => void;
}

function Choose({
  item,
  choices,
  complete,
  deciding,
  fault,
  change,
}: FieldProps & Pick<OneProps, 'item' | 'choices'> & { readonly complete: boolean }) {
  const { t, term } = useWords();
  const phrase = useItemPhrase();
  const id = `decide.${item.item.id}`;
  const [only, ...others] = choices;
  if (!complete && only !== undefined && others.length === 0)
    return (
      <Checkbox
        id={id}
        label={term(`choice.${only}`)}
        aria-label={t('item.act', { act: term(`choice.${only}`), item: phrase(item) })}
        checked={deciding.choice === only}
        onChange={(event) => change({ choice: event.currentTarget.checked ? only : '' })}
        mt="xs"
      />
    );
  return (
    <Radio.Group
      value={deciding.choice}
      onChange={(choice) => change({ choice, ground: '' })}
      aria-label={phrase(item)}
      name={id}
      error={fault === undefined ? undefined : term(`error.${fault}`)}
    >
      <div className="choices">
        {choices.map((choice, index) => (
          <Radio key={choice} {...(index === 0 ? { id } : {})} value={choice} label={term(`choice.${choice}`)} />
        ))}
      </div>
    </Radio.Group>
  );
}

function GroundField({
  id,
  grounds,
  deciding,
  fault,
  change,
}: FieldProps & { readonly id: string; readonly grounds: readonly string[] }) {
  const { t, term } = useWords();
  return (
    <NativeSelect
      id={`ground.${id}`}
      label={t('decide.ground')}
      value={deciding.ground}
      onChange={(event) => change({ ground: event.currentTarget.value })}
      data={[{ value: '', label: t('choose') }, ...grounds.map((ground) => ({ value: ground, label: term(`ground.${ground}`) }))]}
      error={fault === undefined ? undefined : term(`error.${fault}`)}
      required
    />
  );
}
