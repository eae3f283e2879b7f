import { expect, test } from "vitest";
import { changesOf, newPersonValues, personOf } from "./person-values.ts";

const anna = { ...newPersonValues, name: "安娜 Anna Reyes", groups: ["manager"], note: "since May" };

test("only what was changed is sent: somebody else may have changed the rest meanwhile", () => {
  expect(changesOf(anna, { ...anna })).toEqual({});
  expect(changesOf(anna, { ...anna, groups: ["manager", "custodian"], note: " " })).toEqual({
    groups: ["manager", "custodian"],
    note: null,
  });
});

test("a time is sent with its zone, and one that was taken away as null", () => {
  const until = { ...anna, validUntil: "2027-01-01T08:30" };
  expect(changesOf(anna, until)).toEqual({ validUntil: new Date(2027, 0, 1, 8, 30).toISOString() });
  expect(changesOf(until, anna)).toEqual({ validUntil: null });
});

test("A7: who becomes staff has no host any more", () => {
  const visitor = { ...anna, kind: "visitor", host: "c1" } as const;
  expect(personOf(visitor)).toMatchObject({ kind: "visitor", host: "c1" });
  expect(changesOf(visitor, { ...visitor, kind: "staff" })).toEqual({ kind: "staff", host: null });
});
