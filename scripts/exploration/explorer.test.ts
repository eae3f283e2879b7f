import { describe, expect, test } from "vitest";
import { after } from "../../src/domain/time.ts";
import { explored } from "./explored.ts";
import type { VariantReport } from "./report.ts";
import { isClean, table } from "./report.ts";
import { type Rules, rulesOf } from "./rules.ts";
import type { Variant } from "./variant.ts";
import { variants } from "./variants.ts";

const rules = await rulesOf();

function variant(name: string): Variant {
  const found = variants.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no variant "${name}"`);
  return found;
}

/** Rules that are the shipping ones but for one mistake. */
const mistaken = (mistake: Partial<Rules>): Rules => ({ ...rules, ...mistake });
const first = ({ traces }: VariantReport): string => traces[0] ?? "nothing found";

describe("a mistake in the rules is found", () => {
  test("a release that does not look at the other door", () => {
    const blind: Rules["decide"] = (state, input, policy) =>
      rules.decide(state, input, policy).map((event) => {
        if (event.type !== "ReleaseRefused" || event.reason !== "otherNotSecure") return event;
        const { at, door, grant } = event;
        return { type: "DoorReleased", at, door, grant, until: after(at, policy.doors[door].releaseTime) };
      });
    const report = explored(mistaken({ decide: blind }), variant("people"));
    expect(first(report)).toContain("is released although the other door has its contact unread");
    expect(report.fixpoint).toBe(false);
  });

  test("a release that other inputs do not end", () => {
    const forgetful: Rules["decide"] = (state, input, policy) =>
      rules
        .decide(state, input, policy)
        .filter((event) => event.type !== "DoorSecured" || event.cause !== "otherNotSecure");
    expect(first(explored(mistaken({ decide: forgetful }), variant("people")))).toMatch(/✗/);
  });

  test("a timer nobody is woken for", () => {
    const report = explored(mistaken({ deadline: () => undefined }), variant("people"));
    expect(first(report)).toContain("released and nobody will be woken");
  });

  test("a stale request that is answered with a release", () => {
    const patient: Rules["decide"] = (state, input, policy) =>
      rules.decide(
        state,
        input.type === "ReleaseRequested" ? { ...input, notAfter: input.at } : input,
        policy,
      );
    expect(first(explored(mistaken({ decide: patient }), variant("orders")))).toContain(
      "a request that is stale",
    );
  });

  test("a start that leaves a lock released", () => {
    const released: Rules["initialState"] = (at) => {
      const state = rules.initialState(at);
      const lock = { commanded: "released", by: "emergency", since: at } as const;
      return { ...state, doors: { ...state.doors, inner: { ...state.doors.inner, lock } } };
    };
    expect(first(explored(mistaken({ initialState: released }), variant("people")))).toMatch(/✗/);
  });

  test("requests that are all refused: then nobody inside can leave", () => {
    const strict: Rules["decide"] = (state, input, policy) =>
      rules.decide(
        state,
        input.type === "ReleaseRequested" ? { ...input, notAfter: Number.NaN as never } : input,
        policy,
      );
    const report = explored(mistaken({ decide: strict }), variant("people"));
    expect(first(report)).toMatch(/stale|without a ground/);
  });

  test("rules that do not come to rest", () => {
    const restless: Rules["decide"] = (state, input, policy) => {
      if (input.type === "RexPressed") throw new Error("interlock rules do not come to rest");
      return rules.decide(state, input, policy);
    };
    expect(first(explored(mistaken({ decide: restless }), variant("people")))).toContain("come to rest");
  });

  test("rules that change a state in place", () => {
    const careless: Rules["decide"] = (state, input, policy) => {
      Object.assign(state.doors.outer, { contact: "closed" });
      return rules.decide(state, input, policy);
    };
    expect(first(explored(mistaken({ decide: careless }), variant("people")))).toContain("read only");
  });
});

test("the trace is the shortest, readable, and ends in what is wrong", () => {
  const forgetful: Rules["decide"] = (state, input, policy) =>
    rules.decide(state, input, policy).filter(({ type }) => type !== "ExitRequested");
  const report = explored(mistaken({ decide: forgetful }), variant("people"));
  expect(first(report).split("\n").slice(1, 3)).toEqual([
    "  1.      0 ms  outer button pressed",
    "       ✗ a press of the button went unnoticed",
  ]);
  expect(first(report)).toContain("--replay");
  expect(isClean(report)).toBe(false);
  expect(table([report])).toMatch(/people .* no .* 1$/m);
});

test("a person with no way out is found although no step is wrong", () => {
  // Nobody may be released by request once the inner contact has been seen closed: no rule forbids it, R15 does.
  const deaf: Rules["decide"] = (state, input, policy) =>
    input.type === "ReleaseRequested" && state.doors.inner.contact === "closed"
      ? rules.decide({ ...state, controller: { phase: "lost" } }, input, policy)
      : rules.decide(state, input, policy);
  const report = explored(mistaken({ decide: deaf }), variant("people"));
  expect(report.violations).toHaveLength(1);
});
