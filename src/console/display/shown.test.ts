import { describe, expect, test } from "vitest";
import type { DoorScreen } from "../../api/display-screen.ts";
import { displayHints, displayTexts } from "../../domain/access/display.ts";
import { doorScreenTextsEn } from "../texts/door-screen-en.ts";
import { appearanceAt, timeOfDay } from "./daylight.ts";
import { shownIn } from "./shown.ts";
import { isSaidAnew, type Situation } from "./situation.ts";

const told: DoorScreen = {
  ...{ text: "ready", hint: null, progress: null, remaining: null, name: null, mirror: false },
  ...{ accessPoint: "outer-entry", site: { en: "Branch", zh: "网点" } },
  vestibule: { en: "Front", zh: "正门" },
  settings: { languages: ["zh", "en"], sound: 60, appearance: "auto" },
  clock: { time: "2026-11-22T02:30:00.000Z", timeZone: "Asia/Shanghai" },
};
const live = (change: Partial<DoorScreen>, heardAt = 0): Situation => ({
  is: "live",
  screen: { ...told, ...change },
  heardAt,
});
const shows = (change: Partial<DoorScreen>) => shownIn(live(change));

describe("one screen out of one situation", () => {
  test("every text the controller may say has words, and a manner of its own weight", () => {
    for (const text of [...displayTexts, "outOfService"] as const) {
      const shown = shows({ text });
      expect(shown.title).toBe(text);
      expect(doorScreenTextsEn.title[text]).not.toBe("");
      if (shown.detail !== null) expect(doorScreenTextsEn.detail).toHaveProperty(shown.detail);
    }
    for (const hint of displayHints) expect(shows({ text: "tryAgain", hint }).detail).toBe(hint);
    const manners = Object.fromEntries(displayTexts.map((text) => [text, shows({ text }).manner]));
    expect(manners).toMatchObject({ welcome: "good", doorOpen: "good", tryAgain: "bad", wait: "wait" });
    const going = displayTexts.filter((text) => shows({ text }).manner === "good");
    expect(going).toEqual(["welcome", "doorOpen"]);
  });

  test("granted, refused, wait and look sound differently; an emergency leaves the air to the fire alarm", () => {
    const tones = (["welcome", "tryAgain", "wait", "look"] as const).map((text) => shows({ text }).tone);
    expect(new Set(tones).size).toBe(4);
    for (const text of ["doorOpen", "keepClear", "ready"] as const) expect(shows({ text }).tone).toBeNull();
  });

  test("nothing of what was said last is left once nothing is heard", () => {
    const last = { ...told, text: "welcome", name: "Anna", hint: "faceCamera" } as const;
    const lost = shownIn({ is: "lost", last });
    expect(lost).toEqual(shownIn({ is: "lost", last: null }));
    expect(lost).toMatchObject({ title: "outOfService", manner: "stop", name: null, mirror: false });
    expect(shows({ text: "welcome", name: "Anna" }).name).toBe("Anna");
  });

  test("time left is shown to whoever has something to do, and to nobody else", () => {
    expect(shows({ text: "enterPin", remaining: 9_000 }).remaining).toBe(9_000);
    for (const text of ["welcome", "tryAgain", "look"] as const)
      expect(shows({ text, remaining: 9_000 }).remaining).toBeNull();
  });

  test("in an emergency the street is told to keep clear, and the space between the doors which way to go", () => {
    expect(shows({ text: "keepClear" }).detail).toBe("keepClear");
    expect(shows({ text: "keepClear", accessPoint: "inner-entry" }).detail).toBe("leaveByOuter");
    expect(shows({ text: "doorOpen", accessPoint: "outer-exit" }).manner).toBe("good");
  });

  test("a code is shown where it belongs to no door, and nowhere else", () => {
    expect(shownIn({ is: "pairing", code: "K7M4XW2P" })).toMatchObject({
      title: "pairing",
      code: "K7M4XW2P",
    });
    expect(shows({ text: "ready" }).code).toBeNull();
  });
});

describe("said anew", () => {
  test("another text is; the same one running out is not; the same one that begins again is", () => {
    const first = live({ text: "askStaff", remaining: 4_000 }, 1_000);
    expect(isSaidAnew(live({}, 900), first)).toBe(true);
    expect(isSaidAnew(first, live({ text: "askStaff", remaining: 3_300 }, 1_700))).toBe(false);
    expect(isSaidAnew(first, live({ text: "askStaff", remaining: 3_900 }, 3_000))).toBe(true);
    expect(isSaidAnew(live({ text: "closed" }), live({ text: "closed" }, 700))).toBe(false);
  });
});

test("dark at night by the site's clock, whatever the machine's own is set to", () => {
  const at = (time: string) => appearanceAt("auto", { time, timeZone: "Asia/Shanghai" });
  expect(at("2026-11-22T02:30:00.000Z")).toBe("light");
  expect(at("2026-11-22T09:59:00.000Z")).toBe("light");
  expect(at("2026-11-22T10:00:00.000Z")).toBe("dark");
  expect(at("2026-11-21T22:59:00.000Z")).toBe("dark");
  expect(at("2026-11-21T23:00:00.000Z")).toBe("light");
  expect(appearanceAt("dark", told.clock)).toBe("dark");
  expect(timeOfDay(told.clock)).toBe("10:30");
});
