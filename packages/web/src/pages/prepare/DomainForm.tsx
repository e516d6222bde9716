import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useWords } from '../../words/useWords.ts';
import { columnOf, DOMAIN_KINDS, type DomainColumn, type DomainDraft, type DomainKind } from './domainDraft.ts';

interface Props {
  readonly domain: DomainDraft;
  readonly onChange: (domain: DomainDraft) => void;
}

/** What each column may hold, said by a person: values or edges; what is not said does not leave. */
export function DomainForm({ domain, onChange }: Props) {
  const { t } = useWords();
  return (
    <table className="narrow own-columns">
      <caption>{t('domain.columns')}</caption>
      <tbody>
        {Object.entries(domain).map(([name, column]) => (
          <tr key={name}>
            <th scope="row">
              <bdi className="mono">{name}</bdi>
            </th>
            <td>
              <Column
                name={name}
                column={column}
                onChange={(changed) => onChange({ ...domain, [name]: { ...column, ...changed } })}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ColumnProps {
  readonly name: string;
  readonly column: DomainColumn;
  readonly onChange: (changed: Partial<DomainColumn>) => void;
}

function Column({ name, column, onChange }: ColumnProps) {
  const { t } = useWords();
  return (
    <div className="own-choice">
      <NativeSelect
        aria-label={t('domain.kind.of', { column: name })}
        value={column.kind}
        data={DOMAIN_KINDS.map((kind) => ({ value: kind, label: t(`domain.kind.${kind}`) }))}
        onChange={(event) => onChange({ kind: kindOf(event.currentTarget.value), text: '' })}
      />
      {column.kind !== 'out' && (
        <div className="stack said">
          <Said name={name} column={column} onChange={onChange} />
          {column.kind === 'values' && (
            <Checkbox
              label={t('domain.other')}
              aria-label={t('domain.other.of', { column: name })}
              checked={column.other}
              onChange={(event) => onChange({ other: event.currentTarget.checked })}
            />
          )}
          <Checkbox
            label={t('domain.missing')}
            aria-label={t('domain.missing.of', { column: name })}
            checked={column.missing}
            onChange={(event) => onChange({ missing: event.currentTarget.checked })}
          />
        </div>
      )}
    </div>
  );
}

/** The values, one a line, or the edges in one line. */
function Said({ name, column, onChange }: ColumnProps) {
  const { t } = useWords();
  const { kind, text } = column;
  if (kind === 'out') return null;
  const given = {
    'aria-label': t(`domain.text.of.${kind}`, { column: name }),
    description: t(`domain.text.${kind}`),
    inputWrapperOrder: ['label', 'input', 'description', 'error'] satisfies ('label' | 'input' | 'description' | 'error')[],
    value: text,
    spellCheck: false,
    error: text.trim() === '' || columnOf(column) !== undefined ? undefined : t(`domain.bad.${kind}`),
  };
  return kind === 'values' ? (
    <Textarea {...given} autosize minRows={2} maxRows={10} onChange={(event) => onChange({ text: event.currentTarget.value })} />
  ) : (
    <TextInput {...given} dir="ltr" onChange={(event) => onChange({ text: event.currentTarget.value })} />
  );
}

function kindOf(value: string): DomainKind {
  return DOMAIN_KINDS.find((one) => one === value) ?? 'out';
}
