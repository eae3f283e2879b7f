import { beforeEach, describe, expect, test } from "vitest";
import { DirectoryRefusal } from "../../ports/directory.ts";
import { StorageFault } from "../../ports/journal.ts";
import { MemoryDirectory } from "../../simulation/memory-directory.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { type DuressPinPolicy } from "./pin-rules.ts";
import { PinVault } from "./pins.ts";

/** Hashes nobody would use, and counts what it is asked. */
class CountedHash {
  readonly verified: string[] = [];
  atOnce = 0;
  most = 0;
  broken = false;

  hash = async (secret: string): Promise<string> => `hash of ${secret}`;
  verify = async (secret: string, hash: string): Promise<boolean> => {
    this.verified.push(hash);
    this.atOnce += 1;
    this.most = Math.max(this.most, this.atOnce);
    await Promise.resolve();
    this.atOnce -= 1;
    if (this.broken) throw new Error("no memory left");
    return hash === `hash of ${secret}`;
  };
}

const directory = new MemoryDirectory(new VirtualClock());
let secrets: CountedHash;
let her: string;
const vaultOf = (duress: DuressPinPolicy = "own", store: Pick<MemoryDirectory, "pins"> = directory) =>
  new PinVault({ directory: store, secrets, rules: { duress, easy: "refused" } });
const setFor = async (vault: PinVault, pin: string, duressPin?: string): Promise<void> =>
  directory.setPin(her, await vault.hashesFor(pin, duressPin));

beforeEach(() => {
  secrets = new CountedHash();
  her = directory.add({ name: "Anna", groups: [], accessLevels: [] }).id;
});

test("A5: a person's own PIN is correct, their duress PIN is duress, all else is wrong", async () => {
  const vault = vaultOf();
  await setFor(vault, "4711", "8053");
  expect(await vault.judge(her, "4711")).toBe("correct");
  expect(await vault.judge(her, "8053")).toBe("duress");
  for (const entered of ["", "471", "47110", "4712", "0000", "４７１１", "4711#"])
    expect(await vault.judge(her, entered), entered).toBe("wrong");
});

test("easy PINs will do where the site says so, and are PINs all the same", async () => {
  const rules = { duress: "own", easy: "allowed" } as const;
  const vault = new PinVault({ directory, secrets, rules });
  await setFor(vault, "1234", "0000");
  expect(await vault.judge(her, "1234")).toBe("correct");
  expect(await vault.judge(her, "0000")).toBe("duress");
  await expect(vault.hashesFor("123", undefined)).rejects.toThrow("4 to 8 digits");
});

test("A5: the last digit one higher is duress where the site says so, nine becomes nought", async () => {
  const vault = vaultOf("lastDigitPlusOne");
  await setFor(vault, "4719");
  expect(await vault.judge(her, "4719")).toBe("correct");
  expect(await vault.judge(her, "4710")).toBe("duress");
  await expect(vault.hashesFor("4719", "8053")).rejects.toThrow("last digit one higher");
});

test("T25: every judgement is two verifications, whoever it is and whatever they have", async () => {
  const vault = vaultOf();
  const counts: number[] = [];
  const counted = async (cardholder: string | undefined, entered: string): Promise<void> => {
    const before = secrets.verified.length;
    await vault.judge(cardholder, entered);
    counts.push(secrets.verified.length - before);
  };
  await counted(undefined, "4711");
  await counted(her, "4711");
  await setFor(vault, "4711");
  await counted(her, "4711");
  await counted(her, "9999");
  await setFor(vault, "4711", "8053");
  await counted(her, "4711");
  await counted(her, "8053");
  await counted(her, "9999");
  expect(counts).toEqual([2, 2, 2, 2, 2, 2, 2]);
});

test("a decoy is nobody's PIN, and a fault is no way in", async () => {
  const vault = vaultOf();
  await setFor(vault, "4711");
  expect(await vault.judge(her, "undefined")).toBe("wrong");
  secrets.broken = true;
  expect(await vault.judge(her, "4711")).toBe("wrong");
  secrets.broken = false;
  const altered = {
    pins: () => {
      throw new StorageFault("altered");
    },
  };
  expect(await vaultOf("own", altered).judge(her, "4711")).toBe("wrong");
  expect(await vault.judge(her, "4711")).toBe("correct");
});

test("T4: a bank of keypads is judged one after the other, and beyond a length not at all", async () => {
  const vault = vaultOf();
  await setFor(vault, "4711");
  const verdicts = await Promise.all(Array.from({ length: 40 }, () => vault.judge(her, "4711")));
  expect(secrets.most).toBe(2);
  expect(verdicts.filter((verdict) => verdict === "correct")).toHaveLength(32);
  expect(verdicts.slice(32)).toEqual(Array(8).fill("wrong"));
  expect(await vault.judge(her, "4711")).toBe("correct");
});

describe("a PIN that will not do is refused, and no message repeats it", () => {
  const refused = async (
    pin: string,
    duressPin?: string,
    duress: DuressPinPolicy = "own",
  ): Promise<string> => {
    try {
      await vaultOf(duress).hashesFor(pin, duressPin);
      return "taken";
    } catch (error) {
      if (!(error instanceof DirectoryRefusal)) throw error;
      for (const one of [pin, duressPin ?? pin]) if (one.length > 3) expect(error.message).not.toContain(one);
      return error.code;
    }
  };

  test.each(["", "123", "123456789", "12a4", "１２３４", "4711 ", "-4711", "4711\n"])("%j", async (pin) => {
    expect(await refused(pin)).toBe("unfitPin");
  });

  test.each(["0000", "99999999", "1234", "4321", "8901", "2109", "1212", "123123", "12341234"])(
    "%s is what a thief tries first",
    async (pin) => {
      expect(await refused(pin)).toBe("unfitPin");
      expect(await refused("4711", pin)).toBe("unfitPin");
    },
  );

  test("the two are different numbers, and neither begins with the other", async () => {
    expect(await refused("4711", "4711")).toBe("unfitPin");
    expect(await refused("4711", "471193")).toBe("unfitPin");
    expect(await refused("471193", "4711")).toBe("unfitPin");
    expect(await refused("4711", "4710")).toBe("taken");
  });

  test("one whose duress PIN a thief would try first is none either", async () => {
    expect(await refused("1233", undefined, "lastDigitPlusOne")).toBe("unfitPin");
    expect(await refused("1233")).toBe("taken");
  });
});
