import { type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { CameraFault } from "../../ports/frame-source.ts";
import { type DecoderMessage, LineCutter, readDecoderLine } from "./decoder-messages.ts";
import type { Decoder, DecoderEnd } from "./decoder-process.ts";
import { type AssembledPicture, FrameAssembler } from "./frame-assembler.ts";
import { observeLag, type StreamLag } from "./stream-lag.ts";
import { afterDamage, afterPicture, fullTrust, type StreamTrust } from "./stream-trust.ts";

/** A picture with what the log said about it. */
export interface DecodedPicture extends AssembledPicture {
  readonly intact: boolean;
  readonly lag: Milliseconds;
}

export interface Failure {
  readonly fault: CameraFault;
  readonly what: string;
}

/** Pictures announced but not yet through the pipe: the log may run ahead, but not by seconds. */
const mostAnnounced = 64;
/** Pictures that came before the log spoke of them: less than one fits into the pipe. */
const mostUnannounced = 8;

/** What is known of one run of the decoder: joins the pipe of pictures with the log about them. */
export class DecodingAttempt {
  readonly startedAt: Instant;
  decoder: Decoder | undefined;
  end: DecoderEnd | undefined;
  /** The last picture fit to be shown. */
  freshAt: Instant | undefined;
  firstFreshAt: Instant | undefined;

  readonly #assembler: FrameAssembler;
  readonly #lines = new LineCutter();
  readonly #pictures: AssembledPicture[] = [];
  readonly #announced: { readonly streamTime: Milliseconds | undefined; readonly intact: boolean }[] = [];
  #trust: StreamTrust = fullTrust;
  #distrustedSince: Instant | undefined;
  #lag: StreamLag | undefined;
  #connected = false;
  #described = false;
  #damagedSinceFresh = false;
  #failure: Failure | undefined;

  constructor(startedAt: Instant, maxWidth: number, maxHeight: number) {
    this.startedAt = startedAt;
    this.#assembler = new FrameAssembler(maxWidth, maxHeight);
  }

  /** Whether the camera talked to us, but no picture came: other probing may help. */
  get cameBeforePictures(): boolean {
    return this.#described && this.firstFreshAt === undefined;
  }

  readLog(chunk: Buffer, now: Instant): void {
    for (const line of this.#lines.push(chunk)) {
      const message = readDecoderLine(line);
      if (message !== undefined) this.#note(message, now);
    }
  }

  readPictures(chunk: Buffer): void {
    const { pictures, garbage } = this.#assembler.push(chunk);
    this.#pictures.push(...pictures);
    if (garbage !== undefined) this.#failure ??= { fault: "decoderFailed", what: `FFmpeg wrote ${garbage}` };
  }

  /** Pictures complete by now. `now` is their arrival. */
  takeDecoded(now: Instant): DecodedPicture[] {
    const decoded: DecodedPicture[] = [];
    while (this.#pictures.length > 0 && this.#announced.length > 0) {
      const picture = this.#pictures.shift();
      const announced = this.#announced.shift();
      if (picture === undefined || announced === undefined) break;
      if (announced.streamTime !== undefined) this.#lag = observeLag(this.#lag, now, announced.streamTime);
      decoded.push({ ...picture, intact: announced.intact, lag: this.#lag?.lag ?? 0 });
    }
    return decoded;
  }

  showedFresh(now: Instant): void {
    this.firstFreshAt ??= now;
    this.freshAt = now;
    this.#damagedSinceFresh = false;
  }

  /** Something the decoder said or did that ends this attempt before its process ends. */
  unbearable(now: Instant, damageLimit: Milliseconds): Failure | undefined {
    if (this.#failure?.fault === "decoderFailed") return this.#failure;
    if (this.#announced.length > mostAnnounced || this.#pictures.length > mostUnannounced) {
      return { fault: "decoderFailed", what: "FFmpeg's pictures and log do not match" };
    }
    if (this.#distrustedSince !== undefined && since(this.#distrustedSince, now) > damageLimit) {
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
    if (this.#failure !== undefined && this.freshAt === undefined) return this.#failure;
    if (this.#damagedSinceFresh) return { fault: "undecodable", what: "only damaged video arrives" };
    if (this.#lag !== undefined && this.#lag.lag > waited / 2) {
      const late = (this.#lag.lag / 1000).toFixed(1);
      return {
        fault: "stalled",
        what: `pictures arrive ${late} s late: too much for this machine or network`,
      };
    }
    if (this.freshAt !== undefined) return this.#explainEndOfLife(seconds);
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
      case "decoded":
        this.#trust = afterPicture(this.#trust, message.isKey);
        if (this.#trust.intact) this.#distrustedSince = undefined;
        return;
      case "taken":
        this.#announced.push({ streamTime: message.streamTime, intact: this.#trust.intact });
        return;
      case "damaged":
        this.#trust = afterDamage;
        this.#damagedSinceFresh = true;
        this.#distrustedSince ??= now;
        return;
      case "failed":
        this.#failure ??= { fault: message.fault, what: message.what };
        return;
    }
  }
}
