import { createHash } from "node:crypto";
import { setImmediate as immediate } from "node:timers/promises";
import { AlarmDesk } from "../../src/controller/alarm-desk.ts";
import { Chronicle } from "../../src/controller/chronicle.ts";
import type { ControllerOptions } from "../../src/controller/controller-options.ts";
import { EvidenceClips } from "../../src/controller/evidence/evidence-clips.ts";
import { EvidenceUpkeep } from "../../src/controller/evidence/evidence-upkeep.ts";
import { RecordListeners } from "../../src/controller/record-listeners.ts";
import { Recorder } from "../../src/controller/recorder.ts";
import { SiteHealth } from "../../src/controller/site-health.ts";
import type { Instant, Milliseconds } from "../../src/domain/time.ts";
import type { JournalRecord } from "../../src/ports/journal.ts";
import { type ClipOutcome, clipPieceSize } from "../../src/ports/vision-link.ts";
import { MemoryEvidenceStore } from "../../src/simulation/memory-evidence-store.ts";
import { MemoryJournal } from "../../src/simulation/memory-journal.ts";
import { VirtualClock } from "../../src/simulation/virtual-clock.ts";
import { sitePlan } from "./site-plan-for-tests.ts";

export const day: Milliseconds = 86_400_000;
/** Short, so that it passes quickly. */
const retention = { usual: 9 * day, ofAlarms: 18 * day };
export const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

interface Asked {
  readonly camera: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly answer: (clip: Uint8Array | string) => void;
}

/** Everything around evidence, with a journal and a store in memory, in virtual time. */
export class EvidenceSite implements Disposable {
  readonly clock = new VirtualClock();
  readonly journal = new MemoryJournal(this.clock);
  readonly store: MemoryEvidenceStore;
  readonly alarms = new AlarmDesk(this.clock);
  readonly chronicle: Chronicle;
  readonly clips: EvidenceClips;
  /** What vision was asked for, in order. */
  readonly asked: Asked[] = [];
  readonly #told = new RecordListeners();
  readonly #health: SiteHealth;
  #upkeep: EvidenceUpkeep;
  readonly #taken = new Map<string, Uint8Array>();

  constructor(limits: { readonly mostFiles?: number; readonly mostBytes?: number } = {}) {
    this.store = new MemoryEvidenceStore({ ...limits, wall: () => this.clock.wall() });
    const recorder = new Recorder(this.journal, this.clock, {
      onRecord: (record) => this.#told.tell(record),
      onStorage: () => undefined,
    });
    this.chronicle = new Chronicle(recorder, this.alarms, this.clock);
    this.#health = new SiteHealth(this.chronicle);
    this.#upkeep = this.#newUpkeep();
    this.clips = new EvidenceClips({
      ...{ store: this.store, chronicle: this.chronicle, clock: this.clock },
      span: { before: 10_000, after: 20_000 },
      refusal: () => this.#upkeep.keeping.refusal(),
      vision: {
        keepClip: (camera, from, until) => this.#ask(camera, from, until),
        takeClip: async (clip, offset) => this.#taken.get(clip)?.subarray(offset, offset + clipPieceSize),
      },
    });
  }

  get upkeep(): EvidenceUpkeep {
    return this.#upkeep;
  }

  /** As a controller does. */
  start(): void {
    this.chronicle.note("ControllerStarted", {});
    this.#upkeep.start();
  }

  restart(): void {
    this.#upkeep[Symbol.dispose]();
    this.#upkeep = this.#newUpkeep();
    this.start();
  }

  async passes(length: Milliseconds, step: Milliseconds = 1_000): Promise<void> {
    for (let left = length; left > 0; left -= step) {
      this.clock.advance(Math.min(step, left));
      await immediate();
    }
    await immediate();
  }

  /** A picture, named by a record. */
  capture(bytes: Uint8Array, type = "AccessGranted", more = {}): string {
    const hash = this.store.add(bytes);
    this.chronicle.note(type, { ...more, evidence: hash });
    return hash;
  }

  records(type: string): readonly JournalRecord[] {
    return this.journal.query({ type, limit: 1_000 });
  }

  [Symbol.dispose](): void {
    this.#upkeep[Symbol.dispose]();
  }

  #newUpkeep(): EvidenceUpkeep {
    const site = { ...sitePlan({}), evidenceRetention: retention };
    const options = { evidence: this.store, journal: this.journal, clock: this.clock, site };
    const { chronicle, alarms } = this;
    return new EvidenceUpkeep(options as unknown as ControllerOptions, {
      // what it looks at of them
      ...{ chronicle, alarms, health: this.#health, told: this.#told },
    });
  }

  #ask(camera: string, from: Instant, until: Instant): Promise<ClipOutcome> {
    return new Promise((resolve) => {
      const answer = (clip: Uint8Array | string): void => {
        if (typeof clip === "string") return resolve({ kept: false, detail: clip });
        const name = `clip${this.#taken.size}`;
        this.#taken.set(name, clip);
        resolve({ kept: true, clip: name, size: clip.length, hash: hashOf(clip), from, until, cut: null });
      };
      this.asked.push({ camera, from, until, answer });
    });
  }
}
