import { expect, test } from "vitest";
import { rulesForTests, siteWith } from "../../../test/support/rules-for-tests.ts";
import type { JsonValue } from "../../ports/journal.ts";
import { MemoryDirectory } from "../../simulation/memory-directory.ts";
import { MemoryJournal } from "../../simulation/memory-journal.ts";
import { MemoryRules } from "../../simulation/memory-rules.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";

test("T42: a level that was taken away and comes back opens to whoever still has it: that weakens, an unheld one does not", () => {
  const clock = new VirtualClock();
  const journal = new MemoryJournal(clock);
  const directory = new MemoryDirectory(clock);
  const store = new MemoryRules(clock, directory);
  const { rules, alarms } = rulesForTests({ clock, journal, directory, store, site: siteWith() });
  const planned = (levels: JsonValue) => {
    const plan = rules.plan("access-levels", levels);
    if (plan.is !== "possible") throw new Error(JSON.stringify(plan));
    return plan;
  };
  const change = (levels: JsonValue) =>
    rules.apply(planned(levels), { operator: "admin", approver: null, reason: "" });
  directory.add({ name: "a", groups: [], accessLevels: ["staff"] });
  const porters = { name: "porters", accessPoints: ["outer-exit"], mode: "card+face" };
  const staff = { name: "staff", accessPoints: "all", mode: "card+face" };
  expect(planned([porters]).weakens).toEqual([]);
  change([porters]);
  expect(planned([porters, { ...staff, name: "guards" }]).weakens).toEqual([]);
  change([porters, staff]);
  const [last] = journal.query({ type: "ConfigurationChanged", limit: 1, newestFirst: true });
  expect(last?.payload).toMatchObject({
    weakens: [
      {
        rule: "levelReturns",
        where: "staff",
        en: "a level comes back to those who still have it at staff",
        zh: "已删除的权限组对原有持卡人重新生效（staff）",
      },
    ],
  });
  expect(alarms.open().map(({ type }) => type)).toContain("ConfigurationChanged");
});
