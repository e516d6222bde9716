import type { Prediction, Smaller } from '@comity/assess';
import type { GateView } from '@comity/node/api';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { IfSent } from './IfSent.tsx';
import { FieldLink, PredictionLine } from './PredictionLine.tsx';

interface Props {
  readonly view: GateView | undefined;
  readonly failed: boolean;
  /** The field of the form behind a name, if it asks it. */
  readonly fieldOf: (name: string) => string | undefined;
  /** What to do for a smaller request, where the form has a way to ask it. */
  readonly onSmaller: (smaller: Smaller) => (() => void) | undefined;
}

/** What stands in the way of the draft as it is, live: what stops it, what may be refused, what is still to be said. */
export function RefusalMargin({ view, failed, fieldOf, onSmaller }: Props) {
  const { t } = useWords();
  const found = view === undefined ? undefined : sorted(view);
  return (
    <aside className="margin" id="forecast" aria-labelledby="forecast-title">
      <Scroll label={t('refusal.title')}>
        <h2 id="forecast-title">{t('refusal.title')}</h2>
        {failed && <p className="small">{t('refusal.failed')}</p>}
        {view !== undefined && found !== undefined && (
          <>
            <p role="status">
              {found.stops.length > 0 ? <strong>{t('refusal.stops', { n: found.stops.length })}</strong> : t('refusal.none')}
            </p>
            <Lines list={found.stops} {...{ fieldOf, onSmaller }} />
            {found.may.length > 0 && <h3>{t('refusal.may')}</h3>}
            <Lines list={found.may} {...{ fieldOf, onSmaller }} />
            {found.open.length > 0 && (
              <details>
                <summary>{t('refusal.open', { n: found.open.length })}</summary>
                <ul>
                  {found.open.map((name) => (
                    <li key={name}>
                      <FieldLink name={name} field={fieldOf(name)} />
                    </li>
                  ))}
                </ul>
              </details>
            )}
            <IfSent view={view} />
          </>
        )}
        <p className="small quiet">
          {t('refusal.lead')} {t('refusal.unreviewed')}
        </p>
      </Scroll>
    </aside>
  );
}

/** Certain stops, likely refusals, and the first thing that is missing of each stop that only waits to be told. */
export function sorted({ forecast }: GateView): {
  readonly stops: readonly Prediction[];
  readonly may: readonly Prediction[];
  readonly open: readonly string[];
} {
  const waiting = new Set(forecast.gate.stops.filter(({ missing }) => missing.length > 0).map(({ rule }) => rule));
  const gate = forecast.predictions.filter(({ by }) => by === 'gate');
  return {
    stops: gate.filter(({ rule }) => !waiting.has(rule)),
    may: forecast.predictions.filter(({ by }) => by !== 'gate'),
    open: [...new Set(gate.filter(({ rule }) => waiting.has(rule)).flatMap(({ fields }) => fields.slice(0, 1)))],
  };
}

function Lines({ list, fieldOf, onSmaller }: Pick<Props, 'fieldOf' | 'onSmaller'> & { readonly list: readonly Prediction[] }) {
  if (list.length === 0) return null;
  return (
    <ul className="predictions">
      {list.map((one) => {
        const use = one.smaller === undefined ? undefined : onSmaller(one.smaller);
        return (
          <li key={`${one.rule} ${one.fields.join(' ')}`}>
            <PredictionLine one={one} fieldOf={fieldOf} {...(use === undefined ? {} : { onSmaller: use })} />
          </li>
        );
      })}
    </ul>
  );
}
