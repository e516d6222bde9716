import type { CaseView } from '@comity/node/api';
import { IconCheck } from '@tabler/icons-react';
import { inOrder } from '../../things/order.ts';
import { PartyChip } from '../../things/PartyChip.tsx';
import { Scroll } from '../../things/Scroll.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';

/** Which seats read which section. A section that nobody here has used yet is left out. */
export function WhoSeesWhat({ view }: { readonly view: CaseView }) {
  const { t, term } = useWords();
  const { party } = useOwn();
  const used = new Set(view.acts.flatMap((act) => [...Object.keys(act.sections), ...act.withheld]));
  const sections = inOrder(Object.entries(view.readers)).flatMap(([name]) => (used.has(name) ? [name] : []));
  const seats = inOrder(Object.entries(view.seats)).map(([seat]) => seat);
  const withheld = new Set(view.acts.flatMap((act) => act.withheld));
  return (
    <section className="section two" aria-label={t('case.who')}>
      <div>
        <h2>{t('case.who')}</h2>
        <dl className="facts">
          {seats.map((seat) => (
            <div key={seat} style={{ display: 'contents' }}>
              <dt>{term(`seat.${seat}`)}</dt>
              <dd>
                <PartyChip id={view.seats[seat] ?? ''} party={view.parties.find((one) => one.id === view.seats[seat])} />
                {view.seats[seat] === party?.id && <strong> {t('case.us')}</strong>}
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="narrow">
        <h2>{t('case.sees')}</h2>
        <Scroll label={t('case.sees')}>
          <table className="see">
            <thead>
              <tr>
                <th scope="col">{t('case.section')}</th>
                {seats.map((seat) => (
                  <th key={seat} scope="col">
                    {term(`seat.${seat}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sections.map((name) => (
                <tr key={name}>
                  <th scope="row">
                    {term(`section.${name}`)} {withheld.has(name) && <span className="quiet">{t('withheld')}</span>}
                  </th>
                  {seats.map((seat) => (
                    <td key={seat}>
                      <Reads yes={view.readers[name]?.includes(seat) === true} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </div>
    </section>
  );
}

function Reads({ yes }: { readonly yes: boolean }) {
  const { t } = useWords();
  return yes ? (
    <IconCheck size={18} stroke={1.5} role="img" aria-label={t('case.reads')} />
  ) : (
    <span aria-label={t('case.reads-not')} role="img">
      –
    </span>
  );
}
