/** A decoded picture and what is written over it. */
export interface Marked {
  readonly picture: ImageBitmap;
  readonly mark: string;
  readonly direction: 'ltr' | 'rtl';
}

/** The longest side that is drawn: more than any screen shows. */
const MAX_SIDE = 4096;
const MIN_SIDE = 640;

/** Draws a picture with its watermark repeated across it, dark with a light edge, so that it can be read on any ground. */
export function drawMarked(canvas: HTMLCanvasElement, { picture, mark, direction }: Marked): void {
  const longest = Math.max(picture.width, picture.height);
  const scale = Math.min(MAX_SIDE, Math.max(MIN_SIDE, longest)) / longest;
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  pen.imageSmoothingEnabled = scale <= 1;
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const height = fittingHeight(pen, mark, canvas);
  pen.font = fontOf(height);
  pen.direction = direction;
  pen.textAlign = 'center';
  pen.lineJoin = 'round';
  pen.lineWidth = height / 5;
  pen.strokeStyle = 'rgb(255 255 255 / 55%)';
  pen.fillStyle = 'rgb(0 0 0 / 55%)';
  writeAcross(pen, { mark, height, width: canvas.width, until: canvas.height });
}

/** As large as the picture asks for, and no larger than the whole line fits into its width. */
function fittingHeight(pen: CanvasRenderingContext2D, mark: string, { width, height }: HTMLCanvasElement): number {
  const wished = Math.max(12, Math.min(width, height) / 28);
  pen.font = fontOf(wished);
  return Math.max(7, Math.floor(Math.min(wished, (wished * 0.94 * width) / pen.measureText(mark).width)));
}

function fontOf(height: number): string {
  return `600 ${height}px system-ui, sans-serif`;
}

interface Lines {
  readonly mark: string;
  readonly height: number;
  readonly width: number;
  readonly until: number;
}

/** One line after another, tilted, close enough that no part of the picture can be cut out without one. */
function writeAcross(pen: CanvasRenderingContext2D, { mark, height, width, until }: Lines): void {
  const step = height * 6;
  for (let at = step / 2; at < until + width / 3; at += step) {
    pen.save();
    pen.translate(width / 2, at - width / 12);
    pen.rotate(-Math.PI / 18);
    pen.strokeText(mark, 0, 0);
    pen.fillText(mark, 0, 0);
    pen.restore();
  }
}
