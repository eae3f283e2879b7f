import { describe, expect, test } from "vitest";
import { passed, sourceOf, type Told } from "../../../test/support/report-site.ts";
import { wallTime } from "../../domain/time.ts";
import type { FigureOrder } from "../../ports/services/figure-services.ts";
import { makeFigures } from "./make-figures.ts";
import { waitingTimes } from "./waiting.ts";

const at = (text: string) => wallTime(Date.parse(text));
const day: FigureOrder = {
  from: at("2026-03-02T00:00:00Z"),
  to: at("2026-03-03T00:00:00Z"),
  madeAt: at("2026-03-03T12:00:00Z"),
  timeZone: "Europe/London",
  cameras: [],
};

function figuresOf(told: readonly Told[], order: Partial<FigureOrder> = {}) {
  const result = makeFigures({ ...day, ...order }, sourceOf(told));
  if (result.is !== "made") throw new Error(JSON.stringify(result));
  return result.figures;
}

const camera = (time: string, type: string, more = {}): Told => [time, type, { camera: "c1", ...more }];
const restored = (time: string, from: string): Told => camera(time, "CameraRestored", { from });
const alarm = (time: string, type: string, name: string, more = {}): Told => [
  time,
  type,
  { alarm: name, id: `v1.${name}`, vestibule: "v1", ...more },
];

describe("passages", () => {
  const told = [
    ...passed("2026-03-01T23:59:59Z", "p1", "outer-entry"),
    ...passed("2026-03-02T09:10:00Z", "p1", "outer-entry"),
    ...passed("2026-03-02T09:50:00Z", "p2", "outer-entry"),
    ...passed("2026-03-02T17:00:00Z", "p1", "inner-exit"),
    ...passed("2026-03-03T00:00:01Z", "p1", "outer-entry"),
  ];

  test("are counted by hour, door and direction; what lies beside the period is not", () => {
    const { step, steps, passages } = figuresOf(told);
    expect([step, steps.length]).toEqual(["hour", 25]);
    const of = (name: string) => passages.find(({ accessPoint }) => accessPoint === name);
    expect(passages).toHaveLength(2);
    expect(of("outer-entry")?.taken.flatMap((n, hour) => (n > 0 ? [[hour, n]] : []))).toEqual([[9, 2]]);
    expect(of("inner-exit")?.byHour[17]).toBe(1);
  });

  test("of one door only", () => {
    const { passages } = figuresOf(told, { door: "inner", vestibule: "v1" });
    expect(passages.map(({ accessPoint }) => accessPoint)).toEqual(["inner-exit"]);
    expect(figuresOf(told, { vestibule: "v2" }).passages).toEqual([]);
  });

  test("A9: a year is of days, each of as many hours as it had, begun at the site's midnight", () => {
    const { step, steps } = figuresOf([], {
      from: at("2026-03-27T12:00:00Z"),
      to: at("2026-04-10T12:00:00Z"),
      madeAt: at("2026-05-01T12:00:00Z"),
    });
    expect(step).toBe("day");
    expect(steps.slice(0, 4).map((one) => new Date(one).toISOString().slice(0, 16))).toEqual([
      "2026-03-27T00:00",
      "2026-03-28T00:00",
      "2026-03-29T00:00",
      "2026-03-29T23:00",
    ]);
  });
});

test.each([
  // Half past midnight; the last hour of a day of 25 hours; the morning after one of 23.
  ["2026-06-10T23:30:00Z", "2026-06-10T23:00"],
  ["2026-10-25T23:30:00Z", "2026-10-24T23:00"],
  ["2026-03-30T05:00:00Z", "2026-03-29T23:00"],
])("A9: a period that begins at %s is counted from that day's midnight on", (from, midnight) => {
  const [to, madeAt] = [at("2026-12-30T12:00:00Z"), at("2026-12-31T12:00:00Z")];
  const [first] = figuresOf([], { from: at(from), to, madeAt }).steps;
  expect(new Date(first ?? 0).toISOString().slice(0, 16)).toBe(midnight);
});

test("denials by reason, the most frequent first", () => {
  const denied = (time: string, reason: string): Told => [time, "AccessDenied", { reason, vestibule: "v1" }];
  const { denials } = figuresOf([
    denied("2026-03-02T09:00:00Z", "noFace"),
    denied("2026-03-02T09:01:00Z", "faceMismatch"),
    denied("2026-03-02T09:02:00Z", "faceMismatch"),
    ["2026-03-02T09:03:00Z", "EgressDenied", { reason: "lockdown", vestibule: "v1", door: "inner" }],
    denied("2026-03-04T09:02:00Z", "timeout"),
  ]);
  expect(denials).toEqual([
    { reason: "faceMismatch", count: 2 },
    { reason: "noFace", count: 1 },
    { reason: "lockdown", count: 1 },
  ]);
});

test("waiting is from the last card to the released door", () => {
  const released = (passage: string, waited: number): readonly Told[] => {
    const time = "2026-03-02T09:00:00Z";
    const facts = { vestibule: "v1", passage, lead: passage };
    return [
      [
        time,
        "AccessGranted",
        { ...facts, accessPoint: "outer-entry", presentedAt: Date.parse(time) - waited },
      ],
      [time, "DoorReleased", { ...facts, door: "outer" }],
    ];
  };
  const { waiting } = figuresOf([
    ...[1_000, 1_100, 1_240, 20_000].flatMap((waited, n) => released(`w${n}`, waited)),
    // Released by a button: nobody waited.
    ["2026-03-02T10:00:00Z", "DoorReleased", { vestibule: "v1", door: "outer", passage: "rex" }],
  ]);
  expect(waiting).toMatchObject({ count: 4, median: 1_100, p95: 20_000, beyond: 1, binWidth: 250 });
  expect(waiting.bins[4]).toBe(3);
});

test("waiting is not measured over a restart of the machine: its clock began anew", () => {
  const period = { from: 0, to: 10 };
  const waiting = waitingTimes({}, period);
  const facts = { wall: 5, payload: { passage: "w", presentedAt: 1_000 } };
  waiting.take({ type: "AccessGranted", at: 1_000, boot: "one", ...facts });
  waiting.take({ type: "DoorReleased", at: 1_500, boot: "two", ...facts });
  expect(waiting.figure().count).toBe(0);
});

test("scores stand beside the threshold they were judged by, each model apart", () => {
  const face = (score: number, model = "one", threshold = 0.4) => ({ face: { score, model, threshold } });
  const time = "2026-03-02T09:00:00Z";
  const { scores } = figuresOf([
    [time, "AccessGranted", face(0.9)],
    [time, "AccessGranted", face(0.7)],
    [time, "AccessDenied", { reason: "faceMismatch", ...face(0.3) }],
    // Refused for another reason: its score says nothing of the threshold.
    [time, "AccessDenied", { reason: "notLive", ...face(0.8) }],
    [time, "AccessGranted", { face: null }],
    [time, "AccessGranted", face(0.99, "two", 0.05)],
  ]);
  expect(scores.map(({ model }) => model)).toEqual(["one", "two"]);
  const [one] = scores;
  expect(one?.thresholds).toEqual([{ similarity: 0.6, comparisons: 3 }]);
  const edges = (bins: readonly number[] = []) =>
    bins.flatMap((n, bin) =>
      n > 0 ? [Math.round(((one?.low ?? 0) + bin * (one?.binWidth ?? 0)) * 100)] : [],
    );
  expect(edges(one?.granted)).toEqual([70, 90]);
  expect(edges(one?.faceMismatch)).toEqual([30]);
});

describe("cameras", () => {
  test("a fault is an interval, and two at once count once", () => {
    const { cameras } = figuresOf(
      [
        camera("2026-03-02T06:00:00Z", "CameraFrozen"),
        camera("2026-03-02T07:00:00Z", "CameraLost"),
        restored("2026-03-02T09:00:00Z", "CameraLost"),
        restored("2026-03-02T12:00:00Z", "CameraFrozen"),
      ],
      { cameras: ["c1", "c2"] },
    );
    expect(cameras.map(({ camera: id, available }) => [id, available])).toEqual([
      ["c1", 0.75],
      ["c2", 1],
    ]);
    expect(cameras[0]?.intervals.map(({ fault }) => fault)).toEqual(["CameraFrozen", "CameraLost"]);
  });

  test.each([
    ["before the period and lasts", [camera("2026-02-01T00:00:00Z", "CameraLost")], 0, null],
    ["in the period and lasts", [camera("2026-03-02T12:00:00Z", "CameraCovered")], 0.5, null],
    [
      "before everything that is on record",
      [restored("2026-03-02T06:00:00Z", "CameraLost")],
      0.75,
      at("2026-03-02T06:00:00Z"),
    ],
  ] as const)("a fault that began %s", (_, told, available, to) => {
    const [one] = figuresOf(told).cameras;
    expect(one?.available).toBeCloseTo(available);
    expect(one?.intervals.map((interval) => interval.to)).toEqual([to]);
  });
});

test("alarms wait from when they were raised first, also before the period, until somebody acknowledges them", () => {
  const { alarms } = figuresOf([
    alarm("2026-03-01T23:00:00Z", "AlarmRaised", "LockFault"),
    alarm("2026-03-02T01:00:00Z", "AlarmAcknowledged", "LockFault"),
    alarm("2026-03-02T08:00:00Z", "AlarmRaised", "DoorHeldOpen"),
    alarm("2026-03-02T08:01:00Z", "AlarmRaised", "DoorHeldOpen"),
    alarm("2026-03-02T08:03:00Z", "AlarmAcknowledged", "DoorHeldOpen"),
    alarm("2026-03-02T09:00:00Z", "AlarmRaised", "DoorHeldOpen"),
  ]);
  expect(alarms).toEqual([
    { alarm: "DoorHeldOpen", raised: 3, acknowledged: 1, median: 180_000, p95: 180_000, longest: 180_000 },
    { alarm: "LockFault", raised: 0, acknowledged: 1, median: 7_200_000, p95: 7_200_000, longest: 7_200_000 },
  ]);
});

describe("what they are made from", () => {
  test("is named, and was checked", () => {
    const told = passed("2026-03-02T09:10:00Z", "p1", "outer-entry");
    expect(figuresOf(told)).toMatchObject({ verified: 2, position: { seq: 2 } });
  });

  test.each([
    ["in the period", "2026-03-02T09:10:00Z"],
    ["before it, of what still held", "2026-02-01T00:00:00Z"],
  ])("T41: none are made where a record %s was changed", (_, time) => {
    const source = sourceOf(
      [camera(time, "CameraLost"), ...passed("2026-03-02T23:00:00Z", "p1", "outer-entry")],
      {
        altered: (record) => ({ ...record, payload: record.payload.replace("c1", "c9") }),
      },
    );
    expect(makeFigures(day, source)).toMatchObject({ is: "unverified", seq: 1 });
  });
});
