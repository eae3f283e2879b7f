import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { childOptions } from "../../src/supervisor/supervised-process.ts";
import { GuestProcess } from "./guest-process.ts";
import type { KernelFiles } from "./kernel-files.ts";
import type { FileText, GuestMessage, GuestOperation, GuestProgram } from "./kernel-guest-protocol.ts";
import { type Accelerator, QemuMachine } from "./qemu-machine.ts";

export interface GuestOptions {
  /** Its log is kept as `artifacts/guest-logs/NAME.log`. */
  readonly name: string;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const compiled = join(root, "artifacts/guest-compile-cache");
const agent = join(root, "test/support/kernel-guest-agent.ts");
/** A hypervisor inside another may accept a guest and never run it. One that works prints within a second. */
const kvmLimit = 5_000;
const bootLimit = 90_000;
/**
 * Two emulated processors now and then trip over code that the kernel patches while it boots (`Oops: int3`), long before
 * anything of ours runs in it.
 */
const againEmulated: readonly Accelerator[] = ["tcg", "tcg"];

/**
 * A Linux kernel with simulated GPIO chips, running this tree with this machine's own programs; read-only but for
 * /run, `TMPDIR` and what the kernel makes. The test's hands in it: files, processes, clock.
 */
export class KernelGuest implements KernelFiles, AsyncDisposable {
  readonly machine: QemuMachine;
  readonly accelerator: Accelerator;
  kernel = "";
  readonly #ready = Promise.withResolvers<void>();
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #processes = new Map<number, GuestProcess>();
  #requests = 0;
  #rest = "";

  /** With this machine's own virtualization where that works, emulated otherwise. */
  static async boot({ name }: GuestOptions): Promise<KernelGuest> {
    const folder = await broughtKernel();
    await compileForGuests();
    const probed = new AcceleratorProbe(folder);
    for (const accelerator of [...probed.candidates(), ...againEmulated]) {
      const machine = await QemuMachine.start({ name, folder, accelerator, run: inGuest(), compiled });
      if (!(await machine.printed("guest: kernel up", accelerator === "kvm" ? kvmLimit : bootLimit))) {
        console.warn(`guest ${name} (${accelerator}) did not come up:\n${machine.log().slice(-2_000)}`);
        await machine.stop();
        continue;
      }
      probed.found(accelerator);
      const guest = new KernelGuest(machine);
      await guest.#readyWithin(bootLimit);
      console.log(
        `guest ${name}: Linux ${guest.kernel}, ${accelerator === "kvm" ? "KVM" : "emulated (TCG)"}`,
      );
      return guest;
    }
    throw new Error("no way to run a guest"); // emulation was among the candidates
  }

  private constructor(machine: QemuMachine) {
    this.machine = machine;
    this.accelerator = machine.accelerator;
    machine.onText((text) => this.#take(text));
    machine.ended.then(
      () => this.#fail(new Error(`the guest ended:\n${machine.log()}`)),
      () => {},
    );
  }

  /** CLOCK_MONOTONIC of the guest in milliseconds: the same in all its processes and in the kernel's trace. */
  async now(): Promise<number> {
    return Number(await this.#do({ do: "now" }));
  }

  async read(path: string): Promise<string | undefined> {
    return (await this.#do({ do: "read", path })) as string | undefined;
  }

  write(path: string, text: string): Promise<void> {
    return this.writeAll([{ path, text }]);
  }

  /** One after the other, with nothing in between. */
  async writeAll(files: readonly FileText[]): Promise<void> {
    await this.#do({ do: "write", files });
  }

  async create(path: string, text: string): Promise<void> {
    await this.#do({ do: "create", file: { path, text } });
  }

  async list(path: string): Promise<readonly string[]> {
    return (await this.#do({ do: "list", path })) as string[];
  }

  async makeFolder(path: string): Promise<void> {
    await this.#do({ do: "makeFolder", path });
  }

  async removeFolder(path: string): Promise<void> {
    await this.#do({ do: "removeFolder", path });
  }

  async start(program: GuestProgram): Promise<GuestProcess> {
    // Output may overtake the answer: whoever asks for the process gets it with all it has said.
    return this.#process(Number(await this.#do({ do: "start", program })));
  }

  /** Runs one of the tree's own programs, or Node with any other arguments. */
  node(given: readonly string[], environment: GuestProgram["environment"] = {}): Promise<GuestProcess> {
    return this.start({ program: process.execPath, arguments: given, environment, directory: root });
  }

  /** `pid` below zero: the whole group. */
  async signal(pid: number, signal: NodeJS.Signals): Promise<void> {
    await this.#do({ do: "signal", pid, signal });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.machine.stop();
  }

  #do(operation: GuestOperation): Promise<unknown> {
    const id = ++this.#requests;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answer);
    this.machine.send(`${JSON.stringify({ id, operation })}\n`);
    return answer.promise;
  }

  async #readyWithin(limit: number): Promise<void> {
    const late = (): void => {
      this.#fail(new Error(`the guest was not up within ${limit / 1_000} s:\n${this.machine.log()}`));
      void this.machine.stop();
    };
    const timer = setTimeout(late, limit);
    await this.#ready.promise.finally(() => clearTimeout(timer));
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#onMessage(JSON.parse(line) as GuestMessage); // our own agent at the other end
  }

  #onMessage(message: GuestMessage): void {
    switch (message.kind) {
      case "ready":
        this.kernel = message.kernel;
        return this.#ready.resolve();
      case "answer":
        return this.#answered(message.id)?.resolve(message.value);
      case "failure":
        return this.#answered(message.id)?.reject(new Error(`in the guest: ${message.reason}`));
      case "output":
        return this.#process(message.pid).add(message.text);
      case "ended":
        return this.#process(message.pid).end(message.how);
    }
  }

  #answered(id: number): PromiseWithResolvers<unknown> | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #process(pid: number): GuestProcess {
    let known = this.#processes.get(pid);
    if (known === undefined) {
      known = new GuestProcess(pid, (signal, target) => this.signal(target, signal));
      this.#processes.set(pid, known);
    }
    return known;
  }

  #fail(error: Error): void {
    this.#ready.reject(error);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    for (const process of this.#processes.values()) process.end("the guest ended");
  }
}

/** The command line's way of giving program and arguments. */
function inGuest(): string {
  const program = [process.execPath, agent];
  const blank = program.find((part) => /[\s,]/.test(part));
  if (blank !== undefined) throw new Error(`a guest cannot run ${blank}: blanks or commas in its path`);
  return program.join(",");
}

/**
 * Compiles here what the guest runs, at a tenth of the time it would take there: Node finds it in its compile cache. The
 * programs end at once, for there is nothing here that they could work with.
 */
async function compileForGuests(): Promise<void> {
  const site = join(root, "test/kernel/inside/site.ts");
  const programs = [
    [agent],
    [site, "run", "--help"],
    [site, "--role=compile"],
    [...childOptions, site, "--role=compile"],
  ];
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled };
  await Promise.allSettled(programs.map((given) => promisify(execFile)(process.execPath, given, { env })));
}

/** Downloads and builds what is missing; what it says is said here when that fails. */
async function broughtKernel(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(join(root, "scripts/kernel-guest"), { maxBuffer: 1 << 24 });
    return stdout.trim();
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`the tests on a real kernel need scripts/kernel-guest to succeed:\n${stdout}${stderr}`);
  }
}

/** Remembers until this machine restarts how its guests run, so that a hanging hypervisor is waited for only once. */
class AcceleratorProbe {
  readonly #file: string;
  readonly #boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();

  constructor(folder: string) {
    this.#file = join(folder, "accelerator");
  }

  candidates(): readonly Accelerator[] {
    if (!existsSync("/dev/kvm")) return ["tcg"];
    const [boot, known] = existsSync(this.#file) ? readFileSync(this.#file, "utf8").split(" ") : [];
    return boot === this.#boot && known === "tcg" ? ["tcg"] : ["kvm", "tcg"];
  }

  found(accelerator: Accelerator): void {
    writeFileSync(this.#file, `${this.#boot} ${accelerator}`);
  }
}
