import { readFile } from "node:fs/promises";
import { createTransport, type TransportOptions } from "nodemailer";
import type { Milliseconds } from "../../domain/time.ts";
import { type Mail, type MailSender, NoticeFault } from "../../ports/notice.ts";

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** `starttls`: a server that does not offer it gets nothing. */
  readonly security: "starttls" | "tls" | "none";
  readonly username?: string | undefined;
  readonly passwordFile?: string | undefined;
  readonly caFile?: string | undefined;
  readonly from: string;
  readonly timeout: Milliseconds;
}

/** Sends plain text through the site's mail server; one connection a mail. */
export class SmtpMailSender implements MailSender {
  readonly #options: SmtpOptions;

  constructor(options: SmtpOptions) {
    this.#options = options;
  }

  async send({ to, subject, text, id }: Mail): Promise<readonly string[]> {
    const { from, timeout } = this.#options;
    try {
      const transport = createTransport(await this.#settings());
      const limit = Promise.withResolvers<never>();
      // The library's own limits begin anew with every byte: a server that drips would never meet them.
      const timer = setTimeout(() => {
        limit.reject(new NoticeFault(`no answer within ${timeout / 1000} s`));
        transport.close();
      }, timeout);
      try {
        const sent = transport.sendMail({
          ...{ from, to: [...to], subject, text },
          messageId: `<${id}@${from.split("@")[1] ?? "vestibule"}>`,
          // Auto-generated: no holiday notices come back (RFC 3834).
          headers: { "Auto-Submitted": "auto-generated" },
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        sent.catch(() => undefined); // told by the race
        const { rejected } = await Promise.race([sent, limit.promise]);
        return rejected;
      } finally {
        clearTimeout(timer);
        transport.close();
      }
    } catch (error) {
      if (error instanceof NoticeFault) throw error;
      const detail = error instanceof Error ? error.message : String(error);
      throw new NoticeFault(detail.replaceAll(/\s+/g, " ").slice(0, 300), { cause: error });
    }
  }

  /** Files are read for each mail: another password or authority takes effect at once. */
  async #settings(): Promise<TransportOptions> {
    const { host, port, security, username, passwordFile, caFile, timeout } = this.#options;
    const ca = caFile === undefined ? {} : { ca: await readFile(caFile) };
    const pass = passwordFile === undefined ? undefined : (await readFile(passwordFile, "utf8")).trimEnd();
    const settings = {
      ...{ host, port, pool: false },
      secure: security === "tls",
      requireTLS: security === "starttls",
      ignoreTLS: security === "none",
      tls: { minVersion: "TLSv1.2", ...ca },
      ...(username === undefined || pass === undefined ? {} : { auth: { user: username, pass } }),
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
    };
    return settings as TransportOptions; // the library's types leave out what its SMTP transport takes
  }
}
