import { Button } from '@mantine/core';
import { saveFile } from '../../things/saveFile.ts';
import { useWords } from '../../words/useWords.ts';
import { OPEN_LIMIT, type TooLarge } from './openDelivery.ts';
import { sizeIn } from './sizeIn.ts';
import './opened.css';

const ALONE = 'comity unseal delivery.age -i office-key.age -o delivery';
/** The others' shares may be sealed to this office: its key opens them. */
const TOGETHER = [
  'comity share delivery.age -i office-key.age -o own.json',
  'comity unseal delivery.age --share own.json share-OTHER.age -i office-key.age --commitments manifest.json -o delivery',
].join('\n');

/** A delivery that no page can hold: the sealed file and the office's protected key, and what to do with them. */
export function TooLargeView({ delivery }: { readonly delivery: TooLarge }) {
  const { t, locale } = useWords();
  const size = { size: sizeIn(delivery.size, locale), limit: sizeIn(OPEN_LIMIT, locale) };
  return (
    <section className="stack reading">
      <p role="status">{t('open.too-large', size)}</p>
      <p>{t('open.too-large.next')}</p>
      <pre className="mono command" dir="ltr">
        {delivery.manifest === undefined ? ALONE : TOGETHER}
      </pre>
      <p className="actions">
        <a className="button" href={delivery.sealedPath} download="delivery.age">
          {t('open.too-large.sealed')}
        </a>
        <Button variant="default" onClick={() => saveFile(new Blob([delivery.identity]), 'office-key.age')}>
          {t('open.too-large.key')}
        </Button>
        {delivery.manifest !== undefined && (
          <Button variant="default" onClick={() => saveFile(new Blob([JSON.stringify(delivery.manifest)]), 'manifest.json')}>
            {t('joint.command.manifest')}
          </Button>
        )}
      </p>
    </section>
  );
}
