import i18next from "i18next";
import { expect, test } from "vitest";
import { conditionsOfAccess, conditionsOfInterlock } from "../../domain/alarm/conditions.ts";
import { instant } from "../../domain/time.ts";
import { en as english } from "../texts/en.ts";
import { zh as chinese } from "../texts/zh.ts";
import { detailText } from "./detail-text.ts";

const texts = i18next.createInstance();
await texts.init({
  resources: { en: { translation: english }, zh: { translation: chinese } },
  interpolation: { escapeValue: false },
});
const [en, zh] = [texts.getFixedT("en"), texts.getFixedT("zh")];
const at = instant(0);

/** Everything that the controller itself says of an alarm, as it says it. */
const said = [
  ...conditionsOfInterlock("v1", { type: "ControllerLost", at }),
  ...conditionsOfInterlock("v1", { type: "DoorFoundOpen", at, door: "outer" }),
  ...conditionsOfInterlock("v1", { type: "LockFault", at, door: "outer", fault: "notThrown" }),
  ...conditionsOfInterlock("v1", { type: "ContactFault", at, door: "outer", fault: "stuckClosed" }),
  ...conditionsOfInterlock("v1", { type: "FireInputChanged", at, value: "fault" }),
  ...conditionsOfAccess({
    ...{ type: "RepeatedDenials", at, vestibule: "v1", accessPoint: "outer-entry", failures: 3 },
    until: instant(1),
  }),
  { alarm: "Tailgating" as const, detail: "2 faces, 1 verified" },
  { alarm: "ControllerLost" as const, detail: "interlock process: SIGKILL" },
  { alarm: "PresentationAttack" as const, detail: "a picture, by its raster, replay" },
  { alarm: "PresentationAttack" as const, detail: "what was asked was not done" },
  { alarm: "AuditBroken" as const, detail: "record 7 tells what is missing" },
  { alarm: "Duress" as const, detail: "pin" },
].map(({ alarm, detail }) => ({ type: alarm, detail }));

test.each(said)("$type: “$detail” is said in both languages", (one) => {
  expect(detailText(en, one)).toMatch(/^[\x20-\x7e’]+$/);
  expect(detailText(zh, one)?.replace("SIGKILL", "").replace("PIN", "")).toMatch(
    /^[\p{Script=Han}\d\s，、：]+$/u,
  );
});

test("what a machine said stays as it said it", () => {
  expect(detailText(zh, { type: "BrokerLost", detail: "ECONNREFUSED 10.0.0.7" })).toBe(
    "ECONNREFUSED 10.0.0.7",
  );
  expect(detailText(zh, { type: "BrokerLost", detail: null })).toBeNull();
});
