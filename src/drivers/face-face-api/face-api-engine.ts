import type {
  Box,
  DescribedFace,
  DetectedFace,
  Effort,
  FaceEngine,
  FaceModel,
  FaceTimings,
  Picture,
  Point,
} from "../../ports/face-engine.ts";
import { cutChip, mirrored, squareAround } from "./chip.ts";
import { chipToPicture } from "./mean-face.ts";
import { packagedModels, readManifest, shippedManifest, verifyModels } from "./model-manifest.ts";
import { loadNets, type Nets } from "./nets.ts";
import { measureQuality } from "./quality.ts";
import { apply, type Similarity } from "./similarity.ts";
import { type BackendChoice, loadRuntime } from "./tensorflow.ts";

export interface FaceApiOptions {
  /** Default `auto`: tfjs-node where it loads, WASM otherwise. */
  readonly backend?: BackendChoice;
  /** The models' manifest; default the one that is shipped. */
  readonly manifest?: string;
  /** The folder with the weights; default the npm package's. */
  readonly models?: string;
}

/** Verifies the weights against the manifest, starts the backend, loads the nets. */
export async function createFaceApiEngine(options: FaceApiOptions = {}): Promise<FaceEngine> {
  const manifest = await readManifest(options.manifest ?? shippedManifest);
  const models = await verifyModels(manifest, options.models ?? packagedModels());
  const runtime = await loadRuntime(options.backend ?? "auto");
  const { id, dimensions } = manifest.descriptor;
  return new FaceApiEngine({ id, hash: models.hash, dimensions }, runtime.backend, loadNets(runtime, models));
}

/** The recognition net's input. */
const chipSize = 150;
/** Room around the face on the chip for the second landmark pass, and on the one that is described. */
const roomToSearch = 0.35;
const roomToDescribe = 0.25;
const landmarkInput = 112;

const mostFaces = 16;
const smallestSide = 16;
const mostPixels = 50_000_000;

/** The SSD's doubtful faces, half of them hair and shadows, count only where it is sure of none. */
const thoroughConfidence = { sure: 0.5, doubtful: 0.3 } as const;
const quickConfidence = 0.5;
/** Live frames: people stand near, so a small input finds most of them in the first step. */
const quickSizes = [224, 128, 416] as const;
/** After the SSD found nothing: the face may fill the picture (128) or be small in it (416). */
const closeUpSizes = [128, 160, 224, 320, 416] as const;

class FaceApiEngine implements FaceEngine {
  readonly model: FaceModel;
  readonly backend: string;
  readonly #nets: Nets;
  #timings: FaceTimings = { detect: 0, landmarks: 0, embed: 0 };

  constructor(model: FaceModel, backend: string, nets: Nets) {
    this.model = model;
    this.backend = backend;
    this.#nets = nets;
  }

  async detect(picture: Picture, effort: Effort): Promise<readonly DetectedFace[]> {
    checkPicture(picture);
    const start = performance.now();
    const faces =
      Math.min(picture.width, picture.height) < smallestSide
        ? []
        : effort === "quick"
          ? await this.#findQuickly(picture)
          : await this.#findThoroughly(picture);
    this.#timings = { ...this.#timings, detect: performance.now() - start };
    return faces.toSorted((one, other) => areaOf(other.box) - areaOf(one.box)).slice(0, mostFaces);
  }

  async describe(picture: Picture, face: DetectedFace): Promise<DescribedFace | undefined> {
    checkPicture(picture);
    const start = performance.now();
    const rough = await this.#landmarksIn(picture, squareAround(face.box, landmarkInput), landmarkInput);
    const upright = chipToPicture(rough, chipSize, roomToSearch);
    if (upright === undefined) return undefined;
    const landmarks = await this.#landmarksIn(picture, upright, chipSize);
    const toPicture = chipToPicture(landmarks, chipSize, roomToDescribe);
    const searched = performance.now();
    if (toPicture === undefined) return undefined;
    const chip = cutChip(picture, toPicture, chipSize);
    const descriptor = fuse(await this.#nets.describe([chip, mirrored(chip)]));
    this.#timings = { ...this.#timings, landmarks: searched - start, embed: performance.now() - searched };
    if (descriptor === undefined) return undefined;
    return { ...face, landmarks, quality: measureQuality(landmarks, chip, toPicture), descriptor };
  }

  timings(): FaceTimings {
    return this.#timings;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#nets.dispose();
  }

  async #landmarksIn(picture: Picture, toPicture: Similarity, size: number): Promise<readonly Point[]> {
    const found = await this.#nets.landmarks(cutChip(picture, toPicture, size));
    return found.map((point) => apply(toPicture, point));
  }

  async #findQuickly(picture: Picture): Promise<readonly DetectedFace[]> {
    for (const size of quickSizes) {
      const faces = await this.#nets.findQuickly(picture, size, quickConfidence);
      if (faces.length > 0) return faces;
    }
    return this.#findWithSsd(picture);
  }

  async #findThoroughly(picture: Picture): Promise<readonly DetectedFace[]> {
    const faces = await this.#findWithSsd(picture);
    if (faces.length > 0) return faces;
    for (const size of closeUpSizes) {
      const close = await this.#nets.findQuickly(picture, size, quickConfidence);
      if (close.length > 0) return close;
    }
    return [];
  }

  async #findWithSsd(picture: Picture): Promise<readonly DetectedFace[]> {
    const faces = await this.#nets.findThoroughly(picture, thoroughConfidence.doubtful);
    const sure = faces.filter((face) => face.confidence >= thoroughConfidence.sure);
    return sure.length > 0 ? sure : faces;
  }
}

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
