import { useFactWords } from '../../things/useFactWords.ts';
import { useWords } from '../../words/useWords.ts';
import type { Edit } from './packDraft.ts';

/** The changes drafted so far, each as a sentence. */
export function EditList({ edits, onDrop }: { readonly edits: readonly Edit[]; readonly onDrop: (at: number) => void }) {
  const { t } = useWords();
  const sentence = useEditWords();
  if (edits.length === 0) return <p className="quiet">{t('change.none')}</p>;
  return (
    <ol className="edits">
      {edits.map((edit, at) => (
        <li key={JSON.stringify(edit)}>
          {sentence(edit)}{' '}
          <button
            type="button"
            className="plain linked small"
            aria-label={t('change.drop', { what: sentence(edit) })}
            onClick={() => onDrop(at)}
          >
            {t('ways.undo')}
          </button>
        </li>
      ))}
    </ol>
  );
}

function useEditWords(): (edit: Edit) => string {
  const { t } = useWords();
  const say = useFactWords();
  return (edit) => {
    switch (edit.kind) {
      case 'ends':
      case 'starts':
        return t(`change.says.${edit.kind}`, { rule: edit.rule, day: edit.day });
      case 'drops':
        return t('change.says.drops', { rule: edit.rule, exception: edit.exception });
      case 'joins':
      case 'leaves':
        return t(`change.says.${edit.kind}`, { country: say.country(edit.country), region: edit.region, day: edit.day });
      case 'number':
        return t('change.says.number', {
          where: placeOf(edit.path),
          fact: say.name(String(edit.path.at(-2))),
          value: edit.value,
        });
    }
  };
}

/** The definition, exception or rule in which a number stands. */
function placeOf([part, name]: readonly (string | number)[]): string {
  return typeof name === 'number' ? `${part} ${name + 1}` : String(name);
}
