import type { CaseView } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import { RequestText } from '../../things/RequestText.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { AnswerSide } from './AnswerSide.tsx';

const STEPS = [
  { title: 'board.step.1', help: 'board.step.1.help' },
  { title: 'board.step.2', help: 'board.step.2.help' },
  { title: 'board.step.3', help: 'board.step.3.help' },
] as const;

/** The same in three steps, one at a time, each with what it is about: read, decide, send. Where one stands is in the address. */
export function InSteps({ view, step }: { readonly view: CaseView; readonly step: number }) {
  const { t } = useWords();
  const { zone } = useOwn();
  const shown = STEPS[step - 1] ?? STEPS[0];
  const params = { id: view.id };
  return (
    <section className="steps" aria-labelledby="step">
      <p className="quiet small">{t('board.step', { step, steps: STEPS.length })}</p>
      <h2 id="step">{t(shown.title)}</h2>
      <p>{t(shown.help)}</p>
      {step === 1 && <RequestText view={view} zone={zone} />}
      {step === 2 && <AnswerSide view={view} parts={['items']} />}
      {step === 3 && <AnswerSide view={view} parts={['send']} />}
      <nav className="actions" aria-label={t('board.steps')}>
        {step > 1 && (
          <Link to="/board/$id" params={params} search={{ step: step - 1 }} className="button quiet-button">
            {t('board.step.back')}
          </Link>
        )}
        {step < STEPS.length && (
          <Link to="/board/$id" params={params} search={{ step: step + 1 }} className="button">
            {t('board.step.next')}
          </Link>
        )}
      </nav>
    </section>
  );
}
