import type { AlarmPlace, AlarmType } from "../../domain/alarm/alarm.ts";
import { alarmIdOf } from "../../domain/alarm/life-cycle.ts";
import { after, type Instant, latest, type Milliseconds, since } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { EvidenceStore } from "../../ports/evidence-store.ts";
import { StorageFault } from "../../ports/journal.ts";
import type { ClipReady } from "../../ports/vision-link.ts";
import type { Chronicle } from "../chronicle.ts";
import type { VisionClient } from "../vision-client.ts";

/** Which alarm a clip shows. */
export interface AlarmSubject {
  readonly alarm: AlarmType;
  readonly place: AlarmPlace;
}

/** Around the alarm. */
export interface ClipSpan {
  readonly before: Milliseconds;
  readonly after: Milliseconds;
}

export type ClipOfAlarm =
  | { readonly camera: string; readonly kept: true; readonly evidence: readonly string[] }
  | { readonly camera: string; readonly kept: false; readonly detail: string };

type Recorded =
  | { readonly kept: true; readonly evidence: string }
  | { readonly kept: false; readonly detail: string };

/** What is being recorded of a camera: everybody whose alarm falls into it has it together. */
interface Recording {
  readonly until: Instant;
  readonly subjects: AlarmSubject[];
  outcome: Promise<Recorded>;
  /** Once it is kept. */
  clip?: ClipReady;
}

export interface ClipParts {
  readonly store: Pick<EvidenceStore, "receive" | "has">;
  readonly vision: Pick<VisionClient, "keepClip" | "takeClip">;
  readonly chronicle: Pick<Chronicle, "entry" | "addEvidence" | "note">;
  readonly clock: Clock;
  readonly span: ClipSpan;
  /** Why none can be kept now. */
  readonly refusal: () => string | undefined;
}

/** Clips that one alarm may have of one camera; a contact that flaps for a day is seen often enough by then. */
const mostOfOneAlarm = 6;
const windowOfAlarm: Milliseconds = 3_600_000;

/** Clips around alarms: one at a time of each camera, which overlapping alarms share and go on with. */
export class EvidenceClips {
  readonly #parts: ClipParts;
  /** Of each camera, those that an alarm may still fall into. */
  readonly #recordings = new Map<string, Recording[]>();
  readonly #recent = new Map<string, readonly Instant[]>();

  constructor(parts: ClipParts) {
    this.#parts = parts;
  }

  /** Settles once each is kept with the alarm, or is not; never rejects. */
  async of(
    subject: AlarmSubject,
    cameras: readonly string[],
    span: ClipSpan = this.#parts.span,
  ): Promise<readonly ClipOfAlarm[]> {
    return await Promise.all(cameras.map((camera) => this.#ofCamera(subject, camera, span)));
  }

  async #ofCamera(subject: AlarmSubject, camera: string, span: ClipSpan): Promise<ClipOfAlarm> {
    const { clock, refusal } = this.#parts;
    const why = refusal() ?? this.#surfeit(subject, camera);
    if (why !== undefined) {
      this.#parts.chronicle.note("EvidenceNotKept", { camera, alarm: subject.alarm, detail: why });
      return { camera, kept: false, detail: why };
    }
    const [from, until] = [after(clock.now(), -span.before), after(clock.now(), span.after)];
    const shared = (this.#recordings.get(camera) ?? []).filter((one) => one.until > from);
    this.#recordings.set(camera, shared);
    for (const recording of shared) this.#join(recording, camera, subject);
    // What comes after those under way is the next one's, without a gap and without keeping anything twice.
    const begin = latest(from, ...shared.map((one) => one.until));
    const all = begin >= until ? shared : [...shared, this.#record(camera, subject, begin, until)];
    const outcomes = await Promise.all(all.map(({ outcome }) => outcome));
    const evidence = outcomes.flatMap((one) => (one.kept ? [one.evidence] : []));
    if (evidence.length > 0) return { camera, kept: true, evidence };
    const failed = outcomes.find((one) => !one.kept);
    return { camera, kept: false, detail: failed?.kept === false ? failed.detail : "nothing was recorded" };
  }

  #join(recording: Recording, camera: string, subject: AlarmSubject): void {
    if (recording.subjects.some((one) => isSame(one, subject))) return;
    recording.subjects.push(subject);
    if (recording.clip !== undefined) this.#attach(camera, recording.clip, subject);
  }

  #record(camera: string, subject: AlarmSubject, from: Instant, until: Instant): Recording {
    const recording: Recording = { until, subjects: [subject], outcome: pending };
    recording.outcome = this.#keep(camera, from, recording);
    this.#recordings.get(camera)?.push(recording);
    return recording;
  }

  async #keep(camera: string, from: Instant, recording: Recording): Promise<Recorded> {
    const { vision, chronicle } = this.#parts;
    const clip = await vision.keepClip(camera, from, recording.until);
    const detail = clip.kept ? await this.#receive(clip) : clip.detail;
    if (clip.kept && detail === undefined) {
      recording.clip = clip;
      for (const subject of recording.subjects) this.#attach(camera, clip, subject);
      return { kept: true, evidence: clip.hash };
    }
    const why = detail ?? "";
    for (const { alarm, place } of recording.subjects) {
      chronicle.note("EvidenceNotKept", {
        ...place,
        camera,
        alarm,
        id: alarmIdOf(alarm, place),
        detail: why,
      });
    }
    return { kept: false, detail: why };
  }

  /** Undefined once it is on the disk; else why it is not. */
  async #receive({ clip, hash, size }: ClipReady): Promise<string | undefined> {
    const { store, vision } = this.#parts;
    if (store.has(hash)) return undefined;
    try {
      await using receiver = store.receive({ hash, size, media: "video/mp4" });
      for (let offset = 0; offset < size; ) {
        const piece = await vision.takeClip(clip, offset);
        if (piece === undefined || piece.length === 0)
          return "the vision process ended before all of it was here";
        await receiver.add(piece);
        offset += piece.length;
      }
      await receiver.finish();
      return undefined;
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      return error.message;
    }
  }

  #attach(camera: string, { hash, from, until, size, cut }: ClipReady, { alarm, place }: AlarmSubject): void {
    const { chronicle, clock } = this.#parts;
    const wallOf = (at: Instant): string => new Date(clock.wall() - since(at, clock.now())).toISOString();
    const payload = {
      ...{ camera, evidence: hash, kind: "clip", alarm, id: alarmIdOf(alarm, place) },
      ...{ from: wallOf(from), until: wallOf(until), size, ...(cut === null ? {} : { cut }) },
    };
    const entry = chronicle.entry("EvidenceCaptured", { ...place, ...payload });
    chronicle.addEvidence(entry, { type: "EvidenceAdded", at: clock.now(), alarm, place, evidence: hash });
  }

  /** Whether this alarm has had enough of them lately; counts this one in. */
  #surfeit({ alarm, place }: AlarmSubject, camera: string): string | undefined {
    const now = this.#parts.clock.now();
    for (const [name, times] of this.#recent) {
      if (times.every((at) => since(at, now) >= windowOfAlarm)) this.#recent.delete(name);
    }
    const name = `${camera} ${alarmIdOf(alarm, place)}`;
    const recent = (this.#recent.get(name) ?? []).filter((at) => since(at, now) < windowOfAlarm);
    if (recent.length >= mostOfOneAlarm)
      return `${mostOfOneAlarm} clips of this alarm within the hour are enough`;
    this.#recent.set(name, [...recent, now]);
    return undefined;
  }
}

const pending: Promise<Recorded> = new Promise(() => undefined);

const isSame = (one: AlarmSubject, other: AlarmSubject): boolean =>
  alarmIdOf(one.alarm, one.place) === alarmIdOf(other.alarm, other.place);
