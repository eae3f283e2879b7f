import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { writeDurably } from "../../durable-files/durable-file.ts";

/** What a witness remembers of one journal. */
export interface Witnessed {
  readonly size: number;
  /** Base64. */
  readonly root: string;
}

const form = z.record(z.string(), z.strictObject({ size: z.int().min(0), root: z.string().length(44) }));

/** The one thing a witness keeps: how far each journal was. Durable before anybody has its signature. */
export class WitnessBook {
  readonly #file: string;
  readonly #known: Map<string, Witnessed>;

  /** Throws where the file is there and is none: a witness that forgot is worse than one that is away. */
  constructor(file: string) {
    this.#file = file;
    this.#known = new Map(
      existsSync(file) ? Object.entries(form.parse(JSON.parse(readFileSync(file, "utf8")))) : [],
    );
  }

  get(origin: string): Witnessed | undefined {
    return this.#known.get(origin);
  }

  set(origin: string, state: Witnessed): void {
    const next = new Map(this.#known).set(origin, state);
    writeDurably(this.#file, `${JSON.stringify(Object.fromEntries(next))}\n`, { folder: "existing" });
    this.#known.set(origin, state);
  }
}
