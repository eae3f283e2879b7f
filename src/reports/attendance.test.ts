import { describe, expect, test } from "vitest";
import { passed, rowsOf } from "../../test/support/report-site.ts";
import { wallTime } from "../domain/time.ts";

const at = (text: string) => wallTime(Date.parse(text));
const names = { p1: "Emma", p2: "王芳" };
const london = { id: "lo", name: { en: "London", zh: "伦敦" }, timeZone: "Europe/London" };
const comes = (time: string, who = "p1") => passed(time, who, "inner-entry");
const goes = (time: string, who = "p1") => passed(time, who, "inner-exit");

test("first in, last out and the time between, per person and day of the site", async () => {
  const told = [
    ...comes("2026-03-02T00:30:00Z"),
    ...goes("2026-03-02T04:00:30Z"),
    ...comes("2026-03-02T04:30:00Z", "p2"),
    ...comes("2026-03-02T05:00:00Z"),
    ...goes("2026-03-02T09:15:00Z"),
    ...goes("2026-03-02T09:30:00Z", "p2"),
    ...comes("2026-03-03T01:00:00Z"),
    ...goes("2026-03-03T01:45:00Z"),
  ];
  expect(await rowsOf(told, { name: "attendance" }, { names })).toEqual([
    ["2026-03-02", "Emma", "p1", "08:30:00", "17:15:00", "7:45", ""],
    ["2026-03-02", "王芳", "p2", "12:30:00", "17:30:00", "5:00", ""],
    ["2026-03-03", "Emma", "p1", "09:00:00", "09:45:00", "0:45", ""],
  ]);
  const rows = await rowsOf(told, { name: "attendance", cardholder: "p2" }, { names });
  expect(rows.map(([, person]) => person)).toEqual(["王芳"]);
});

describe("over midnight", () => {
  test("each day gets the part that lies in it", async () => {
    // 22:00 on Monday to 06:30 on Tuesday in Shanghai.
    const told = [...comes("2026-03-02T14:00:00Z"), ...goes("2026-03-02T22:30:00Z")];
    expect(await rowsOf(told, { name: "attendance" }, { names })).toEqual([
      ["2026-03-02", "Emma", "p1", "22:00:00", "", "2:00", "stayed over midnight"],
      ["2026-03-03", "Emma", "p1", "", "06:30:00", "6:30", "inside since the day before"],
    ]);
  });

  test("two nights are three days, the one between of 24 hours", async () => {
    const told = [...comes("2026-03-02T14:00:00Z"), ...goes("2026-03-04T01:00:00Z")];
    const rows = await rowsOf(told, { name: "attendance" }, { names });
    expect(rows.map((row) => row.slice(5))).toEqual([
      ["2:00", "stayed over midnight"],
      ["24:00", "inside since the day before, stayed over midnight"],
      ["9:00", "inside since the day before"],
    ]);
  });

  test("who leaves at midnight has no day of nothing after it", async () => {
    const told = [...comes("2026-03-02T14:00:00Z"), ...goes("2026-03-02T15:59:59Z")];
    expect(await rowsOf(told, { name: "attendance" }, { names })).toEqual([
      ["2026-03-02", "Emma", "p1", "22:00:00", "23:59:59", "1:59", ""],
    ]);
  });
});

describe("A9: where the clocks change", () => {
  test.each([
    // The night of 29 March has an hour less, that of 25 October one more.
    ["forward", "2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z", "23:00:00", "06:00:00", "1:00", "5:00"],
    ["back", "2026-10-24T22:00:00Z", "2026-10-25T06:00:00Z", "23:00:00", "06:00:00", "1:00", "7:00"],
  ])("%s, time inside is time that passed", async (_, came, left, inAt, outAt, before, after) => {
    const rows = await rowsOf(
      [...comes(came), ...goes(left)],
      { name: "attendance", site: london },
      { names },
    );
    expect(rows.map((row) => row.slice(3, 6))).toEqual([
      [inAt, "", before],
      ["", outAt, after],
    ]);
  });

  test("a day of 23 hours is 23 hours long, and one of 25 is 25", async () => {
    const spring = [...comes("2026-03-28T12:00:00Z"), ...goes("2026-03-30T12:00:00Z")];
    const autumn = [...comes("2026-10-24T12:00:00Z"), ...goes("2026-10-26T12:00:00Z")];
    for (const [told, length] of [
      [spring, "23:00"],
      [autumn, "25:00"],
    ] as const) {
      const rows = await rowsOf(told, { name: "attendance", site: london }, { names });
      expect(rows[1]?.[5]).toBe(length);
    }
  });
});

describe("what the records do not tell whole", () => {
  test("somebody still inside is counted up to now, or to the end of the period", async () => {
    const told = comes("2026-03-02T01:00:00Z");
    const madeAt = at("2026-03-02T03:30:00Z");
    expect(await rowsOf(told, { name: "attendance", madeAt }, { names })).toEqual([
      ["2026-03-02", "Emma", "p1", "09:00:00", "", "2:30", "still inside"],
    ]);
    const to = at("2026-03-02T01:30:00Z");
    expect((await rowsOf(told, { name: "attendance", madeAt, to }, { names }))[0]?.[5]).toBe("0:30");
  });

  test("who was inside when the period began is counted from its begin", async () => {
    const told = [...comes("2026-03-02T14:00:00Z"), ...goes("2026-03-02T22:00:00Z")];
    const from = at("2026-03-02T16:00:00Z");
    expect(await rowsOf(told, { name: "attendance", from }, { names })).toEqual([
      ["2026-03-03", "Emma", "p1", "", "06:00:00", "6:00", "inside since the day before"],
    ]);
  });

  test("an exit without an entry counts for nothing, and says so", async () => {
    expect(await rowsOf(goes("2026-03-02T01:00:00Z"), { name: "attendance" }, { names })).toEqual([
      ["2026-03-02", "Emma", "p1", "", "09:00:00", "0:00", "left without an entry on record"],
    ]);
  });

  test("who is seen coming in from outside has left before, unseen", async () => {
    const told = [
      ...comes("2026-03-02T01:00:00Z"),
      ...passed("2026-03-02T03:00:00Z", "p1", "outer-entry"),
      ...comes("2026-03-02T03:01:00Z"),
      ...goes("2026-03-02T04:01:00Z"),
    ];
    expect((await rowsOf(told, { name: "attendance" }, { names }))[0]?.[5]).toBe("3:00");
  });
});
