import fc from "fast-check";
import { expect, test } from "vitest";
import { instant, wallTime } from "../domain/time.ts";
import type { JournalRecord, JsonObject } from "../ports/journal.ts";
import { eventMessage } from "./published-view.ts";

const record = (payload: JsonObject, type = "AccessDenied"): JournalRecord => ({
  ...{ seq: 1, wall: wallTime(0), at: instant(0), boot: "b", type, version: 1, hash: "00" },
  payload,
});
const body = (payload: JsonObject): JsonObject => eventMessage(record(payload)).body ?? {};

test("what happened, where, why and the pseudonym leave; the evidence is named by its hash only", () => {
  const payload = {
    vestibule: "v1",
    cardholder: "ch-7",
    reason: "faceMismatch",
    distance: 0.2,
    evidence: "ab12",
  };
  expect(body(payload)).toMatchObject(payload);
});

test("names, pictures, templates, card numbers and secrets never leave, however deep they lie", () => {
  const secret = "do-not-publish";
  const payload = {
    name: secret,
    Photo: secret,
    nested: { list: [{ template: [0.1], displayName: secret }], pin: "1234", kept: 1 },
    cardNumber: "1001",
  };
  const published = body(payload);
  expect(JSON.stringify(published)).not.toMatch(/do-not-publish|1001|1234|0\.1/);
  expect(published).toMatchObject({ nested: { list: [{}], kept: 1 } });
  expect(published["withheld"]).toEqual(["name", "Photo", "template", "displayName", "pin", "cardNumber"]);
});

test("content under an innocent key does not leave either: long text, long lists", () => {
  const published = body({
    remark: "x".repeat(2000),
    series: Array.from({ length: 128 }, () => 0.5),
    ok: "y",
  });
  expect(published).toMatchObject({ ok: "y", withheld: ["remark", "series"] });
  expect(published).not.toHaveProperty("remark");
});

test("an event too large for a broker is cut down to what names it", () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`k${index}`, "z".repeat(1000)]));
  const published = body({ vestibule: "v1", ...many });
  expect(published).toMatchObject({ seq: 1, vestibule: "v1", truncated: true });
  expect(JSON.stringify(published).length).toBeLessThan(2000);
});

test("no vestibule and no type can reach outside its own level of the topic (T8)", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (vestibule, type) => {
      const { topic } = eventMessage(record({ vestibule }, type));
      expect(topic).toMatch(/^[A-Za-z0-9._-]{1,128}\/event\/[A-Za-z0-9._-]{1,128}$/);
    }),
  );
});
