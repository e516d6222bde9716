import type { ComparedRoute } from '@comity/assess';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { desk } from '../../api/queries.ts';
import { Basis } from '../../things/Basis.tsx';
import { GateSays } from '../../things/GateSays.tsx';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords, type Words } from '../../words/useWords.ts';
import { DecisionMark } from './DecisionMark.tsx';
import { useFieldName } from './PredictionLine.tsx';

/** Every route beside the others, on what is known so far: the gate's answer, the law's own time, whose hands, and what the person is told. */
export function RouteTable({ routes, here }: { readonly routes: readonly ComparedRoute[]; readonly here: string }) {
  const { t } = useWords();
  const { data } = useQuery(desk);
  const open = (data?.opens ?? []).map(({ procedure }) => procedure).filter((procedure) => procedure !== here);
  return (
    <details className="section">
      <summary>
        <strong>{t('routes.title')}</strong>
      </summary>
      <p className="small quiet">{t('routes.lead')}</p>
      <Scroll label={t('routes.title')}>
        <table className="routes">
          <thead>
            <tr>
              <th scope="col">{t('routes.route')}</th>
              <th scope="col">{t('routes.answer')}</th>
              <th scope="col">{t('routes.time')}</th>
              <th scope="col">{t('routes.hands')}</th>
              <th scope="col">{t('routes.told')}</th>
            </tr>
          </thead>
          <tbody>
            {routes.map((route) => (
              <RouteRow key={route.instrument} route={route} opens={open} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

function RouteRow({ route, opens }: { readonly route: ComparedRoute; readonly opens: readonly string[] }) {
  const words = useWords();
  const { t, term } = words;
  const label = useFieldName();
  const { answer, hands, told, cite, url, instrument, preserves, procedure } = route;
  const stop = answer.stops.find(({ missing }) => missing.length === 0);
  return (
    <tr>
      <th scope="row">
        {term(`route.${instrument}`)} <Basis cite={{ ref: cite, url }} />
        {preserves && <p className="small quiet">{t('routes.preserves')}</p>}
        {procedure !== undefined && opens.includes(procedure) && (
          <p className="small">
            <Link to="/new/$procedure" params={{ procedure }}>
              {t('routes.draft')}
            </Link>
          </p>
        )}
      </th>
      <td>
        <DecisionMark decision={answer.decision} open={stop === undefined && answer.stops.length > 0} />
        {stop !== undefined && (
          <p className="small">
            <GateSays rule={stop.rule} says={stop.says} /> <Basis cite={{ ref: stop.cite, url: stop.url }} />
          </p>
        )}
        {stop === undefined && answer.missing.length > 0 && (
          <p className="small">{t('routes.missing', { facts: answer.missing.map(label).join('; ') })}</p>
        )}
      </td>
      <td>{timeOf(route, words)}</td>
      <td>{hands.map((hand) => term(`hand.${hand}`)).join(' · ')}</td>
      <td>{term(`told.${told}`)}</td>
    </tr>
  );
}

function timeOf({ length, ageing }: ComparedRoute, { t }: Words): string {
  const [, days, hours] = /^P(?:(\d+)D|T(\d+)H)$/.exec(length ?? '') ?? [];
  if (days !== undefined) return t('routes.days', { n: Number(days) });
  if (hours !== undefined) return t('routes.hours', { n: Number(hours) });
  return ageing.length === 0 ? t('routes.unset') : t('routes.none', { days: ageing.join(', ') });
}
