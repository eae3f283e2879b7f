/** What the measuring building is told to do; JSON in its environment. */
export interface Order {
  readonly edges: number;
  /** How often each process is killed, and stopped. */
  readonly rounds: number;
  /** Where it writes what it has seen, a line of JSON each. */
  readonly trace: string;
}

/** Milliseconds; `at` on CLOCK_MONOTONIC, which all processes share. */
export type Seen =
  | { readonly what: "edge"; readonly took: number }
  | {
      readonly what: "end";
      readonly role: "controller" | "interlock";
      readonly by: "SIGKILL" | "SIGSTOP";
      readonly at: number;
      readonly took: number;
    }
  | { readonly what: "done" };
