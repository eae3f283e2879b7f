import type {
  Box,
  DescribedFace,
  DetectedFace,
  Effort,
  FaceEngine,
  FaceModel,
  FaceTimings,
  PassedOver,
  Picture,
  Point,
} from "../../../ports/face-engine.ts";
import { type Chip, cutAround, cutChip, mirrored, squareAround } from "./chip.ts";
import { chipToPicture, meanPoints, mirroredLandmarks } from "./mean-face.ts";
import type { Nets } from "./nets.ts";
import { measureQuality } from "./quality.ts";
import { apply, type Similarity } from "./similarity.ts";
import { united } from "./united-faces.ts";

/** The recognition net's input. */
const chipSize = 150;
/** Room around the face on the chip for the second landmark pass, and on the one quality is measured on. */
const roomToSearch = 0.35;
const roomToMeasure = 0.25;
/** On the chips that are described: two cuts and their mirror images, whose errors differ, are averaged. */
const roomsToDescribe = [0.15, 0.3] as const;
const landmarkInput = 112;

const mostFaces = 16;
const smallestSide = 16;
const mostPixels = 50_000_000;

/** The SSD's doubtful faces, half of them hair and shadows, count only where it is sure of none. */
const thoroughConfidence = { sure: 0.5, doubtful: 0.3 } as const;
const quickConfidence = 0.5;
/**
 * Live frames: people stand near, so a small input finds most of them in the first step. Then for faces that fill the
 * picture or are small in it; 160 is for those cut so tight that the others see no head.
 */
const quickSizes = [224, 128, 416, 160, 512] as const;
/** Frames with probably nobody in them: whoever stays is found in one of the next. */
const glanceSizes = [224, 128, 416] as const;
/** How much around a face's last place is searched, in its widths, and at which input size. */
const surroundings = 2.5;
const nearSize = 160;
/** Where the SSD is sure of nothing: the face may fill the picture (96) or be small in it (416). */
const closeUpSizes = [128, 160, 224, 320, 416, 96] as const;
/** For faces beside those the SSD is sure of. */
const unseenSize = 416;
const unseenConfidence = 0.7;

/** Finds and describes faces the same way whatever computes the nets: crop, passes and mirror are here. */
export class RecipeEngine implements FaceEngine {
  readonly model: FaceModel;
  readonly backend: string;
  readonly passedOver: readonly PassedOver[];
  readonly #nets: Nets;
  #timings: FaceTimings = { detect: 0, landmarks: 0, embed: 0 };

  private constructor(model: FaceModel, backend: string, nets: Nets, passedOver: readonly PassedOver[]) {
    this.model = model;
    this.backend = backend;
    this.passedOver = passedOver;
    this.#nets = nets;
  }

  static async start(
    model: FaceModel,
    backend: string,
    nets: Nets,
    passedOver: readonly PassedOver[] = [],
  ): Promise<RecipeEngine> {
    await warmUp(nets);
    return new RecipeEngine(model, backend, nets, passedOver);
  }

  async detect(picture: Picture, effort: Effort, near?: Box): Promise<readonly DetectedFace[]> {
    checkPicture(picture);
    const start = performance.now();
    const faces =
      Math.min(picture.width, picture.height) < smallestSide ? [] : await this.#find(picture, effort, near);
    this.#timings = { ...this.#timings, detect: performance.now() - start };
    return faces.toSorted((one, other) => areaOf(other.box) - areaOf(one.box)).slice(0, mostFaces);
  }

  async describe(picture: Picture, face: DetectedFace): Promise<DescribedFace | undefined> {
    checkPicture(picture);
    // The other way round a box of NaN would pass.
    if (!(face.box.width > 0 && face.box.height > 0)) return undefined;
    const start = performance.now();
    const rough = await this.#firstLandmarks(picture, face.box);
    const upright = rough && chipToPicture(rough, chipSize, roomToSearch);
    if (upright === undefined) return undefined;
    const landmarks = await this.#finalLandmarks(picture, upright);
    const toPicture = chipToPicture(landmarks, chipSize, roomToMeasure);
    const searched = performance.now();
    if (toPicture === undefined) return undefined;
    const chips = roomsToDescribe.flatMap((room) =>
      bothWays(picture, chipToPicture(landmarks, chipSize, room)),
    );
    const descriptor = fuse(await this.#nets.describe(chips));
    this.#timings = { ...this.#timings, landmarks: searched - start, embed: performance.now() - searched };
    if (descriptor === undefined) return undefined;
    const chip = cutChip(picture, toPicture, chipSize);
    return { ...face, landmarks, quality: measureQuality(landmarks, chip, toPicture), descriptor, chip };
  }

  timings(): FaceTimings {
    return this.#timings;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#nets.dispose();
  }

  async #firstLandmarks(picture: Picture, box: Box): Promise<readonly Point[] | undefined> {
    const toPicture = squareAround(box, landmarkInput);
    const [found] = await this.#nets.landmarks([cutChip(picture, toPicture, landmarkInput)]);
    return found?.map((point) => apply(toPicture, point));
  }

  /** On the upright chip and on its mirror image: the net's errors differ from side to side, and half cancel out. */
  async #finalLandmarks(picture: Picture, upright: Similarity): Promise<readonly Point[]> {
    const chip = cutChip(picture, upright, chipSize);
    const [seen = [], inMirror = []] = await this.#nets.landmarks([chip, mirrored(chip)]);
    return meanPoints(seen, mirroredLandmarks(inMirror, chipSize)).map((point) => apply(upright, point));
  }

  async #find(picture: Picture, effort: Effort, near: Box | undefined): Promise<readonly DetectedFace[]> {
    const faces = near === undefined ? [] : await this.#findNear(picture, near);
    if (faces.length > 0) return faces;
    if (effort === "thorough") return await this.#findThoroughly(picture);
    if (effort === "glance") return await this.#findBySize(picture, glanceSizes);
    const quickly = await this.#findBySize(picture, quickSizes);
    if (quickly.length > 0) return quickly;
    const found = await this.#nets.findThoroughly(picture, thoroughConfidence.doubtful);
    const sure = found.filter(isSure);
    return sure.length > 0 ? sure : found;
  }

  async #findNear(picture: Picture, near: Box): Promise<readonly DetectedFace[]> {
    const { part, left, top } = cutAround(picture, near, surroundings);
    // The other way round a box of NaN would pass.
    if (!(Math.min(part.width, part.height) >= smallestSide)) return [];
    const faces = await this.#nets.findQuickly(part, nearSize, quickConfidence);
    return faces.map(({ box, confidence }) => ({
      confidence,
      box: { ...box, x: box.x + left, y: box.y + top },
    }));
  }

  async #findBySize(picture: Picture, sizes: readonly number[]): Promise<readonly DetectedFace[]> {
    for (const size of sizes) {
      const faces = await this.#nets.findQuickly(picture, size, quickConfidence);
      if (faces.length > 0) return faces;
    }
    return [];
  }

  async #findThoroughly(picture: Picture): Promise<readonly DetectedFace[]> {
    const faces = await this.#nets.findThoroughly(picture, thoroughConfidence.doubtful);
    const sure = faces.filter(isSure);
    if (sure.length > 0) return await this.#withUnseen(picture, sure);
    const close = await this.#findBySize(picture, closeUpSizes);
    return close.length > 0 ? close : faces;
  }

  /** The SSD misses some faces in grey, and may see the passer-by's alone: what the other one is sure of is added. */
  async #withUnseen(picture: Picture, faces: readonly DetectedFace[]): Promise<readonly DetectedFace[]> {
    return united(faces, await this.#nets.findQuickly(picture, unseenSize, unseenConfidence));
  }
}

/** A face upright and in a mirror; none where no similarity fits. */
function bothWays(picture: Picture, toPicture: Similarity | undefined): readonly Chip[] {
  if (toPicture === undefined) return [];
  const chip = cutChip(picture, toPicture, chipSize);
  return [chip, mirrored(chip)];
}

const isSure = (face: DetectedFace): boolean => face.confidence >= thoroughConfidence.sure;

const areaOf = (box: Box): number => box.width * box.height;

function checkPicture({ width, height, rgb }: Picture): void {
  if (width * height > mostPixels) throw new RangeError(`picture of ${width}×${height}: over 50 megapixels`);
  if (rgb.length !== width * height * 3) {
    throw new RangeError(
      `picture of ${width}×${height} with ${rgb.length} bytes instead of ${width * height * 3}`,
    );
  }
}

/** The mean direction of the descriptors, of unit length; undefined where they cancel out or hold no number. */
function fuse(descriptors: readonly Float32Array[]): Float32Array | undefined {
  const sum = new Float32Array(descriptors[0]?.length ?? 0);
  for (const descriptor of descriptors) {
    for (const [index, value] of descriptor.entries()) sum[index] = (sum[index] ?? 0) + value;
  }
  const length = Math.hypot(...sum);
  return length > 0 && Number.isFinite(length) ? sum.map((value) => value / length) : undefined;
}

/** The first pass through a net compiles it, 0.2 s in all: better now than with somebody before the door. */
async function warmUp(nets: Nets): Promise<void> {
  const empty: Chip = { size: chipSize, pixels: new Float32Array(chipSize * chipSize * 3) };
  await nets.findQuickly(
    { width: 64, height: 64, rgb: new Uint8Array(64 * 64 * 3) },
    quickSizes[0],
    quickConfidence,
  );
  await nets.landmarks([empty, empty]);
  await nets.describe([empty, empty, empty, empty]);
}
