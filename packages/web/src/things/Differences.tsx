import type { Difference } from '@comity/assess';
import { useWords } from '../words/useWords.ts';
import './differences.css';

/** What differs between two versions of a pack, part by part, before and after side by side. */
export function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  const { t } = useWords();
  if (differences.length === 0) return <p>{t('diff.none')}</p>;
  return (
    <ul className="differences">
      {differences.map(({ what, name, change, fields }) => (
        <li key={`${what}${name}`}>
          <p>
            <strong>{t(`diff.${change}`)}</strong> {t(`diff.what.${what}`)} <bdi className="mono">{name}</bdi>
          </p>
          {fields.map(({ field, before, after }) => (
            <Field key={field} field={field} before={before} after={after} />
          ))}
        </li>
      ))}
    </ul>
  );
}

function Field({ field, before, after }: Difference['fields'][number]) {
  const { t } = useWords();
  const [was, is] = trimmed(before, after);
  return (
    <div className="field" dir="ltr">
      <span className="small quiet mono">{field}</span>
      <del>
        <span className="unseen">{t('diff.before')} </span>
        {was === '' ? '–' : was}
      </del>
      <ins>
        <span className="unseen">{t('diff.after')} </span>
        {is === '' ? '–' : is}
      </ins>
    </div>
  );
}

const AROUND = 60;

/** Two long texts without what they share at both ends, so that the difference is seen. */
function trimmed(before: string, after: string): readonly [string, string] {
  if (before.length < 200 && after.length < 200) return [before, after];
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const [from, back] = [Math.max(0, head - AROUND), Math.max(0, tail - AROUND)];
  const cut = (text: string): string => `${from > 0 ? '… ' : ''}${text.slice(from, text.length - back)}${back > 0 ? ' …' : ''}`;
  return [cut(before), cut(after)];
}
