import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { type DemoPerson, enrolmentPortraits } from "../../src/simulation/demo-people.ts";

const size = { width: 1280, height: 720 } as const;

/** The flags with which Chromium takes this person for whoever sits before its camera. */
export async function webcamShowing(person: DemoPerson, directory: string): Promise<readonly string[]> {
  const [portrait] = await enrolmentPortraits(person);
  const picture = join(directory, "webcam.jpg");
  const film = join(directory, "webcam.mjpeg");
  const shown = await sharp(portrait)
    .resize({ ...size, fit: "contain", background: "#7c8791" })
    .jpeg({ quality: 95 })
    .toBuffer();
  await writeFile(picture, shown);
  await promisify(execFile)("ffmpeg", [
    ...["-v", "error", "-y", "-loop", "1", "-i", picture, "-t", "1", "-r", "10"],
    ...["-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-q:v", "2", film],
  ]);
  return [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${film}`,
  ];
}
