import { type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { CameraFault } from "../../ports/frame-source.ts";
import type { ProcessEnd, RunningProcess } from "./confined-process.ts";
import { type DecoderMessage, LineCutter, readDecoderLine } from "./decoder-messages.ts";
import type { ArrivedUnit } from "./group-of-pictures.ts";
import { observeLag, type StreamLag } from "./stream-lag.ts";
import { afterDamage, afterPicture, fullTrust, isTrusted, type StreamTrust } from "./stream-trust.ts";
import { type StreamDescription, StreamUnits } from "./stream-units.ts";
import { isEntrance, isLeading, matroskaName } from "./video-codec.ts";

export interface Failure {
  readonly fault: CameraFault;
  readonly what: string;
}

/** Where a camera leaves out the time of a unit: about what lies between two. */
const likelyInterval: Milliseconds = 40;

/** What is known of one connection to the camera: its units, what the log says about them, and why it ended. */
export class Reception {
  readonly startedAt: Instant;
  receiver: RunningProcess | undefined;
  end: ProcessEnd | undefined;
  /** The last unit fit to be shown. */
  freshAt: Instant | undefined;
  /** The last picture fit to be shown, and the first one. */
  shownAt: Instant | undefined;
  firstShownAt: Instant | undefined;

  readonly #units = new StreamUnits();
  readonly #lines = new LineCutter();
  #trust: StreamTrust = fullTrust;
  #lag: StreamLag | undefined;
  #count = 0;
  #group = 0;
  #hasLeading = false;
  #streamTime: Milliseconds | undefined;
  #connected = false;
  #described = false;
  #damagedSinceShown = false;
  #latest: Milliseconds = 0;
  #failure: Failure | undefined;
  #unusable: Failure | undefined;

  constructor(startedAt: Instant) {
    this.startedAt = startedAt;
  }

  /** Whether the camera talked to us, but no picture came: other probing may help. */
  get cameBeforePictures(): boolean {
    return this.#described && this.firstShownAt === undefined;
  }

  get description(): StreamDescription | undefined {
    return this.#units.description;
  }

  readLog(chunk: Buffer, now: Instant): void {
    for (const line of this.#lines.push(chunk)) {
      const message = readDecoderLine(line);
      if (message !== undefined) this.#note(message, now);
    }
  }

  readUnits(chunk: Buffer): void {
    this.#units.pushBytes(chunk);
  }

  readIndex(chunk: Buffer): void {
    this.#units.pushIndex(chunk);
    const codec = this.#units.description?.codec;
    if (codec === undefined || matroskaName(codec) !== undefined) return;
    this.#unusable = {
      fault: "undecodable",
      what: "this kind of video cannot be used: set the camera to H.264",
    };
  }

  /** Units complete by now, their arrival. */
  takeUnits(now: Instant, maxLag: Milliseconds): ArrivedUnit[] {
    const codec = this.description?.codec;
    if (codec === undefined) return [];
    return this.#units.take().map((unit) => {
      const streamTime = unit.streamTime ?? (this.#streamTime ?? 0) + likelyInterval;
      this.#streamTime = streamTime;
      this.#lag = observeLag(this.#lag, now, streamTime);
      if (unit.isKey) this.#group += 1;
      this.#hasLeading ||= isLeading(codec, unit);
      if (this.#lag.lag <= maxLag) this.freshAt = now;
      const place = {
        number: this.#count++,
        group: this.#group,
        isEntrance: isEntrance(codec, unit, this.#hasLeading),
      };
      return { ...unit, ...place, at: now, streamTime, lag: this.#lag.lag };
    });
  }

  /** The decoder, or the log of the connection, reported damage: nothing of what has come is believed. */
  damaged(now: Instant): void {
    this.#trust = afterDamage(this.#trust, this.#group, now);
    this.#damagedSinceShown = true;
  }

  /** A picture was decoded of `unit`; answers whether it is to be trusted. */
  decoded({ group }: ArrivedUnit, lag: Milliseconds): boolean {
    this.#trust = afterPicture(this.#trust, group);
    this.#latest = lag;
    return isTrusted(this.#trust, group);
  }

  showed(now: Instant): void {
    this.firstShownAt ??= now;
    this.shownAt = now;
    this.#damagedSinceShown = false;
  }

  /** Something seen that ends this connection before its process ends. */
  unbearable(now: Instant, damageLimit: Milliseconds): Failure | undefined {
    const { garbage } = this.#units;
    if (garbage !== undefined) return { fault: "decoderFailed", what: `FFmpeg wrote ${garbage}` };
    if (this.#unusable !== undefined) return this.#unusable;
    if (this.#failure?.fault === "decoderFailed") return this.#failure;
    if (this.#trust.since !== undefined && since(this.#trust.since, now) > damageLimit) {
      return { fault: "undecodable", what: "the video stays damaged" };
    }
    return undefined;
  }

  /** The best explanation of why there are no pictures; `waited` since the last one or the start. */
  explain(waited: Milliseconds): Failure {
    if (this.end?.problem !== undefined) {
      return { fault: "decoderFailed", what: `FFmpeg could not be started (${this.end.problem})` };
    }
    const seconds = (waited / 1000).toFixed(1);
    if (this.#failure !== undefined && this.shownAt === undefined) return this.#failure;
    if (this.#damagedSinceShown) return { fault: "undecodable", what: "only damaged video arrives" };
    const lag = Math.max(this.#lag?.lag ?? 0, this.#latest);
    if (lag > waited / 2) {
      const late = (lag / 1000).toFixed(1);
      return {
        fault: "stalled",
        what: `pictures arrive ${late} s late: too much for this machine or network`,
      };
    }
    if (this.shownAt !== undefined) return this.#explainEndOfLife(seconds);
    if (this.#described) return this.#explainNoPicture(seconds);
    if (!this.#connected)
      return { fault: "unreachable", what: `nobody answers at this address within ${seconds} s` };
    // FFmpeg gives up on nonsense at once, on a silent peer after its socket time-out, if we let it.
    if (this.end === undefined || waited >= 3_000) {
      return { fault: "stalled", what: `connected, but no answer that makes sense within ${seconds} s` };
    }
    return { fault: "undecodable", what: "what answers at this address is no RTSP camera" };
  }

  #explainEndOfLife(seconds: string): Failure {
    if (this.end === undefined) return { fault: "stalled", what: `no picture for ${seconds} s` };
    const { code, signal } = this.end;
    if (code === 0 || code === 1) return { fault: "stalled", what: "the camera ended the connection" };
    return { fault: "decoderFailed", what: `FFmpeg died (${signal ?? `exit ${code}`})` };
  }

  #explainNoPicture(seconds: string): Failure {
    if (this.end === undefined)
      return { fault: "stalled", what: `connected, but no picture within ${seconds} s` };
    if (this.end.signal !== null) return { fault: "decoderFailed", what: `FFmpeg died (${this.end.signal})` };
    return { fault: "undecodable", what: "the stream ended without one picture that can be decoded" };
  }

  #note(message: DecoderMessage, now: Instant): void {
    switch (message.kind) {
      case "connected":
        this.#connected = true;
        return;
      case "described":
        this.#described = true;
        return;
      case "taken":
        return; // only decoders say so
      case "damaged":
        this.damaged(now);
        return;
      case "failed":
        this.#failure ??= { fault: message.fault, what: message.what };
        return;
    }
  }
}
