import type { CaseView } from '@comity/node/api';
import { Textarea } from '@mantine/core';
import { Refusal } from '../../api/client.ts';
import { GateSays } from '../../things/GateSays.tsx';
import { useWords } from '../../words/useWords.ts';

interface Props {
  readonly view: CaseView;
  readonly text: string;
  readonly tried: boolean;
  readonly onChange: (text: string) => void;
}

/** The rules that a refusal says can be overridden with a reason; undefined where it says nothing of it. */
export function overridableIn(error: unknown): string | undefined {
  const rules = error instanceof Refusal ? error.problem.values?.['overridable'] : undefined;
  return typeof rules === 'string' ? rules : undefined;
}

/** What the rule says that stopped an act at the gate. */
export function StoppedBy({ error }: { readonly error: unknown }) {
  const { rule, says } = error instanceof Refusal ? (error.problem.values ?? {}) : {};
  if (typeof rule !== 'string' || typeof says !== 'string') return null;
  return (
    <p className="stopped-by">
      <GateSays rule={rule} says={says} />
    </p>
  );
}

/** Why it goes out all the same: signed with the act, and read by whoever decides next. */
export function Override({ view, text, tried, onChange }: Props) {
  const { t, term, locale } = useWords();
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const readers = list.format((view.readers['override'] ?? []).map((seat) => term(`seat.${seat}`)));
  return (
    <div className="decide">
      <p>{t('moves.override')}</p>
      <Textarea
        id="section.override"
        label={term('section.override')}
        description={t('section.readers', { readers })}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={tried && text.trim() === '' ? term('error.field-missing') : undefined}
        rows={4}
        dir="auto"
        required
      />
    </div>
  );
}
