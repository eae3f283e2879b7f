import { describe, expect, test } from "vitest";
import { cellsOf, contentOf, passed, reportOf, rowsOf, type Told } from "../../test/support/report-site.ts";
import { wallTime } from "../domain/time.ts";
import type { Cardholder } from "../ports/directory.ts";

const at = (text: string) => wallTime(Date.parse(text));
const names = { p1: "Emma", p2: "王芳" };

test("denials: each with its reason, and under them how often; an operator's detail is not repeated", async () => {
  const denied = (time: string, reason: string, cardholder: string | null): Told => [
    time,
    "AccessDenied",
    {
      vestibule: "v1",
      accessPoint: "inner-entry",
      cardholder,
      card: "7",
      reason,
      detail: "secret",
      passage: time,
    },
  ];
  const told: readonly Told[] = [
    denied("2026-03-01T01:00:00Z", "faceMismatch", "p1"),
    denied("2026-03-01T01:01:00Z", "unknownCredential", null),
    denied("2026-03-01T01:02:00Z", "faceMismatch", "p2"),
    ["2026-03-01T01:03:00Z", "EgressDenied", { vestibule: "v1", door: "outer", reason: "lockdown" }],
    ["2026-03-01T01:04:00Z", "LockdownOrdered", { vestibule: "v1", operator: "anna", reason: "parcel" }],
  ];
  const cells = cellsOf(await contentOf(told, { name: "denials", language: "zh" }, { names }));
  expect(cells.slice(0, 9)).toEqual([
    ["时间", "原因", "姓名", "编号", "卡号", "联动门", "门", "出入口"],
    ["2026-03-01 09:00:00", "人脸不符", "Emma", "p1", "7", "v1", "内门", "内门（进）"],
    ["2026-03-01 09:01:00", "非法读卡", "", "", "7", "v1", "内门", "内门（进）"],
    ["2026-03-01 09:02:00", "人脸不符", "王芳", "p2", "7", "v1", "内门", "内门（进）"],
    ["2026-03-01 09:03:00", "全部锁闭", "", "", "", "v1", "外门", ""],
    ["", "", "", "", "", "", "", ""],
    ["人脸不符", "2", "", "", "", "", "", ""],
    ["非法读卡", "1", "", "", "", "", "", ""],
    ["全部锁闭", "1", "", "", "", "", "", ""],
  ]);
  expect(cells.flat().join()).not.toContain("secret");
});

test("inside: who came in and has not gone out, since when and where; who was reset is not believed anywhere", async () => {
  const told: readonly Told[] = [
    ...passed("2026-03-01T01:00:00Z", "p1", "outer-entry"),
    ...passed("2026-03-01T01:01:00Z", "p1", "inner-entry"),
    ...passed("2026-03-01T01:02:00Z", "p2", "outer-entry"),
    ...passed("2026-03-01T01:03:00Z", "p3", "outer-entry"),
    ...passed("2026-03-01T01:04:00Z", "p3", "outer-exit"),
    ...passed("2026-03-01T01:05:00Z", "p4", "outer-entry"),
    ["2026-03-01T01:06:00Z", "AreaReset", { cardholder: "p4", area: "outside", operator: "anna" }],
    ...passed("2026-03-01T01:07:00Z", "p5", "outer-entry"),
    ["2026-03-01T01:08:00Z", "CardholderRemoved", { cardholder: "p5", operator: "anna" }],
    ...passed("2026-03-01T01:09:00Z", "p6", "outer-exit"),
    [
      "2026-03-01T01:09:00Z",
      "AreaReset",
      { cardholder: "p6", area: "secure", vestibule: "v1", operator: "anna" },
    ],
  ];
  expect(await rowsOf(told, { name: "inside" }, { names })).toEqual([
    ["Emma", "p1", "Secure area", "v1", "2026-03-01 09:01:00", ""],
    ["王芳", "p2", "Between the doors", "v1", "2026-03-01 09:02:00", ""],
    ["p6", "p6", "Secure area", "v1", "2026-03-01 09:09:00", ""],
  ]);
  // As it was, a minute after the first came in.
  const then = await rowsOf(told, { name: "inside", to: at("2026-03-01T01:00:59Z") }, { names });
  expect(then).toEqual([["Emma", "p1", "Between the doors", "v1", "2026-03-01 09:00:00", ""]]);
});

test("inside: after a door stood open to anybody, whoever was there stays on the list, which says so", async () => {
  const told: readonly Told[] = [
    ...passed("2026-03-01T01:00:00Z", "p1", "inner-entry"),
    ["2026-03-01T01:01:00Z", "DoorOpened", { vestibule: "v1", door: "outer", cause: "emergency" }],
    ...passed("2026-03-01T01:02:00Z", "p2", "inner-entry"),
  ];
  const rows = await rowsOf(told, { name: "inside" }, { names });
  expect(rows.map(([person, , , , , note]) => [person, note])).toEqual([
    ["Emma", "a door has stood open to anybody since"],
    ["王芳", ""],
  ]);
});

test("what was pruned is not missing: a report is made of what is kept", async () => {
  const told = [
    ...passed("2026-03-01T01:00:00Z", "p1", "inner-entry"),
    ...passed("2026-03-01T02:00:00Z", "p2", "inner-entry"),
  ];
  for (const name of ["inside", "passages"] as const) {
    const rows = await rowsOf(told, { name }, { names, pruned: 2 });
    expect(rows.map((row) => row.join().includes("王芳"))).toEqual([true]);
  }
  // The period's own begin was kept, the records that it looks back to were not.
  const from = at("2026-03-01T01:30:00Z");
  expect(await rowsOf(told, { name: "passages", from }, { names, pruned: 2 })).toHaveLength(1);
});

test("rights: each level of each person, in words; a level that is no more opens nothing", async () => {
  const person = (id: string, accessLevels: readonly string[]): Cardholder => ({
    id,
    name: `Person ${id}`,
    kind: "staff",
    groups: [],
    accessLevels,
    status: "active",
    validUntil: at("2026-06-30T16:00:00Z"),
    hasPin: false,
    cards: [
      { number: "1", format: "raw", status: "active", issuedAt: at("2026-01-01T00:00:00Z"), duress: false },
      { number: "2", format: "raw", status: "lost", issuedAt: at("2026-01-01T00:00:00Z"), duress: false },
    ],
    photos: [],
    createdAt: at("2026-01-01T00:00:00Z"),
  });
  const office = {
    name: "office hours",
    spans: [{ days: ["monday", "friday"] as const, from: 8 * 60, to: 18 * 60 }],
  };
  const levels = [
    {
      name: "vault",
      vestibules: ["v2"],
      accessPoints: ["inner-entry"] as const,
      schedule: office,
      mode: "card+face" as const,
      modes: [
        {
          schedule: { name: "night", spans: [{ days: ["holiday"] as const, from: 0, to: 1440 }] },
          mode: "card+face+pin" as const,
        },
      ],
    },
  ];
  const people = [person("a", ["vault", "gone"]), person("b", [])];
  const rows = await rowsOf([], { name: "rights", levels }, { people });
  const common = { status: "Active", until: "2026-07-01 00:00:00" };
  expect(rows).toEqual([
    [
      "Person a",
      "a",
      "",
      common.status,
      "vault",
      "v2: Inner door, in",
      "office hours: Mon Fri 08:00–18:00",
      "Card and face, Card, face and PIN (night: holidays 00:00–24:00)",
      "",
      common.until,
      "1",
    ],
    [
      "Person a",
      "a",
      "",
      common.status,
      "gone",
      "there is no such level: opens nothing",
      "",
      "",
      "",
      common.until,
      "1",
    ],
    ["Person b", "b", "", common.status, "none: opens nothing", "", "", "", "", common.until, "1"],
  ]);
});

describe("what it was made from", () => {
  const told = passed("2026-03-01T01:00:00Z", "p1", "outer-entry");

  test("stands behind the rows, with the journal's position and hash", async () => {
    const asked = { name: "passages" as const, from: at("2026-02-28T16:00:00Z"), cardholder: "p1" };
    const result = await reportOf(told, asked, { names });
    if (result.is !== "made") throw new Error(result.is);
    expect(result).toMatchObject({ rows: 1, verified: 2, position: { seq: 2 } });
    const behind = new Map(
      cellsOf(Buffer.concat(result.content)).map(([label = "", value = ""]) => [label, value]),
    );
    expect(behind.get("Site")).toBe("West Lake branch (hz-01)");
    expect(behind.get("Period")).toBe("2026-03-01 00:00:00 – now");
    expect(behind.get("Only")).toBe("Emma");
    expect(behind.get("Asked for by")).toBe("auditor");
    expect(behind.get("Made at")).toBe("2026-12-31 08:00:00");
    expect(behind.get("Journal position")).toBe("2");
    expect(behind.get("Journal hash")).toBe(result.position.hash);
    expect(behind.get("Verified")).toMatch(/^2 records read, each as it was written/);
  });

  test.each([
    ["a payload", (payload: string) => payload.replace("p1", "p9")],
    ["a space in it", (payload: string) => payload.replace(",", ", ")],
  ])("T41: no report is made where %s of one record was changed", async (_, change) => {
    const altered = (record: Parameters<typeof Object>[0]) => ({
      ...record,
      payload: change(record.payload),
    });
    expect(await reportOf(told, { name: "passages" }, { altered })).toMatchObject({
      is: "unverified",
      seq: 1,
    });
  });
});

test("as JSON the same table, for a page to show", async () => {
  const told = passed("2026-03-01T01:00:00Z", "p1", "inner-entry");
  const table = JSON.parse((await contentOf(told, { name: "inside", format: "json" }, { names })).toString());
  expect(table).toMatchObject({
    columns: expect.arrayContaining([{ name: "person", label: "Person" }]),
    rows: [["Emma", "p1", "Secure area", "v1", "2026-03-01 09:00:00", ""]],
    totals: expect.arrayContaining([["Secure area", "1"]]),
    facts: expect.arrayContaining([["Journal position", "2"]]),
    position: { seq: 2, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
});
