/**
 * The door for programs that only seal and open files: it loads nothing but Node's own cryptography, which takes a tenth of the time that the
 * whole package takes to load.
 */
export { fileSink, fileSource } from './files.ts';
export { isProtected, parseIdentities, parseRecipients } from './identity-file.ts';
export type { JointKeys } from './joint.ts';
export type { Flow, Sizes } from './payload.ts';
export { sealInto, sealJointlyInto } from './seal.ts';
export type { ShareSet } from './share.ts';
export { parseShare } from './share.ts';
export { type Sink, type Source, sourceOf } from './source.ts';
export { openJointlyInto, unsealInto } from './unseal.ts';
