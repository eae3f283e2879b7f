import { areEqual, concatenated } from "./bytes.ts";

/** 32 bytes. */
export type Hash = Uint8Array;

/** SHA-256; a text is its UTF-8 bytes. The one thing the tree needs from outside. */
export type Sha256 = (data: string | Uint8Array) => Hash;

const nodePrefix = Uint8Array.of(1);

/** RFC 6962 §2.1. The prefixes keep a leaf from ever being read as a node. */
export const leafHash = (sha256: Sha256, data: string): Hash => sha256(`\0${data}`);
export const nodeHash = (sha256: Sha256, left: Hash, right: Hash): Hash =>
  sha256(concatenated(nodePrefix, left, right));

/** Of no leaves at all. */
export const emptyRoot = (sha256: Sha256): Hash => sha256("");

/** What a tree is asked for: hashes of its complete subtrees, of 2^level leaves, the `index`th from the left. */
export interface TreeNodes {
  node(level: number, index: number): Hash;
}

/** The hash over leaves `begin` (counted from 0) up to, not including, `end`; `begin` as the splits of a tree give it. */
export function rangeHash(sha256: Sha256, nodes: TreeNodes, begin: number, end: number): Hash {
  const size = end - begin;
  if (size === 0) return emptyRoot(sha256);
  const level = Math.log2(size);
  if (Number.isInteger(level)) return nodes.node(level, begin / size);
  const split = begin + largestPowerBelow(size);
  return nodeHash(sha256, rangeHash(sha256, nodes, begin, split), rangeHash(sha256, nodes, split, end));
}

/** Proves that leaf `index`, counted from 0, is in the tree of the first `size` leaves (RFC 6962 §2.1.1). */
export function inclusionProof(sha256: Sha256, nodes: TreeNodes, index: number, size: number): Hash[] {
  requireSizes(index + 1, size);
  const path: Hash[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const split = begin + largestPowerBelow(end - begin);
    if (index < split) {
      path.push(rangeHash(sha256, nodes, split, end));
      end = split;
    } else {
      path.push(rangeHash(sha256, nodes, begin, split));
      begin = split;
    }
  }
  return path.reverse();
}

/** Proves that the tree of the first `from` leaves is where the one of `to` began (RFC 6962 §2.1.2). */
export function consistencyProof(sha256: Sha256, nodes: TreeNodes, from: number, to: number): Hash[] {
  requireSizes(from, to);
  if (from === 0 || from === to) return [];
  const path: Hash[] = [];
  let [begin, end] = [0, to];
  while (from !== end) {
    const split = begin + largestPowerBelow(end - begin);
    if (from <= split) {
      path.push(rangeHash(sha256, nodes, split, end));
      end = split;
    } else {
      path.push(rangeHash(sha256, nodes, begin, split));
      begin = split;
    }
  }
  // Whoever verifies has the old root already; it is left out where it is this very subtree.
  if (begin !== 0) path.push(rangeHash(sha256, nodes, begin, end));
  return path.reverse();
}

/** RFC 9162 §2.1.3.2 */
export function isIncluded(
  sha256: Sha256,
  claim: {
    readonly leaf: Hash;
    readonly index: number;
    readonly size: number;
    readonly root: Hash;
    readonly proof: readonly Hash[];
  },
): boolean {
  if (!isCount(claim.index) || !isCount(claim.size) || claim.index >= claim.size) return false;
  let [at, last] = [claim.index, claim.size - 1];
  let hash = claim.leaf;
  for (const sibling of claim.proof) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      hash = nodeHash(sha256, sibling, hash);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHash(sha256, hash, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && areEqual(hash, claim.root);
}

/** RFC 9162 §2.1.4.2; with no leaves at first, anything goes on from there, and its proof is empty. */
export function isConsistent(
  sha256: Sha256,
  claim: {
    readonly from: number;
    readonly to: number;
    readonly fromRoot: Hash;
    readonly toRoot: Hash;
    readonly proof: readonly Hash[];
  },
): boolean {
  const { from, to, fromRoot, toRoot, proof } = claim;
  if (!isCount(from) || !isCount(to) || from > to) return false;
  if (from === 0) return proof.length === 0 && areEqual(fromRoot, emptyRoot(sha256));
  if (from === to) return proof.length === 0 && areEqual(fromRoot, toRoot);
  const [first, ...others] = Number.isInteger(Math.log2(from)) ? [fromRoot, ...proof] : proof;
  if (first === undefined) return false;
  let [at, last] = [from - 1, to - 1];
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  let [old, now] = [first, first];
  for (const sibling of others) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      [old, now] = [nodeHash(sha256, sibling, old), nodeHash(sha256, sibling, now)];
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      now = nodeHash(sha256, now, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && areEqual(old, fromRoot) && areEqual(now, toRoot);
}

function requireSizes(from: number, to: number): void {
  if (!isCount(from) || !isCount(to) || from > to) throw new RangeError(`${from} of ${to}`);
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

// Not by shifting: a size may be beyond 32 bits.
const half = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
