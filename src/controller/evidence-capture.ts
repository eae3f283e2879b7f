import { createHash } from "node:crypto";
import type { AccessEvent } from "../domain/access/access.ts";
import { alarmIdOf } from "../domain/alarm/life-cycle.ts";
import type { Clock } from "../ports/clock.ts";
import type { EvidenceStore } from "../ports/evidence-store.ts";
import { type JsonObject, StorageFault } from "../ports/journal.ts";
import type { Chronicle } from "./chronicle.ts";
import type { ControllerOptions, SitePlan } from "./controller-options.ts";
import {
  type AlarmSubject,
  type ClipOfAlarm,
  type ClipSpan,
  EvidenceClips,
} from "./evidence/evidence-clips.ts";
import { type EvidenceSurroundings, EvidenceUpkeep } from "./evidence/evidence-upkeep.ts";
import type { VisionClient } from "./vision-client.ts";

type Denied = Extract<AccessEvent, { readonly type: "AccessDenied" | "AccessWithdrawn" }>;

/** Refusals before any face was looked at, after which a picture of the person is what helps (A8). */
const alarmOf: Partial<Readonly<Record<Denied["reason"], "LostCardUsed" | "UnknownCard">>> = {
  lostCredential: "LostCardUsed",
  unknownCredential: "UnknownCard",
};

/** Pictures that wait for the disk, some 100 kB each. */
const mostWaiting = 64;

/** Pictures and clips that belong to records. */
export class EvidenceCapture {
  readonly upkeep: EvidenceUpkeep;
  readonly #store: EvidenceStore;
  readonly #vision: VisionClient;
  readonly #chronicle: Chronicle;
  readonly #clock: Clock;
  readonly #cameraOf: SitePlan["cameraOf"];
  readonly #clips: EvidenceClips;
  #writing: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  static of(
    options: ControllerOptions,
    vision: VisionClient,
    surroundings: EvidenceSurroundings,
  ): EvidenceCapture {
    const upkeep = new EvidenceUpkeep(options, surroundings);
    return new EvidenceCapture(options, vision, surroundings.chronicle, upkeep);
  }

  private constructor(
    { evidence: store, clock, site }: Pick<ControllerOptions, "evidence" | "clock" | "site">,
    vision: VisionClient,
    chronicle: Chronicle,
    upkeep: EvidenceUpkeep,
  ) {
    this.upkeep = upkeep;
    this.#store = store;
    this.#vision = vision;
    this.#chronicle = chronicle;
    this.#clock = clock;
    this.#cameraOf = site.cameraOf;
    const refusal = () => upkeep.keeping.refusal();
    this.#clips = new EvidenceClips({ store, vision, chronicle, clock, span: site.clips, refusal });
  }

  /**
   * The hash at once, for the record; the file after the door has been released, since writing it takes longer than
   * deciding. A picture lost in between is missing by its hash.
   */
  keepSoon(jpeg: Uint8Array, passage: string): string {
    const hash = createHash("sha256").update(jpeg).digest("hex");
    // Named in the record by then: if it cannot be kept, that says which.
    setImmediate(() => void this.#put(jpeg, { passage, evidence: hash }));
    return hash;
  }

  /**
   * Keeps what these cameras show around now, with the alarm: `EvidenceCaptured` of kind `clip`, and `AlarmEvidenceAdded`
   * while it is open. Left out, `span` is the site's. Settles some seconds after the span's end; never rejects.
   */
  async clipOf(
    alarm: AlarmSubject,
    cameras: readonly string[],
    span?: ClipSpan,
  ): Promise<readonly ClipOfAlarm[]> {
    return await this.#clips.of(alarm, cameras, span);
  }

  /** Keeps what the camera sees now, with the refusal's alarm. */
  async ofRefusal({ reason, vestibule, accessPoint, passage }: Denied): Promise<void> {
    const alarm = alarmOf[reason];
    const camera = this.#cameraOf({ vestibule, accessPoint });
    if (alarm === undefined || camera === undefined) return;
    const picture = await this.#vision.snapshot(camera);
    const place = { vestibule, accessPoint };
    const evidence = picture === undefined ? undefined : await this.#put(picture, { ...place, passage });
    if (evidence === undefined) return;
    const about = { alarm, id: alarmIdOf(alarm, place), evidence };
    const entry = this.#chronicle.entry("EvidenceCaptured", { ...place, passage, ...about });
    this.#chronicle.addEvidence(entry, {
      type: "EvidenceAdded",
      at: this.#clock.now(),
      alarm,
      place,
      evidence,
    });
  }

  /** Once what is being written is written, or has failed, and is on record. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** One after the other: a disk that takes its time has one thread's time, and not those that passwords need. */
  async #put(jpeg: Uint8Array, about: JsonObject): Promise<string | undefined> {
    if (this.#waiting >= mostWaiting) return this.#notKept(about, "the disk has too many others to write");
    this.#waiting += 1;
    const written = this.#writing.then(() => this.#write(jpeg, about));
    this.#writing = written.catch(() => undefined); // the caller's to see to
    try {
      return await written;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #write(jpeg: Uint8Array, about: JsonObject): Promise<string | undefined> {
    try {
      return await this.#store.put(jpeg);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      return this.#notKept(about, error.message);
    }
  }

  #notKept(about: JsonObject, detail: string): undefined {
    this.#chronicle.note("EvidenceNotKept", { ...about, detail });
  }
}
