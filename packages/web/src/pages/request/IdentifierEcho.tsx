import { type ReadIdentifier, readIdentifier, sameIdentifier, spellOut } from '@comity/core';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../words/useWords.ts';
import { identifierIn, type OrderItem } from './order.ts';

/** What was keyed, read back: as it will be asked, what to look at again, letter by letter, and a second time blind. */
export function IdentifierEcho({ item }: { readonly item: OrderItem }) {
  const { t, term } = useWords();
  const read = readIdentifier(identifierIn(item));
  if (!read.ok) return null;
  const { value, warnings } = read.value;
  return (
    <div className="echo-box">
      {value !== item.value && (
        <p className="small">
          {t('echo.reads')}{' '}
          <bdi className="mono" dir="ltr">
            {value}
          </bdi>
        </p>
      )}
      {warnings.map((warning) => (
        <p key={warning} className="small look">
          {term(`identifier.warning.${warning}`)}
        </p>
      ))}
      <details className="small">
        <summary>{t('echo.spell')}</summary>
        <Spelled read={read.value} />
        <Again item={item} />
      </details>
    </div>
  );
}

function Spelled({ read }: { readonly read: ReadIdentifier }) {
  const { t, term } = useWords();
  const words = spellOut(read.value).map(({ character, word, sign, capital }) => {
    if (sign !== undefined) return term(`spell.${sign}`);
    return word === undefined ? character : capital === true ? t('echo.capital', { word }) : word;
  });
  return (
    <p className="spelled" dir="ltr">
      {words.join(' · ')}
    </p>
  );
}

/** Keyed once more from the source, without looking: the same, or not. What is keyed here is kept nowhere. */
function Again({ item }: { readonly item: OrderItem }) {
  const { t, term } = useWords();
  const [again, setAgain] = useState('');
  const [left, setLeft] = useState(false);
  const same = sameIdentifier(identifierIn(item), { type: item.type, value: again });
  const differs = left && again !== '' && !same;
  return (
    <>
      <TextInput
        label={t('echo.again')}
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
        onBlur={() => setLeft(true)}
        error={differs ? `${term('error.identifiers-differ')} ${term('error.identifiers-differ.next')}` : undefined}
        classNames={{ input: 'mono' }}
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
      />
      <p role="status">{same ? t('echo.same') : ''}</p>
    </>
  );
}
