import type { JointView } from '@comity/node/api';
import { Button, Radio } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../../things/Problem.tsx';
import { saveFile } from '../../things/saveFile.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { type Asked, OpenForm } from './OpenForm.tsx';
import { type OwnShare, ownShareFor } from './ownShare.ts';

interface Props {
  readonly caseId: string;
  readonly item: string;
  readonly joint: JointView;
}

/** What one holder does so that another can open: this office's share, taken out here and sealed to the other office. */
export function GiveShare({ caseId, item, joint }: Props) {
  const { t } = useWords();
  const { party } = useOwn();
  const others = joint.holders.filter(({ id }) => id !== party?.id);
  const [to, setTo] = useState(others[0]?.id);
  const [step, setStep] = useState<string>();
  const giving = useMutation({
    mutationFn: async ({ passphrase, purpose }: Asked) => {
      const given = await ownShareFor({ case: caseId, item, passphrase, purpose, step: setStep }, to ?? '');
      saveFile(new Blob([given.share]), `share-${party?.id}-${item}.age`);
      return given;
    },
    gcTime: 0,
  });
  const name = others.find(({ id }) => id === to)?.name ?? '';
  return (
    <section className="stack reading">
      <h2>{t('joint.give')}</h2>
      <Problem error={giving.error} kept />
      {giving.data === undefined ? (
        <OpenForm
          lead={t('joint.give.lead')}
          consequence={t('joint.give.consequence', { office: name })}
          submit={t('joint.give.submit')}
          withReason={false}
          busy={giving.isPending}
          step={step}
          onAsk={(asked) => giving.mutate(asked)}
        >
          <Radio.Group value={to ?? null} onChange={setTo} label={t('joint.give.to')} name="to" className="radios">
            {others.map(({ id, name: office }) => (
              <Radio key={id} value={id} label={office} mt="xs" />
            ))}
          </Radio.Group>
        </OpenForm>
      ) : (
        <Given given={giving.data} office={name} />
      )}
    </section>
  );
}

/** What was saved; and the same for whoever works with the command. */
function Given({ given, office }: { readonly given: OwnShare; readonly office: string }) {
  const { t } = useWords();
  const { header, identity, manifest } = given.means;
  const save = (content: BlobPart, name: string) => () => saveFile(new Blob([content]), name);
  return (
    <>
      <p role="status">{t('joint.given', { office })}</p>
      <details>
        <summary>{t('joint.command')}</summary>
        <p>{t('joint.command.help')}</p>
        <pre className="mono command" dir="ltr">
          comity share header.age -i office-key.age -o share.json
        </pre>
        <p className="actions">
          <Button variant="default" onClick={save(bytesOf(header), 'header.age')}>
            {t('joint.command.header')}
          </Button>
          <Button variant="default" onClick={save(identity, 'office-key.age')}>
            {t('open.too-large.key')}
          </Button>
          <Button variant="default" onClick={save(JSON.stringify(manifest), 'manifest.json')}>
            {t('joint.command.manifest')}
          </Button>
        </p>
      </details>
    </>
  );
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
