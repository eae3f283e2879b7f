import { describe, expect, test } from "vitest";
import { MemoryOperators } from "../../../test/support/memory-operators.ts";
import { AdministratorPasswordFault, ensureAdministrator, oneTimePassword } from "./first-administrator.ts";
import { PasswordChecks, TooManyChecks } from "./password-checks.ts";
import { hashPassword, verifyPassword } from "./password-hash.ts";

describe("a password's hash", () => {
  test("is argon2id at OWASP's parameters, salted, in the form other programs read", async () => {
    const [one, other] = await Promise.all([hashPassword("secret"), hashPassword("secret")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await verifyPassword("secret", one)).toBe(true);
    expect(await verifyPassword("Secret", one)).toBe(false);
  });

  test("matches the same text in another Unicode form", async () => {
    expect(await verifyPassword("Zu\u0308rich", await hashPassword("Z\u00fcrich"))).toBe(true);
  });

  test.each([
    "",
    "secret",
    "$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2g",
    "$argon2id$v=19$m=9999999,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2g",
    "$argon2id$v=19$m=19456,t=999,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2g",
    "$argon2id$v=19$m=19456,t=2,p=0$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2g",
  ])("that is none, or asks too much of the machine, matches nothing: %s", async (hash) => {
    expect(await verifyPassword("secret", hash)).toBe(false);
  });
});

describe("checks of passwords", () => {
  test("T4: run one at a time, and a line too long is turned away at once", async () => {
    const checks = new PasswordChecks(3);
    const flood = Array.from({ length: 10 }, () => checks.hash("x").then(() => "done"));
    const results = await Promise.allSettled(flood);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toBeInstanceOf(TooManyChecks);
    }
    expect(await checks.hash("y")).toContain("$argon2id$");
  });

  test("for a name nobody has take as long as for one that exists, and fail", async () => {
    const checks = new PasswordChecks();
    const hash = await checks.hash("secret");
    await checks.verify("warm", undefined);
    const time = async (stored: string | undefined) => {
      const began = performance.now();
      expect(await checks.verify("guess", stored)).toBe(false);
      return performance.now() - began;
    };
    // In turns, and the quickest of each: what else the machine does only makes one slower.
    let [unknown, known] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let round = 0; round < 5; round++) {
      unknown = Math.min(unknown, await time(undefined));
      known = Math.min(known, await time(hash));
    }
    const ratio = unknown / known;
    // A check that is skipped would be a hundred times faster.
    expect(ratio).toBeGreaterThan(0.2);
    expect(ratio).toBeLessThan(5);
  });
});

describe("the first administrator", () => {
  test("gets a one-time password once, which must be changed", async () => {
    const operators = new MemoryOperators();
    const password = await ensureAdministrator(operators, {});
    const admin = operators.find("admin");
    expect(admin?.mustChangePassword).toBe(true);
    expect(await verifyPassword(password ?? "", admin?.passwordHash ?? "")).toBe(true);
    expect(await ensureAdministrator(operators, {})).toBeUndefined();
    expect(operators.count()).toBe(1);
  });

  test("keeps a password given in the environment, and is never given another by it", async () => {
    const operators = new MemoryOperators();
    expect(await ensureAdministrator(operators, { VESTIBULE_ADMIN_PASSWORD: "eight888" })).toBeUndefined();
    expect(operators.find("admin")?.mustChangePassword).toBe(false);
    await ensureAdministrator(operators, { VESTIBULE_ADMIN_PASSWORD: "another one" });
    expect(await verifyPassword("eight888", operators.find("admin")?.passwordHash ?? "")).toBe(true);
  });

  test("is not made with a password too short, and the message says so", async () => {
    const operators = new MemoryOperators();
    const making = ensureAdministrator(operators, { VESTIBULE_ADMIN_PASSWORD: "seven77" });
    await expect(making).rejects.toThrow(AdministratorPasswordFault);
    await expect(making).rejects.toThrow(/VESTIBULE_ADMIN_PASSWORD has 7 characters; give 8 to 128/);
    expect(operators.count()).toBe(0);
  });

  test("one-time passwords are four groups of five, without letters that look alike", () => {
    const passwords = Array.from({ length: 200 }, oneTimePassword);
    for (const password of passwords)
      expect(password).toMatch(/^([ABCDEFGHJKMNPQRTWXY346789]{5}-){3}[A-Z0-9]{5}$/);
    expect(new Set(passwords).size).toBe(200);
  });
});
