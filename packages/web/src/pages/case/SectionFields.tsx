import type { CaseView, MoveView } from '@comity/node/api';
import { Textarea } from '@mantine/core';
import { useWords } from '../../words/useWords.ts';
import { fieldsOf, type MoveDraft, type MoveFaults, sectionsAsked } from './moveDraft.ts';

interface Props {
  readonly view: CaseView;
  readonly move: MoveView;
  readonly texts: MoveDraft['texts'];
  readonly faults: MoveFaults;
  readonly onChange: (texts: MoveDraft['texts']) => void;
}

/** The texts that an act is made with; each says who will read it. */
export function SectionFields({ view, move, texts, faults, onChange }: Props) {
  const { t, term, locale } = useWords();
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return sectionsAsked(move).flatMap((section) => {
    const readers = list.format((view.readers[section] ?? []).map((seat) => term(`seat.${seat}`)));
    return fieldsOf(section).map((field) => (
      <div key={field} className="decide">
        <Textarea
          id={`section.${field}`}
          label={term(field.includes('.') ? `member.${field}` : `section.${section}`)}
          description={t('section.readers', { readers })}
          value={texts[field] ?? ''}
          onChange={(event) => onChange({ ...texts, [field]: event.currentTarget.value })}
          error={faults[`section.${field}`] === undefined ? undefined : term('error.field-missing')}
          rows={field.includes('.') ? 2 : 4}
          dir="auto"
          required={move.required.includes(section)}
        />
      </div>
    ));
  });
}
