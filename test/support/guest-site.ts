import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import type { GpioTrace } from "./gpio-trace.ts";
import type { GuestProcess } from "./guest-process.ts";
import type { KernelGuest } from "./kernel-guest.ts";
import type { GuestProgram } from "./kernel-guest-protocol.ts";
import { type ChipOptions, type Level, pullText, SimulatedChip } from "./simulated-gpio.ts";
import { seen } from "./until.ts";

type Door = "outer" | "inner";
const doors: readonly Door[] = ["outer", "inner"];

interface ProfileLine {
  readonly chip: string;
  readonly line: { readonly name?: string; readonly offset?: number };
  readonly activeLow?: boolean;
  pull: string;
}

interface Profile {
  watchdog?: string;
  readonly chips: readonly { readonly label: string; readonly lines?: number }[];
  readonly lines: Readonly<Record<string, ProfileLine>>;
}

export interface GuestSiteOptions {
  /** A board profile that ships, by its name. */
  readonly profile: string;
  readonly driver: "character-device" | "sysfs";
  /** The guest's hardware watchdog is the site's too. */
  readonly watchdog?: boolean;
}

const root = new URL("../..", import.meta.url);
const entry = fileURLToPath(new URL("test/kernel/inside/site.ts", root));
const bolts = fileURLToPath(new URL("test/kernel/inside/bolts.ts", root));
/** Of lines, where a profile leaves it open. */
const anyNumber = 360;
const siteFile = "/run/site/site.yaml";

/** A site on a shipped board in the guest: its chip, its lines, and the processes that hold them. */
export class GuestSite implements AsyncDisposable {
  readonly guest: KernelGuest;
  readonly chip: SimulatedChip;
  readonly #profile: Profile;
  #bolts: GuestProcess | undefined;
  #processes: GuestProcess | undefined;

  /** The doors closed, nobody there, and no process running yet. */
  static async prepare(
    guest: KernelGuest,
    { profile: name, driver, watchdog }: GuestSiteOptions,
  ): Promise<GuestSite> {
    const profile = profileNamed(name);
    if (watchdog === true) profile.watchdog = "/dev/watchdog";
    const chip = await SimulatedChip.create(guest, { id: name, ...chipOf(profile) });
    for (const path of ["/run/site", "/run/vestibule"])
      await guest.start(shell(`mkdir -p ${path}`)).then(ended);
    await guest.create("/run/site/board.yaml", stringify(profile));
    await guest.create(siteFile, stringify(siteOn(driver)));
    const site = new GuestSite(guest, chip, profile);
    await site.atRest();
    return site;
  }

  private constructor(guest: KernelGuest, chip: SimulatedChip, profile: Profile) {
    this.guest = guest;
    this.chip = chip;
    this.#profile = profile;
  }

  /** Where the supervisor leaves word for the stop action. */
  readonly runtimeDirectory = "/run/vestibule";

  /** Doors closed, nobody there, mains on; bolts that follow their locks: what an unplugged chip takes along. */
  async atRest(): Promise<void> {
    for (const line of Object.keys(this.#profile.lines))
      await this.drive(line, line === "mains" || line === "battery");
    await this.#bolts?.signal("SIGKILL");
    const files = doors.flatMap((door) => [this.valueFile(`${door}.lock`), this.pullFile(`${door}.bolt`)]);
    this.#bolts = await this.guest.node([bolts, ...files]);
  }

  async start(): Promise<void> {
    const environment = { RUNTIME_DIRECTORY: this.runtimeDirectory, VESTIBULE_DATA: "/run/data" };
    this.#processes = await this.guest.node([entry, "run", "--config", siteFile], environment);
  }

  /** The supervisor, and what all of them have printed. */
  get processes(): GuestProcess {
    if (this.#processes === undefined) throw new Error("the site has not been started");
    return this.#processes;
  }

  pidOf(role: "supervisor" | "interlock" | "controller"): number {
    if (role === "supervisor") return this.processes.pid;
    const said = [...this.processes.output.matchAll(new RegExp(`^${role} (\\d+)$`, "gm"))].at(-1);
    if (said === undefined) throw new Error(`no ${role} has been started:\n${this.processes.output}`);
    return Number(said[1]);
  }

  /** What the interlock has told, oldest first. */
  events(): readonly { readonly type: string; readonly [key: string]: unknown }[] {
    const lines = this.processes.output.matchAll(/^event (.*)$/gm);
    return [...lines].map(([, json]) => JSON.parse(json ?? "") as { type: string }); // our own stand-in's
  }

  number(line: string): number {
    return this.chip.number(offsetOf(this.#profile, line));
  }

  level(line: string, active: boolean): Level {
    return active !== (this.#profile.lines[line]?.activeLow ?? false) ? 1 : 0;
  }

  pullFile(line: string): string {
    return this.chip.pullFile(offsetOf(this.#profile, line));
  }

  valueFile(line: string): string {
    return this.chip.valueFile(offsetOf(this.#profile, line));
  }

  async drive(line: string, active: boolean): Promise<void> {
    await this.guest.write(this.pullFile(line), pullText(this.level(line, active)));
  }

  async isReleased(door: Door): Promise<boolean> {
    return (
      (await this.chip.level(offsetOf(this.#profile, `${door}.lock`))) === this.level(`${door}.lock`, true)
    );
  }

  /** By the button inside, again and again until the interlock has all it wants: a heartbeat, and the other door secure. */
  async release(door: Door): Promise<void> {
    const press = async (): Promise<true | undefined> => {
      await this.drive(`${door}.rex`, true);
      await sleep(50);
      const released = await this.isReleased(door);
      await this.drive(`${door}.rex`, false);
      return released ? true : undefined;
    };
    await seen(press, () => `the ${door} door released:\n${this.processes.output}`, 60_000);
  }

  /** Resolves with how long after `since`, an instant of the guest's, the lock was secured. */
  async securedAfter(since: number, door: Door, trace: GpioTrace, limit = 30_000): Promise<number> {
    const look = async (): Promise<number | undefined> =>
      (await this.isReleased(door)) ? undefined : await this.guest.now();
    const found = await seen(look, () => `the ${door} door secured:\n${this.processes.output}`, limit);
    const line = this.number(`${door}.lock`);
    const rest = this.level(`${door}.lock`, false);
    const set = (await trace.events()).find(
      (event) => event.kind === "set" && event.line === line && event.level === rest && event.at >= since,
    );
    // Nobody sets a line that falls to its pull when its last holder is gone: then it is when that was seen.
    return (set?.at ?? found) - since;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const process of [this.#bolts, this.#processes]) {
      if (process?.how !== undefined) continue;
      // A group that has ended meanwhile is no fault.
      await process?.signalGroup("SIGCONT").catch(() => {});
      await process?.signalGroup("SIGKILL").catch(() => {});
    }
    await this.#processes?.ended;
    await this.chip.remove();
  }
}

function profileNamed(name: string): Profile {
  const file = fileURLToPath(new URL(`firmware-config/boards/${name}.yaml`, root));
  const profile = parse(readFileSync(file, "utf8")) as Profile; // it ships, and is checked where it is loaded
  delete profile.watchdog;
  // A pull that the kernel is asked for would be the test's own hand on the simulated line.
  for (const line of Object.values(profile.lines)) line.pull = "external";
  return profile;
}

function chipOf(profile: Profile): Omit<ChipOptions, "id"> {
  const [chip] = profile.chips;
  if (chip === undefined) throw new Error("the profile has no chip");
  const names = Object.entries(profile.lines).flatMap(([line, { line: where }]) =>
    where.name === undefined ? [] : [[offsetOf(profile, line), where.name] as const],
  );
  return { ...chip, lines: chip.lines ?? anyNumber, names: Object.fromEntries(names) };
}

/** On a Raspberry Pi a line's name ends with its offset. */
function offsetOf(profile: Profile, line: string): number {
  const where = profile.lines[line]?.line;
  const offset = where?.offset ?? Number(/\d+$/.exec(where?.name ?? "")?.[0] ?? Number.NaN);
  if (Number.isNaN(offset)) throw new Error(`the profile says no place of ${line}`);
  return offset;
}

function siteOn(driver: string): unknown {
  const door = { bolt: "fitted", rex: "fitted", releaseTime: 30, contactDebounce: 0.02, flapLimit: 100 };
  return {
    site: { id: "kernel", name: { en: "On a real kernel", zh: "真实内核" } },
    board: { kind: "gpio", profile: "board.yaml", driver },
    vestibules: [{ id: "v1", settleTime: 0, doors: { outer: door, inner: door } }],
    cameras: [],
    // Between emulated processes on a busy machine a heartbeat may be a second under way.
    heartbeatTime: 3,
    mqtt: { broker: "none" },
    http: { port: 0 },
  };
}

const shell = (command: string): GuestProgram => ({ program: "/bin/sh", arguments: ["-c", command] });
const ended = (process: GuestProcess): Promise<number | string> => process.ended;
