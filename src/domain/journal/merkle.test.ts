import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex } from "./bytes.ts";
import { CompactRange } from "./compact-range.ts";
import {
  consistencyProof,
  emptyRoot,
  type Hash,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  nodeHash,
  rangeHash,
  type Sha256,
  type TreeNodes,
} from "./merkle.ts";

const sha256: Sha256 = (data) => createHash("sha256").update(data).digest();

/** Any tree, straight from the definition. */
class WholeTree implements TreeNodes {
  readonly leaves: readonly Hash[];
  constructor(leaves: readonly Hash[]) {
    this.leaves = leaves;
  }
  node(level: number, index: number): Hash {
    if (level === 0) return this.leaves[index] ?? new Uint8Array();
    return nodeHash(sha256, this.node(level - 1, 2 * index), this.node(level - 1, 2 * index + 1));
  }
  root(size = this.leaves.length): Hash {
    return rangeHash(sha256, this, 0, size);
  }
}

const treeOf = (count: number): WholeTree =>
  new WholeTree(Array.from({ length: count }, (_, n) => leafHash(sha256, `record ${n}`)));

describe("RFC 6962: the reference vectors of Certificate Transparency", () => {
  const inputs = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ];
  const tree = new WholeTree(
    inputs.map((hex) => leafHash(sha256, Buffer.from(hex, "hex").toString("latin1"))),
  );
  const roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ];

  test("leaves and roots of each size, from the whole tree and from a range that is appended to", () => {
    expect(tree.leaves.map(toHex).slice(0, 3)).toEqual([
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
    ]);
    const range = new CompactRange(sha256);
    expect(toHex(range.root())).toBe(roots[0]);
    for (const [at, leaf] of tree.leaves.entries()) {
      range.append(leaf);
      expect(toHex(range.root())).toBe(roots[at + 1]);
      expect(toHex(tree.root(at + 1))).toBe(roots[at + 1]);
    }
    expect(toHex(emptyRoot(sha256))).toBe(roots[0]);
  });

  test.each([
    [1, 8, ["96a296d2", "5f083f0a", "6b47aaf2"]],
    [6, 8, ["bc1a0643", "ca854ea1", "d37ee418"]],
    [3, 3, ["fac54203"]],
    [2, 5, ["6e340b9c", "5f083f0a", "bc1a0643"]],
  ])("the inclusion proof of leaf %i in %i", (leaf, size, path) => {
    const proof = inclusionProof(sha256, tree, leaf - 1, size);
    expect(proof.map((hash) => toHex(hash).slice(0, 8))).toEqual(path);
  });

  test.each([
    [1, 1, []],
    [1, 8, ["96a296d2", "5f083f0a", "6b47aaf2"]],
    [6, 8, ["0ebc5d34", "ca854ea1", "d37ee418"]],
    [2, 5, ["5f083f0a", "bc1a0643"]],
  ])("the consistency proof from %i to %i", (from, to, path) => {
    const proof = consistencyProof(sha256, tree, from, to);
    expect(proof.map((hash) => toHex(hash).slice(0, 8))).toEqual(path);
  });
});

test("every inclusion proof of every tree up to 33 is right, for its own leaf, place, size and root alone", () => {
  const tree = treeOf(33);
  for (let size = 1; size <= 33; size++) {
    const root = tree.root(size);
    for (let index = 0; index < size; index++) {
      const leaf = tree.leaves[index] ?? new Uint8Array();
      const proof = inclusionProof(sha256, tree, index, size);
      const claim = { leaf, index, size, root, proof };
      expect(isIncluded(sha256, claim)).toBe(true);
      expect(isIncluded(sha256, { ...claim, index: index + 1 })).toBe(false);
      expect(isIncluded(sha256, { ...claim, root: tree.root(size - 1) })).toBe(false);
      expect(isIncluded(sha256, { ...claim, proof: [...proof, root] })).toBe(false);
      if (proof.length > 0) expect(isIncluded(sha256, { ...claim, proof: proof.slice(1) })).toBe(false);
    }
  }
});

test("every consistency proof up to 33 is right, and none for another old tree", () => {
  const tree = treeOf(33);
  const forked = new WholeTree([leafHash(sha256, "forged"), ...tree.leaves.slice(1)]);
  for (let to = 1; to <= 33; to++) {
    for (let from = 0; from <= to; from++) {
      const proof = consistencyProof(sha256, tree, from, to);
      const claim = { from, to, fromRoot: tree.root(from), toRoot: tree.root(to), proof };
      expect(isConsistent(sha256, claim)).toBe(true);
      if (from === 0) continue;
      expect(isConsistent(sha256, { ...claim, fromRoot: forked.root(from) })).toBe(false);
      expect(isConsistent(sha256, { ...claim, toRoot: forked.root(to) })).toBe(false);
      expect(isConsistent(sha256, { ...claim, proof: [...proof, claim.toRoot] })).toBe(false);
      const forgedProof = consistencyProof(sha256, forked, from, to);
      if (from < to)
        expect(isConsistent(sha256, { ...claim, toRoot: forked.root(to), proof: forgedProof })).toBe(false);
    }
  }
});

test("any change of any byte of a proof breaks it", () => {
  const tree = treeOf(40);
  fc.assert(
    fc.property(
      fc
        .integer({ min: 2, max: 40 })
        .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 1, max: size - 1 }))),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      ([to, from], place, change) => {
        const spoilt = (proof: readonly Hash[]): Hash[] =>
          proof.map((hash, at) =>
            at === Math.floor(place / 32) % proof.length
              ? hash.map((byte, offset) => (offset === place % 32 ? byte ^ change : byte))
              : hash,
          );
        const consistency = consistencyProof(sha256, tree, from, to);
        const between = { from, to, fromRoot: tree.root(from), toRoot: tree.root(to) };
        const inclusion = inclusionProof(sha256, tree, from, to);
        const leaf = tree.leaves[from] ?? new Uint8Array();
        return (
          !isConsistent(sha256, { ...between, proof: spoilt(consistency) }) &&
          !isIncluded(sha256, { leaf, index: from, size: to, root: tree.root(to), proof: spoilt(inclusion) })
        );
      },
    ),
    { numRuns: 100 },
  );
});

test("a range takes whole subtrees where its size allows it, and no others", () => {
  const tree = treeOf(300);
  const range = new CompactRange(sha256);
  range.append(tree.node(8, 0), 8);
  expect(() => range.append(tree.node(8, 0), 9)).toThrow(RangeError);
  for (const leaf of tree.leaves.slice(256)) range.append(leaf);
  expect(toHex(range.root())).toBe(toHex(tree.root()));
  expect(toHex(new CompactRange(sha256, range.size, range.peaks).root())).toBe(toHex(tree.root()));
  expect(() => new CompactRange(sha256, 3, range.peaks.slice(0, 1))).toThrow(RangeError);
});
