import type { JsonObject } from "./journal.ts";

export type AlarmLinkState =
  | { readonly phase: "connecting" }
  | { readonly phase: "online"; readonly since: string }
  | { readonly phase: "offline"; readonly since: string; readonly detail: string };

/** One message for the outside; `topic` is relative to the site's root. */
export interface LinkMessage {
  readonly topic: string;
  /** Empty clears a retained topic. */
  readonly body: JsonObject | undefined;
  readonly retain: boolean;
}

/** Why a message was not taken; whoever sent it still has it. */
export type LinkFaultCode =
  | "offline" // not connected, or the connection went before the broker confirmed
  | "timedOut" // no confirmation in time; the connection is given up with it
  | "refused" // the broker said no to this message: not authorised, too large, over quota
  | "busy"; // more messages at once than the link holds

export class LinkFault extends Error {
  override readonly name = "LinkFault";
  readonly code: LinkFaultCode;
  constructor(code: LinkFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Carries messages to the security centre, at least once and in order.
 * `publish` settles when the broker has taken it, and rejects with a LinkFault when it has not.
 */
export interface AlarmLink extends AsyncDisposable {
  state(): AlarmLinkState;
  listen(onState: (state: AlarmLinkState) => void): Disposable;
  publish(message: LinkMessage): Promise<void>;
  /**
   * Topics below the site's root that match `filter` (`+` for one level) and are retained now.
   * Empty where the broker does not let us look. Rejects with a LinkFault while offline.
   */
  retained(filter: string): Promise<readonly string[]>;
}
