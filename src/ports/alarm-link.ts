import type { Milliseconds } from "../domain/time.ts";
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
  /** Seconds after which nobody needs it any more; left out: the broker keeps it for whoever comes. */
  readonly expiry?: number;
  /** What goes in its place, and in its order, where the broker has said that it takes no message of that size. */
  readonly smaller?: () => JsonObject;
  /** What an answer belongs to, as the requester sent it. */
  readonly correlation?: Uint8Array;
}

/** Something that somebody outside asks, as it came in: nothing of it is to be believed. */
export interface LinkRequest {
  /** What stands after `request/`: `replay`. */
  readonly name: string;
  readonly payload: Uint8Array;
  /** The broker had kept it: whoever sent it may be long gone. */
  readonly retained: boolean;
  /** Where the answer is to go, relative to the site's root; undefined where none was named, or none of ours. */
  readonly replyTo: string | undefined;
  readonly correlation: Uint8Array | undefined;
}

export interface RequestHearer {
  onRequest(request: LinkRequest): void;
  /** So many came that for this long none is heard. */
  onFlood(deaf: Milliseconds): void;
}

/** Why a message was not taken; whoever sent it still has it. */
export type LinkFaultCode =
  | "offline" // not connected, or the connection went before the broker confirmed
  | "timedOut" // no confirmation in time; the connection is given up with it
  | "refused" // the broker said no to this message: not authorised, over quota
  | "tooLarge" // the broker takes no message of this size
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
  /** Told of each message one level below `request/`. While nobody listens, none is subscribed to. */
  hearRequests(hearer: RequestHearer): Disposable;
}
