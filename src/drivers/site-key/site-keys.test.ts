import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isSealedNow, SealBroken } from "../../ports/cipher.ts";
import { createAesGcmCipher } from "./aes-gcm-cipher.ts";
import {
  beginKeyRotation,
  formerKeyFile,
  keyFile,
  keyOf,
  openSiteKeys,
  type SiteKeyOptions,
} from "./site-keys.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-key-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const openSiteKey = (options: SiteKeyOptions): Buffer => openSiteKeys(options).all[0].bytes;

describe("the site's key", () => {
  test("is made once, for the owner's eyes only, and found again", () => {
    const key = openSiteKey({ directory, inUse: false });
    expect(key).toHaveLength(32);
    expect(statSync(keyFile(directory)).mode & 0o777).toBe(0o600);
    expect(openSiteKey({ directory, inUse: true })).toEqual(key);
  });

  test("is refused when others may read it", () => {
    openSiteKey({ directory, inUse: false });
    chmodSync(keyFile(directory), 0o640);
    expect(() => openSiteKey({ directory, inUse: true })).toThrow(/mode 0640.*chmod 600/);
  });

  test("is refused as a link, in a folder everybody writes, or as another user's", () => {
    openSiteKey({ directory, inUse: false });
    const elsewhere = join(directory, "elsewhere");
    renameSync(keyFile(directory), elsewhere);
    symlinkSync(elsewhere, keyFile(directory));
    expect(() => openSiteKey({ directory, inUse: true })).toThrow(/not a plain file/);
    rmSync(keyFile(directory));
    renameSync(elsewhere, keyFile(directory));
    chmodSync(directory, 0o777);
    expect(() => openSiteKey({ directory, inUse: true })).toThrow(/written by everybody/);
    chmodSync(directory, 0o1777);
    expect(openSiteKey({ directory, inUse: true })).toHaveLength(32);
    chmodSync(directory, 0o700);
    if (process.geteuid?.() === 0) {
      chownSync(keyFile(directory), 12_345, 12_345);
      expect(() => openSiteKey({ directory, inUse: true })).toThrow(/belongs to another user \(12345\)/);
      chownSync(directory, 12_345, 12_345); // a service's own
    }
    expect(openSiteKey({ directory, inUse: true })).toHaveLength(32);
  });

  test("is never replaced by a new one while something is sealed with it", () => {
    expect(() => openSiteKey({ directory, inUse: true })).toThrow(/is missing.*restore it/);
  });

  test("comes from systemd's credentials first", () => {
    openSiteKey({ directory, inUse: false });
    const credentials = join(directory, "credentials");
    rmSync(credentials, { recursive: true, force: true });
    const bytes = Buffer.alloc(32, 7);
    const folder = mkdtempSync(join(directory, "credentials-"));
    writeFileSync(join(folder, "vestibule-key"), bytes);
    expect(openSiteKey({ directory, credentials: folder, inUse: true })).toEqual(bytes);
    writeFileSync(join(folder, "vestibule-key"), "short");
    expect(() => openSiteKey({ directory, credentials: folder, inUse: true })).toThrow(/holds no key/);
  });
});

describe("a new key", () => {
  test("seals from now on; the former still opens, until it is destroyed", () => {
    const before = openSiteKeys({ directory, inUse: false });
    const old = createAesGcmCipher(before.all, "test").seal(Buffer.from("x"), ["p"]);
    expect(beginKeyRotation(directory)).toBe("begun");
    const during = openSiteKeys({ directory, inUse: true });
    const cipher = createAesGcmCipher(during.all, "test");
    expect(during.all).toHaveLength(2);
    expect(during.all[1]).toEqual(before.all[0]);
    expect(isSealedNow(cipher, old)).toBe(false);
    expect(Buffer.from(cipher.open(old, ["p"])).toString()).toBe("x");
    const anew = cipher.seal(cipher.open(old, ["p"]), ["p"]);
    expect(isSealedNow(cipher, anew)).toBe(true);
    const oldBytes = readFileSync(formerKeyFile(directory), "latin1");
    expect(during.destroyFormer()).toEqual([]);
    expect(existsSync(formerKeyFile(directory))).toBe(false);
    const afterwards = openSiteKeys({ directory, inUse: true });
    expect(afterwards.all).toEqual([during.all[0]]);
    expect(readFileSync(keyFile(directory), "latin1")).not.toBe(oldBytes);
    const alone = createAesGcmCipher(afterwards.all, "test");
    expect(Buffer.from(alone.open(anew, ["p"])).toString()).toBe("x");
    expect(() => alone.open(old, ["p"])).toThrow(/a key that is not here/);
  });

  test("is not made while another is still on its way", () => {
    openSiteKeys({ directory, inUse: false });
    beginKeyRotation(directory);
    const { all } = openSiteKeys({ directory, inUse: true });
    expect(beginKeyRotation(directory)).toBe("underWay");
    expect(openSiteKeys({ directory, inUse: true }).all).toEqual(all);
  });

  test("cut off before it is in place leaves the old one; the next attempt starts over", () => {
    const [key] = openSiteKeys({ directory, inUse: false }).all;
    writeFileSync(join(directory, "site.key.next"), "half", { mode: 0o600 });
    expect(openSiteKeys({ directory, inUse: true }).all).toEqual([key]);
    linkSync(keyFile(directory), formerKeyFile(directory));
    expect(openSiteKeys({ directory, inUse: true }).all).toEqual([key]);
    expect(beginKeyRotation(directory)).toBe("begun");
    const { all } = openSiteKeys({ directory, inUse: true });
    expect(all).toHaveLength(2);
    expect(all[1]).toEqual(key);
  });

  test("a former name of the present key is removed without harming the present one", () => {
    const keys = openSiteKeys({ directory, inUse: false });
    linkSync(keyFile(directory), formerKeyFile(directory));
    openSiteKeys({ directory, inUse: true }).destroyFormer();
    expect(openSiteKeys({ directory, inUse: true }).all).toEqual(keys.all);
  });

  test("in systemd's keeping: the credential seals, its former one and the file left behind open", () => {
    const [file] = openSiteKeys({ directory, inUse: false }).all;
    const credentials = mkdtempSync(join(directory, "credentials-"));
    writeFileSync(join(credentials, "vestibule-key"), Buffer.alloc(32, 7));
    writeFileSync(join(credentials, "vestibule-key-former"), Buffer.alloc(32, 8));
    const keys = openSiteKeys({ directory, credentials, inUse: true });
    expect(keys.all.map(({ bytes }) => bytes)).toEqual([
      Buffer.alloc(32, 7),
      Buffer.alloc(32, 8),
      file.bytes,
    ]);
    expect(keys.destroyFormer()).toEqual(["vestibule-key-former"]);
    expect(existsSync(keyFile(directory))).toBe(false);
  });

  test("a cipher from before keys had names opens with whichever key it was", () => {
    const [one, other] = [keyOf(Buffer.alloc(32, 1)), keyOf(Buffer.alloc(32, 2))];
    // AES-256-GCM of "old" under key 1, purpose "test", nonce 0…0, bound to ["p"]; written by the first release.
    const sealed = Buffer.from(sealedByFirstForm, "hex");
    for (const keys of [[one], [one, other], [other, one]] as const) {
      const cipher = createAesGcmCipher(keys, "test");
      expect(Buffer.from(cipher.open(sealed, ["p"])).toString()).toBe("old");
      expect(isSealedNow(cipher, sealed)).toBe(false);
    }
    expect(() => createAesGcmCipher([other], "test").open(sealed, ["p"])).toThrow(SealBroken);
  });
});

const sealedByFirstForm = "01000000000000000000000000300df5155b4609445a806d3819aff8c45ed10a";

describe("sealing", () => {
  const cipher = createAesGcmCipher([keyOf(Buffer.alloc(32, 1))], "test");
  const plain = Buffer.from("2 kB of template");

  test("opens with the same binding, and never looks the same twice", () => {
    const [one, other] = [cipher.seal(plain, ["p", "1"]), cipher.seal(plain, ["p", "1"])];
    expect(one).not.toEqual(other);
    expect(Buffer.from(one).includes(plain)).toBe(false);
    expect(Buffer.from(cipher.open(other, ["p", "1"]))).toEqual(plain);
  });

  test("does not open in another place, for another purpose, with another key", () => {
    const sealed = cipher.seal(plain, ["ab", "c"]);
    for (const binding of [["a", "bc"], ["ab"], ["ab", "c", ""], []]) {
      expect(() => cipher.open(sealed, binding)).toThrow(SealBroken);
    }
    for (const other of [
      createAesGcmCipher([keyOf(Buffer.alloc(32, 1))], "other"),
      createAesGcmCipher([keyOf(Buffer.alloc(32, 2))], "test"),
    ]) {
      expect(() => other.open(sealed, ["ab", "c"])).toThrow(SealBroken);
    }
  });

  test("any changed bit, and any missing byte, is seen", () => {
    const sealed = cipher.seal(plain, []);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const altered = Uint8Array.from(sealed);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => cipher.open(altered, [])).toThrow(SealBroken);
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(() => cipher.open(sealed.subarray(0, length), [])).toThrow(SealBroken);
    }
  });

  test("the key file holds nothing but the key", () => {
    const key = openSiteKey({ directory, inUse: false });
    expect(readFileSync(keyFile(directory), "latin1")).toBe(`${key.toString("hex")}\n`);
  });
});
