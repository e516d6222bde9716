export type { FactCards, House, Person } from './app/house.ts';
export { NODE_PERSON } from './app/house.ts';
export { ed25519Verify, type PrivateJwk, sha256, sha256Hex, signerOf } from './keys/crypto.ts';
export { signDirectory } from './keys/directory.ts';
export { type Keystore, openKeystore, personCards, publicKeysOf } from './keys/keystore.ts';
export { loadLaw } from './law.ts';
export { type NodeConfig, type RunningNode, startNode } from './main.ts';
export { type EmbeddedPostgres, startEmbeddedPostgres } from './postgres/embedded.ts';
export { createDatabase, dropDatabase, migrateDatabase } from './store/provision.ts';
