import { expect, test } from "vitest";
import { interlockPolicyOf, milliseconds } from "./policy-of.ts";
import { siteForTests } from "./site-for-tests.ts";

test("seconds of the file are milliseconds of the domain, without a float's dust", () => {
  expect(milliseconds(0.3)).toBe(300);
  expect(milliseconds(1.1)).toBe(1100);
  expect(milliseconds(2.0004)).toBe(2000);
});

test("each door's rules come from its own section", () => {
  const site = siteForTests(`    settleTime: 0.2
    onFire: outer
    overrideTime: 90
    doors:
      outer: { lock: fail-safe, releaseTime: 7, relockDelay: 0.1, flapLimit: 30 }
      inner: { bolt: fitted, heldOpenTime: 20, heldOpenWarning: 4, boltTime: 1.5, relockOnOpen: false }
heartbeatTime: 2
`);
  const [vestibule] = site.vestibules;
  if (vestibule === undefined) throw new Error("the site for tests has a vestibule");
  expect(interlockPolicyOf(site, vestibule)).toEqual({
    settleTime: 200,
    heartbeatTime: 2_000,
    onFire: "outer",
    priority: "fire",
    overrideWindow: 30_000,
    overrideTime: 90_000,
    dwellTime: 120_000,
    doors: {
      outer: {
        lockKind: "fail-safe",
        bolt: "unfitted",
        releaseTime: 7_000,
        relockOnOpen: true,
        relockDelay: 100,
        heldOpenTime: 15_000,
        heldOpenWarning: 5_000,
        boltTime: 2_000,
        flapLimit: 30,
        contactDebounce: 100,
        stuckContactLimit: 3,
      },
      inner: {
        lockKind: "fail-secure",
        bolt: "fitted",
        releaseTime: 5_000,
        relockOnOpen: false,
        relockDelay: 300,
        heldOpenTime: 20_000,
        heldOpenWarning: 4_000,
        boltTime: 1_500,
        flapLimit: 20,
        contactDebounce: 100,
        stuckContactLimit: 3,
      },
    },
  });
});
