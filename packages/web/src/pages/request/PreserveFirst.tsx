import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { nodeNow } from '../../api/now.ts';
import { useOpening } from '../../api/queries.ts';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { usePathName } from './FaultList.tsx';
import { type OrderDraft, preservationAct, preservationNeeds } from './order.ts';

interface Props {
  readonly draft: OrderDraft;
  readonly issuing: string;
  readonly onPreserved: (caseId: string) => void;
}

/** Opens the preservation of the same data from what stands in the form; the order will refer to it. */
export function PreserveFirst({ draft, issuing, onPreserved }: Props) {
  const { t } = useWords();
  const name = usePathName();
  const opening = useOpening();
  const needs = preservationNeeds(draft, nodeNow());
  const open = async (): Promise<void> => {
    const made = await opening.mutateAsync({ procedure: 'eu.epoc-pr', type: 'draft', ...preservationAct(draft, issuing) });
    onPreserved(made.case);
  };
  return (
    <section className="section" id="preserve" aria-labelledby="preserve-title">
      <h2 id="preserve-title">{t('preserve.title')}</h2>
      <Problem error={opening.error} kept inputOf={(field) => field} />
      {draft.follows === '' ? (
        <>
          <p>{t('preserve.lead')}</p>
          {needs.length > 0 && <p className="small">{t('preserve.needs', { fields: needs.map(name).join('; ') })}</p>}
          <Button
            variant="default"
            disabled={needs.length > 0}
            loading={opening.isPending}
            onClick={() => void open().catch(() => undefined)}
          >
            {t('preserve.button', { n: draft.items.length })}
          </Button>
        </>
      ) : (
        <p role="status">
          {t('preserve.done')}{' '}
          <Link to="/cases/$id" params={{ id: draft.follows }}>
            {t('preserve.see')}
          </Link>
        </p>
      )}
    </section>
  );
}
