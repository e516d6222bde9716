import { useEffect, useState } from 'react';
import { Digest } from '../../things/Digest.tsx';
import { useWords } from '../../words/useWords.ts';
import { ContainerChecks } from './ContainerChecks.tsx';
import { FileList } from './FileList.tsx';
import { FileView } from './FileView.tsx';
import type { Opened } from './openDelivery.ts';
import { useWatermark } from './useWatermark.ts';
import './opened.css';

interface Props {
  readonly opened: Opened;
  readonly at: string;
  readonly caseId: string;
  /** Whether the procedure lets whoever opens a delivery keep files of it. */
  readonly download: boolean;
}

/** What was delivered, under a line that says who opened it and when: on the screen and on every print. The content goes when the page goes. */
export function Delivery({ opened, at, caseId, download }: Props) {
  const { t } = useWords();
  const mark = useWatermark({ at, caseId });
  const [name, setName] = useState(opened.files[0]?.name);
  useEffect(() => opened.close, [opened]);
  const file = opened.files.find((one) => one.name === name);
  return (
    <>
      <p className="small quiet">
        {t('open.checked')} <Digest value={opened.digest} />
      </p>
      {opened.report !== undefined && <ContainerChecks report={opened.report} />}
      {opened.files.length > 1 && <FileList files={opened.files} chosen={name} onChoose={setName} />}
      <div className="delivered">
        <p className="watermark first">{mark}</p>
        <div>
          {file === undefined ? (
            <p>{t('open.empty')}</p>
          ) : (
            <FileView key={file.name} file={file} read={opened.read} mark={mark} download={download} />
          )}
        </div>
        <p className="watermark last">{mark}</p>
      </div>
      {!download && <p className="small quiet no-print">{t('open.no-download')}</p>}
    </>
  );
}
