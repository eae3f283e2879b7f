import { describe, expect, test } from "vitest";
import { contentOf, passed, rowsOf, type Told } from "../../test/support/report-site.ts";
import { wallTime } from "../domain/time.ts";

const at = (text: string) => wallTime(Date.parse(text));
const names = { p1: "Emma", p2: "王芳" };

describe("passages", () => {
  const byButton = {
    vestibule: "v1",
    door: "inner",
    enters: true,
    grant: "egress",
    passage: "e1",
    openFor: 900,
  };
  const told: readonly Told[] = [
    ...passed("2026-03-01T01:00:00Z", "p1", "outer-entry"),
    ["2026-03-01T01:00:30Z", "AccessTaken", byButton],
    ...passed("2026-03-01T02:00:00Z", "p2", "inner-exit", { mode: "face+remote", operator: "ben" }),
    ...passed("2026-03-01T03:00:00Z", "p3", "outer-entry").slice(0, 1),
    [
      "2026-03-01T03:00:05Z",
      "AccessNotTaken",
      {
        vestibule: "v1",
        accessPoint: "outer-entry",
        cardholder: "p3",
        card: null,
        passage: "p3-2026-03-01T03:00:00Z",
      },
    ],
  ];

  test("who passed which door when and how, in the site's time; somebody deleted by pseudonym", async () => {
    expect(await rowsOf(told, { name: "passages" }, { names })).toEqual([
      [
        "2026-03-01 09:00:00",
        "Emma",
        "p1",
        "1001",
        "v1",
        "Outer door",
        "Outer door, in",
        "Card and face",
        "Passed",
        "2.5",
        "",
      ],
      [
        "2026-03-01 09:00:30",
        "",
        "",
        "",
        "v1",
        "Inner door",
        "Inner door, out",
        "Exit button",
        "Passed",
        "0.9",
        "",
      ],
      [
        "2026-03-01 10:00:00",
        "王芳",
        "p2",
        "1001",
        "v1",
        "Inner door",
        "Inner door, out",
        "Face and operator",
        "Passed",
        "2.5",
        "ben",
      ],
      [
        "2026-03-01 11:00:05",
        "p3",
        "p3",
        "",
        "v1",
        "Outer door",
        "Outer door, in",
        "Card and face",
        "Did not pass",
        "",
        "",
      ],
    ]);
  });

  test.each([
    ["person", { cardholder: "p2" }, ["王芳"]],
    ["door", { door: "inner" as const }, ["", "王芳"]],
    ["mode", { mode: "rex" }, [""]],
    ["begin", { from: at("2026-03-01T02:00:00Z") }, ["王芳", "p3"]],
    ["end", { to: at("2026-03-01T01:00:00Z") }, ["Emma"]],
  ])("only those of a %s", async (_, asked, people) => {
    const rows = await rowsOf(told, { name: "passages", ...asked }, { names });
    expect(rows.map(([, person]) => person)).toEqual(people);
  });

  test("how a passage was verified is known though its decision lies before the period", async () => {
    const [granted, taken] = passed("2026-03-01T01:00:00Z", "p1", "outer-entry");
    const late: readonly Told[] = [
      granted as Told,
      ["2026-03-01T01:00:04Z", ...(taken as Told).slice(1)] as unknown as Told,
    ];
    const rows = await rowsOf(late, { name: "passages", from: at("2026-03-01T01:00:02Z") });
    expect(rows[0]?.[7]).toBe("Card and face");
  });

  test("A5: a passage under duress looks like any other, and nothing of the duress is told", async () => {
    const plain = passed("2026-03-01T01:00:00Z", "p1", "outer-entry");
    const [granted, taken] = plain as [Told, Told];
    const signal: Told = [
      "2026-03-01T01:00:00Z",
      "DuressSignalled",
      { vestibule: "v1", cardholder: "p1", form: "pin" },
    ];
    const alarm: Told = ["2026-03-01T01:00:00Z", "AlarmRaised", { alarm: "Duress", vestibule: "v1" }];
    for (const name of ["passages", "denials", "inside", "attendance"] as const) {
      const rows = await rowsOf([granted, taken], { name }, { names });
      expect(await rowsOf([signal, granted, alarm, taken], { name }, { names })).toEqual(rows);
      const whole = (await contentOf([signal, granted, alarm, taken], { name }, { names })).toString();
      expect(whole).not.toMatch(/duress|胁迫/i);
    }
  });
});

test("a passage whose end the interlock alone could tell is everybody's who was granted it", async () => {
  const [first] = passed("2026-03-01T01:00:00Z", "p1", "inner-entry", { lead: "l" });
  const [second] = passed("2026-03-01T01:00:00Z", "p2", "inner-entry", { lead: "l" });
  const end = { vestibule: "v1", door: "inner", enters: false, passage: "l", openFor: 1_000 };
  const told = [first as Told, second as Told, ["2026-03-01T01:00:05Z", "AccessTaken", end] as const];
  const rows = await rowsOf(told, { name: "passages" }, { names });
  expect(rows.map(([, person, , , , , where, mode]) => [person, where, mode])).toEqual([
    ["Emma", "Inner door, in", "Card and face"],
    ["王芳", "Inner door, in", "Card and face"],
  ]);
  expect(await rowsOf(told, { name: "inside" }, { names })).toHaveLength(2);
});
