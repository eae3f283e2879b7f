import { parseArgs } from "node:util";
import { assessTrack } from "../domain/biometric/liveness/assess-track.ts";
import type { LivenessAssessment } from "../domain/biometric/liveness/track.ts";
import { openFaceEngine } from "../drivers/face-nets/open-face-engine.ts";
import type { FaceEngine } from "../ports/face-engine.ts";
import type { Command } from "./command.ts";
import { type Attempt, frameFault, framesOf, readAttempts } from "./face-liveness-input.ts";
import { livenessTable } from "./face-liveness-table.ts";
import { backendOption, failure, usageError } from "./face-options.ts";
import { InputError } from "./face-pictures.ts";
import { type FollowedFace, followFace } from "./face-track.ts";

const usage = `Usage: vestibule face liveness DIR [--fps N] [--backend auto|onnx|tfjs-node|wasm] [--json]

Says of each attempt whether a living person stood before the camera, or a picture of one, and by which cues.
DIR holds one folder of frames per attempt (JPEG, PNG or PGM, in the order of their names), or the frames of one.
Live is only what showed it: an attempt of which nothing speaks for either is not (a door asks for a challenge then).
  --fps      frames a second they were taken at; default 10
  --backend  what computes; auto takes the fastest that works
  --json     print {"attempts": [{"attempt", "verdict", "live", "score", "why", "frames", "faces", "cues"}], "summary"}
Exit 0: all live, 1: at least one is not, 2: bad input; the other attempts are judged all the same.
`;

export interface AttemptReport {
  readonly attempt: string;
  readonly verdict: LivenessAssessment["verdict"];
  readonly live: boolean;
  /** −1 (surely an attack) to 1 (surely a person). */
  readonly score: number;
  /** For people: what decided. */
  readonly why: string;
  readonly frames: number;
  /** Frames with the face in them. */
  readonly faces: number;
  readonly cues: LivenessAssessment["cues"];
  /** Set where the frames could not be judged. */
  readonly fault?: string;
}

export const faceLiveness: Command = {
  name: ["face", "liveness"],
  summary: "say whether recordings show living people or pictures of them",
  usage,
  async run(args, io) {
    try {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          fps: { type: "string", default: "10" },
          backend: { type: "string", default: "auto" },
          json: { type: "boolean", default: false },
        },
      });
      const [folder] = positionals;
      if (folder === undefined || positionals.length !== 1) throw usageError("one folder is needed");
      const framesPerSecond = rateOption(values.fps);
      const attempts = await readAttempts(folder);
      await using engine = await openFaceEngine({ backend: backendOption(values.backend) });
      const reports: AttemptReport[] = [];
      for (const attempt of attempts) {
        const report = await judge(engine, attempt, framesPerSecond);
        if (report.fault !== undefined) io.stderr(`face liveness: ${report.attempt}: ${report.fault}\n`);
        reports.push(report);
      }
      const summary = summaryOf(reports);
      io.stdout(
        values.json
          ? `${JSON.stringify({ attempts: reports, summary }, undefined, 2)}\n`
          : livenessTable(reports, summary),
      );
      if (summary.faults > 0) return 2;
      return summary.live === reports.length ? 0 : 1;
    } catch (cause) {
      return failure("face liveness", cause, io);
    }
  },
};

function rateOption(value: string): number {
  const rate = Number(value);
  if (rate >= 1 && rate <= 120) return rate;
  throw usageError(`--fps ${value}: a number from 1 to 120 is expected`);
}

async function judge(engine: FaceEngine, attempt: Attempt, framesPerSecond: number): Promise<AttemptReport> {
  const fault = frameFault(attempt);
  if (fault !== undefined) return refused(attempt, fault, { frames: attempt.files.length, faces: 0 }, fault);
  try {
    return judged(attempt, await followFace(engine, framesOf(attempt), framesPerSecond, "checked"));
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    return refused(attempt, cause.message, { frames: attempt.files.length, faces: 0 }, cause.message);
  }
}

/** More frames than this share with a second face: whose life would it be? */
const mostShared = 0.3;

function judged(attempt: Attempt, followed: FollowedFace): AttemptReport {
  const { samples, frames, looksAround, withOthers } = followed;
  const counts = { frames, faces: samples.length };
  if (samples.length === 0) return refused(attempt, `no face found in ${frames} frames`, counts);
  if (samples.length < 2) return refused(attempt, `a face in one of ${frames} frames only`, counts);
  if (withOthers > mostShared * looksAround)
    return refused(
      attempt,
      `several faces in ${withOthers} of ${looksAround} frames looked at whole`,
      counts,
    );
  const { verdict, score, cues } = assessTrack(samples);
  return {
    attempt: attempt.name,
    verdict,
    live: verdict === "live",
    score,
    why: reasonOf(cues),
    ...counts,
    cues,
  };
}

function refused(
  attempt: Attempt,
  why: string,
  counts: { readonly frames: number; readonly faces: number },
  fault?: string,
): AttemptReport {
  const report = { attempt: attempt.name, verdict: "uncertain", live: false, score: 0, why } as const;
  return { ...report, ...counts, cues: [], ...(fault === undefined ? {} : { fault }) };
}

function reasonOf(cues: LivenessAssessment["cues"]): string {
  const spoken = cues.filter(({ says }) => says !== "silent");
  if (spoken.length === 0) return "nothing speaks for a person or for a picture";
  return spoken.map(({ cue, says, score }) => `${cue} says ${says} (${score.toFixed(2)})`).join(", ");
}

function summaryOf(reports: readonly AttemptReport[]) {
  const count = (verdict: AttemptReport["verdict"]): number =>
    reports.filter((report) => report.verdict === verdict && report.fault === undefined).length;
  return {
    attempts: reports.length,
    live: count("live"),
    attack: count("attack"),
    uncertain: count("uncertain"),
    faults: reports.filter(({ fault }) => fault !== undefined).length,
  };
}

export type LivenessSummary = ReturnType<typeof summaryOf>;
