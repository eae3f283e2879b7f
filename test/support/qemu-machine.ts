import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, type WriteStream } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { agentPort } from "./kernel-guest-protocol.ts";

export type Accelerator = "kvm" | "tcg";

export interface MachineOptions {
  readonly name: string;
  /** Where the kernel and its initial root stand. */
  readonly folder: string;
  readonly accelerator: Accelerator;
  /** What the guest runs: program and arguments, with commas between them. */
  readonly run: string;
  /** Where Node finds what has been compiled. */
  readonly compiled: string;
}

/** What QEMU itself reports, by its monitor: WATCHDOG, RESET, SHUTDOWN … */
export interface MonitorEvent {
  readonly event: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

const logs = fileURLToPath(new URL("../../artifacts/guest-logs", import.meta.url));
const logLimit = 20_000;
/** no_timer_check: on a busy machine an emulated timer is so late that the kernel takes it for broken, and panics. */
const kernelOptions = "console=ttyS0 loglevel=4 panic=-1 no_timer_check mitigations=off";

/** One QEMU process with a hardware watchdog, a line to the program inside, and one to the machine itself. */
export class QemuMachine {
  readonly accelerator: Accelerator;
  /** Everything the machine has reported. */
  readonly events: MonitorEvent[] = [];
  /** Resolves when the machine is off. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #agent: Promise<Socket>;
  readonly #listeners: ((text: string) => void)[] = [];
  #log = "";

  static async start({ name, folder, accelerator, run, compiled }: MachineOptions): Promise<QemuMachine> {
    mkdirSync(logs, { recursive: true });
    const log = createWriteStream(join(logs, `${name}.log`));
    const directory = mkdtempSync(join(tmpdir(), "vestibule-guest-"));
    const [agent, monitor] = ["agent", "monitor"].map((end) => join(directory, end)) as [string, string];
    const agentConnection = await connectionAt(agent);
    const monitorConnection = await connectionAt(monitor);
    const child = spawn("qemu-system-x86_64", [
      ...(accelerator === "kvm"
        ? ["-accel", "kvm", "-cpu", "host"]
        : ["-accel", "tcg,thread=multi", "-cpu", "max"]),
      ...["-smp", "2", "-m", "2048", "-nodefaults", "-display", "none", "-no-reboot", "-serial", "stdio"],
      ...["-kernel", join(folder, "vmlinuz"), "-initrd", join(folder, "initrd.cpio")],
      ...["-append", `${kernelOptions} vestibule.compiled=${compiled} vestibule.run=${run}`],
      ...["-fsdev", "local,id=host,path=/,security_model=none,readonly=on,multidevs=remap"],
      ...["-device", "virtio-9p-pci,fsdev=host,mount_tag=host", "-device", "virtio-serial-pci"],
      ...["-chardev", `socket,id=agent,path=${agent}`],
      ...["-device", `virtserialport,chardev=agent,name=${agentPort}`],
      ...["-chardev", `socket,id=monitor,path=${monitor}`, "-mon", "chardev=monitor,mode=control"],
      // A box that nobody feeds any more is switched off and on; here it stays off, so that a test can see it.
      ...["-device", "i6300esb", "-action", "watchdog=reset"],
    ]);
    return new QemuMachine(
      accelerator,
      child,
      agentConnection.connected,
      monitorConnection.connected,
      log,
      directory,
    );
  }

  private constructor(
    accelerator: Accelerator,
    child: ChildProcess,
    agent: Promise<Socket>,
    monitor: Promise<Socket>,
    log: WriteStream,
    directory: string,
  ) {
    this.accelerator = accelerator;
    this.#child = child;
    this.#agent = agent;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#log = (this.#log + text).slice(-logLimit);
        log.write(text);
      });
    }
    const endWithUs = (): void => void child.kill("SIGKILL");
    process.once("exit", endWithUs);
    this.ended = new Promise((resolve) => {
      child.once("error", (error) => {
        this.#log += String(error);
        resolve();
      });
      child.once("close", () => resolve());
    });
    void this.ended.then(() => {
      process.off("exit", endWithUs);
      log.end();
      rmSync(directory, { recursive: true, force: true });
    });
    void agent.then((socket) => {
      socket.setEncoding("utf8").on("data", (text: string) => {
        for (const listener of this.#listeners) listener(text);
      });
    });
    void monitor.then((socket) => this.#listenTo(socket));
  }

  /** The end of what the guest and QEMU have printed. */
  log(): string {
    return this.#log;
  }

  /** Whether the console shows this text in time. */
  async printed(text: string, limit: number): Promise<boolean> {
    const end = performance.now() + limit;
    while (!this.#log.includes(text)) {
      if (performance.now() > end || this.#child.exitCode !== null) return false;
      await sleep(25);
    }
    return true;
  }

  onText(listener: (text: string) => void): void {
    this.#listeners.push(listener);
  }

  send(text: string): void {
    void this.#agent.then((socket) => socket.write(text));
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGKILL"); // it holds nothing that outlives it
    await this.ended;
  }

  #listenTo(socket: Socket): void {
    let rest = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const said = JSON.parse(line) as { event?: string }; // QEMU at the other end
        if (said.event !== undefined) this.events.push(said as MonitorEvent);
      }
    });
    // Events come once we have said which abilities we ask for: none.
    socket.write('{"execute":"qmp_capabilities"}\n');
  }
}

/** Listens before QEMU starts; it is QEMU that connects, once. */
async function connectionAt(path: string): Promise<{ readonly connected: Promise<Socket> }> {
  const connected = Promise.withResolvers<Socket>();
  const server: Server = createServer((socket) => {
    socket.on("error", () => {}); // QEMU is gone, which its process tells
    server.close();
    connected.resolve(socket);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  server.unref();
  return { connected: connected.promise };
}
