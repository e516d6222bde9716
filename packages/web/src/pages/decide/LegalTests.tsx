import type { CaseView, LegalTest, PersonView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { testsOf } from '../../api/queries.ts';
import { Basis } from '../../things/Basis.tsx';
import { Confirmed } from '../../things/Confirmed.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { Verdict } from '../../things/Verdict.tsx';
import { useWords } from '../../words/useWords.ts';

interface Props {
  readonly view: CaseView;
  readonly decider: PersonView | undefined;
  readonly offline?: boolean;
}

/** What the law says to it, for each kind of data that is asked for: what stands against it, what is owed, what it rests on, and what the case does not say. */
export function LegalTests({ view, decider, offline = false }: Props) {
  const { t } = useWords();
  const { data, error } = useQuery({ ...testsOf(view.id), enabled: !offline });
  return (
    <section aria-labelledby="tests">
      <h2 id="tests">{t('decide.tests')}</h2>
      <FourEyes view={view} decider={decider} />
      {error !== null && <Problem error={error} />}
      {offline && <p className="quiet">{t('decide.tests.offline')}</p>}
      {data?.tests.length === 0 && <p className="quiet">{t('decide.tests.none')}</p>}
      {data?.tests.map((test) => (
        <OneTest key={test.category} test={test} />
      ))}
      {(data?.tests.length ?? 0) > 0 && <p className="small quiet">{t('decide.tests.source')}</p>}
    </section>
  );
}

const FORBIDS: readonly string[] = ['prohibited', 'conflict'];

function OneTest({ test }: { readonly test: LegalTest }) {
  const { t, term, locale } = useWords();
  const against = test.because.filter(
    (reason) => reason.verdict !== 'undecided' && reason.kind !== 'mandate' && reason.kind !== 'duty',
  );
  const list = new Intl.ListFormat(locale, { type: 'unit' });
  return (
    <section className="one-test" aria-label={term(`category.${test.category}`)}>
      <h3 className="row">
        <span>{term(`category.${test.category}`)}</span> <Verdict verdict={test.verdict} />
      </h3>
      <ul>
        {against.map((reason) => (
          <li key={reason.rule}>
            <strong>{t(FORBIDS.includes(reason.verdict) ? 'decide.tests.against' : 'decide.tests.condition')}</strong>{' '}
            <bdi lang="en">{reason.says}</bdi> <Basis cite={{ ref: reason.cite, url: reason.url }} />
            {reason.confirmed !== 'official' && <Confirmed how={reason.confirmed} />}
          </li>
        ))}
        {test.duties.map(({ duty, phase, cite, met }) => (
          <li key={`${duty}${phase}`}>
            <strong>{t(met === true ? 'decide.tests.met' : 'decide.tests.owed')}</strong> {term(`owed.${duty}`)}{' '}
            <Basis cite={{ ref: cite }} />
          </li>
        ))}
        {test.met.map(({ rule, says, cite }) => (
          <li key={rule}>
            <strong>{t('decide.tests.met')}</strong> <bdi lang="en">{says}</bdi> <Basis cite={{ ref: cite }} />
          </li>
        ))}
      </ul>
      {test.missing.length > 0 && (
        <p className="small">
          {t('decide.tests.missing')} <bdi lang="en">{list.format(test.missing.map(({ is }) => is))}</bdi>
        </p>
      )}
    </section>
  );
}

/** Nobody decides on what they asked for: who asked, and who would decide now. */
function FourEyes({ view, decider }: { readonly view: CaseView; readonly decider: PersonView | undefined }) {
  const { t, term } = useWords();
  const { party } = useOwn();
  const [first] = view.acts;
  if (first === undefined || decider === undefined) return null;
  const same = first.party === party?.id && first.person === decider.id;
  return (
    <p>
      {!same && <strong>{t('decide.tests.met')} </strong>}
      {t(same ? 'decide.eyes.same' : 'decide.eyes', {
        asker: `${first.person} (${term(`role.${first.role}`)})`,
        decider: decider.name,
      })}
    </p>
  );
}
