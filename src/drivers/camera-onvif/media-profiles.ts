import { z } from "zod";
import { DeviceFault } from "./device-fault.ts";
import { longestText, mostProfiles } from "./limits.ts";
import { plain } from "./soap-answer.ts";

/** One stream that a camera offers. */
export interface MediaProfile {
  readonly token: string;
  readonly name: string;
  /** As the camera calls it: `H264`, `H265`, `JPEG`. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** At most; 0 where it does not say. */
  readonly framesPerSecond: number;
  /** Kilobits a second; 0 where it does not say. */
  readonly bitRate: number;
  /** Pictures from one key picture to the next; undefined where it does not say. */
  readonly keyInterval: number | undefined;
  readonly hasPtz: boolean;
  /** Of the sensor behind it, for imaging settings. */
  readonly source: string | undefined;
}

/** The package turns texts that look like numbers into numbers. */
const text = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => plain(String(value), longestText));
const number = z.coerce.number().min(0).max(1e9).catch(0);

const profileSchema = z.object({
  $: z.object({ token: text }),
  name: text.catch(""),
  videoSourceConfiguration: z.object({ sourceToken: text }).optional().catch(undefined),
  videoEncoderConfiguration: z.object({
    encoding: text,
    resolution: z.object({ width: number, height: number }),
    rateControl: z.object({ frameRateLimit: number, bitrateLimit: number }).optional().catch(undefined),
    H264: z.object({ govLength: number }).optional().catch(undefined),
    $: z.object({ GovLength: number.optional() }).optional().catch(undefined),
  }),
  PTZConfiguration: z.unknown().optional(),
});

/** What the package makes of the answer, either generation's; profiles without video are left out. */
export function readProfiles(answer: unknown): readonly MediaProfile[] {
  if (!Array.isArray(answer)) throw new DeviceFault("hostile", "it offers no list of profiles");
  return answer.slice(0, mostProfiles).flatMap((raw) => {
    const read = profileSchema.safeParse(raw);
    return read.success && read.data.$.token !== "" ? [profileOf(read.data)] : [];
  });
}

function profileOf(raw: z.output<typeof profileSchema>): MediaProfile {
  const { encoding, resolution, rateControl, H264, $ } = raw.videoEncoderConfiguration;
  return {
    token: raw.$.token,
    name: raw.name === "" ? raw.$.token : raw.name,
    codec: encoding,
    width: resolution.width,
    height: resolution.height,
    framesPerSecond: rateControl?.frameRateLimit ?? 0,
    bitRate: rateControl?.bitrateLimit ?? 0,
    keyInterval: H264?.govLength ?? $?.GovLength,
    hasPtz: raw.PTZConfiguration !== undefined,
    source: raw.videoSourceConfiguration?.sourceToken,
  };
}

/** What a face needs, and what a small board can decode of several cameras. */
const smallest = { width: 640, height: 360 };
const largest = { width: 1280, height: 720 };

/**
 * The stream to verify faces by: H.264 from 640×360 to 1280×720 where there is one, of those the smallest; else the
 * nearest to it. Undefined only for a camera without any stream that can be decoded.
 */
export function recommendedProfile(profiles: readonly MediaProfile[]): MediaProfile | undefined {
  const usable = profiles.filter(({ codec, width, height }) => rankOf(codec) < 3 && width > 0 && height > 0);
  return usable.toSorted((one, other) => {
    const [a, b] = [penaltyOf(one), penaltyOf(other)];
    const first = a.findIndex((value, index) => value !== b[index]);
    return first < 0 ? 0 : (a[first] ?? 0) - (b[first] ?? 0);
  })[0];
}

/** Compared from the left; smaller is better. */
function penaltyOf({ codec, width, height, framesPerSecond }: MediaProfile): readonly number[] {
  const area = width * height;
  const tooSmall = Math.max(0, smallest.width * smallest.height - area);
  const tooLarge = Math.max(0, area - largest.width * largest.height);
  const fits = tooSmall === 0 && tooLarge === 0 ? 0 : tooSmall === 0 ? 1 : 2;
  const slow = framesPerSecond > 0 && framesPerSecond < 8 ? 1 : 0;
  return [fits, rankOf(codec), slow, tooSmall + tooLarge, area];
}

/** H.265 costs about twice as much to decode; JPEG is large on the network. */
function rankOf(codec: string): number {
  const name = codec.toUpperCase().replace(/[^A-Z0-9]/g, "");
  if (name === "H264") return 0;
  if (name === "H265" || name === "HEVC") return 1;
  return /^M?JPEG/.test(name) ? 2 : 3;
}

/** By its name or its token, as the installer wrote it. */
export function profileNamed(profiles: readonly MediaProfile[], wanted: string): MediaProfile | undefined {
  return profiles.find(({ token }) => token === wanted) ?? profiles.find(({ name }) => name === wanted);
}
