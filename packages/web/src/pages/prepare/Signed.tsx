import type { PreparationView } from '@comity/node/api';
import { Digest } from '../../things/Digest.tsx';
import { useWords } from '../../words/useWords.ts';

/** Who signed the plan, and with which keys: whoever has the directory can check it. */
export function Signed({ made: { signed, person } }: { readonly made: PreparationView }) {
  const { t } = useWords();
  if (signed === null) return <p className="small quiet">{t('made.signed.none')}</p>;
  const [own, office] = signed.signatures;
  return (
    <details className="small">
      <summary>{t('made.signed')}</summary>
      <p>{t('made.signed.says', { person })}</p>
      <dl className="facts">
        <dt>{t('made.signed.plan')}</dt>
        <dd>
          <Digest value={signed.body.plan} />
        </dd>
        <dt>{t('dataset.file')}</dt>
        <dd>
          <Digest value={signed.body.dataset} />
        </dd>
        <dt>{t('made.signed.person', { person })}</dt>
        <dd>
          <bdi className="mono">{own?.key}</bdi>
        </dd>
        <dt>{t('made.signed.party')}</dt>
        <dd>
          <bdi className="mono">{office?.key}</bdi>
        </dd>
      </dl>
    </details>
  );
}
