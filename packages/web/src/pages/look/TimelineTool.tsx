import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { instantOf } from '../../words/when.ts';
import { RowList } from './RowList.tsx';
import { type Moment, perDay, timeline } from './timeline.ts';
import { type Bench, itemsOf } from './tools.ts';

/** What happened when, over all tables together. */
export function TimelineTool({ tables, ask, busy, ready, picked, onPick }: Bench) {
  const { t } = useWords();
  const { zone } = useOwn();
  const [span, setSpan] = useState({ from: '', until: '' });
  const [found, setFound] = useState<readonly Moment[]>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await ask('timeline', itemsOf(tables));
    const [from, until] = [instantOf(span.from, zone), instantOf(span.until, zone)];
    setFound(
      timeline(tables, {
        ...(from === undefined ? {} : { from: Date.parse(from) }),
        ...(until === undefined ? {} : { until: Date.parse(until) }),
      }),
    );
  };
  return (
    <section aria-label={t('look.tool.timeline')}>
      <form className="row tool-form no-print" onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <TextInput
          type="datetime-local"
          label={t('item.from')}
          value={span.from}
          onChange={(event) => setSpan({ ...span, from: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label={t('item.until')}
          value={span.until}
          onChange={(event) => setSpan({ ...span, until: event.currentTarget.value })}
        />
        <Button type="submit" loading={busy} disabled={!ready}>
          {t('look.timeline.go')}
        </Button>
      </form>
      {found !== undefined && (
        <>
          <Days moments={found} />
          <RowList tables={tables} rows={found} picked={picked} onPick={onPick} />
        </>
      )}
    </section>
  );
}

/** How much happened on each day: a bar and a number. */
function Days({ moments }: { readonly moments: readonly Moment[] }) {
  const { t, locale } = useWords();
  const days = perDay(moments);
  const most = Math.max(1, ...days.map(([, count]) => count));
  const say = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return (
    <table className="bars">
      <caption>{t('look.timeline.days')}</caption>
      <tbody>
        {days.map(([day, count]) => (
          <tr key={day}>
            <th scope="row">{say.format(new Date(`${day}T00:00:00Z`))}</th>
            <td>
              <span className="bar" style={{ inlineSize: `${(60 * count) / most}%` }} aria-hidden /> {count}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
