import type { DeliveryView, ImportView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { deliveryPath, useAnswerFile, useAnswerStep, useExistence } from '../../api/answers.ts';
import { Identifier } from '../../things/ItemName.tsx';
import { Moment } from '../../things/Moment.tsx';
import { Problem } from '../../things/Problem.tsx';
import { shortId } from '../../things/shortId.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';

type DraftItem = NonNullable<ImportView['draft']>['items'][number];

/** Answers to the tasks of an order that came as message, one for each item that is to be disclosed; or what a foreign provider has delivered to an order of ours. */
export function Answers({ view }: { readonly view: ImportView }) {
  const { t } = useWords();
  const received = view.deliveries.filter(({ side }) => side === 'received');
  if (received.length > 0)
    return (
      <section className="section" aria-labelledby="delivered">
        <h2 id="delivered">{t('import.delivered')}</h2>
        {received.map((one) => (
          <Answer key={one.id} id={view.id} one={one} />
        ))}
      </section>
    );
  const items = (view.draft?.items ?? []).filter(({ does }) => does === 'disclose');
  if (view.kind !== 'hi1' || view.state !== 'taken-up' || view.sender === null || items.length === 0) return null;
  return (
    <section className="section" aria-labelledby="answers">
      <h2 id="answers">{t('import.answers')}</h2>
      <p className="reading">{t('import.answers.lead')}</p>
      {view.answerKey !== null && (
        <p>
          {t('import.answer.key')}{' '}
          <bdi className="mono path" dir="ltr" translate="no">
            {view.answerKey}
          </bdi>
        </p>
      )}
      {items.map((one) => (
        <Item key={one.item.id} view={view} one={one} />
      ))}
    </section>
  );
}

function Item({ view, one }: { readonly view: ImportView; readonly one: DraftItem }) {
  const { t, term } = useWords();
  const given = view.deliveries.filter(({ item }) => item === one.item.id);
  const open = given.every(({ state }) => state === 'discarded' || state === 'refused');
  return (
    <section aria-label={`${t('import.answer.item')} ${one.item.id}`}>
      <h3>
        <Identifier item={one} /> {term(`category.${one.item.category}`)}
      </h3>
      {given.map((answer) => (
        <Answer key={answer.id} id={view.id} one={answer} />
      ))}
      {open && <AnswerForm id={view.id} item={one.item.id} existenceOnly={asksExistence(view)} />}
    </section>
  );
}

function asksExistence({ draft }: ImportView): boolean {
  return draft?.open.some(({ code }) => code === 'existence-only') === true;
}

/** One answer: where it stands, and what may be done with it. */
function Answer({ id, one }: { readonly id: string; readonly one: DeliveryView }) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  return (
    <div className="answer">
      <p>
        {t('import.answer.number', { id: shortId(one.id) })} · {term(`import.answer.state.${one.state}`)} ·{' '}
        <Moment at={one.changed} zone={zone} />
      </p>
      {one.exists !== null && <p>{t(one.exists ? 'import.delivered.exists' : 'import.delivered.none')}</p>}
      {one.state === 'released' && (
        <p className="small">{t('import.answer.parts', { done: one.acknowledged, all: one.parts })}</p>
      )}
      {one.error !== null && <p className="consequence">{t('import.answer.error', { code: String(one.error) })}</p>}
      {one.sha256 !== null && ['proposed', 'released', 'landed'].includes(one.state) && (
        <p>
          <a href={deliveryPath(id, one.id)} download>
            {t('import.answer.save')}
          </a>
        </p>
      )}
      {one.state === 'proposed' && <Release id={id} one={one} />}
    </div>
  );
}

function Release({ id, one }: { readonly id: string; readonly one: DeliveryView }) {
  const { t } = useWords();
  const { person } = useOwn();
  const step = useAnswerStep(id);
  const mine = one.person === person?.id;
  return (
    <div className="stack no-print">
      <Problem error={step.error} kept />
      {mine && <p>{t('import.answer.other')}</p>}
      <div className="actions">
        {!mine && (
          <Button loading={step.isPending} onClick={() => step.mutate({ delivery: one.id, decision: 'release' })}>
            {t('import.answer.release')}
          </Button>
        )}
        <Button variant="default" loading={step.isPending} onClick={() => step.mutate({ delivery: one.id, decision: 'discard' })}>
          {t('import.answer.discard')}
        </Button>
      </div>
    </div>
  );
}

interface FormProps {
  readonly id: string;
  readonly item: string;
  readonly existenceOnly: boolean;
}

function AnswerForm({ id, item, existenceOnly }: FormProps) {
  const { t } = useWords();
  const existence = useExistence(id);
  return (
    <div className="stack no-print">
      <Problem error={existence.error} kept />
      {!existenceOnly && <FileForm id={id} item={item} />}
      <div className="actions">
        <Button variant="default" loading={existence.isPending} onClick={() => existence.mutate({ item, exists: true })}>
          {t('import.answer.exists')}
        </Button>
        <Button variant="default" loading={existence.isPending} onClick={() => existence.mutate({ item, exists: false })}>
          {t('import.answer.none')}
        </Button>
      </div>
    </div>
  );
}

function FileForm({ id, item }: Pick<FormProps, 'id' | 'item'>) {
  const { t } = useWords();
  const [file, setFile] = useState<File>();
  const handing = useAnswerFile(id);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file !== undefined) handing.mutate({ item, file });
  };
  return (
    <form className="stack reading" noValidate onSubmit={submit}>
      <Problem error={handing.error} kept />
      <div>
        <label htmlFor={`answer-${item}`} className="file-label">
          {t('import.answer.file')}
        </label>
        <input
          id={`answer-${item}`}
          type="file"
          accept=".age"
          aria-describedby={`answer-${item}-says`}
          onChange={(event) => setFile(event.currentTarget.files?.[0])}
        />
        <p id={`answer-${item}-says`} className="small quiet">
          {t('import.answer.file.help')}
        </p>
      </div>
      <Button type="submit" disabled={file === undefined} loading={handing.isPending}>
        {t('import.answer.hand-in')}
      </Button>
    </form>
  );
}
