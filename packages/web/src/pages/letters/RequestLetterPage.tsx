import type { CaseView } from '@comity/node/api';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { requestLetter, requestPdfPath, type WrittenRequest } from '../../api/letters.ts';
import { Digest } from '../../things/Digest.tsx';
import { Gated } from '../../things/Gated.tsx';
import { PeriodText } from '../../things/ItemName.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Moment } from '../../things/Moment.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { OWN_NAMES } from '../../words/language.ts';
import { useWords } from '../../words/useWords.ts';
import { mlaWords } from './mlaWords.ts';
import './letters.css';

/** Languages in which the node writes the letter. */
const WRITTEN = ['en', 'fr', 'ar'] as const;

/** The request of a case of mutual assistance as a letter with its annexes, and what it lacks. */
export function RequestLetterPage() {
  return <Gated>{(view) => <Shown view={view} />}</Gated>;
}

function Shown({ view }: { readonly view: CaseView }) {
  const { t, language } = useWords();
  const [lang, setLang] = useState(WRITTEN.find((one) => one === language) ?? 'en');
  const [answer, setAnswer] = useState('');
  const wanted = { lang, answer };
  const { data, error } = useQuery(requestLetter(view.id, wanted));
  return (
    <article className="letter-page">
      <p className="small no-print">
        <Link to="/cases/$id" params={{ id: view.id }}>
          {t('case.to')}
        </Link>
      </p>
      <h1>{t('mla.title')}</h1>
      <p>{t('mla.lead')}</p>
      <div className="reading fields-stack no-print">
        <NativeSelect
          label={t('mla.language')}
          value={lang}
          onChange={(event) => setLang(WRITTEN.find((one) => one === event.currentTarget.value) ?? 'en')}
          data={WRITTEN.map((value) => ({ value, label: OWN_NAMES[value] }))}
        />
        <TextInput
          label={t('mla.answer')}
          value={answer}
          onChange={(event) => setAnswer(event.currentTarget.value)}
          maxLength={60}
          dir="auto"
        />
      </div>
      {data === undefined ? error === null ? <Loading /> : <Problem error={error} /> : <Letter {...{ view, data, lang }} />}
      {data !== undefined && (
        <p className="actions no-print">
          <a className="button" href={requestPdfPath(view.id, wanted)} download={`request-${lang}.pdf`}>
            {t('mla.pdf')}
          </a>
        </p>
      )}
    </article>
  );
}

interface LetterProps {
  readonly view: CaseView;
  readonly data: WrittenRequest;
  readonly lang: string;
}

function Letter({ data: { document, gaps }, lang }: LetterProps) {
  const { t } = useWords();
  const { zone } = useOwn();
  const own = useQuery(mlaWords(lang)).data;
  if (own === undefined) return <Loading />;
  const said = (
    [
      ['requesting', document.requesting],
      ['central-out', document.centralOut],
      ['central-in', document.centralIn],
      ['executing', document.executing],
      ['treaty', document.treaty],
      ['reciprocity', document.reciprocity],
      ['facts', document.facts],
      ['offence', document.offence],
      ['max-penalty', document.maxPenaltyYears],
      ['necessity', document.necessity],
      ['language', document.language],
      ['assurances', document.assurances],
    ] as const
  ).filter(([, value]) => value !== undefined && value !== '');
  return (
    <section className="section" aria-labelledby="letter">
      <h2 id="letter" lang={lang} dir="auto">
        {own['title']}
      </h2>
      <div role="status">{gaps.length > 0 && <Gaps gaps={gaps} own={own} lang={lang} />}</div>
      <dl className="facts">
        <dt lang={lang}>{own['label.issued']}</dt>
        <dd>
          <Moment at={document.issued} zone={zone} />
        </dd>
        {said.map(([name, value]) => (
          <Entry key={name} label={own[`label.${name}`] ?? name} lang={lang} value={String(value)} />
        ))}
      </dl>
      <Sought items={document.items} heading={own['heading.sought'] ?? ''} lang={lang} />
      <Annexes annexes={document.annexes} own={own} lang={lang} />
      <p className="small">
        {t('mla.digest')} <Digest value={document.digest} />
      </p>
      <p className="small quiet">{t('mla.unsigned')}</p>
    </section>
  );
}

function Entry({ label, lang, value }: { readonly label: string; readonly lang: string; readonly value: string }) {
  return (
    <>
      <dt lang={lang}>{label}</dt>
      <dd>
        <bdi className="said">{value}</bdi>
      </dd>
    </>
  );
}

type Own = Readonly<Record<string, string>>;

function Gaps({ gaps, own, lang }: { readonly gaps: WrittenRequest['gaps']; readonly own: Own; readonly lang: string }) {
  const { t } = useWords();
  return (
    <div className="consequence">
      <p>{t('mla.gaps')}</p>
      <ul lang={lang}>
        {gaps.map((gap) => (
          <li key={gap}>{own[`gap.${gap}`]}</li>
        ))}
      </ul>
    </div>
  );
}

function Sought(props: { readonly items: WrittenRequest['document']['items']; readonly heading: string; readonly lang: string }) {
  const { term } = useWords();
  return (
    <>
      <h3 lang={props.lang}>{props.heading}</h3>
      <ol>
        {props.items.map(({ id, identifier, category, period }) => (
          <li key={id}>
            <bdi className="mono" dir="ltr" translate="no">
              {identifier.value}
            </bdi>{' '}
            {term(`category.${category}`)}{' '}
            {period !== undefined && <PeriodText item={{ id, identifierType: identifier.type, category, period }} />}
          </li>
        ))}
      </ol>
    </>
  );
}

function Annexes(props: { readonly annexes: WrittenRequest['document']['annexes']; readonly own: Own; readonly lang: string }) {
  return (
    <>
      <h3 lang={props.lang}>{props.own['heading.annexes']}</h3>
      <ol>
        {props.annexes.map(({ title, sha256 }) => (
          <li key={title}>
            <bdi lang={props.lang}>{title}</bdi> <Digest value={sha256} />
          </li>
        ))}
      </ol>
    </>
  );
}
