import type { SiteConfiguration } from "../config/site-schema.ts";
import { ModelError } from "../drivers/face-nets/model-manifest.ts";
import { openFaceEngine } from "../drivers/face-nets/open-face-engine.ts";
import { requireAccepted } from "../drivers/face-nets/recogniser/accepted-licences.ts";
import { Recogniser } from "../drivers/face-nets/recogniser/recogniser.ts";
import {
  cosineThreshold,
  readRecogniserManifest,
} from "../drivers/face-nets/recogniser/recogniser-manifest.ts";
import { RecognisingEngine } from "../drivers/face-nets/recogniser/recognising-engine.ts";
import type { FaceEngine, FaceModel, PassedOver } from "../ports/face-engine.ts";

/** Cosine distances at the site's false match rate. */
export interface RecogniserThresholds {
  /** One picture against one: also what two frames of one person have to keep to. */
  readonly single: number;
  readonly fused: number;
}

export interface SiteFaces {
  readonly engine: FaceEngine;
  /** Of the site's own recogniser; undefined where the shipped net describes. */
  readonly thresholds: RecogniserThresholds | undefined;
  /** Of the recogniser that votes; `shipped`: those of the shipped manifest. */
  readonly vote: RecogniserThresholds | "shipped" | undefined;
  /** Why the site's own recogniser is not in use although it was asked for. */
  readonly fallback: string | undefined;
}

type FaceSettings = SiteConfiguration["face"];

/**
 * The engine as the site asks for it: the shipped one, or with a recogniser of the site's own, or with two that vote.
 * Throws `ModelError` or `BackendError`. A vote that was asked for is never left out.
 */
export async function openSiteFaces(face: FaceSettings, dataDirectory: string): Promise<SiteFaces> {
  const shipped = await openFaceEngine({ backend: face.backend });
  await using opened = new AsyncDisposableStack();
  opened.use(shipped);
  const main = await openMain(face, shipped.model, dataDirectory);
  if (main.recogniser !== undefined) opened.use(main.recogniser);
  const second = await openSecond(face, shipped.model, dataDirectory);
  if (second !== undefined && second !== "own") opened.use(second);
  if ((main.recogniser?.model ?? shipped.model).id === secondModel(second, shipped)?.id)
    throw new ModelError("face.vote names the recogniser that describes already: a vote needs another one");
  const engine =
    main.recogniser === undefined && main.fallback === undefined && second === undefined
      ? shipped
      : new RecognisingEngine(shipped, { main: main.recogniser, second, passedOver: passedOver(face, main) });
  opened.move();
  return {
    engine,
    thresholds: main.recogniser && thresholdsOf(main.recogniser, face),
    vote: second === undefined ? undefined : second === "own" ? "shipped" : thresholdsOf(second, face),
    fallback: main.fallback,
  };
}

const secondModel = (second: Recogniser | "own" | undefined, shipped: FaceEngine): FaceModel | undefined =>
  second === "own" ? shipped.model : second?.model;

const passedOver = ({ recogniser = "" }: FaceSettings, { fallback }: Main): PassedOver | undefined =>
  fallback === undefined ? undefined : { backend: recogniser, reason: fallback };

interface Main {
  readonly recogniser: Recogniser | undefined;
  readonly fallback: string | undefined;
}

async function openMain(face: FaceSettings, landmarks: FaceModel, dataDirectory: string): Promise<Main> {
  const { recogniser: path, recogniserLicenceAccepted, recogniserFallback } = face;
  if (path === undefined) return { recogniser: undefined, fallback: undefined };
  try {
    const recogniser = await openAccepted(path, recogniserLicenceAccepted, landmarks, face, dataDirectory);
    return { recogniser, fallback: undefined };
  } catch (cause) {
    if (!(cause instanceof ModelError) || recogniserFallback !== "shipped") throw cause;
    return { recogniser: undefined, fallback: cause.message };
  }
}

async function openSecond(
  face: FaceSettings,
  landmarks: FaceModel,
  dataDirectory: string,
): Promise<Recogniser | "own" | undefined> {
  const { vote, voteLicenceAccepted } = face;
  if (vote === undefined) return undefined;
  if (vote === "shipped") return "own";
  return await openAccepted(vote, voteLicenceAccepted, landmarks, face, dataDirectory);
}

/** The licence before anything of the net is read, the thresholds before anybody is compared. */
async function openAccepted(
  path: string,
  accepted: string | undefined,
  landmarks: FaceModel,
  face: FaceSettings,
  dataDirectory: string,
): Promise<Recogniser> {
  requireAccepted(path, await readRecogniserManifest(path), accepted, dataDirectory);
  const recogniser = await Recogniser.open(path, landmarks);
  try {
    thresholdsOf(recogniser, face);
    return recogniser;
  } catch (cause) {
    await recogniser[Symbol.asyncDispose]();
    throw cause;
  }
}

function thresholdsOf({ manifest, model }: Recogniser, { fmr }: FaceSettings): RecogniserThresholds {
  const single = cosineThreshold(manifest, "single", fmr);
  const fused = cosineThreshold(manifest, "fused", fmr);
  const { calibratedOn = [] } = manifest.thresholds ?? {};
  const calibrated = calibratedOn.some(({ fingerprint }) => fingerprint === model.hash);
  if (single !== undefined && fused !== undefined && calibrated) return { single, fused };
  const why =
    calibratedOn.length > 0 && !calibrated ? "has changed since it was calibrated" : "has no threshold";
  throw new ModelError(
    `recogniser ${manifest.id} ${why} for a false match rate of ${fmr}: run vestibule face calibrate DIR --manifest FILE with enough people's pictures`,
  );
}
