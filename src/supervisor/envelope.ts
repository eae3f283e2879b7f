import type { Role } from "../ports/process-link.ts";

/** Supervisor → child, over Node's own IPC. */
export type ToChild =
  | {
      readonly kind: "start";
      readonly configuration: unknown;
      /** What it inherits, by its own numbers, in the keeper's order. */
      readonly descriptors: readonly (number | undefined)[];
    }
  | { readonly kind: "message"; readonly from: Role; readonly message: unknown }
  | { readonly kind: "peer"; readonly role: Role; readonly state: "up" | "down" }
  | { readonly kind: "ping"; readonly number: number }
  | { readonly kind: "stop" };

/** Child → supervisor. */
export type FromChild =
  | { readonly kind: "up" }
  /** It is not up yet, and further than it was: what it has to do first takes as long as there are records. */
  | { readonly kind: "progress" }
  | { readonly kind: "message"; readonly to: Role; readonly message: unknown }
  | { readonly kind: "pong"; readonly number: number }
  /** It cannot run until a person acts, and has said why: it may be ended. */
  | { readonly kind: "refused" };
