import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GpioTrace } from "../support/gpio-trace.ts";
import { GuestSite } from "../support/guest-site.ts";
import { KernelGuest } from "../support/kernel-guest.ts";
import { SimulatedChip } from "../support/simulated-gpio.ts";
import { seen, until } from "../support/until.ts";
import type { EdgeRounds } from "./inside/edge-rounds.ts";

// The real supervisor and interlock on a real kernel's lines, and their deaths. Bounds are for an emulated guest on a
// machine that does other things too; what was measured stands in artifacts/kernel-deadlines.json.

const edgeRounds = fileURLToPath(new URL("inside/edge-rounds.ts", import.meta.url));
const rounds = 1_000;
/** On a machine that does other things too an emulated guest may need seconds for a round. */
const roundsBudget = Number(process.env["KERNEL_ROUNDS_BUDGET"] ?? 15_000);
const fewestRounds = 10;
const setups = [
  { profile: "raspberry-pi-5", driver: "character-device" },
  { profile: "generic-x86", driver: "sysfs" },
] as const;

let guest: KernelGuest;
let trace: GpioTrace;
const measured: Record<string, Record<string, number>> = {};

beforeAll(async () => {
  guest = await KernelGuest.boot({ name: "processes" });
  trace = await GpioTrace.start(guest);
});

afterAll(async () => {
  const figures = { accelerator: guest?.accelerator, kernel: guest?.kernel, milliseconds: measured };
  mkdirSync("artifacts", { recursive: true });
  writeFileSync("artifacts/kernel-deadlines.json", `${JSON.stringify(figures, null, 1)}\n`);
  const where = guest?.accelerator === "kvm" ? "under KVM" : "emulated, many times slower than a board";
  console.log(`measured ${where}, in ms:\n${JSON.stringify(measured, null, 1)}`);
  await guest?.[Symbol.asyncDispose]();
});

describe.each(setups)("$driver on $profile", ({ profile, driver }) => {
  let site: GuestSite;
  const note = (what: string, ms: number): void => {
    measured[driver] = { ...measured[driver], [what]: Math.round(ms * 100) / 100 };
  };

  beforeAll(async () => {
    site = await GuestSite.prepare(guest, { profile, driver });
  });

  afterAll(async () => {
    await site?.[Symbol.asyncDispose]();
  });

  beforeEach(() => trace.clear());

  /** Measures from what `happens` until the lock is secured. */
  async function secured(
    door: "outer" | "inner",
    what: string,
    bound: number,
    happens: () => Promise<void>,
  ): Promise<void> {
    expect(await site.isReleased(door)).toBe(true);
    const at = await guest.now();
    await happens();
    const took = await site.securedAfter(at, door, trace);
    note(`${what}: secured after`, took);
    expect(took).toBeLessThan(bound);
  }

  /** The released door is opened and shut. */
  async function throughDoor(door: "outer" | "inner"): Promise<void> {
    await site.drive(`${door}.contact`, true);
    await site.securedAfter(await guest.now(), door, trace);
    await site.drive(`${door}.contact`, false);
  }

  /** Since the trace was cleared. */
  async function everReleased(door: "outer" | "inner"): Promise<boolean> {
    const levels = await trace.levels(site.number(`${door}.lock`));
    return levels.includes(site.level(`${door}.lock`, true));
  }

  test("R10: at the start the locks are set to rest, and to nothing else", { timeout: 120_000 }, async () => {
    await site.start();
    await site.processes.printed(/^controller \d+$/m, 90_000);
    for (const door of ["outer", "inner"] as const) {
      expect((await trace.levels(site.number(`${door}.lock`))).length).toBeGreaterThan(0);
      expect(await everReleased(door)).toBe(false);
      expect(await site.isReleased(door)).toBe(false);
    }
  });

  test("R11, R1, R4: a press releases its door and never the other; opened, it is secured again", async () => {
    await site.release("outer");
    expect(await everReleased("inner")).toBe(false);
    await throughDoor("outer");
  });

  test(`R4: the other door opens: the released lock is secured at once, each of up to ${rounds} times`, {
    timeout: roundsBudget + 120_000,
  }, async () => {
    const plan: EdgeRounds = {
      rounds,
      budget: roundsBudget,
      button: site.pullFile("outer.rex"),
      contact: site.pullFile("inner.contact"),
      lock: site.valueFile("outer.lock"),
      lockNumber: site.number("outer.lock"),
    };
    const program = await guest.node([edgeRounds, JSON.stringify(plan)]);
    expect(await program.ended, program.output).toBe(0);
    const latencies = (JSON.parse(program.output) as number[]).toSorted((one, other) => one - other);
    const percentile = (share: number): number =>
      latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
    note("edge to secured, rounds", latencies.length);
    note("edge to secured, median", percentile(0.5));
    note("edge to secured, 99th percentile", percentile(0.99));
    expect(latencies.length).toBeGreaterThanOrEqual(fewestRounds);
    expect(percentile(0.99)).toBeLessThan(2_000);
  });

  const deaths = [
    ["controller", "SIGKILL", 3_000],
    ["controller", "SIGSTOP", 6_000],
    ["interlock", "SIGKILL", 3_000],
    ["interlock", "SIGSTOP", 6_000],
  ] as const;
  test.each(deaths)(
    "R16: the %s gets %s: the released lock is secured, and the doors work again",
    {
      timeout: 150_000,
    },
    async (role, signal, bound) => {
      await site.release("outer");
      const pid = site.pidOf(role);
      await secured("outer", `${signal} of the ${role}`, bound, () => guest.signal(pid, signal));
      await until(() => site.pidOf(role) !== pid, `another ${role}`, 60_000);
      await trace.clear();
      await site.release("inner");
      expect(await everReleased("outer"), "nobody has asked for it since").toBe(false);
      await throughDoor("inner");
    },
  );

  test("R16: the supervisor stops: without word from the controller the lock is secured", async () => {
    await site.release("outer");
    const pid = site.pidOf("supervisor");
    await secured("outer", "SIGSTOP of the supervisor", 6_000, () => guest.signal(pid, "SIGSTOP"));
    await guest.signal(pid, "SIGCONT");
  });

  test("T32: the chip is unplugged: every contact is faulty; plugged in, with other numbers, the doors work again", {
    timeout: 150_000,
  }, async () => {
    await site.release("outer");
    const number = site.number("outer.lock");
    await site.chip.unplug();
    // Takes the numbers that have become free.
    const usurper = await SimulatedChip.create(guest, {
      id: `usurper-${profile}`,
      label: "usurper",
      lines: 8,
    });
    await until(
      () =>
        site.events().filter(({ type, fault }) => type === "ContactFault" && fault === "line").length >= 2,
      "two faulty contacts",
    );
    await site.chip.plugIn();
    await site.atRest();
    expect(site.number("outer.lock"), "others than before").not.toBe(number);
    expect(await site.isReleased("outer")).toBe(false);
    await site.release("outer");
    await throughDoor("outer");
    await usurper.remove();
  });

  test("the supervisor is killed: the lock is secured, nobody is left behind, and the next start finds all in order", {
    timeout: 150_000,
  }, async () => {
    await site.release("outer");
    const others = (["interlock", "controller"] as const).map((role) => site.pidOf(role));
    await secured("outer", "SIGKILL of the supervisor", 6_000, () => site.processes.signal("SIGKILL"));
    const isGone = async (): Promise<true | undefined> => {
      const running = new Set(await guest.list("/proc"));
      return others.some((pid) => running.has(String(pid))) ? undefined : true;
    };
    await seen(isGone, "the end of every process");
    await trace.clear();
    await site.start();
    await site.release("inner");
    expect(await everReleased("outer")).toBe(false);
    await throughDoor("inner");
  });

  test("all are killed at once: the stop action secures what a kernel leaves released", {
    timeout: 150_000,
  }, async () => {
    await site.release("outer");
    await trace.clear();
    const at = await guest.now();
    await site.processes.signalGroup("SIGKILL");
    await site.processes.ended;
    // A line of the character device falls to its pull with its last holder; an exported one stays as it was.
    if (driver === "sysfs") expect(await site.isReleased("outer")).toBe(true);
    else note("SIGKILL of all: secured by the pull after", await site.securedAfter(at, "outer", trace));
    const stopAction = await guest.node(["src/main.ts", "park"], {
      RUNTIME_DIRECTORY: site.runtimeDirectory,
    });
    expect(await stopAction.ended, stopAction.output).toBe(0);
    expect(stopAction.output).toContain("every lock is secured");
    expect(await site.isReleased("outer")).toBe(false);
    expect(await everReleased("outer"), "not for an instant").toBe(false);
    note("SIGKILL of all: stop action has ended after", (await guest.now()) - at);
  });
});

describe("the hardware watchdog", () => {
  // The last one: the machine is off after it.
  test("is fed while the doors are under control; a supervisor that stops has the machine reset", {
    timeout: 180_000,
  }, async () => {
    const site = await GuestSite.prepare(guest, { ...setups[0], watchdog: true });
    await site.start();
    await site.processes.printed(/i6300ESB timer\) restarts this machine when it is not fed for 1[45] s/);
    await site.release("outer");
    const at = performance.now();
    await guest.signal(site.pidOf("supervisor"), "SIGSTOP");
    await guest.machine.ended;
    expect(guest.machine.events).toContainEqual(
      expect.objectContaining({ event: "WATCHDOG", data: { action: "reset" } }),
    );
    expect(performance.now() - at).toBeLessThan(60_000);
  });
});
