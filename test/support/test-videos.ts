import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { promisify } from "node:util";
import { demoPeople } from "../../src/simulation/demo-people.ts";
import { encodeLivingVideo } from "./living-video.ts";

const run = promisify(execFile);
/** Git ignores it; raise the number when a recipe changes. */
const folder = new URL("../../artifacts/test-videos-1/", import.meta.url).pathname;
const facePackage = dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json"));
const photo = join(facePackage, "demo", "sample1.jpg");

const photoInput = ["-loop", "1", "-framerate", "15", "-i", photo];
const colour = (value: string) => ["-f", "lavfi", "-i", `color=${value}:s=1280x720:r=15`];
const noise = "noise=alls=6:allf=t";
const still = "scale=1600:-2,crop=1280:720:x=100:y=40,setsar=1";
const pan = "scale=1600:-2,crop=1280:720:x='100+80*sin(t*0.63)':y='min(40+20*sin(t*1.26),ih-720)',setsar=1";

/** Pictures from one that stands for itself to the next; rtsp-server.py counts on it. */
const group = 30;
const h264 = [
  ...["-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency"],
  ...["-bsf:v", "h264_mp4toannexb,h264_metadata=aud=insert", "-f", "h264"],
];
const h265 = [
  ...["-c:v", "libx265", "-preset", "ultrafast", "-tune", "zerolatency"],
  ...["-x265-params", `keyint=${group}:min-keyint=${group}:scenecut=0:repeat-headers=1:log-level=error`],
  ...["-bsf:v", "hevc_metadata=aud=insert", "-f", "hevc"],
];

interface Recipe {
  readonly input: readonly string[];
  readonly filter: string;
  readonly seconds: number;
  /** Given where it matters; otherwise as little as the picture needs. */
  readonly bitRate?: string;
  readonly codec?: "h265";
}

const recipes = {
  /** A face, the camera panning slowly, a sensor's noise. */
  live: { input: photoInput, filter: `${pan},${noise}`, seconds: 12 },
  /** The same scene, quiet, but with noise. */
  quiet: { input: photoInput, filter: `${still},${noise}`, seconds: 40 },
  /** The same picture encoded again and again. */
  frozen: { input: photoInput, filter: still, seconds: 20 },
  /** Three seconds that come again and again. */
  loop: { input: photoInput, filter: `${pan},${noise}`, seconds: 3 },
  black: { input: colour("black"), filter: "null", seconds: 4 },
  /** A lamp into the lens. */
  white: { input: colour("white"), filter: noise, seconds: 4 },
  covered: { input: colour("0x101010"), filter: noise, seconds: 4 },
  blurred: { input: photoInput, filter: `${still},gblur=sigma=20,${noise}`, seconds: 10 },
  /** A door with nobody there, at the bit rate and with the noise of an ordinary camera. */
  street: { input: photoInput, filter: `${still},noise=alls=14:allf=t`, seconds: 40, bitRate: "2M" },
  /** A quiet door, and after 6.7 s something as large as a person moves in from the side. */
  appears: {
    input: photoInput,
    filter: `${still},split[wall][part];[part]crop=320:500:300:150[somebody];[wall][somebody]overlay=x='max(600,1280-500*(t-6.67))':y=200:enable='gt(t,6.67)',${noise}`,
    seconds: 9,
  },
  /** As `live`, by the newer codec. */
  live265: { input: photoInput, filter: `${pan},${noise}`, seconds: 12, codec: "h265" },
  /** Another size and shape than 16:9. */
  narrow: { input: photoInput, filter: `scale=800:-2,crop=640:480,setsar=1`, seconds: 4 },
} satisfies Record<string, Recipe>;

export type VideoName = keyof typeof recipes;

/** Paths of the videos named, made at the first call and kept. 720p15 H.264 unless said otherwise. */
export async function testVideos<Name extends VideoName>(...names: Name[]): Promise<Record<Name, string>> {
  await mkdir(folder, { recursive: true });
  const paths = {} as Record<Name, string>; // filled for every name below
  for (const name of names) paths[name] = await encoded(name, recipes[name]);
  return paths;
}

async function encoded(name: string, { input, filter, seconds, bitRate, codec }: Recipe): Promise<string> {
  const path = join(folder, `${name}.${codec ?? "h264"}`);
  if (existsSync(path)) return path;
  const partial = `${path}.${process.pid}.partial`;
  const rate =
    bitRate === undefined ? ["-crf", "28"] : ["-b:v", bitRate, "-maxrate", bitRate, "-bufsize", bitRate];
  await run("ffmpeg", [
    ...["-v", "error", "-y", ...input, "-t", String(seconds), "-vf", `${filter},format=yuv420p`],
    ...(codec === "h265" ? h265 : h264),
    ...[...rate, "-g", String(group), partial],
  ]);
  await rename(partial, path);
  return path;
}

/**
 * A demo cardholder at a door, alive. Long enough not to come again within a test: a stream that repeats itself is
 * refused, and rightly (T17).
 */
export async function personVideo(card: string, seconds = 120): Promise<string> {
  await mkdir(folder, { recursive: true });
  const person = demoPeople.find((one) => one.card === card);
  if (person === undefined) throw new Error(`nobody of the demo has card ${card}`);
  const path = join(folder, `alive-${card}-${seconds}.h264`);
  if (existsSync(path)) return path;
  const partial = `${path}.${process.pid}.partial`;
  await encodeLivingVideo(person, seconds, partial);
  await rename(partial, path);
  return path;
}

/** The wall of such a door with nobody before it. */
export function emptyVideo(seconds: number): Promise<string> {
  return encoded(`empty-${seconds}`, {
    input: ["-f", "lavfi", "-i", "testsrc2=s=1280x720:r=15,trim=end_frame=1,loop=-1:1"],
    filter: `gblur=sigma=2,eq=saturation=0.2:contrast=0.5,${noise}`,
    seconds,
  });
}

/** A copy with bytes changed at random, about one in `every`; delimiters stay, so that it can be served. */
export async function mutatedVideo(source: string, seed: number, every: number): Promise<string> {
  const extension = extname(source);
  const delimiter = extension === ".h265" ? "0000000146" : "0000000109";
  const path = join(folder, `mutated-${seed}-${every}${extension}`);
  const bytes = await readFile(source);
  let bits = seed;
  const random = () => (bits = (Math.imul(bits, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  // The first picture stays whole: what is tested is damage in a running stream.
  for (let index = 20_000; index < bytes.length; index++) {
    const isDelimiter = bytes.subarray(index - 5, index + 6).indexOf(delimiter, 0, "hex") >= 0;
    if (!isDelimiter && random() < 1 / every) bytes[index] = Math.floor(random() * 256);
  }
  await writeFile(path, bytes);
  return path;
}
