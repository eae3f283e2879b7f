import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { after, type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { CameraFault, Frame, FrameSource } from "../ports/frame-source.ts";
import {
  type CameraHealth,
  observeFrame,
  unknownHealth,
  verificationObstacle,
} from "../vision/camera-health.ts";
import { cameraHealthDefaults } from "../vision/camera-health-policy.ts";
import { type FrameMeasure, measureFrame } from "../vision/frame-measure.ts";
import type { Command, CommandIo, ExitCode } from "./command.ts";

const usage = `Usage: vestibule camera test [--username NAME] [--password-file FILE] [--seconds N] [--json] URL

Opens a camera's stream as the controller would, looks at it for some seconds, and says what was seen.

  URL              rtsp://host[:port]/path
  --username       user name at the camera
  --password-file  file whose first line is the password (better than in the URL, where others can read it)
  --seconds N      how long to look, 2 to 60 (default 8)
  --json           print {"works", "url", "width", "height", "framesPerSecond", "firstFrameMs", "frames",
                   "intactFrames", "brightness", "contrast", "sharpness", "fault", "detail", "remedy"}

Exit: 0 the camera can be used, 1 it cannot, 2 wrong usage.
`;

export interface CameraTestSurroundings {
  readonly clock: Clock;
  openCamera(address: CameraAddressGiven): FrameSource;
}

export interface CameraAddressGiven {
  readonly cameraId: string;
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** What the installer can do about it. */
const remedies: Readonly<Record<CameraFault, string>> = {
  unreachable:
    "check the address and port, the cable and the camera's power, and that RTSP is switched on in it",
  unauthorised:
    "check the user name and password; after several wrong ones many cameras lock the account for half an hour",
  notFound: "check the path of the stream in the camera's manual, for example /Streaming/Channels/102",
  stalled:
    "check that the port is the RTSP one, the network in between, and whether the camera is overloaded",
  undecodable:
    "set the camera's stream to H.264 at no more than 1920×1080, and check that the port is the RTSP one",
  decoderFailed: "install or repair FFmpeg 5 or newer, for example with apt install ffmpeg",
};

/** Faults that trying on cannot cure. The others may pass with the next attempt. */
const lasting: ReadonlySet<CameraFault> = new Set([
  "unreachable",
  "unauthorised",
  "notFound",
  "decoderFailed",
]);

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
      const seen = await look(request, surroundings);
      return answer(request, seen, io);
    },
  };
}

interface Request {
  readonly address: CameraAddressGiven;
  readonly seconds: number;
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
    return {
      address: { cameraId: "test", url, username: values.username, password },
      seconds,
      json: values.json,
    };
  } catch (error) {
    // parseArgs and the file system say in one line what they did not like.
    return error instanceof Error ? error.message : String(error);
  }
}

interface Seen {
  readonly frames: number;
  readonly intactFrames: number;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly firstFrameMs: Milliseconds | undefined;
  readonly framesPerSecond: number | undefined;
  readonly measure: FrameMeasure | undefined;
  readonly fault: CameraFault | undefined;
  /** Why it cannot be used, for people. */
  readonly detail: string | undefined;
}

async function look(request: Request, { clock, openCamera }: CameraTestSurroundings): Promise<Seen> {
  const startedAt = clock.now();
  await using source = openCamera(request.address);
  const frames: { at: Instant; intact: boolean }[] = [];
  let health: CameraHealth = unknownHealth;
  let measure: FrameMeasure | undefined;
  const take = (frame: Frame): void => {
    frames.push({ at: frame.at, intact: frame.intact });
    measure = measureFrame(frame);
    health = observeFrame(health, measure, frame.intact, cameraHealthDefaults).health;
  };
  await watched(source, clock, after(startedAt, request.seconds * 1000), take);

  const state = source.state();
  const [first, last] = [frames[0], frames.at(-1)];
  const span = first && last ? since(first.at, last.at) : 0;
  return {
    frames: frames.length,
    intactFrames: frames.filter(({ intact }) => intact).length,
    width: state.phase === "live" ? state.width : undefined,
    height: state.phase === "live" ? state.height : undefined,
    firstFrameMs: first && Math.round(since(startedAt, first.at)),
    framesPerSecond: span > 0 ? round(((frames.length - 1) * 1000) / span) : undefined,
    measure,
    fault: state.phase === "lost" ? state.fault : undefined,
    detail:
      state.phase === "lost"
        ? state.detail
        : last && verificationObstacle(health, last.at, cameraHealthDefaults),
  };
}

/** Until the time is over, or a fault that trying on cannot cure. */
function watched(
  source: FrameSource,
  clock: Clock,
  end: Instant,
  take: (frame: Frame) => void,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const isHopeless = (): boolean => {
    const state = source.state();
    return state.phase === "lost" && lasting.has(state.fault);
  };
  const listening = source.listen({
    onFrame: take,
    onState: () => {
      if (isHopeless()) resolve();
    },
  });
  const timer = clock.wakeAt(end, resolve);
  if (isHopeless()) resolve();
  return promise.finally(() => {
    listening[Symbol.dispose]();
    timer[Symbol.dispose]();
  });
}

function answer(request: Request, seen: Seen, io: CommandIo): ExitCode {
  const { measure, fault, detail, ...counted } = seen;
  const works = seen.frames > 0 && detail === undefined;
  const remedy = fault === undefined ? undefined : remedies[fault];
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

const round = (value: number): number => Math.round(value * 10) / 10;
