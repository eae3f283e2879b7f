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

/**
 * Carries messages to the security centre, at least once and in order.
 * `publish` settles when the broker has taken it, and rejects when the link goes down before that.
 */
export interface AlarmLink extends AsyncDisposable {
  state(): AlarmLinkState;
  listen(onState: (state: AlarmLinkState) => void): Disposable;
  publish(message: LinkMessage): Promise<void>;
}
