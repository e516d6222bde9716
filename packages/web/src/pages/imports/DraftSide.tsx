import type { ImportView } from '@comity/node/api';
import { Identifier, PeriodText } from '../../things/ItemName.tsx';
import { useWords } from '../../words/useWords.ts';
import { lineAt, piecesOf } from './outside.ts';

type Draft = NonNullable<ImportView['draft']>;
type Value = Draft['values'][number];

/** What a program found in the original: each value a proposal, with its place and its doubts. Necessity is never among them. */
export function DraftSide({ view }: { readonly view: ImportView }) {
  const { t } = useWords();
  const { draft } = view;
  return (
    <section aria-labelledby="proposed">
      <h2 id="proposed">{t('import.proposed')}</h2>
      {draft !== null && (
        <>
          <p>{t('import.proposed.lead')}</p>
          {draft.values.length + draft.items.length === 0 && <p className="quiet">{t('import.proposed.none')}</p>}
          <dl className="proposals">
            {draft.values.map((value) => (
              <ValueRow key={`${value.field} ${JSON.stringify(value.place)}`} value={value} draft={draft} />
            ))}
          </dl>
          <Items draft={draft} />
          <Open draft={draft} />
        </>
      )}
    </section>
  );
}

function ValueRow({ value, draft }: { readonly value: Value; readonly draft: Draft }) {
  const { term } = useWords();
  return (
    <div className="proposal">
      <dt>{term(`draft.field.${value.field}`)}</dt>
      <dd>
        <bdi className="mono" translate="no" dir={/\p{L}/u.test(value.value) ? 'auto' : 'ltr'}>
          {value.value}
        </bdi>
        <Reading value={value} />
        <Marks of={value} draft={draft} />
      </dd>
    </div>
  );
}

/** What a value is taken to mean, where that can be told. */
function Reading({ value: { field, reads } }: { readonly value: Value }) {
  const { t, term } = useWords();
  if (reads === undefined) return null;
  const word = field === 'identifier' ? term(`identifier.${reads}`) : field === 'data' ? term(`category.${reads}`) : reads;
  return (
    <span className="small">
      {' '}
      {t('import.reads')} <bdi>{word}</bdi>
    </span>
  );
}

function Items({ draft }: { readonly draft: Draft }) {
  const { t, term } = useWords();
  if (draft.items.length === 0) return null;
  return (
    <ol className="proposed-items">
      {draft.items.map((one) => (
        <li key={one.item.id}>
          <p>
            <Identifier item={one} /> {term(`category.${one.item.category}`)}
            {one.does === 'preserve' && <> · {t('import.preserve')}</>}
          </p>
          <p className="small">
            <PeriodText item={one.item} />
            {one.said !== undefined && (
              <>
                {' '}
                {t('import.said')} <bdi className="mono">{one.said}</bdi>
              </>
            )}
          </p>
          <Marks of={one} draft={draft} />
        </li>
      ))}
    </ol>
  );
}

/** Who says so, where it stands, and what is doubtful. */
function Marks({ of, draft }: { readonly of: Pick<Value, 'by' | 'place' | 'doubts'>; readonly draft: Draft }) {
  const { term } = useWords();
  return (
    <>
      <p className="small quiet">
        <span className="by">{term(`draft.by.${of.by}`)}</span> · <Place place={of.place} draft={draft} />
      </p>
      {of.doubts.map((doubt) => (
        <p key={doubt} className="small consequence">
          {term(`draft.doubt.${doubt}`)}
        </p>
      ))}
    </>
  );
}

function Place({ place, draft }: { readonly place: Value['place']; readonly draft: Draft }) {
  const { t } = useWords();
  if (place.kind === 'path')
    return (
      <>
        {t('import.place.path')} <bdi className="mono path">{place.path}</bdi>
      </>
    );
  const piece = piecesOf(draft).findLast(({ from, marked }) => marked && from <= place.from);
  const words = t('import.place', { line: lineAt(draft.text ?? '', place.from) });
  return piece === undefined ? words : <a href={`#place-${piece.from}`}>{words}</a>;
}

function Open({ draft }: { readonly draft: Draft }) {
  const { t, term, has } = useWords();
  if (draft.open.length === 0) return null;
  return (
    <>
      <h3>{t('import.open')}</h3>
      <ul>
        {draft.open.map(({ code, path }) => (
          <li key={`${code} ${path}`}>
            {has(`draft.open.${code}`) ? term(`draft.open.${code}`) : term(`hi1.${code}`)}{' '}
            <bdi className="small quiet mono path">{path}</bdi>
          </li>
        ))}
      </ul>
    </>
  );
}
