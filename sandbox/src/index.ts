export { PASSPHRASE } from './directory.ts';
export { FACT_CARDS } from './factCards.ts';
export { ORGANISATIONS, type Organisation } from './organisations.ts';
export { ROOT, type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts';
