import type { CaseView, MoveView } from '@comity/node/api';
import { Button } from '@mantine/core';
import type { Draft } from '../../drafts/useDraft.ts';
import { useWords } from '../../words/useWords.ts';
import { fieldsOf, type MoveDraft, sectionsAsked } from '../case/moveDraft.ts';
import { faultsOfReasons, GAP } from './reasonsCheck.ts';

interface Props {
  readonly view: CaseView;
  readonly move: MoveView;
  readonly draft: Draft<MoveDraft>;
}

/** What the reasons lack, while they are being written; and, for whoever wants them, the questions that good reasons answer. Nobody writes an answer but the one who decides. */
export function ReasonsNote({ view, move, draft }: Props) {
  const { t, locale } = useWords();
  const [field] = sectionsAsked(move).flatMap(fieldsOf);
  if (field === undefined) return null;
  const text = draft.value.texts[field] ?? '';
  const faults = faultsOfReasons(text, view, locale);
  const questions = ['decide.question.fact', 'decide.question.need', 'decide.question.less'] as const;
  const insert = (): void =>
    draft.set({
      ...draft.value,
      texts: { ...draft.value.texts, [field]: questions.map((one) => `${t(one)} ${GAP}`).join('\n') },
    });
  return (
    <div className="reasons-note">
      {text.trim() === '' && (
        <Button variant="default" size="compact-sm" onClick={insert}>
          {t('decide.questions')}
        </Button>
      )}
      <div role="status">
        {faults.map((fault) => (
          <p key={fault} className="consequence">
            {t(`decide.reasons.${fault}`)}
          </p>
        ))}
      </div>
    </div>
  );
}
