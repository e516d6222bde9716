import type { CaseView } from '@comity/node/api';
import { Link, useSearch } from '@tanstack/react-router';
import { KeysButton } from '../../keys/KeysButton.tsx';
import { stepFocus, useShortcuts } from '../../keys/useShortcuts.ts';
import { Gated } from '../../things/Gated.tsx';
import { RequestText } from '../../things/RequestText.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { Status } from '../case/Status.tsx';
import { AnswerSide } from './AnswerSide.tsx';
import { InSteps } from './InSteps.tsx';
import './board.css';

/** An order of the board: what is asked on one side, the answer to each item on the other. In steps, for whoever does this seldom. */
export function OrderPage() {
  return <Gated>{(view) => <Shown view={view} />}</Gated>;
}

const LINES = [
  [['j'], 'keys.down'],
  [['k'], 'keys.up'],
  [['←', '→'], 'board.key.choose'],
  [['p'], 'board.key.preview'],
  [['?'], 'keys.help'],
] as const;

function Shown({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const { zone } = useOwn();
  const step = useSearch({ strict: false, select: (search) => search.step });
  useShortcuts({
    j: () => stepFocus('.answer-item', 1),
    k: () => stepFocus('.answer-item', -1),
    p: () => {
      const button = document.activeElement?.closest('.answer-item')?.querySelector<HTMLButtonElement>('.preview-button');
      button?.click();
      return button !== null && button !== undefined;
    },
  });
  return (
    <>
      <div className="row head no-print">
        <Link to="/board">{t('board.back')}</Link>
        <span className="row">
          <Link to="/board/$id" params={{ id: view.id }} search={step === undefined ? { step: 1 } : {}}>
            {t(step === undefined ? 'board.steps.on' : 'board.steps.off')}
          </Link>
          <Link to="/cases/$id" params={{ id: view.id }}>
            {t('board.whole')}
          </Link>
          <KeysButton lines={LINES} />
        </span>
      </div>
      <Status view={view} />
      {step === undefined ? (
        <div className="split">
          <section aria-labelledby="asked">
            <h2 id="asked">{t('board.asked')}</h2>
            <RequestText view={view} zone={zone} />
          </section>
          <section aria-labelledby="answer">
            <h2 id="answer">{t('board.answer')}</h2>
            <AnswerSide view={view} parts={['items', 'send']} />
          </section>
        </div>
      ) : (
        <InSteps view={view} step={step} />
      )}
    </>
  );
}
