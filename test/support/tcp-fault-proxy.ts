import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** Stands between a client and a server on loopback, and does to the bytes what networks do. */
export class TcpFaultProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #target: number;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #blackHole = false;
  #refusing = false;
  #delay = 0;
  #cutAfter: number | undefined;
  #cuts = 0;

  static async to(target: number): Promise<TcpFaultProxy> {
    const proxy = new TcpFaultProxy(target);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((client) => this.#accept(client));
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the proxy does not listen");
    return address.port;
  }

  /** How often connections have been cut. */
  get cuts(): number {
    return this.#cuts;
  }

  /** Every connection is reset now. */
  cut(): void {
    if (this.#pairs.size > 0) this.#cuts += 1;
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  /** Once so many more bytes have passed, in either direction, everything is reset: in the middle of a packet. */
  cutAfterBytes(count: number): void {
    this.#cutAfter = count;
  }

  /** Connections stay open and nothing passes. */
  blackHole(on: boolean): void {
    this.#blackHole = on;
  }

  /** New connections are closed at once, as where nothing listens. */
  refuse(on: boolean): void {
    this.#refusing = on;
    if (on) this.cut();
  }

  /** Each chunk is held up so long. */
  delayBy(milliseconds: number): void {
    this.#delay = milliseconds;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  #accept(client: Socket): void {
    if (this.#refusing) {
      client.on("error", () => undefined);
      client.resetAndDestroy();
      return;
    }
    const server = connect({ host: "127.0.0.1", port: this.#target });
    const pair = [client, server] as const;
    this.#pairs.add(pair);
    for (const [from, to] of [pair, [server, client] as const]) {
      from.on("data", (chunk) => this.#pass(chunk, to));
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#pairs.delete(pair);
        to.destroy();
      });
    }
  }

  #pass(chunk: Buffer, to: Socket): void {
    if (this.#blackHole) return;
    let passing = chunk;
    if (this.#cutAfter !== undefined) {
      passing = chunk.subarray(0, this.#cutAfter);
      this.#cutAfter -= passing.length;
      if (this.#cutAfter === 0) {
        this.#cutAfter = undefined;
        // What has passed arrives before the reset does.
        to.write(passing, () => this.cut());
        return;
      }
    }
    if (this.#delay === 0) to.write(passing);
    else setTimeout(() => to.write(passing), this.#delay);
  }
}
