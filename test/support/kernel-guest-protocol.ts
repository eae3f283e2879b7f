/** What a test says to the program that works for it in the guest, and what that says back. */

export const agentPort = "vestibule.agent";

export interface GuestProgram {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

export interface FileText {
  readonly path: string;
  readonly text: string;
}

export type GuestOperation =
  /** CLOCK_MONOTONIC in milliseconds. */
  | { readonly do: "now" }
  | { readonly do: "read"; readonly path: string }
  /** One after the other, nothing in between; files that are there. */
  | { readonly do: "write"; readonly files: readonly FileText[] }
  | { readonly do: "create"; readonly file: FileText }
  | { readonly do: "list" | "makeFolder" | "removeFolder"; readonly path: string }
  | { readonly do: "start"; readonly program: GuestProgram }
  /** `pid` below zero: the whole group. */
  | { readonly do: "signal"; readonly pid: number; readonly signal: NodeJS.Signals };

export interface GuestRequest {
  readonly id: number;
  readonly operation: GuestOperation;
}

export type GuestMessage =
  | { readonly kind: "ready"; readonly kernel: string }
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly reason: string }
  | { readonly kind: "output"; readonly pid: number; readonly text: string }
  | { readonly kind: "ended"; readonly pid: number; readonly how: number | string };
