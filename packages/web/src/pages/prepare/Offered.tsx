import type { DatasetsView, DatasetWork, PreparationView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { nodeNow } from '../../api/now.ts';
import { useWithdraw } from '../../api/preparation.ts';
import { Moment } from '../../things/Moment.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { Offer } from './Offer.tsx';

/** Under which name cases may ask for what was made and until when, or how that ended; and what can be done about it now. */
export function Offered({ made, work }: { readonly made: PreparationView; readonly work: DatasetWork }) {
  const { offered } = made;
  const live = offered !== null && offered.withdrawn === null && Date.parse(offered.until) > nodeNow();
  const may = work.may.prepare && made.output !== null;
  return (
    <>
      {offered !== null && <Standing offered={offered} live={live} />}
      {may && live && <Withdraw offer={{ preparation: made.id, dataset: made.dataset, keptUntil: offered.keptUntil }} />}
      {may && !live && <Offer made={made} dataset={work.dataset} />}
    </>
  );
}

type Standing = { readonly offered: NonNullable<PreparationView['offered']>; readonly live: boolean };

function Standing({ offered, live }: Standing) {
  const { t } = useWords();
  const { zone } = useOwn();
  const { name, until, withdrawn } = offered;
  return (
    <dl className="facts offered">
      <dt>{t(live ? 'made.offered' : 'made.offered.was')}</dt>
      <dd>
        <bdi className="mono">{name}</bdi>
      </dd>
      <dt>{t(withdrawn === null ? (live ? 'made.offered.until' : 'made.offered.ended') : 'made.offered.withdrawn')}</dt>
      <dd>
        <Moment at={withdrawn ?? until} zone={zone} />
      </dd>
    </dl>
  );
}

interface WithdrawProps {
  readonly offer: Pick<DatasetsView['offers'][number], 'preparation' | 'dataset' | 'keptUntil'>;
}

/** Withdraws an offer, once it was said what that means. */
export function Withdraw({ offer: { preparation, dataset, keptUntil } }: WithdrawProps) {
  const { t } = useWords();
  const { zone } = useOwn();
  const withdrawing = useWithdraw(dataset);
  return (
    <details className="no-print">
      <summary>{t('offer.withdraw')}</summary>
      <p>{t('offer.withdraw.says')}</p>
      <p>
        {t('offer.kept')} <Moment at={keptUntil} zone={zone} />
      </p>
      <Problem error={withdrawing.error} />
      <Button
        variant="outline"
        color="red"
        size="xs"
        loading={withdrawing.isPending}
        onClick={() => withdrawing.mutate(preparation)}
      >
        {t('offer.withdraw')}
      </Button>
    </details>
  );
}
