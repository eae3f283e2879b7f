import { spawn } from "node:child_process";
import type { Picture } from "../../src/ports/face-engine.ts";

/** Frames after H.264 at a camera's bit rate, by FFmpeg: encoded, decoded, the same number and size again. */
export async function compressed(
  frames: readonly Picture[],
  kilobitsPerSecond: number,
  framesPerSecond: number,
): Promise<readonly Picture[]> {
  const [first] = frames;
  if (first === undefined) return [];
  const { width, height } = first;
  const raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${width}x${height}`, "-r", `${framesPerSecond}`];
  const rate = `${kilobitsPerSecond}k`;
  const encode = ["-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-b:v", rate];
  const limits = ["-maxrate", rate, "-bufsize", rate, "-g", `${framesPerSecond * 2}`, "-f", "h264", "pipe:1"];
  const video = await through([...raw, "-i", "pipe:0", ...encode, "-pix_fmt", "yuv420p", ...limits], frames);
  const shown = await through(
    [
      "-f",
      "h264",
      "-r",
      `${framesPerSecond}`,
      "-i",
      "pipe:0",
      "-f",
      "rawvideo",
      "-pix_fmt",
      "rgb24",
      "pipe:1",
    ],
    [{ rgb: video }],
  );
  const size = width * height * 3;
  if (shown.length !== size * frames.length)
    throw new Error(`${frames.length} frames went in, ${shown.length / size} came out`);
  return frames.map((_, index) => ({ width, height, rgb: shown.subarray(index * size, (index + 1) * size) }));
}

function through(args: readonly string[], input: readonly { readonly rgb: Uint8Array }[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("ffmpeg", ["-nostdin", "-loglevel", "error", "-threads", "1", ...args], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    const out: Buffer[] = [];
    let fault = "";
    child.stdout.on("data", (bytes: Buffer) => out.push(bytes));
    child.stderr.on("data", (bytes: Buffer) => {
      fault = `${fault}${bytes.toString("utf8")}`.slice(-2000);
    });
    child.stdin.on("error", () => {}); // what it says on stderr tells more
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(Buffer.concat(out)) : reject(new Error(`ffmpeg ended with ${code}: ${fault}`)),
    );
    for (const { rgb } of input) child.stdin.write(rgb);
    child.stdin.end();
  });
}
