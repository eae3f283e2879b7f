import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface TakenMail {
  readonly text: string;
  readonly to: readonly string[];
  readonly secure: boolean;
}

/** A mail server that keeps what it is given. */
export class MailServer implements AsyncDisposable {
  readonly taken: TakenMail[] = [];
  readonly port: number;
  readonly #server: SMTPServer;

  static async start(options: SMTPServerOptions = {}, port = 0): Promise<MailServer> {
    const taken: TakenMail[] = [];
    const server = new SMTPServer({
      authOptional: true,
      logger: false,
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          taken.push({ text: Buffer.concat(parts).toString("utf8"), to, secure: session.secure });
          done();
        });
      },
      ...options,
    });
    server.on("error", () => undefined); // a client that hangs up is what some of the tests do
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
    return new MailServer(server, taken);
  }

  private constructor(server: SMTPServer, taken: TakenMail[]) {
    this.#server = server;
    this.taken = taken;
    this.port = (server.server.address() as AddressInfo).port; // it listens on TCP
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
