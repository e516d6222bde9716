import type { CaseView } from '@comity/node/api';
import { IconAlertTriangle, IconLock, IconSquareFilled } from '@tabler/icons-react';
import { useWords } from '../words/useWords.ts';
import { Moment } from './Moment.tsx';
import './copy.css';

type Copy = CaseView['copies'][number];

const ICONS = {
  overdue: IconSquareFilled,
  'destruction-due': IconAlertTriangle,
  'review-due': IconAlertTriangle,
  'legal-hold': IconLock,
} as const;

/** How a holder stands to a copy: a word, and a mark of its own where somebody has to do something or must not. */
export function CopyState({ status }: { readonly status: Copy['status'] }) {
  const { term } = useWords();
  const Icon = Object.hasOwn(ICONS, status) ? ICONS[status as keyof typeof ICONS] : undefined; // the keys are statuses
  return (
    <span className={`copy-state ${status}`}>
      {Icon !== undefined && <Icon size={16} stroke={1.5} aria-hidden />} {term(`copy.status.${status}`)}
    </span>
  );
}

/** Until when a copy may be kept, or that it was recalled. */
export function CopyEnd({ copy, zone }: { readonly copy: Pick<Copy, 'until' | 'recalled' | 'status'>; readonly zone: string }) {
  const { t } = useWords();
  const { until, recalled, status } = copy;
  if (status === 'destroyed' || status === 'court-record') return <span className="quiet">{t('copies.no-end')}</span>;
  if (recalled !== undefined)
    return (
      <>
        {t('copies.recalled')} <Moment at={recalled} zone={zone} />
      </>
    );
  return until === undefined ? <span className="quiet">{t('copies.no-end')}</span> : <Moment at={until} zone={zone} />;
}
