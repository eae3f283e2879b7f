import { connect, type Socket } from "node:net";

/** A client that sends what it is told and not a byte more; browsers and libraries are too well-behaved. */
export class RawConnection implements Disposable {
  readonly socket: Socket;
  /** Everything received, at most what a test can look at. */
  received = "";
  readonly closed: Promise<void>;

  constructor(port: number) {
    this.socket = connect(port, "127.0.0.1");
    this.socket.on("data", (chunk) => {
      if (this.received.length < 1_000_000) this.received += chunk.toString("latin1");
    });
    this.socket.on("error", () => undefined); // being cut off is what these tests are about
    this.closed = new Promise((resolve) => this.socket.once("close", () => resolve()));
  }

  /** Resolves once the text has been handed to the kernel, or the other side has closed. */
  send(text: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.destroyed) resolve();
      else this.socket.write(text, () => resolve());
    });
  }

  /** The status of the first answer, once its head has arrived or the connection has ended. */
  async status(): Promise<number | undefined> {
    while (!this.received.includes("\r\n") && !this.socket.destroyed) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(this.received) ?? [];
    return status === undefined ? undefined : Number(status);
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}
