import { expect, test } from "vitest";
import type { RecordView } from "../../ports/record-view.ts";
import {
  attackFramesOf,
  evidenceOf,
  faceFigures,
  livenessOf,
  pictureFor,
  picturesByPassage,
  plainFacts,
  timingsOf,
  voteFigures,
} from "./face-facts.ts";

const hash = "ab".repeat(32);
const record = (type: string, facts: Partial<RecordView> = {}): RecordView => ({
  schema: 1,
  seq: 1,
  time: "2026-11-21T08:00:00.000Z",
  type,
  vestibule: "v1",
  door: null,
  accessPoint: "outer-entry",
  cardholder: null,
  reason: null,
  hash: "",
  ...facts,
});
const compared = record("AccessDenied", {
  reason: "faceMismatch",
  face: { distance: 0.156, threshold: 0.058, timings: { detect: 228, total: 1185 } },
  evidence: hash,
});

test("the comparison's figures, timings and picture are read from the record", () => {
  expect(faceFigures(compared)).toEqual({ distance: 0.156, threshold: 0.058 });
  expect(voteFigures(compared)).toBeNull();
  const vote = { model: "second", distance: 0.31, threshold: 0.2 };
  expect(voteFigures(record("AccessDenied", { face: { vote } }))).toEqual({ distance: 0.31, threshold: 0.2 });
  expect(voteFigures(record("AccessDenied", { face: { vote: { ...vote, distance: null } } }))).toBeNull();
  expect(timingsOf(compared)).toEqual([
    ["detect", 228],
    ["total", 1185],
  ]);
  expect(evidenceOf(compared)).toBe(hash);
});

test("nothing compared shows no score: a distance that is null is no distance of 0", () => {
  expect(faceFigures(record("AccessDenied", { face: { distance: null, threshold: 0.058 } }))).toBeNull();
  expect(faceFigures(record("DoorOpened"))).toBeNull();
  expect(evidenceOf(record("AccessDenied", { evidence: "../../etc/passwd" }))).toBeNull();
});

test("a picture kept just after a refusal stands with the refusal of that passage only", () => {
  const pictures = picturesByPassage([record("EvidenceCaptured", { passage: "p1", evidence: hash })]);
  expect(pictureFor(record("AccessDenied", { passage: "p1" }), pictures)).toBe(hash);
  expect(pictureFor(record("AccessDenied", { passage: "p2" }), pictures)).toBeNull();
  expect(pictureFor(record("DoorReleased", { passage: "p1" }), pictures)).toBeNull();
});

test("plain facts leave out what is shown elsewhere or does not apply", () => {
  expect(plainFacts(compared)).toEqual([
    ["vestibule", "v1"],
    ["accessPoint", "outer-entry"],
    ["reason", "faceMismatch"],
  ]);
});

test("liveness as the record has it: verdict, cues with their figures, and the pictures of an attack", () => {
  const liveness = {
    verdict: "attack",
    score: -0.9,
    cues: [{ cue: "raster", says: "attack", score: -0.9, figures: { peak: 14.2, broken: "x" } }, "no cue"],
  };
  const denied = record("AccessDenied", { face: { liveness, attackFrames: [hash, "../etc/passwd", 5] } });
  expect(livenessOf(denied)).toEqual({
    verdict: "attack",
    cues: [{ cue: "raster", says: "attack", figures: [["peak", 14.2]] }],
  });
  expect(attackFramesOf(denied)).toEqual([hash]);
  for (const face of [null, {}, { liveness: null }, { liveness: { verdict: 5 } }, "text"]) {
    expect(livenessOf({ ...denied, face })).toBeNull();
    expect(attackFramesOf({ ...denied, face })).toEqual([]);
  }
});
