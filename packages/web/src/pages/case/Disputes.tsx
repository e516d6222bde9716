import type { CaseView } from '@comity/node/api';
import { useItemPhrase } from '../../things/ItemName.tsx';
import { Moment } from '../../things/Moment.tsx';
import { nameOf } from '../../things/nameOf.ts';
import { useWords } from '../../words/useWords.ts';

/** Tracks on which somebody stands against something: a ground, a conflict of laws, a motion, and what was ruled. */
const TRACKS = ['objection', 'conflict', 'motion', 'ruling', 'recall', 'dispute', 'stop'];
const QUIET = ['none', 'open'];

/** What is in dispute, item by item: who said what on which ground, when, and how it stands. Nothing in dispute: nothing to read. */
export function Disputes({ view, zone }: { readonly view: CaseView; readonly zone: string }) {
  const { t, term } = useWords();
  const phrase = useItemPhrase();
  const lines = [
    ...view.items.flatMap((item) =>
      Object.entries(item.tracks).map(([track, state]) => ({
        track,
        state,
        about: phrase(item),
        ground: item.decisions[track]?.['ground'],
        item: item.item.id,
      })),
    ),
    ...Object.entries(view.tracks).map(([track, state]) => ({
      track,
      state,
      about: t('disputes.whole'),
      ground: undefined,
      item: undefined,
    })),
  ].filter(({ track, state }) => TRACKS.includes(track) && !QUIET.includes(state));
  if (lines.length === 0) return null;
  return (
    <section className="section" aria-labelledby="disputes">
      <h2 id="disputes">{t('disputes.title')}</h2>
      <ul>
        {lines.map(({ track, state, about, ground, item }) => {
          const act = view.acts.findLast((one) => one.verdict === 'counted' && saysSo(one.data, { item, ground }));
          return (
            <li key={`${track} ${item ?? ''}`}>
              <bdi>{about}</bdi>: {t('status.track', { track: term(`track.${track}`), state: term(`track.${track}.${state}`) })}
              {typeof ground === 'string' && t('comma') + term(`ground.${ground}`)}
              {act !== undefined && (
                <span className="quiet small">
                  {' '}
                  <bdi>{nameOf(view.parties, act.party)}</bdi>
                  {t('comma')}
                  <Moment at={act.at} zone={zone} />
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Whether an act's data say this of an item. */
function saysSo(
  data: CaseView['acts'][number]['data'],
  about: { readonly item: string | undefined; readonly ground: unknown },
): boolean {
  const decisions = data['decisions'];
  return (
    about.item !== undefined &&
    Array.isArray(decisions) &&
    decisions.some(
      (one) =>
        typeof one === 'object' &&
        one !== null &&
        !Array.isArray(one) &&
        one['item'] === about.item &&
        one['ground'] === about.ground,
    )
  );
}
