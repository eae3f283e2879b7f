/** Why a notice was not taken; whoever sent it still has it. */
export class NoticeFault extends Error {
  override readonly name = "NoticeFault";
}

/** An alarm to a receiver over HTTP. */
export interface WebhookSender {
  /** Settles when the receiver has taken it; rejects with a NoticeFault. `id`: the same when it is said again. */
  post(id: string, body: string): Promise<void>;
}

export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same when it is sent again, so that the recipient's programs know it for the same. */
  readonly id: string;
}

export interface MailSender {
  /**
   * Settles when the server has taken it, with the recipients whom it refused; rejects with a NoticeFault where it has
   * taken it for nobody.
   */
  send(mail: Mail): Promise<readonly string[]>;
}
