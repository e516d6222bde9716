export * from './escrow.ts';
export * from './failure.ts';
export { fileSink, fileSource } from './files.ts';
export type { SealedHeader } from './header.ts';
export {
  generateOfficeIdentity,
  MAX_WORK_FACTOR,
  type OfficeIdentity,
  protectIdentity,
  recipientOf,
  recoverIdentities,
  recoverIdentity,
  WORK_FACTOR,
} from './identity.ts';
export {
  isProtected,
  parseIdentities,
  parseRecipients,
  writeIdentityFile,
} from './identity-file.ts';
export { type JointKeys, type JointTo, jointSetOf, makeJointHeader, openJointHeader, openShare } from './joint.ts';
export { kindOfIdentity, kindOfRecipient, type SealKind } from './kinds.ts';
export { MAX_HEADER_BYTES, MAX_RECIPIENTS } from './limits.ts';
export * from './manifest.ts';
export { makeHeader, type Opener, openHeader } from './native-header.ts';
export type { Flow, Sizes } from './payload.ts';
export * from './rewrap.ts';
export { type Rewrapping, rewrapHeader } from './rewrap-header.ts';
export * from './seal.ts';
export {
  joinShares,
  MAX_SHARES,
  parseShare,
  parseShareSet,
  type Share,
  type ShareSet,
  type Threshold,
  writeShare,
} from './share.ts';
export { type Sink, type Source, sourceOf } from './source.ts';
export { readHeader, type SplitFile, splitHeader } from './split.ts';
export { encryptStream } from './stream.ts';
export * from './unseal.ts';
export { sealWhole, unsealWhole } from './whole.ts';
