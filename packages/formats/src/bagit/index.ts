/** The door to bags (BagIt, RFC 8493), as archives keep them. */
export { type BagReport, type BagSource, checkBag } from './check-bag.ts';
export { bagInFolder } from './folder.ts';
export { type BagFile, writeBag } from './write-bag.ts';
