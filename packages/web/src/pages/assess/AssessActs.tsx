import type { Assessment } from '@comity/assess';
import { isJsonObject, type Json } from '@comity/core';
import type { CaseView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useAct } from '../../api/queries.ts';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import type { Candidate } from './candidates.ts';

interface Props {
  readonly view: CaseView;
  readonly candidate: Candidate;
  readonly assessment: Assessment;
}

/** Puts the assessment on record; then, where the latest record allows it, chooses this vendor and tells it its duties. */
export function AssessActs({ view, candidate, assessment }: Props) {
  const { t, term } = useWords();
  const act = useAct(view.id);
  const navigate = useNavigate();
  const { party, facts } = candidate;
  const may = (type: string): boolean => view.moves.some((move) => move.type === type && move.refusal === undefined);
  const recorded = view.acts.findLast((one) => one.type === 'assess' && one.verdict === 'counted');
  const section = recorded?.sections['assessment'];
  const isAbout = isJsonObject(section) && section['party'] === party.id;
  const isLatest = isAbout && recorded?.data['verdict'] === assessment.verdict;
  const assess = (): void =>
    act.mutate({
      type: 'assess',
      data: {},
      // Facts are plain JSON by their type.
      sections: { assessment: { facts: facts as unknown as Json, party: party.id, country: party.country } },
    });
  const choose = async (): Promise<void> => {
    const duties = [...new Set(Object.values(assessment.regimes).flatMap((regime) => regime.duties.map((duty) => duty.duty)))];
    await act.mutateAsync({
      type: 'choose',
      data: { party: party.id, seats: { vendor: party.id } },
      sections: { duties: { list: duties } },
    });
    await navigate({ to: '/cases/$id', params: { id: view.id } });
  };
  if (!may('assess') && !may('choose')) return null;
  return (
    <section className="section no-print" aria-labelledby="record">
      <h2 id="record">{t('assess.act')}</h2>
      <Problem error={act.error} />
      <p>{isLatest ? t('assess.recorded', { party: party.name }) : t('assess.record.lead')}</p>
      <div className="actions">
        {may('assess') && !isLatest && (
          <Button onClick={assess} loading={act.isPending}>
            {t('assess.record', { verdict: term(`verdict.${assessment.verdict}`) })}
          </Button>
        )}
        {may('choose') && isLatest && (
          <Button onClick={() => void choose().catch(() => undefined)} loading={act.isPending}>
            {t('assess.choose', { party: party.name })}
          </Button>
        )}
      </div>
      {may('choose') && isLatest && <p className="consequence">{term('consequence.choose', { vendor: party.name })}</p>}
    </section>
  );
}
