import { readIdentifier } from '@comity/core';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../words/useWords.ts';
import { type Keying, keyingOf, NOT_REKEYED, type Rekeyed, saysOf, type Wanted } from './rekey.ts';

interface Props {
  readonly wanted: readonly Wanted[];
  readonly rekeyed: Rekeyed;
  /** Whether the button was pressed while this stood in its way. */
  readonly stopped: boolean;
  readonly onChange: (rekeyed: Rekeyed) => void;
}

/** Every identifier keyed a second time from the source, by whoever did not draft and without seeing the first keying: a digit typed wrong asks for another person's data. */
export function Rekey({ wanted, rekeyed, stopped, onChange }: Props) {
  const { t, term } = useWords();
  if (wanted.length === 0) return null;
  const { texts, why, seen } = rekeyed;
  const keyings = wanted.map((one, index) => keyingOf(one, texts[index] ?? ''));
  const differ = keyings.includes('differs');
  const key = (index: number, text: string): void =>
    onChange({ ...rekeyed, texts: wanted.map((_, at) => (at === index ? text : (texts[at] ?? ''))) });
  return (
    <fieldset id="rekey" tabIndex={-1} className="rekey">
      <legend>{t('rekey.title')}</legend>
      <p>{t('rekey.lead')}</p>
      {stopped && saysOf(wanted, rekeyed) === undefined && (
        <p className="consequence" role="alert">
          {t(differ ? 'rekey.stopped.differs' : 'rekey.stopped')}
        </p>
      )}
      {wanted.map((one, index) => (
        <Again
          key={one.numbers.join(' ')}
          wanted={one}
          text={texts[index] ?? ''}
          keying={keyings[index] ?? 'empty'}
          shown={seen}
          onKey={(text) => key(index, text)}
        />
      ))}
      {differ && !seen && (
        <p>
          {t('rekey.show.then')}{' '}
          <Button variant="default" size="compact-sm" onClick={() => onChange({ ...rekeyed, seen: true })}>
            {t('rekey.show')}
          </Button>
        </p>
      )}
      {seen && <p className="consequence">{t('rekey.seen')}</p>}
      {!seen && keyings.some((keying) => keying !== 'same') && (
        <NativeSelect
          label={t('rekey.why')}
          description={t('rekey.why.help')}
          value={why}
          onChange={(event) => onChange({ ...rekeyed, why: NOT_REKEYED.find((one) => one === event.currentTarget.value) ?? '' })}
          data={[
            { value: '', label: t('rekey.why.none') },
            ...NOT_REKEYED.filter((one) => one !== 'compared-openly').map((one) => ({
              value: one,
              label: term(`member.notRekeyed.${one}`),
            })),
          ]}
        />
      )}
    </fieldset>
  );
}

interface AgainProps {
  readonly wanted: Wanted;
  readonly text: string;
  readonly keying: Keying;
  readonly shown: boolean;
  readonly onKey: (text: string) => void;
}

function Again({ wanted, text, keying, shown, onKey }: AgainProps) {
  const { t, term, locale } = useWords();
  // Nobody is told that it differs while they are still typing.
  const [left, setLeft] = useState(false);
  const { type } = wanted.first;
  const items = new Intl.ListFormat(locale).format(wanted.numbers.map(String));
  const read = readIdentifier({ type, value: text });
  const bad = left && (keying === 'differs' || keying === 'unreadable');
  return (
    <div className="rekey-item">
      <TextInput
        label={t('rekey.item', { n: wanted.numbers.length, items, type: term(`identifier.${type}`) })}
        value={text}
        onChange={(event) => {
          setLeft(false);
          onKey(event.currentTarget.value);
        }}
        onBlur={() => setLeft(true)}
        error={
          bad ? t(keying === 'differs' ? 'rekey.differs' : 'rekey.unreadable', { items, n: wanted.numbers.length }) : undefined
        }
        classNames={{ input: 'mono' }}
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
      />
      {read.ok && text.trim() !== '' && (
        <p className="small quiet echo">
          {t('rekey.read')}{' '}
          <bdi className="mono" dir="ltr">
            {read.value.value}
          </bdi>
        </p>
      )}
      <p role="status" className="small">
        {left && keying === 'same' ? t('rekey.same') : ''}
      </p>
      {shown && keying === 'differs' && (
        <p className="small">
          {t('rekey.first')}{' '}
          <bdi className="mono" dir="ltr" translate="no">
            {wanted.first.value}
          </bdi>
        </p>
      )}
    </div>
  );
}
