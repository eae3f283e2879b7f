import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SealBroken } from "../../ports/cipher.ts";
import { createAesGcmCipher } from "./aes-gcm-cipher.ts";
import { keyFile, openSiteKey } from "./site-key.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-key-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

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

describe("sealing", () => {
  const cipher = createAesGcmCipher(Buffer.alloc(32, 1), "test");
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
      createAesGcmCipher(Buffer.alloc(32, 1), "other"),
      createAesGcmCipher(Buffer.alloc(32, 2), "test"),
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
