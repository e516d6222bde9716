import type { Clock } from '@comity/procedure';
import {
  IconCircle,
  IconCircleHalf2,
  IconPlayerPause,
  IconPlayerStop,
  IconSquareFilled,
  IconTriangleFilled,
} from '@tabler/icons-react';
import { useNow } from '../api/now.ts';
import { useWords } from '../words/useWords.ts';
import { remaining } from '../words/when.ts';
import { Basis } from './Basis.tsx';
import { type ClockMark, markOf } from './clockState.ts';
import { BothZones } from './Moment.tsx';
import { useOwn } from './useOwn.ts';
import './clock.css';

const ICONS = {
  'on-time': IconCircle,
  soon: IconCircleHalf2,
  late: IconTriangleFilled,
  overdue: IconSquareFilled,
  suspended: IconPlayerPause,
  stopped: IconPlayerStop,
};

/** State of a clock: a mark and a word, and a colour only from the last quarter on. */
function Mark({ mark }: { readonly mark: ClockMark }) {
  const { t } = useWords();
  const Icon = ICONS[mark];
  return (
    <span className={`clockmark ${mark}`} aria-live="polite">
      <Icon size={14} stroke={1.5} aria-hidden />
      {t(`clock.${mark}`)}
    </span>
  );
}

/** State of a clock now, alone. */
export function ClockState({ clock }: { readonly clock: Clock }) {
  return <Mark mark={markOf(clock, useNow())} />;
}

/** By when, in both zones, and how long that is. One line, for lists. */
export function ClockLine({ clock }: { readonly clock: Clock }) {
  const words = useWords();
  const { zone } = useOwn();
  const now = useNow();
  const mark = markOf(clock, now);
  const strict = Date.parse(clock.strict);
  const span = remaining(strict - now, words);
  return (
    <span className="clockline">
      <Mark mark={mark} />
      <span>
        {words.t('clock.due')} <BothZones at={clock.strict} zone={clock.zone} own={zone} />
        {mark !== 'stopped' && mark !== 'suspended' && (
          <span>
            {words.t('comma')}
            {now < strict ? words.t('clock.in', { span }) : words.t('clock.ago', { span })}
          </span>
        )}
      </span>
    </span>
  );
}

/** A clock in full: strict and formal end, what happens if nobody acts, and where it comes from. */
export function ClockCard({ clock }: { readonly clock: Clock }) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  return (
    <div className="clockcard">
      <h3>{term(`clock.${clock.id}`)}</h3>
      <dl className="facts">
        <dt>{t('clock.strict')}</dt>
        <dd>
          <ClockLine clock={clock} />
        </dd>
        <dt>{t('clock.formal')}</dt>
        <dd>
          <BothZones at={clock.formal} zone={clock.zone} own={zone} />
          {!clock.holidaysKnown && <span className="quiet"> {t('clock.holidays')}</span>}
        </dd>
        <dt>{t('clock.started')}</dt>
        <dd>
          <BothZones at={clock.started} zone={clock.zone} own={zone} />
        </dd>
      </dl>
      {clock.state === 'suspended' && <p>{t('clock.suspended.note')}</p>}
      <p className="quiet">
        {term(`clock.${clock.id}.then`)} <Basis cite={clock.cite} />
      </p>
    </div>
  );
}
