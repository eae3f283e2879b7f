import { expect, test } from "vitest";
import { displayAfter } from "./display.ts";
import type { DenialReason } from "./event.ts";
import {
  AccessPoints,
  annas,
  doorNotPassed,
  doorPassed,
  doorReleased,
  faceAccepted,
  faceRefused,
  policyWith,
  presents,
  quiet,
  type Step,
} from "./given.ts";

/** What the display shows after each step; a step that changes nothing leaves it. */
function shownAfter(...steps: readonly Step[]): readonly (string | undefined)[] {
  const points = new AccessPoints(policyWith({ maxFailures: 1 }));
  let seen = 0;
  let shown: string | undefined;
  return steps.map((step) => {
    step(points);
    for (const event of points.events.slice(seen)) {
      const display = displayAfter(event);
      if (display !== undefined)
        shown = display.hint === null ? display.text : `${display.text}/${display.hint}`;
    }
    seen = points.events.length;
    return shown;
  });
}

test("a passage: look, welcome, ready", () => {
  expect(shownAfter(presents("a"), faceAccepted("a"), doorReleased("a"), doorPassed("a"))).toEqual([
    "look",
    "welcome",
    "welcome",
    "ready",
  ]);
  expect(shownAfter(presents("a"), faceAccepted("a"), doorReleased("a"), doorNotPassed("a")).at(-1)).toBe(
    "ready",
  );
});

test("R2: told to wait, not that anything was wrong", () => {
  const surroundings = { ...quiet, secure: { outer: true, inner: false } };
  expect(shownAfter(presents("a", { surroundings }))).toEqual(["wait"]);
});

test("never which secret was wrong: whatever is wrong with a card looks the same", () => {
  const wrong = [
    undefined,
    { ...annas, cardStatus: "lost" as const },
    { ...annas, cardStatus: "suspended" as const },
    { ...annas, cardStatus: "expired" as const },
    { ...annas, cardStatus: "revoked" as const },
    { ...annas, cardholderStatus: "suspended" as const },
    { ...annas, accessLevels: [] },
  ];
  const shown = wrong.map((credential) => shownAfter(presents("a", { credential })).at(-1));
  expect(new Set(shown)).toEqual(new Set(["askStaff"]));
  // One failure locks the card out here: that looks the same as well.
  expect(
    shownAfter(presents("a", { credential: undefined }), (points) => {
      points.now = (points.now + 2_000) as typeof points.now;
      presents("a", { passage: "again" })(points);
    }),
  ).toEqual(["askStaff", "askStaff"]);
});

test("another's face and no face at all ask for the same", () => {
  const other = shownAfter(presents("a"), faceRefused("a", "faceMismatch")).at(-1);
  const none = shownAfter(presents("a"), faceRefused("a", "noFace")).at(-1);
  const unenrolled = shownAfter(presents("a", { credential: { ...annas, templates: 0 } })).at(-1);
  expect([other, none, unenrolled]).toEqual(Array.from({ length: 3 }, () => "tryAgain/faceCamera"));
});

test.each<[DenialReason, string]>([
  ["multipleFaces", "tryAgain/oneAtATime"],
  ["poorQuality", "tryAgain/stepCloser"],
])("%s: %s", (reason, display) => {
  const judged = reason === "multipleFaces" || reason === "poorQuality" ? reason : "noFace";
  expect(shownAfter(presents("a"), faceRefused("a", judged)).at(-1)).toBe(display);
});

test("whoever takes over sees the own request, not the end of another's", () => {
  expect(shownAfter(presents("a"), presents("b")).at(-1)).toBe("look");
  expect(shownAfter(presents("a"), presents("b", { credential: undefined })).at(-1)).toBe("askStaff");
});
