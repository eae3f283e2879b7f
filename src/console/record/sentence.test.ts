import i18next from "i18next";
import { beforeAll, expect, test } from "vitest";
import type { RecordView } from "../../ports/record-view.ts";
import { en } from "../texts/en.ts";
import { zh } from "../texts/zh.ts";
import { sentence } from "./sentence.ts";

const record = (type: string, facts: Partial<RecordView> = {}): RecordView => ({
  schema: 1,
  seq: 1,
  time: "2026-11-21T08:00:00.000Z",
  type,
  vestibule: "v1",
  door: null,
  accessPoint: null,
  cardholder: null,
  reason: null,
  hash: "",
  ...facts,
});
const texts = i18next.createInstance();
const nameOf = (cardholder: string): string => (cardholder === "c1" ? "Anna" : "?");
const inEnglish = (view: RecordView): string => sentence(texts.getFixedT("en"), view, nameOf);
const inChinese = (view: RecordView): string => sentence(texts.getFixedT("zh"), view, nameOf);

beforeAll(async () => {
  await texts.init({
    lng: "en",
    resources: { en: { translation: en }, zh: { translation: zh } },
    interpolation: { escapeValue: false },
  });
});

test("a refusal says where and why, in both languages", () => {
  const refused = record("AccessDenied", { accessPoint: "inner-entry", reason: "interlocked" });
  expect(inEnglish(refused)).toBe("Refused at “Inner door, in”: the other door is not secure");
  expect(inChinese(refused)).toContain("内门·进");
  expect(inChinese(refused)).toContain("双门互锁");
});

test("a passage names the person and the door its access point leads through", () => {
  const taken = record("AccessTaken", { cardholder: "c1", accessPoint: "outer-entry" });
  expect(inEnglish(taken)).toBe("Anna went through the outer door");
});

test("an alarm is named by its type, or by its id where that is all there is", () => {
  expect(inEnglish(record("AlarmRaised", { alarm: "DoorForcedOpen" }))).toBe("Alarm: Door forced open");
  expect(inEnglish(record("AlarmReturned", { id: "v1.outer.DoorHeldOpen" }))).toBe(
    "Alarm over: Door held open",
  );
});

test("whatever a newer server writes is shown, not lost", () => {
  expect(inEnglish(record("BatteryReplacedByNight"))).toBe("Battery replaced by night");
  expect(inEnglish(record("AccessDenied", { accessPoint: "roof", reason: "tooWet" }))).toBe(
    "Refused at “roof”: tooWet",
  );
  expect(inEnglish(record("toString"))).toBe("To string");
});

test("no sentence is left with a gap where a fact belongs", () => {
  for (const type of Object.keys(en.event))
    for (const said of [inEnglish(record(type)), inChinese(record(type))])
      expect(said, type).not.toContain("{{");
});

test("a report and a card's state are called by their names", () => {
  const made = record("ReportMade", { operator: "eva", report: "inside" });
  expect(inEnglish(made)).toBe("eva made a report: who is inside");
  expect(inChinese(made)).toContain("在场人员");
  const blocked = record("CardStatusChanged", {
    operator: "eva",
    cardholder: "c1",
    card: "7",
    status: "suspended",
  });
  expect(inEnglish(blocked)).toBe("eva set card 7 of Anna to suspended");
});
