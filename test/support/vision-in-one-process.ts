import { setImmediate as immediate } from "node:timers/promises";
import type { LivenessAssessment } from "../../src/domain/biometric/liveness/track.ts";
import {
  defaultVerificationPolicy,
  type VerificationPolicy,
} from "../../src/domain/biometric/verification-policy.ts";
import { after, type Instant, type Milliseconds } from "../../src/domain/time.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type {
  DescribedFace,
  DetectedFace,
  Effort,
  FaceEngine,
  FaceModel,
  Picture,
  Point,
} from "../../src/ports/face-engine.ts";
import type { Frame } from "../../src/ports/frame-source.ts";
import { type PictureCodec, PictureError } from "../../src/ports/picture-codec.ts";
import type { ProcessLink } from "../../src/ports/process-link.ts";
import type {
  FaceVerdict,
  PhotoOutcome,
  PictureLook,
  VisionCommand,
  VisionMessage,
} from "../../src/ports/vision-link.ts";
import { ProcessHub } from "../../src/simulation/process-hub.ts";
import { SimulatedFrameSource } from "../../src/simulation/simulated-frame-source.ts";
import { VirtualClock } from "../../src/simulation/virtual-clock.ts";
import { lookAt } from "../../src/vision/liveness/look.ts";
import type { MeasuredFrame } from "../../src/vision/liveness/measure.ts";
import type { LivenessSense } from "../../src/vision/liveness-sense.ts";
import { VisionProcess } from "../../src/vision/vision-process.ts";
import { drawnFace } from "./drawn-face.ts";
import { posedLandmarks } from "./posed-landmarks.ts";
import { seededRandom } from "./seeded-random.ts";

export const annasFace = Float32Array.of(1, 0, 0, 0);
export const strangersFace = Float32Array.of(0, 1, 0, 0);
export const goodQuality = { eyeDistance: 60, sharpness: 50, brightness: 120, contrast: 40, yaw: 0, roll: 0 };

/** A face so many pixels high. */
export const faceOf = (height: number): DetectedFace => ({
  box: { x: 10, y: 10, width: height * 0.8, height },
  confidence: 0.9,
});

/** A face engine that sees what a test says, and takes as long as it says. */
export class ScriptedFaceEngine implements FaceEngine {
  readonly model = { id: "test/model", hash: "0a0b", dimensions: 4 };
  readonly backend = "scripted";
  /** A second recogniser, and what it makes of the face. */
  second: FaceModel | undefined;
  secondDescriptor = annasFace;
  /** Pictures looked at, in order: each frame's arrival, or undefined for a photo. */
  readonly looked: (Instant | undefined)[] = [];
  described = 0;
  faces: readonly DetectedFace[] = [faceOf(50)];
  descriptor = annasFace;
  quality = goodQuality;
  landmarks: readonly Point[] = posedLandmarks();
  takes: Milliseconds = 0;
  /** Every descriptor handed out. */
  readonly given: Float32Array[] = [];
  failure: Error | undefined;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async detect(picture: Picture | Frame, _effort: Effort): Promise<readonly DetectedFace[]> {
    this.looked.push("at" in picture ? picture.at : undefined);
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.takes === 0) resolve();
    else this.#clock.wakeAt(after(this.#clock.now(), this.takes), resolve);
    await promise;
    if (this.failure !== undefined) throw this.failure;
    return this.faces;
  }

  async describe(_picture: Picture, face: DetectedFace): Promise<DescribedFace | undefined> {
    this.described += 1;
    const descriptor = this.descriptor.slice();
    this.given.push(descriptor);
    const { landmarks, quality } = this;
    const described = { ...face, landmarks, quality, descriptor, chip: noChip };
    if (this.second === undefined) return described;
    const values = this.secondDescriptor.slice();
    this.given.push(values);
    return { ...described, second: { model: this.second.id, values } };
  }

  timings() {
    return { detect: 1, landmarks: 1, embed: 1 };
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

const pictureSize = { width: 160, height: 90 } as const;
const noChip = { size: 0, pixels: new Float32Array(0) };

/** `small` and `huge` say what an upload is; everything else is no picture. */
const codec: PictureCodec = {
  async decode(bytes) {
    const text = new TextDecoder().decode(bytes);
    if (text === "huge") throw new PictureError("tooLarge", "100 million pixels");
    if (text !== "photo") throw new PictureError("wrongType", "no picture at all");
    return drawnFace();
  },
  encodeJpeg: async ({ width, height }) => Uint8Array.of(0xff, 0xd8, width, height),
};

/** Sees nothing in the pixels, and says what a test says. */
export class ScriptedSense implements LivenessSense {
  assessment: LivenessAssessment = { verdict: "uncertain", score: 0, cues: [] };

  measure(frame: Picture, face: DescribedFace): MeasuredFrame {
    return { pixels: { eyeOpenness: 1 }, look: lookAt(frame, face) };
  }

  assess(): LivenessAssessment {
    return this.assessment;
  }
}

/** The real vision process over scripted nets and simulated cameras, in virtual time. */
export class VisionInOneProcess {
  readonly clock = new VirtualClock();
  readonly engine = new ScriptedFaceEngine(this.clock);
  readonly sense = new ScriptedSense();
  readonly told: VisionMessage[] = [];
  stuck = 0;
  readonly street: SimulatedFrameSource;
  readonly inside: SimulatedFrameSource;
  readonly #hub = new ProcessHub();
  readonly #process: VisionProcess;
  #controller: ProcessLink;
  #passages = 0;

  constructor(
    changes: { readonly framesPerSecond?: number; readonly policy?: Partial<VerificationPolicy> } = {},
  ) {
    const { framesPerSecond = 5, policy = {} } = changes;
    const camera = { ...pictureSize, framesPerSecond, scene: { kind: "empty" } } as const;
    this.street = new SimulatedFrameSource({ ...camera, cameraId: "street", seed: 1 }, this.clock);
    this.inside = new SimulatedFrameSource({ ...camera, cameraId: "inside", seed: 2 }, this.clock);
    this.#controller = this.#startController();
    this.#process = new VisionProcess({
      cameras: [this.street, this.inside],
      engine: this.engine,
      codec,
      policy: { ...defaultVerificationPolicy, threshold: 0.058, ...policy },
      clock: this.clock,
      link: this.#hub.start("vision"),
      loadedIn: 0,
      random: seededRandom(5),
      sense: this.sense,
      onStuck: () => void (this.stuck += 1),
    });
    this.#process.start();
  }

  send(command: VisionCommand): void {
    this.#controller.send("vision", command);
  }

  /** Somebody steps before the street's camera: much of its picture changes. */
  someoneComes(): void {
    const { width, height } = pictureSize;
    const rgb = new Uint8Array(width * height * 3).fill(60);
    for (let y = 10; y < 70; y++) rgb.fill(y % 8 < 4 ? 220 : 140, (y * width + 50) * 3, (y * width + 90) * 3);
    this.street.show({ kind: "picture", picture: { width, height, rgb } });
  }

  /** Answers with the passage's name. */
  verify(changes: Partial<Extract<VisionCommand, { readonly type: "verify" }>> = {}): string {
    const passage = `p${++this.#passages}`;
    this.send({
      type: "verify",
      passage,
      where: { vestibule: "v1", accessPoint: "outer-entry" },
      camera: "street",
      presentedAt: this.clock.now(),
      model: this.engine.model.id,
      templates: [annasFace],
      liveness: "off",
      ...changes,
    });
    return passage;
  }

  verdict(passage: string): FaceVerdict | undefined {
    const said = this.told.find((message) => message.type === "verdict" && message.passage === passage);
    return said?.type === "verdict" ? said.verdict : undefined;
  }

  async photo(text: string): Promise<PhotoOutcome | undefined> {
    this.send({ type: "describePhoto", request: text, image: new TextEncoder().encode(text) });
    await this.passes(100);
    const said = this.told.findLast((message) => message.type === "photoDescribed");
    return said?.type === "photoDescribed" ? said.outcome : undefined;
  }

  async look(text: string, wait: Milliseconds = 100): Promise<PictureLook | undefined> {
    this.send({ type: "lookAtPicture", request: text, image: new TextEncoder().encode(text) });
    await this.passes(wait);
    const said = this.told.findLast((message) => message.type === "pictureLookedAt");
    return said?.type === "pictureLookedAt" ? said.outcome : undefined;
  }

  restartController(): void {
    this.#hub.stop("controller");
    this.told.length = 0;
    this.#controller = this.#startController();
    this.send({ type: "report" });
  }

  /** In small steps: what is awaited goes on in between. */
  async passes(length: Milliseconds): Promise<void> {
    for (let left = length; left > 0; left -= 20) {
      this.clock.advance(Math.min(20, left));
      await immediate();
    }
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }

  #startController(): ProcessLink {
    const link = this.#hub.start("controller");
    link.onMessage((_, message) => this.told.push(message as VisionMessage)); // only vision speaks to it
    return link;
  }
}
