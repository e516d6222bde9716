import type { CaseView } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import { Digest } from '../../things/Digest.tsx';
import { useWords } from '../../words/useWords.ts';

/** What anybody can check without trusting this node. */
export function ProofSection({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
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
        <button type="button" className="plain linked" onClick={() => print()}>
          {t('case.print')}
        </button>
      </p>
    </section>
  );
}
