import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  cameraRemedies,
  keyPicturesRemedy,
  lookAtCamera,
  round,
  type Seen,
} from "../composition/camera-look.ts";
import type { Clock } from "../ports/clock.ts";
import type { Frame, FrameSource } from "../ports/frame-source.ts";
import type { Command, CommandIo, ExitCode } from "./command.ts";

const usage = `Usage: vestibule camera test [OPTIONS] URL

Opens a camera's stream as the controller would, looks at it for some seconds, and says what was seen.

  URL              rtsp://host[:port]/path, or rtsps://…
  --username       user name at the camera
  --password-file  file whose first line is the password (better than in the URL, where others can read it)
  --transport T    tcp, or http: RTSP in an HTTP tunnel (default tcp)
  --ca-file FILE   of rtsps: certificate of the authority that signed the camera's
  --fingerprint H  of rtsps: SHA-256 of the camera's own certificate
  --output FILE    write the last picture there, as a JPEG
  --seconds N      how long to look, 2 to 60 (default 8)
  --json           print {"works", "url", "width", "height", "codec", "framesPerSecond", "firstFrameMs", "frames",
                   "intactFrames", "brightness", "contrast", "sharpness", "fault", "detail", "remedy"}

Exit: 0 the camera can be used, 1 it cannot, 2 wrong usage.
`;

export interface CameraTestSurroundings {
  readonly clock: Clock;
  openCamera(address: CameraAddressGiven): FrameSource;
  encodeJpeg(frame: Frame): Promise<Uint8Array>;
}

export interface CameraAddressGiven {
  readonly cameraId: string;
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly transport: "tcp" | "http";
  readonly trust: { readonly caFile: string | undefined; readonly fingerprint: string | undefined };
}

export function cameraTest(surroundings: CameraTestSurroundings): Command {
  return {
    name: ["camera", "test"],
    summary: "open a camera's stream and say what is seen, or what is wrong",
    usage,
    async run(args, io) {
      const request = read(args);
      if (typeof request === "string") {
        io.stderr(`camera test: ${request}\n\n${usage}`);
        return 2;
      }
      const seen = await lookAtCamera(
        () => surroundings.openCamera(request.address),
        request.seconds * 1000,
        surroundings.clock,
      );
      if (request.output !== undefined && seen.picture !== undefined)
        writeFileSync(request.output, await surroundings.encodeJpeg(seen.picture));
      return answer(request, seen, io);
    },
  };
}

interface Request {
  readonly address: CameraAddressGiven;
  readonly seconds: number;
  readonly output: string | undefined;
  readonly json: boolean;
}

/** The request, or what is wrong with it. */
function read(args: readonly string[]): Request | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        username: { type: "string" },
        "password-file": { type: "string" },
        transport: { type: "string", default: "tcp" },
        "ca-file": { type: "string" },
        fingerprint: { type: "string" },
        output: { type: "string" },
        seconds: { type: "string", default: "8" },
        json: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const [url, ...rest] = positionals;
    if (url === undefined || rest.length > 0) return "give exactly one URL";
    if (!URL.canParse(url) || !/^rtsps?:$/.test(new URL(url).protocol)) return "expected rtsp://host/path";
    const seconds = Number(values.seconds);
    if (!(seconds >= 2 && seconds <= 60)) return "--seconds: expected 2 to 60";
    const file = values["password-file"];
    const password = file === undefined ? undefined : readFileSync(file, "utf8").split(/\r?\n/, 1)[0];
    const { transport, username, output, fingerprint } = values;
    if (transport !== "tcp" && transport !== "http") return "--transport: expected tcp or http";
    const trust = { caFile: values["ca-file"], fingerprint };
    return {
      address: { cameraId: "test", url, username, password, transport, trust },
      ...{ seconds, output },
      json: values.json,
    };
  } catch (error) {
    // parseArgs and the file system say in one line what they did not like.
    return error instanceof Error ? error.message : String(error);
  }
}

function answer(request: Request, seen: Seen, io: CommandIo): ExitCode {
  const { measure, fault, detail, picture: _picture, ...counted } = seen;
  const works = seen.frames > 0 && detail === undefined;
  const remedy =
    fault !== undefined ? cameraRemedies[fault].en : seen.keyPicturesRare ? keyPicturesRemedy.en : undefined;
  const report = {
    works,
    url: withoutCredentials(request.address.url),
    ...counted,
    brightness: measure && round(measure.mean),
    contrast: measure && round(measure.deviation),
    sharpness: measure && round(measure.sharpness),
    fault,
    detail: detail ?? (works ? undefined : "no picture came in this time"),
    remedy,
  };
  if (request.json) io.stdout(`${JSON.stringify(report)}\n`);
  else io.stdout(asText(report));
  return works ? 0 : 1;
}

function asText(report: Readonly<Record<string, unknown>>): string {
  const unseen = new Set(["works"]);
  const lines = Object.entries(report)
    .filter(([name, value]) => value !== undefined && !unseen.has(name))
    .map(([name, value]) => `  ${name.padEnd(16)} ${String(value)}`);
  return [
    report["works"] === true ? "The camera can be used." : "The camera cannot be used.",
    ...lines,
    "",
  ].join("\n");
}

function withoutCredentials(url: string): string {
  const parsed = new URL(url);
  parsed.username = "";
  parsed.password = "";
  return parsed.href;
}
