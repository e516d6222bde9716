import type { ForeignView, ImportStepView, ImportView } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import { Moment } from '../../things/Moment.tsx';
import { shortId } from '../../things/shortId.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';

interface Props {
  readonly view: ImportView;
  readonly authorities: readonly ForeignView[];
}

/** What was decided so far, by whom, and after which call. */
export function Steps({ view, authorities }: Props) {
  const { t } = useWords();
  if (view.steps.length === 0) return null;
  return (
    <section className="section" aria-labelledby="steps">
      <h2 id="steps">{t('import.steps')}</h2>
      <ol className="import-steps">
        {view.steps.map((step) => (
          <li key={`${step.at} ${step.person}`}>
            <Step step={step} authorities={authorities} />
          </li>
        ))}
      </ol>
      {view.case !== null && (
        <p>
          <Link to="/cases/$id" params={{ id: view.case }}>
            {t('imports.case', { id: shortId(view.case) })}
          </Link>
        </p>
      )}
    </section>
  );
}

/** A number has no letter to say its direction: in a sentence that runs from the right its plus would stand at the wrong end. */
const ltr = (number: string): string => `\u2066${number}\u2069`;

function Step({ step, authorities }: { readonly step: ImportStepView; readonly authorities: Props['authorities'] }) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  const { said, reason } = step;
  const called = said?.callBack;
  const name = authorities.find(({ id }) => id === called?.authority)?.name ?? called?.authority ?? '';
  return (
    <>
      <p>
        <strong>{step.decision === 'refused' ? t('import.step.refused') : t('import.step.for')}</strong>{' '}
        {reason !== null && term(`import.reason.${reason}`)} <bdi className="quiet">{step.person}</bdi>,{' '}
        <Moment at={step.at} zone={zone} />
      </p>
      {called !== undefined && (
        <p className="small">
          {t('import.step.called', { authority: name, number: ltr(called.number), who: called.spokeWith })}{' '}
          <Moment at={called.at} zone={zone} />
        </p>
      )}
      {said === null && <p className="small quiet">{t('import.step.erased')}</p>}
      {said !== null && said.words !== '' && (
        <p>
          <bdi>{said.words}</bdi>
        </p>
      )}
    </>
  );
}
