import { isJsonObject } from '@comity/core';
import type { ActView, CaseView } from '@comity/node/api';
import { useWords } from '../../words/useWords.ts';

interface Owed {
  readonly duty: string;
  readonly phase: string;
  readonly cite: string;
}

/** The duties that the latest assessment of the chosen vendor puts before sending: what counsel says is met. */
export function DutiesBefore({ view }: { readonly view: CaseView }) {
  const { t, term } = useWords();
  const before = dutiesOf(view).filter((owed) => owed.phase === 'pre');
  if (before.length === 0) return null;
  return (
    <>
      <h3>{t('duties.before')}</h3>
      <ul>
        {before.map((owed) => (
          <li key={owed.duty}>
            {term(`owed.${owed.duty}`)} <bdi className="small quiet">{owed.cite}</bdi>
          </li>
        ))}
      </ul>
    </>
  );
}

function isAbout(act: ActView, party: string): boolean {
  const section = act.sections['assessment'];
  return isJsonObject(section) && section['party'] === party;
}

function dutiesOf(view: CaseView): readonly Owed[] {
  const chosen = view.seats['vendor'];
  const latest = view.acts.findLast(
    (act) => act.type === 'assess' && act.verdict === 'counted' && (chosen === undefined || isAbout(act, chosen)),
  );
  const assessment = latest?.sections['assessment'];
  const record = isJsonObject(assessment) ? assessment['record'] : undefined;
  const regimes = isJsonObject(record) ? record['regimes'] : undefined;
  if (!isJsonObject(regimes)) return [];
  const owed = Object.values(regimes).flatMap((regime) =>
    isJsonObject(regime) && Array.isArray(regime['duties']) ? regime['duties'] : [],
  );
  const known = owed
    .filter(isJsonObject)
    .map((duty) => ({ duty: String(duty['duty']), phase: String(duty['phase']), cite: String(duty['cite']) }));
  return [...new Map(known.map((duty) => [duty.duty, duty])).values()];
}
