import type { CaseView } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import { Digest } from '../../things/Digest.tsx';
import { nameOf } from '../../things/nameOf.ts';
import { printLanguageOf } from '../../words/language.ts';
import { useWords } from '../../words/useWords.ts';

/** What anybody can check without trusting this node. */
export function ProofSection({ view }: { readonly view: CaseView }) {
  const { t, term, language } = useWords();
  const lang = printLanguageOf(language);
  const certificates = view.acts.filter((act) => act.verdict === 'counted' && DESTRUCTION.includes(act.type));
  const logged = view.acts.filter((act) => act.logIndex !== null).length;
  return (
    <section className="section" aria-labelledby="proof">
      <h2 id="proof">{t('case.proof')}</h2>
      <p>{t('case.proof.logged', { n: logged, total: view.acts.length })}</p>
      <p className="small quiet">
        {t('case.procedure', { version: view.procedure.version })} <Digest value={view.procedure.sha256} />
      </p>
      <p className="row no-print">
        <Link to="/verify" search={{ case: view.id }}>
          {t('case.verify')}
        </Link>
        <a href={`/api/cases/${view.id}/proof`} download>
          {t('case.save')}
        </a>
        <a href={`/api/cases/${view.id}/order.pdf?lang=${lang}`} target="_blank" rel="noreferrer">
          {t('case.order')}
        </a>
        <button type="button" className="plain linked" onClick={() => print()}>
          {t('case.print')}
        </button>
      </p>
      {certificates.length > 0 && (
        <ul className="no-print">
          {certificates.map((act) => (
            <li key={act.digest}>
              <a href={`/api/cases/${view.id}/certificates/${act.digest}?lang=${lang}`} target="_blank" rel="noreferrer">
                {t('case.certificate', { what: term(`act.${act.type}.done`), party: nameOf(view.parties, act.party) })}
              </a>{' '}
              <a className="small" href={`/api/cases/${view.id}/certificates/${act.digest}/data`} download>
                {t('case.certificate.data')}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const DESTRUCTION = ['destroy', 'destroy-source', 'validate-destruction'];
