import { spawn } from "node:child_process";
import { once } from "node:events";
import { openFaceEngine } from "../../src/drivers/face-nets/open-face-engine.ts";
import { decodePicture } from "../../src/drivers/picture-sharp/decode.ts";
import type { Picture } from "../../src/ports/face-engine.ts";
import { type DemoPerson, probeScene } from "../../src/simulation/demo-people.ts";
import { HeadMotion } from "../../src/simulation/head-motion.ts";
import { LivingPicture } from "../../src/simulation/living-picture.ts";

const filmRate = 15;

/** No grain of the picture's own: the film's noise is the encoder's input. */
const smooth = new Int8Array(1);

/**
 * A film of somebody who stands before a camera as people do: 1280×720, H.264, a key picture every two seconds.
 * Made by warping one photograph of the demo; it blinks, sways and turns a little, and never comes back to where it was.
 */
export async function encodeLivingVideo(person: DemoPerson, seconds: number, path: string): Promise<void> {
  const scene = await decodePicture(await probeScene([person]));
  const living = new LivingPicture(scene, [await landmarksOf(scene)]);
  const motion = new HeadMotion(11);
  const encoder = spawn(
    "ffmpeg",
    [
      ...["-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"],
      ...["-s", `${scene.width}x${scene.height}`, "-r", String(filmRate), "-i", "pipe:0"],
      ...["-vf", "scale=1280:720,noise=alls=6:allf=t,format=yuv420p"],
      ...["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-crf", "26", "-g", "30"],
      ...["-bsf:v", "h264_mp4toannexb,h264_metadata=aud=insert", "-f", "h264", path],
    ],
    { stdio: ["pipe", "ignore", "inherit"] },
  );
  const ended = once(encoder, "exit");
  for (let frame = 0; frame < seconds * filmRate; frame++) {
    const rgb = new Uint8Array(scene.rgb);
    living.paint(rgb, [motion.at((frame * 1000) / filmRate)], smooth, 0);
    if (!encoder.stdin.write(rgb)) await once(encoder.stdin, "drain");
  }
  encoder.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg ended with ${String(code)}`);
}

async function landmarksOf(scene: Picture) {
  await using engine = await openFaceEngine();
  const [face] = await engine.detect(scene, "thorough");
  const described = face && (await engine.describe(scene, face));
  if (described === undefined) throw new Error("a portrait shows a face");
  return described.landmarks;
}
