import {
  canonicalJson,
  fromHex,
  fromUtf8,
  type Instant,
  isInstant,
  isJsonObject,
  type Json,
  type JsonObject,
  ok,
  type Result,
  refuse,
  toHex,
  utf8,
} from '@comity/core';
import { fault } from './faults.ts';
import type { Hashes } from './hashes.ts';
import { inclusionPath, isIncluded, leafHash, treeRoot } from './tree.ts';

/** One file of evidence, as the list of items has it. */
export interface ListedItem {
  /** Id of the item of the case. */
  readonly item: string;
  /** Name of the entry, from the root of the container. */
  readonly name: string;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
  readonly retention?: { readonly until: Instant; readonly action: 'destroy' };
}

/** `comity/items.json`: what the container holds, item by item, under one root. */
export interface ItemList {
  readonly format: 'comity-items';
  readonly v: 1;
  readonly case: string;
  readonly at: Instant;
  /** Whether the maker asked for a time stamp. One that was asked for and is not there is pending. */
  readonly stamp: 'requested' | 'none';
  readonly items: readonly ListedItem[];
  /** Root of the RFC 6962 tree whose leaves are the canonical JSON of each item, in this order; hexadecimal. */
  readonly root: string;
}

/** Proof that one item stands in a list of which only the root is known. */
export interface ItemProof {
  readonly item: ListedItem;
  readonly index: number;
  readonly size: number;
  /** Hexadecimal, lowest first. */
  readonly path: readonly string[];
  readonly root: string;
}

/** Makes the list of a container's items, with its root. */
export function makeItemList(hashes: Hashes, list: Omit<ItemList, 'format' | 'v' | 'root'>): ItemList {
  return { format: 'comity-items', v: 1, ...list, root: toHex(treeRoot(hashes, list.items.map(leafOf))) };
}

/** The list as it stands in the container: RFC 8785. */
export function itemListBytes(list: ItemList): Uint8Array {
  return utf8(canonicalJson(list));
}

/** Reads `comity/items.json`. Refuses all but the canonical form of a sound list; whether the root fits the items is for `rootHolds` to say. */
export function readItemList(bytes: Uint8Array): Result<ItemList> {
  let list: unknown;
  try {
    const text = fromUtf8(bytes);
    list = JSON.parse(text);
    if (canonicalJson(list) !== text) return fault('items-invalid');
  } catch {
    // Not UTF-8 or not JSON.
    return fault('items-invalid');
  }
  return isItemList(list) ? ok(list) : fault('items-invalid');
}

/** Whether the list's root is that of its items. */
export function rootHolds(hashes: Hashes, list: ItemList): boolean {
  return toHex(treeRoot(hashes, list.items.map(leafOf))) === list.root;
}

/** Proves one item of a list: whoever knows the root needs to see no other item. Refuses `item-unknown`. */
export function proveItem(hashes: Hashes, list: ItemList, item: string): Result<ItemProof> {
  const index = list.items.findIndex((one) => one.item === item);
  const found = list.items[index];
  if (found === undefined) return refuse('item-unknown', 'item');
  const path = inclusionPath(hashes, list.items.map(leafOf), index).map(toHex);
  return ok({ item: found, index, size: list.items.length, path, root: list.root });
}

/** Whether a proof leads from its item to this root (hexadecimal), which is known from elsewhere: from a signed container, say. */
export function verifyItem(hashes: Hashes, proof: ItemProof, root: string): boolean {
  if (!isListedItem(proof.item) || !proof.path.every(isHash) || !isHash(root)) return false;
  const { index, size, path } = proof;
  return isIncluded(
    hashes,
    { leafHash: leafHash(hashes, leafOf(proof.item)), index, size, path: path.map(fromHex) },
    fromHex(root),
  );
}

function leafOf(item: ListedItem): Uint8Array {
  return utf8(canonicalJson(item));
}

const LIST = ['at', 'case', 'format', 'items', 'root', 'stamp', 'v'];
const ITEM = ['item', 'mediaType', 'name', 'sha256', 'size'];

function isItemList(value: unknown): value is ItemList {
  if (!isJsonObject(value) || Object.keys(value).sort().join() !== LIST.join()) return false;
  const { format, v, at, stamp, items, root } = value;
  const head = format === 'comity-items' && v === 1 && typeof value['case'] === 'string' && isInstant(at);
  return head && (stamp === 'requested' || stamp === 'none') && isHash(root) && Array.isArray(items) && items.every(isListedItem);
}

function isListedItem(value: unknown): value is ListedItem {
  if (!isJsonObject(value)) return false;
  const { retention, ...rest } = value;
  if (Object.keys(rest).sort().join() !== ITEM.join()) return false;
  const texts = [rest['item'], rest['name'], rest['mediaType']].every((text) => typeof text === 'string');
  const size = Number.isSafeInteger(rest['size']) && Number(rest['size']) >= 0;
  return texts && size && isHash(rest['sha256']) && (retention === undefined || isRetention(retention));
}

function isRetention(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const { until, action, ...others }: JsonObject = value;
  return isInstant(until) && action === 'destroy' && Object.keys(others).length === 0;
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
