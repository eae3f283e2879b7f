/** What the building of this benchmark is told to do; JSON in its environment. */
export interface Order {
  readonly edges: number;
  /** Cards nobody knows, presented in a second over all readers: records and events, and alarms that are bundled. */
  readonly cards: number;
  readonly vestibules: readonly string[];
  readonly trace: string;
}

/** A door forced open, and the same alarm heard; `at` on CLOCK_MONOTONIC, which all processes share. */
export interface Sighting {
  readonly id: string;
  /** Which time it is, of this alarm. */
  readonly count: number;
  readonly at: number;
}
