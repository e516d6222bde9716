import type { DeskView } from '@comity/node/api';
import { Link, useNavigate } from '@tanstack/react-router';
import { useWords } from '../../words/useWords.ts';
import { DeskKeys } from './DeskKeys.tsx';
import { useDeskSearch } from './useDeskSearch.ts';

/** Which cases are shown: whose turn it is, and under which instrument this office sits in which seat. All of it stands in the address. */
export function DeskFilter({ view }: { readonly view: DeskView }) {
  const { t } = useWords();
  const { show, ...rest } = useDeskSearch();
  const { ours, theirs, closed } = view.counts;
  const sides = [
    [undefined, t('desk.show.open', { n: ours + theirs })],
    ['ours', t('desk.show.ours', { n: ours })],
    ['theirs', t('desk.show.theirs', { n: theirs })],
    ['closed', t('desk.show.closed', { n: closed })],
    ['all', t('desk.show.all', { n: ours + theirs + closed })],
  ] as const;
  return (
    <div className="row deskfilter no-print">
      <nav aria-label={t('desk.show')} className="row">
        {sides.map(([side, label]) => (
          <Link
            key={side ?? 'open'}
            to="/"
            search={side === undefined ? rest : { ...rest, show: side }}
            activeOptions={{ exact: true, includeSearch: true }}
            {...(side === show ? { 'aria-current': 'true' } : {})}
          >
            {label}
          </Link>
        ))}
      </nav>
      <div className="row">
        {view.kinds.length > 1 && <KindField view={view} />}
        <DeskKeys />
      </div>
    </div>
  );
}

function KindField({ view }: { readonly view: DeskView }) {
  const { t, term } = useWords();
  const navigate = useNavigate();
  const { show, procedure, seat } = useDeskSearch();
  const names = [...new Set(view.kinds.map((kind) => kind.procedure))];
  const options = [
    { value: '', label: t('desk.kind.all') },
    ...names.flatMap((name) => [
      { value: name, label: term(`procedure.${name}`) },
      ...view.kinds
        .filter((kind) => kind.procedure === name)
        .map((kind) => ({
          value: `${name} ${kind.seat}`,
          label: t('desk.kind.seat', { procedure: term(`procedure.${name}`), seat: term(`seat.${kind.seat}`) }),
        })),
    ]),
  ];
  const choose = (value: string): void => {
    const [chosen = '', inSeat] = value.split(' ');
    const search = { ...(show === undefined ? {} : { show }), ...(chosen === '' ? {} : { procedure: chosen }) };
    void navigate({ to: '/', search: inSeat === undefined ? search : { ...search, seat: inSeat } });
  };
  return (
    <span className="kind">
      <select
        aria-label={t('desk.kind')}
        value={[procedure ?? '', ...(seat === undefined ? [] : [seat])].join(' ')}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </span>
  );
}
