import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { seen } from "./until.ts";

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const caller = connect(path);
    caller.once("connect", () => resolve(true)).once("error", () => resolve(false));
    caller.once("connect", () => caller.destroy());
  });
}

/** What vpcd asks of a card beside commands: one byte each. */
const atrAsked = 4;
/** A contactless card as PC/SC shows it: a storage card by ISO 14443 A (PC/SC part 3). */
const atr = Buffer.from("3b8f8001804f0ca000000306030001000000006a", "hex");

/**
 * The real pcscd with vsmartcard's virtual reader, in a mount namespace of its own: its socket stands in a folder of
 * the test's, whatever else runs on this machine.
 */
export class VirtualPcsc implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "vestibule-pcsc-"));
  /** For PCSCLITE_CSOCK_NAME. */
  readonly socket = join(this.#folder, "run/pcscd/pcscd.comm");
  #port = 0;
  #service: ChildProcess | undefined;

  async start(): Promise<void> {
    if (this.#port === 0) this.#port = await freePort();
    const [run, drivers] = [join(this.#folder, "run"), join(this.#folder, "drivers")];
    rmSync(run, { recursive: true, force: true });
    for (const folder of [run, drivers]) mkdirSync(folder, { recursive: true });
    const port = `0x${this.#port.toString(16)}`;
    writeFileSync(
      join(drivers, "vpcd"),
      `FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:${port}\nLIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so\nCHANNELID ${port}\n`,
    );
    const script = `mount --bind "${run}" /run && exec /usr/sbin/pcscd --foreground -c "${drivers}"`;
    this.#service = spawn("unshare", ["-rm", "sh", "-c", script], { stdio: "ignore" });
    // The socket has its name before anybody listens at it.
    await seen(async () => (await answers(this.socket)) || undefined, "pcscd");
  }

  async stop(): Promise<void> {
    const service = this.#service;
    this.#service = undefined;
    if (service === undefined || service.exitCode !== null) return;
    service.kill("SIGTERM");
    await once(service, "exit");
  }

  /** A card that answers every command so, until it is disposed. */
  async put(answer: Buffer): Promise<VirtualCard> {
    const socket = connect(this.#port, "127.0.0.1");
    await once(socket, "connect");
    return new VirtualCard(socket, answer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true });
  }
}

export class VirtualCard implements AsyncDisposable {
  /** Commands that came, as hexadecimal. */
  readonly commands: string[] = [];
  readonly #socket: Socket;
  #pending = Buffer.alloc(0);

  constructor(socket: Socket, answer: Buffer) {
    this.#socket = socket;
    socket.on("error", () => {}); // the service was stopped
    socket.on("data", (bytes: Buffer) => {
      this.#pending = Buffer.concat([this.#pending, bytes]);
      for (;;) {
        const length = this.#pending.length < 2 ? Number.POSITIVE_INFINITY : this.#pending.readUInt16BE();
        if (this.#pending.length < 2 + length) return;
        this.#hear(this.#pending.subarray(2, 2 + length), answer);
        this.#pending = this.#pending.subarray(2 + length);
      }
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    await sleep(500); // pcscd looks twice a second whether it is there
  }

  #hear(message: Buffer, answer: Buffer): void {
    if (message.length > 1) this.commands.push(message.toString("hex"));
    else if (message[0] !== atrAsked) return;
    const said = message.length > 1 ? answer : atr;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(said.length);
    this.#socket.write(Buffer.concat([length, said]));
  }
}
