import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useWords } from '../../words/useWords.ts';
import type { Shown } from './FileView.tsx';
import { MailBody } from './MailBody.tsx';
import { readMail } from './mail/readMail.ts';
import { isMbox, type MailPlace, messageAt, placesIn } from './mail/readMbox.ts';

const HEAD_BYTES = 8192;

/** One message, or those of a mailbox one at a time. */
export function MailView({ bytes, whole }: Shown) {
  const { t } = useWords();
  const [index, setIndex] = useState(0);
  const places = useMemo(() => (isMbox(bytes) ? placesIn(bytes) : [{ from: 0, until: bytes.length }]), [bytes]);
  const subjects = useMemo(() => places.map((one) => subjectOf(bytes, one)), [bytes, places]);
  const place = places[index];
  const mail = useMemo(() => (place === undefined ? undefined : readMail(messageAt(bytes, place))), [bytes, place]);
  return (
    <>
      <p role="status">{t('open.mail.done', { count: places.length })}</p>
      {places.length > 1 && (
        <NativeSelect
          className="no-print"
          label={t('open.mail.choose')}
          data={subjects.map((subject, at) => ({ value: String(at), label: `${at + 1}. ${subject}` }))}
          value={String(index)}
          onChange={(event) => setIndex(Number(event.currentTarget.value))}
        />
      )}
      {mail !== undefined && <MailBody mail={mail} />}
      {!whole && <p className="quiet">{t('open.part')}</p>}
    </>
  );
}

/** The subject stands in the header; how long the message is does not matter for it. */
function subjectOf(bytes: Uint8Array, { from, until }: MailPlace): string {
  const { headers } = readMail(messageAt(bytes, { from, until: Math.min(until, from + HEAD_BYTES) }));
  return headers.find(([name]) => name === 'subject')?.[1] ?? '';
}
