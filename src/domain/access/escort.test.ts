import { describe, expect, test } from "vitest";
import { doorPassed, doorReleased, given, passes } from "./given.ts";
import { at, becomes, called, comes, policyFor, ran, shows } from "./given-people.ts";

const two = policyFor({
  doors: { "v1/outer": { multiPerson: { count: 2, groups: [], window: 30_000, directions: "entry" } } },
});

describe("A7: visitors", () => {
  const visits = (host: string | undefined) => ({ kind: "visitor", host }) as const;
  const open = policyFor();

  test("wait for the host, and pass with him", () => {
    const { displays } = ran(open, ...shows("vic", visits("ben")));
    expect(displays.at(-1)).toMatchObject({ text: "waitForHost" });
    expect(given(open, ...shows("vic", visits("ben"))).when(...shows("ben"))).toEqual([
      "ben CardPresented",
      "ben VerificationStarted",
      "vic AccessGranted",
      "ben AccessGranted",
    ]);
  });

  test("somebody else passes alone, and they wait on", () => {
    const waits = given(open, ...shows("vic", visits("ben")), ...shows("chi"), doorReleased("chi"));
    expect(waits.when(doorPassed("chi"), passes(1_000), ...shows("ben"))).toContain("vic AccessGranted");
    expect(waits.when(doorPassed("chi"), passes(30_000))).toEqual([
      "chi AccessTaken",
      "vic AccessDenied multiPersonIncomplete",
    ]);
  });

  test("another visitor is nobody's host", () => {
    expect(given(open, ...shows("vic", visits("wim"))).when(...shows("wim", visits("vic")))).toContain(
      "wim PersonVerified",
    );
  });

  test("of whom no host is known → notAuthorised", () => {
    expect(given(open).when(comes("vic", visits(undefined)))).toContain("vic AccessDenied notAuthorised");
  });

  test("do not count among those who have to be there, nor for a group", () => {
    const waits = given(two, ...shows("vic", { ...visits("ben"), groups: ["manager"] }));
    expect(ran(two, ...shows("vic", visits("ben"))).last("PersonVerified")).toMatchObject({
      present: 1,
      of: 3,
      awaitsHost: true,
    });
    expect(waits.when(...shows("ben"))).toContain("ben PersonVerified");
    expect(waits.when(...shows("ben"), ...shows("chi"))).toContain("vic AccessGranted");
  });

  test("R15: leave without him", () => {
    for (const accessPoint of ["inner-exit", "outer-exit"] as const)
      expect(given(open).when(...shows("vic", visits("ben"), { where: at(accessPoint) }))).toContain(
        "vic AccessGranted",
      );
  });

  test("are let in for their hours only, even while they wait for the host", () => {
    const waits = given(open, ...shows("vic", visits("ben")));
    const over = becomes("vic", called("vic", { ...visits("ben"), cardStatus: "expired" }));
    expect(waits.when(over, ...shows("ben")).slice(2)).toEqual([
      "vic AccessDenied expiredCredential",
      "ben AccessGranted",
    ]);
  });
});
