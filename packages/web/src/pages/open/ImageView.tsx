import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../words/useWords.ts';
import { drawMarked } from './drawMarked.ts';
import type { Shown } from './FileView.tsx';
import { imageSize } from './imageSize.ts';
import { imageType } from './kindOf.ts';

/** Pixels that are decoded at most: a picture of more would take the memory of the whole page. */
const MAX_PIXELS = 100_000_000;

/** A picture with the watermark drawn into it, so that no copy of what is on the screen is without it. */
export function ImageView({ bytes, whole, mark }: Shown) {
  const { t, direction } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  const type = imageType(bytes) ?? '';
  const size = imageSize(bytes, type);
  const shown = whole && size !== undefined && size.width > 0 && size.height > 0 && size.width * size.height <= MAX_PIXELS;
  useEffect(() => {
    const { current } = canvas;
    if (!shown || current === null) return;
    // From memory to the canvas: no address is made that anybody could open elsewhere.
    createImageBitmap(new Blob([bytes], { type })).then(
      (picture) => drawMarked(current, { picture, mark, direction }),
      () => setFailed(true),
    );
  }, [bytes, type, mark, direction, shown]);
  if (!shown || failed) return <p>{t('open.image.not-shown')}</p>;
  return (
    <>
      <p role="status">{t('open.image.done', { width: size.width, height: size.height })}</p>
      <canvas ref={canvas} className="picture" role="img" aria-label={t('open.image', { mark })} />
    </>
  );
}
