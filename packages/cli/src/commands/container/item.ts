import { isJsonObject, ok, type Result, refuse } from '@comity/core';
import { nodeHashes } from '@comity/formats';
import { type Container, type ItemProof, proveItem, verifyItem } from '@comity/formats/container';
import { Command } from 'commander';
import { withContainer } from '../../container/open.ts';
import { EXIT, print, readJson, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

interface Options {
  readonly root?: string;
  readonly json?: boolean;
}

/**
 * `comity container item FILE ID`: a proof (JSON) that one item stands in the container's list, for somebody who may not see the others.
 * `comity container item PROOF --root HEX`: whether such a proof holds under a root that is known from elsewhere.
 */
export function itemCommand(): Command {
  return new Command('item')
    .description(say('container.item'))
    .argument('<file>', say('container.item.file'))
    .argument('[id]', say('container.item.id'))
    .option('--root <hex>', say('container.item.root'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(file: string, id: string | undefined, { root, json = false }: Options): Promise<void> {
  if ((id === undefined) === (root === undefined)) return refuseWith({ code: 'field-missing', field: 'ID, --root' }, { json });
  if (root !== undefined) return check(file, root, json);
  const proof = await withContainer(file, async (container) => proofOf(container, id ?? ''));
  if (!proof.ok) return refuseWith(proof.refusal, { json });
  print(JSON.stringify(proof.value, null, json ? 0 : 2));
}

function proofOf({ items }: Container, id: string): Result<ItemProof> {
  return items === undefined ? refuse('item-unknown', id) : proveItem(nodeHashes, items, id);
}

function check(file: string, root: string, json: boolean): void {
  const proof = readProof(file);
  if (!proof.ok) {
    refuseWith(proof.refusal, { json });
    return;
  }
  const holds = verifyItem(nodeHashes, proof.value, root);
  const { item, name, sha256 } = proof.value.item;
  if (json) print(JSON.stringify({ ok: holds, item, name, sha256 }));
  else print(say(holds ? 'container.item.holds' : 'container.item.fails', { item, name, sha256 }));
  process.exitCode = holds ? EXIT.ok : EXIT.refused;
}

function readProof(file: string): Result<ItemProof> {
  const json = readJson(file);
  if (!json.ok) return json;
  const sound = isJsonObject(json.value) && Array.isArray(json.value['path']) && isJsonObject(json.value['item']);
  // Parser: verifyItem looks at each member before it uses it.
  return sound ? ok(json.value as unknown as ItemProof) : refuse('proof-invalid', file);
}
