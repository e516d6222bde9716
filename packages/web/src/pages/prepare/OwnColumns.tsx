import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useWords } from '../../words/useWords.ts';
import { COARSER, DATE_ORDERS, isStepped, OWN_CHANGES, type OwnColumn, type OwnDraft, STEPS } from './ownDraft.ts';

interface Props {
  readonly draft: OwnDraft;
  readonly onChange: (changed: Partial<OwnDraft>) => void;
}

/** What happens to each column, and what must be known for it. */
export function OwnColumns({ draft, onChange }: Props) {
  const { t } = useWords();
  const shifted = Object.values(draft.columns).some(({ change }) => change === 'dateShift');
  return (
    <>
      <table className="narrow own-columns">
        <caption>{t('own.columns')}</caption>
        <tbody>
          {Object.entries(draft.columns).map(([name, column]) => (
            <Row
              key={name}
              name={name}
              column={column}
              onChange={(changed) => onChange({ columns: { ...draft.columns, [name]: { ...column, ...changed } } })}
            />
          ))}
        </tbody>
      </table>
      {shifted && <Shift draft={draft} onChange={onChange} />}
    </>
  );
}

interface RowProps {
  readonly name: string;
  readonly column: OwnColumn;
  readonly onChange: (changed: Partial<OwnColumn>) => void;
}

function Row({ name, column, onChange }: RowProps) {
  const { t } = useWords();
  const dated = column.change === 'dateShift' || (column.change === 'search' && column.coarser === 'date');
  return (
    <tr>
      <th scope="row">
        <bdi className="mono">{name}</bdi>
      </th>
      <td>
        <div className="own-choice">
          <NativeSelect
            aria-label={t('own.change.of', { column: name })}
            value={column.change}
            data={OWN_CHANGES.map((one) => ({ value: one, label: t(`own.change.${one}`) }))}
            onChange={(event) => onChange({ change: known(OWN_CHANGES, event.currentTarget.value) })}
          />
          {column.change === 'search' && <How name={name} column={column} onChange={onChange} />}
          {dated && (
            <NativeSelect
              aria-label={t('harbor.order.of', { column: name })}
              value={column.order}
              data={DATE_ORDERS.map((order) => ({ value: order, label: t(`harbor.order.${order}`) }))}
              onChange={(event) => onChange({ order: known(DATE_ORDERS, event.currentTarget.value) })}
            />
          )}
        </div>
      </td>
    </tr>
  );
}

/** In which steps a column becomes coarser. */
function How({ name, column, onChange }: RowProps) {
  const { t } = useWords();
  const { coarser, steps } = column;
  return (
    <>
      <NativeSelect
        aria-label={t('own.coarser.of', { column: name })}
        value={coarser}
        data={COARSER.map((one) => ({ value: one, label: t(`own.coarser.${one}`) }))}
        onChange={(event) => {
          const way = known(COARSER, event.currentTarget.value);
          onChange({ coarser: way, steps: STEPS[way] });
        }}
      />
      {(coarser === 'number' || coarser === 'prefix') && (
        <TextInput
          aria-label={t('own.steps.of', { column: name })}
          description={t(`own.steps.${coarser}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={steps}
          maxLength={100}
          inputMode="numeric"
          dir="ltr"
          error={isStepped(column) ? undefined : t(`own.steps.bad.${coarser}`)}
          onChange={(event) => onChange({ steps: event.currentTarget.value })}
        />
      )}
    </>
  );
}

function Shift({ draft, onChange }: Props) {
  const { t } = useWords();
  return (
    <fieldset className="stack reading">
      <legend>{t('own.shift')}</legend>
      <NativeSelect
        label={t('own.shift.subject')}
        description={t('own.shift.subject.help')}
        value={draft.subject}
        data={[{ value: '', label: t('own.shift.choose') }, ...Object.keys(draft.columns)]}
        onChange={(event) => onChange({ subject: event.currentTarget.value })}
      />
      <NumberInput
        label={t('own.shift.days')}
        value={draft.days}
        min={1}
        max={3660}
        allowDecimal={false}
        onChange={(value) => onChange({ days: value === '' ? '' : Number(value) })}
      />
    </fieldset>
  );
}

/** A choice of a closed list; what is not in it is the first, which lets least leave. */
function known<T extends string>(list: readonly [T, ...T[]], value: string): T {
  return list.find((one) => one === value) ?? list[0];
}
