import { Button } from '@mantine/core';
import { saveFile } from '../../things/saveFile.ts';
import { useWords } from '../../words/useWords.ts';
import { OPEN_LIMIT, type TooLarge } from './openDelivery.ts';
import { sizeIn } from './sizeIn.ts';
import './opened.css';

/** A delivery that no page can hold: the sealed file and the office's protected key, and what to do with them. */
export function TooLargeView({ delivery }: { readonly delivery: TooLarge }) {
  const { t, locale } = useWords();
  const size = { size: sizeIn(delivery.size, locale), limit: sizeIn(OPEN_LIMIT, locale) };
  return (
    <section className="stack reading">
      <p role="status">{t('open.too-large', size)}</p>
      <p>{t('open.too-large.next')}</p>
      <pre className="mono command" dir="ltr">
        comity unseal delivery.age -i office-key.age -o delivery
      </pre>
      <p className="actions">
        <a className="button" href={delivery.sealedPath} download="delivery.age">
          {t('open.too-large.sealed')}
        </a>
        <Button variant="default" onClick={() => saveFile(new Blob([delivery.identity]), 'office-key.age')}>
          {t('open.too-large.key')}
        </Button>
      </p>
    </section>
  );
}
