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
  #connections = 0;
  #swallowsAnswers = false;
  /** Bytes a second in each direction; when the line is free again. */
  #bandwidth = Number.POSITIVE_INFINITY;
  readonly #freeAt = new Map<Socket, number>();

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

  /** Connections that clients have made so far. */
  get connections(): number {
    return this.#connections;
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

  /** Half open: what the client sends arrives, and no answer comes back. */
  swallowAnswers(on: boolean): void {
    this.#swallowsAnswers = on;
  }

  /** So many bytes a second pass in each direction of each connection, and the sender is held up. */
  limitTo(bytesPerSecond: number): void {
    this.#bandwidth = bytesPerSecond;
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
    this.#connections += 1;
    const server = connect({ host: "127.0.0.1", port: this.#target });
    const pair = [client, server] as const;
    this.#pairs.add(pair);
    for (const [from, to] of [pair, [server, client] as const]) {
      from.on("data", (chunk) => this.#pass(chunk, from, to));
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#pairs.delete(pair);
        this.#freeAt.delete(from);
        to.destroy();
      });
    }
  }

  #pass(chunk: Buffer, from: Socket, to: Socket): void {
    const isAnswer = [...this.#pairs].some(([, server]) => server === from);
    if (this.#blackHole || (this.#swallowsAnswers && isAnswer)) return;
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
    const wait = this.#delay + this.#queue(passing.length, from);
    if (wait === 0) to.write(passing);
    else setTimeout(() => to.write(passing), wait);
  }

  /** How long until these bytes have passed; whoever sends more meanwhile is not read from. */
  #queue(bytes: number, from: Socket): number {
    if (this.#bandwidth === Number.POSITIVE_INFINITY) return 0;
    const now = performance.now();
    const free = Math.max(now, this.#freeAt.get(from) ?? now) + (bytes / this.#bandwidth) * 1000;
    this.#freeAt.set(from, free);
    from.pause();
    setTimeout(() => from.resume(), free - now);
    return free - now;
  }
}
