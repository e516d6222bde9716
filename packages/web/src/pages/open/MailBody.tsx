import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import type { Mail } from './mail/readMail.ts';
import { sizeIn } from './sizeIn.ts';

/** Headers, text and what came with a message. HTML stands there as its source: nothing is fetched, nobody learns that it was read. */
export function MailBody({ mail }: { readonly mail: Mail }) {
  const { t, term, locale } = useWords();
  return (
    <article className="mail" aria-label={t('open.mail')}>
      <dl className="facts">
        {mail.headers.map(([name, value]) => (
          <div key={name}>
            <dt>{term(`mail.${name}`)}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {mail.isHtml && <p className="small quiet">{t('open.mail.html')}</p>}
      <Scroll className="opened" label={t('open.text')}>
        <pre dir="auto">{mail.text}</pre>
      </Scroll>
      {mail.attachments.length > 0 && (
        <>
          <h3>{t('open.mail.attachments')}</h3>
          <ul>
            {mail.attachments.map(({ name, type, size }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: attachments keep their place
              <li key={index}>
                <bdi className="mono">{name === '' ? type : `${name} (${type})`}</bdi>{' '}
                <span className="small quiet">{sizeIn(size, locale)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}
