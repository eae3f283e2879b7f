import { describe, expect, test } from "vitest";
import type { Directory } from "../directory.ts";
import type { NewRuleVersion, RulesStore, StoredKind } from "../rules-store.ts";

export interface RulesStoreUnderTest extends Disposable {
  readonly rules: RulesStore;
  /** Whose access levels are counted. */
  readonly directory: Directory;
}

const change = (kind: StoredKind, body: NewRuleVersion["body"]): NewRuleVersion => ({
  kind,
  body,
  hash: "00ff",
  operator: "wang.wei",
  approver: null,
  reason: "new opening hours, as of the letter of 12 March",
});

export function rulesStoreContract(name: string, make: () => RulesStoreUnderTest): void {
  describe(`RulesStore contract: ${name}`, () => {
    test("a version is kept as it was given, with its numbers and the time", () => {
      using subject = make();
      const body = {
        releaseTime: 7,
        multiPerson: { count: 2, groups: ["经理", "'; DROP TABLE rule_versions; --"] },
      };
      const added = subject.rules.append({ ...change("doors/v1/inner", body), approver: "li.na" });
      expect(added).toMatchObject({ id: 1, version: 1, kind: "doors/v1/inner", body, approver: "li.na" });
      expect(added.at).toBeGreaterThan(0);
      expect(subject.rules.get(added.id)).toEqual(added);
      expect(subject.rules.newest("doors/v1/inner")).toEqual(added);
    });

    test("each kind counts by itself, and the newest of each holds", () => {
      using subject = make();
      const { rules } = subject;
      rules.append(change("schedules", []));
      rules.append(change("holidays", ["2027-01-01"]));
      rules.append(change("schedules", null));
      expect(rules.newest("schedules")).toMatchObject({ id: 3, version: 2, body: null });
      expect(rules.newest("holidays")).toMatchObject({ id: 2, version: 1 });
      expect(rules.newest("settings")).toBeUndefined();
      expect(rules.get(9)).toBeUndefined();
      expect(rules.kinds()).toEqual(["holidays", "schedules"]);
    });

    test("they are listed newest first, by kind and by pages", () => {
      using subject = make();
      const { rules } = subject;
      for (const kind of ["schedules", "holidays", "schedules", "settings"] as const)
        rules.append(change(kind, []));
      const ids = (query: Parameters<RulesStore["list"]>[0]) => rules.list(query).map(({ id }) => id);
      expect(ids({ limit: 10 })).toEqual([4, 3, 2, 1]);
      expect(ids({ limit: 10, kind: "schedules" })).toEqual([3, 1]);
      expect(ids({ limit: 2, before: 4 })).toEqual([3, 2]);
      expect(() => rules.list({ limit: 0 })).toThrow(RangeError);
      expect(() => rules.list({ limit: 501 })).toThrow(RangeError);
    });

    test("they are found by who made or confirmed them, and by when", () => {
      using subject = make();
      const { rules } = subject;
      const first = rules.append(change("schedules", []));
      rules.append({ ...change("holidays", []), operator: "zhao.min", approver: "li.na" });
      const ids = (query: Omit<Parameters<RulesStore["list"]>[0], "limit">) =>
        rules.list({ ...query, limit: 10 }).map(({ id }) => id);
      expect(ids({ operator: "wang.wei" })).toEqual([1]);
      expect(ids({ operator: "li.na" })).toEqual([2]);
      expect(ids({ operator: "' OR 1 = 1 --" })).toEqual([]);
      expect(ids({ from: first.at })).toEqual([2, 1]);
      expect(ids({ to: first.at })).toEqual([]);
    });

    test("work that throws leaves no version behind", () => {
      using subject = make();
      const { rules } = subject;
      rules.append(change("schedules", []));
      const failing = (): void =>
        rules.transact(() => {
          rules.append(change("schedules", ["x"]));
          throw new RangeError("not this");
        });
      expect(failing).toThrow("not this");
      expect(rules.newest("schedules")).toMatchObject({ version: 1, body: [] });
      expect(rules.transact(() => rules.append(change("schedules", null)).version)).toBe(2);
    });

    test("who has a level is counted", () => {
      using subject = make();
      const { directory, rules } = subject;
      directory.add({ name: "a", groups: ["vault"], accessLevels: ["staff", "vault"] });
      directory.add({ name: "b", groups: [], accessLevels: ["staff"] });
      expect(rules.holders(["staff", "vault", "nobody"])).toEqual({ staff: 2, vault: 1 });
      expect(rules.holders([])).toEqual({});
    });
  });
}
