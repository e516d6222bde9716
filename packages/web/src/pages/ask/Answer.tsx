import type { AssessView } from '@comity/node/api';
import { Caveats } from '../../things/Caveats.tsx';
import { Verdict } from '../../things/Verdict.tsx';
import { useWords } from '../../words/useWords.ts';

interface Props {
  readonly data: AssessView;
  /** Facts that are still asked for. */
  readonly open: number;
  /** Facts that would be, were they not unknown to whoever asks. */
  readonly unsure: number;
  readonly stale: boolean;
  readonly started: boolean;
}

/** The verdict first. Said aloud when it turns. */
export function Answer({ data, open, unsure, stale, started }: Props) {
  const { t } = useWords();
  const { assessment } = data;
  if (!started) return null;
  return (
    <section className="answer" aria-label={t('ask.answer')} aria-busy={stale}>
      <div role="status">
        <Verdict verdict={assessment.verdict} large />
        <p className="says">{t(`assess.says.${assessment.verdict}`)}</p>
        <p className="quiet">{open === 0 && unsure > 0 ? t('ask.left.unsure', { n: unsure }) : t('ask.left', { n: open })}</p>
      </div>
      <Caveats assessment={assessment} />
    </section>
  );
}
