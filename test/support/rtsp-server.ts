import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

export interface RtspServerOptions {
  /** Annex B files with access unit delimiters by name; the first one is shown first. */
  readonly files: Readonly<Record<string, string>>;
  /** `h264` unless said otherwise. */
  readonly codec?: "h264" | "h265";
  readonly user?: string;
  readonly password?: string;
  readonly auth?: "digest" | "basic";
  readonly framesPerSecond?: number;
  /** RTSP over TLS with this certificate. */
  readonly tls?: { readonly certificateFile: string; readonly keyFile: string };
  /** 0 picks a free one. */
  readonly port?: number;
}

/** A real RTSP server in a process of its own, with hands to disturb it. */
export class RtspServer implements AsyncDisposable {
  readonly port: number;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;

  private constructor(
    port: number,
    child: ChildProcessByStdio<Writable, Readable, null>,
    answers: AsyncIterator<string>,
  ) {
    this.port = port;
    this.#child = child;
    this.#answers = answers;
  }

  static async start(options: RtspServerOptions): Promise<RtspServer> {
    const script = new URL("rtsp-server.py", import.meta.url).pathname;
    // The system's Python: the bindings are installed for no other.
    const child = spawn("/usr/bin/python3", [script, JSON.stringify(options)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await answers.next();
    if (first.done === true) throw new Error("the RTSP server did not start; are its packages installed?");
    const { port } = JSON.parse(first.value) as { port: number };
    return new RtspServer(port, child, answers);
  }

  /** Without credentials. */
  get url(): string {
    return `rtsp://127.0.0.1:${this.port}/live`;
  }

  /** `running`: as if the film had run all the time; else from its first picture, which may count as a replay (T17). */
  show = (name: string, from: "start" | "running" = "start"): Promise<void> =>
    this.#order({ show: name, running: from === "running" });
  lose = (share: number): Promise<void> => this.#order({ loss: share });
  hush = (on: boolean): Promise<void> => this.#order({ hush: on });

  /** Connections stay open, nothing in the process moves. */
  freeze(): void {
    this.#child.kill("SIGSTOP");
  }

  thaw(): void {
    this.#child.kill("SIGCONT");
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await gone;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }

  async #order(command: object): Promise<void> {
    this.#child.stdin.write(`${JSON.stringify(command)}\n`);
    const answer = await this.#answers.next();
    if (answer.done === true) throw new Error(`the RTSP server ended at ${JSON.stringify(command)}`);
  }
}
