import type { MoveView } from '@comity/node/api';
import { NativeSelect, Radio, TextInput } from '@mantine/core';
import { MomentField } from '../../things/MomentField.tsx';
import { useWords } from '../../words/useWords.ts';
import type { MoveDraft, MoveFaults } from './moveDraft.ts';

interface Props {
  readonly move: Pick<MoveView, 'carries'>;
  readonly members: MoveDraft['members'];
  readonly faults: MoveFaults;
  readonly zone: string;
  readonly onChange: (members: MoveDraft['members']) => void;
}

/** How copies may end; the words travel in the act. */
const METHODS = ['ciphertext-deleted', 'keys-destroyed', 'media-destroyed'] as const;

/** What else the act must say, one field for each member by its kind. */
export function MemberFields({ move, members, faults, zone, onChange }: Props) {
  const { term } = useWords();
  return Object.entries(move.carries).map(([name, kind]) => {
    const code = faults[`member.${name}`];
    const field = {
      name,
      label: term(`member.${name}`),
      value: members[name] ?? '',
      error: code === undefined ? undefined : term(`error.${code}`),
      onChange: (value: string) => onChange({ ...members, [name]: value }),
    };
    return (
      <div key={name} className="decide">
        <MemberField field={field} kind={kind} zone={zone} />
      </div>
    );
  });
}

interface Field {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

function MemberField({
  field,
  kind,
  zone,
}: {
  readonly field: Field;
  readonly kind: string | readonly string[];
  readonly zone: string;
}) {
  const { t, term } = useWords();
  const { name, onChange, ...shown } = field;
  const id = `member.${name}`;
  if (typeof kind !== 'string') return <WordField id={id} field={field} words={kind} />;
  if (kind === 'instant') return <MomentField id={id} {...shown} zone={zone} onChange={onChange} />;
  if (kind === 'flag')
    return (
      <Radio.Group {...shown} onChange={onChange} name={name} required>
        <div className="choices">
          <Radio id={id} value="yes" label={t('yes')} />
          <Radio value="no" label={t('no')} />
        </div>
      </Radio.Group>
    );
  if (name === 'storedIn') return <CountryField id={id} field={field} />;
  if (name === 'destructionMethod') {
    const options = [
      { value: '', label: t('choose') },
      ...METHODS.map((method) => ({ value: method, label: term(`method.${method}`) })),
    ];
    return <NativeSelect id={id} {...shown} onChange={(event) => onChange(event.currentTarget.value)} data={options} required />;
  }
  return <TextInput id={id} {...shown} onChange={(event) => onChange(event.currentTarget.value)} required />;
}

/** One of the words that the procedure allows. */
function WordField({ id, field, words }: { readonly id: string; readonly field: Field; readonly words: readonly string[] }) {
  const { t, term } = useWords();
  const { name, onChange, ...shown } = field;
  const options = words.map((word) => ({ value: word, label: term(`member.${name}.${word}`) }));
  return (
    <NativeSelect
      id={id}
      {...shown}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: t('choose') }, ...options]}
      required
    />
  );
}

/** Countries as two letters, shown by their names in the reader's order. */
function CountryField({ id, field }: { readonly id: string; readonly field: Field }) {
  const { t, locale } = useWords();
  const { name: _, onChange, ...shown } = field;
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const countries = letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !NOT_COUNTRIES.includes(code))
    .flatMap((code) => {
      const label = names.of(code);
      return label === undefined ? [] : [{ value: code, label }];
    })
    .sort((a, b) => a.label.localeCompare(b.label, locale));
  return (
    <NativeSelect
      id={id}
      {...shown}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: t('choose') }, ...countries]}
      required
    />
  );
}

/** Codes that Unicode names and ISO 3166-1 does not list as a country. */
const NOT_COUNTRIES = ['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'XK', 'ZZ'];
