import { useWords } from '../../words/useWords.ts';
import type { DeliveredFile } from './readDelivered.ts';
import { sizeIn } from './sizeIn.ts';

interface Props {
  readonly files: readonly DeliveredFile[];
  readonly chosen: string | undefined;
  readonly onChoose: (name: string) => void;
}

/** The files of a delivery; one is shown at a time. */
export function FileList({ files, chosen, onChoose }: Props) {
  const { t, locale } = useWords();
  return (
    <nav aria-label={t('open.files')} className="no-print">
      <h2>{t('open.files')}</h2>
      <ul className="files">
        {files.map(({ name, size }) => (
          <li key={name}>
            <button type="button" className="plain linked" aria-current={name === chosen} onClick={() => onChoose(name)}>
              <bdi className="mono">{name}</bdi>
            </button>{' '}
            <span className="small quiet">{sizeIn(size, locale)}</span>
          </li>
        ))}
      </ul>
    </nav>
  );
}
