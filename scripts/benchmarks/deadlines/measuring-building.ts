import { appendFileSync } from "node:fs";
import process from "node:process";
import { buildingPlanOf } from "../../../src/composition/building-plan.ts";
import type { SiteStart } from "../../../src/composition/site-start.ts";
import type { DoorName, Lock } from "../../../src/domain/names.ts";
import { SystemClock } from "../../../src/drivers/clock/system-clock.ts";
import type { BuildingCommand } from "../../../src/ports/building-link.ts";
import type { Building } from "../../../src/simulation/building.ts";
import { runBuilding } from "../../../src/simulation/building-process.ts";
import { connectToSupervisor } from "../../../src/supervisor/child-link.ts";
import { childNamed } from "../process-figures.ts";
import type { Order, Seen } from "./orders.ts";

const clock = new SystemClock();
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** A door that is never seen to switch is a result too, not a program that hangs. */
const limitMs = 20_000;

/** The simulated building, which also moves the contacts, kills whom it is told to, and looks at the clock. */
export async function measureInBuilding(): Promise<void> {
  const { configuration, link, signal } = await connectToSupervisor();
  const { site } = configuration as SiteStart; // handed over by the benchmark's own supervisor
  const locks = new Locks();
  const building = runBuilding(
    {
      ...link,
      onMessage: (listener) =>
        link.onMessage((from, message) => {
          listener(from, message);
          const command = message as BuildingCommand; // the same that the building itself is told
          if (command.type === "commandLock") locks.onCommand(command.door, command.lock);
        }),
      onPeer: (listener) =>
        link.onPeer((role, state) => {
          listener(role, state);
          if (role === "interlock" && state === "down") locks.onPowerLost();
        }),
    },
    { plan: buildingPlanOf(site), seed: 1, clock },
  );
  link.up();
  const order = JSON.parse(process.env["VESTIBULE_DEADLINES"] ?? "null") as Order; // left there by the benchmark
  const tell = (seen: Seen): void => appendFileSync(order.trace, `${JSON.stringify(seen)}\n`);
  const rig = new Rig(building, locks);
  for (let edge = 0; edge < order.edges && !signal.aborted; edge++) tell(await rig.edge());
  for (let round = 0; round < order.rounds; round++) {
    for (const role of ["controller", "interlock"] as const) {
      for (const by of ["SIGKILL", "SIGSTOP"] as const) {
        if (!signal.aborted) tell(await rig.end(role, by));
      }
    }
  }
  tell({ what: "done" });
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
}

/** What the locks are, and who waits for it. */
class Locks {
  readonly #levels: Record<DoorName, Lock> = { outer: "secured", inner: "secured" };
  #waiting: (() => void) | undefined;

  onCommand(door: DoorName, lock: Lock): void {
    this.#levels[door] = lock;
    this.#waiting?.();
  }

  onPowerLost(): void {
    this.onCommand("outer", "secured");
    this.onCommand("inner", "secured");
  }

  /** The instant at which the outer lock is as asked; undefined where it does not become so. */
  async outer(lock: Lock, within: number): Promise<number | undefined> {
    const found = (): boolean => this.#levels.outer === lock;
    if (found()) return clock.now();
    return await new Promise((resolve) => {
      const settle = (at: number | undefined): void => {
        this.#waiting = undefined;
        clearTimeout(limit);
        resolve(at);
      };
      const limit = setTimeout(() => settle(undefined), within);
      this.#waiting = () => void (found() && settle(clock.now()));
    });
  }
}

class Rig {
  readonly #building: Building;
  readonly #locks: Locks;
  constructor(building: Building, locks: Locks) {
    this.#building = building;
    this.#locks = locks;
  }

  /** The outer door released, the inner one's contact opens: from that edge to the outer lock being secured. */
  async edge(): Promise<Seen> {
    await this.#releaseOuter();
    const at = clock.now();
    const secured = this.#locks.outer("secured", limitMs);
    this.#building.act({ type: "setInput", name: "inner.contact", active: true });
    const took = ((await secured) ?? Number.POSITIVE_INFINITY) - at;
    await pause(60); // beyond the debounce: the record has it both ways
    this.#building.act({ type: "setInput", name: "inner.contact", active: null });
    await pause(60);
    return { what: "edge", took };
  }

  /** The outer door released, a process killed or stopped: from that to the outer lock being secured. */
  async end(role: "controller" | "interlock", by: "SIGKILL" | "SIGSTOP"): Promise<Seen> {
    await this.#releaseOuter();
    const pid = childNamed(process.ppid, role);
    const at = clock.now();
    const secured = this.#locks.outer("secured", limitMs);
    process.kill(pid, by);
    return { what: "end", role, by, at, took: ((await secured) ?? Number.POSITIVE_INFINITY) - at };
  }

  /** By the button inside, again and again until the interlock has all it wants: both doors secure, a controller heard. */
  async #releaseOuter(): Promise<void> {
    const limit = clock.now() + 60_000;
    while (clock.now() < limit) {
      const released = this.#locks.outer("released", 100);
      this.#building.act({ type: "setInput", name: "outer.rex", active: true });
      const at = await released;
      this.#building.act({ type: "setInput", name: "outer.rex", active: null });
      if (at !== undefined) return;
    }
    throw new Error("the outer door could not be released within a minute");
  }
}
