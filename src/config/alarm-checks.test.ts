import { describe, expect, test } from "vitest";
import { camerasConcerned } from "../domain/alarm/cameras-concerned.ts";
import { alarmPlanOf } from "./alarm-plan-of.ts";
import { faultsForTests, siteForTests } from "./site-for-tests.ts";

const section = (text: string): string => `alarms:\n  ${text.trim().replaceAll("\n", "\n  ")}\n`;
const faultsOf = (text: string): string[] =>
  faultsForTests(text).map(({ path, found }) => `${path}: ${found}`);

const outputs = "outputs: [{ name: siren }, { name: lamp, perceivableAtDoor: false }]";
const does = (type: string, action: string): string => `actions:\n  ${type}:\n    do: [${action}]`;

describe("what follows from alarms", () => {
  test("A5: nothing that can be perceived at the doors is driven for Duress", () => {
    const duress = (output: string) =>
      section(`${outputs}\n${does("Duress", `{ do: output, output: ${output} }`)}`);
    expect(faultsForTests(duress("siren"))).toMatchObject([
      { path: "alarms.actions.Duress.do[0].output", line: 9, expected: expect.stringContaining("A5") },
    ]);
    expect(() => siteForTests(duress("lamp"))).not.toThrow();
    expect(() =>
      siteForTests(section(`${outputs}\n${does("DoorForcedOpen", "{ do: output, output: siren }")}`)),
    ).not.toThrow();
  });

  test.each([
    ["an output nobody declared", does("LockFault", "{ do: output, output: sirne }"), /output: "sirne"/],
    ["a webhook nobody declared", does("LockFault", "{ do: webhook, webhook: c }"), /webhook: "c"/],
    ["recipients nobody declared", does("LockFault", "{ do: mail, to: guards }"), /to: "guards"/],
    ["a camera that is none", does("LockFault", "{ do: preset, camera: street }"), /camera: "street"/],
    ["an alarm that is none", does("DoorForcd", "{ do: bookmark }"), /DoorForcd/],
    ["an action that is none", does("LockFault", "{ do: dance }"), /dance/],
    ["a name twice", "outputs: [{ name: a }, { name: a }]", /outputs\[1\].name: "a" a second time/],
    ["a critical alarm kept from the centre", "actions: { Duress: { publish: false } }", /publish: false/],
    [
      "alarms in the clear over the network",
      "webhooks: [{ name: c, url: 'http://centre.example/', secretFile: s }]",
      /url: "http:\/\/centre.example/,
    ],
    [
      "credentials in an address",
      "webhooks: [{ name: c, url: 'https://a:b@centre.example/', secretFile: s }]",
      /url: /,
    ],
    [
      "mail in the clear over the network",
      "mail: { host: mx.example, security: none, from: a@b.c, recipients: [{ name: g, to: [a@b.c] }] }",
      /security: none/,
    ],
    [
      "a user without a password",
      "mail: { host: mx.example, username: u, from: a@b.c, recipients: [{ name: g, to: [a@b.c] }] }",
      /username alone/,
    ],
    [
      "an address that would begin another header",
      'mail: { host: mx.example, from: "a@b.c\\nBcc: x@y.z", recipients: [{ name: g, to: [a@b.c] }] }',
      /from: /,
    ],
  ])("%s is a fault", (_what, text, fault) => {
    expect(faultsOf(section(text)).join("\n")).toMatch(fault);
  });

  test("a camera's presets are of places that exist", () => {
    const camera = (places: string) =>
      `cameras:\n  - { id: c1, source: { kind: simulated }, alarmPreset: ${places} }\n`;
    expect(() => siteForTests(camera("{ v1: a, v1.outer: b }"))).not.toThrow();
    expect(faultsOf(camera("{ v2: a }"))).toEqual(['cameras[0].alarmPreset.v2: "v2"']);
  });
});

describe("the plan", () => {
  const cameras = `    accessPoints: { outer-entry: { camera: street }, inner-entry: { camera: hall } }
    countFaces: between
cameras:
  - { id: street, source: { kind: simulated }, alarmPreset: { v1: wide, v1.outer: door }, presetsBy: cctv }
  - { id: hall, source: { kind: simulated }, alarmPreset: desk }
  - { id: between, source: { kind: simulated } }
`;

  test("says by default what domain.md says, and by type what the site says", () => {
    const plan = alarmPlanOf(
      siteForTests(section("actions: { Tailgating: { do: [] }, UnknownCard: { publish: false } }")),
    );
    const kinds = (alarm: Parameters<typeof plan.actions>[0]) => plan.actions(alarm).map(({ kind }) => kind);
    for (const alarm of ["Duress", "DoorForcedOpen", "InterlockViolated"] as const)
      expect(kinds(alarm)).toEqual(["preset", "bookmark", "clip"]);
    expect(kinds("LostCardUsed")).toEqual(["clip"]);
    expect(kinds("Tailgating")).toEqual([]);
    expect(kinds("LockFault")).toEqual([]);
    expect([plan.isPublished("UnknownCard"), plan.isPublished("LockFault")]).toEqual([false, true]);
  });

  test("finds a camera's preset by door, then by vestibule", () => {
    const plan = alarmPlanOf(siteForTests(cameras));
    expect(plan.presetOf("street", { vestibule: "v1", door: "outer" })).toBe("door");
    expect(plan.presetOf("street", { vestibule: "v1", accessPoint: "outer-exit" })).toBe("door");
    expect(plan.presetOf("street", { vestibule: "v1", door: "inner" })).toBe("wide");
    expect(plan.presetOf("hall", { vestibule: "v1" })).toBe("desk");
    expect(plan.presetOf("between", { vestibule: "v1" })).toBeNull();
    expect(["street", "hall"].map(plan.presetsBy)).toEqual(["cctv", "camera"]);
  });

  test.each([
    [{ vestibule: "v1", door: "outer" }, ["street", "between"]],
    [{ vestibule: "v1", accessPoint: "inner-entry" }, ["hall", "between"]],
    [{ vestibule: "v1" }, ["street", "hall", "between"]],
    [{ camera: "hall" }, ["hall"]],
    [{}, []],
  ] as const)("of %j the cameras concerned are %j", (place, expected) => {
    expect(camerasConcerned(place, alarmPlanOf(siteForTests(cameras)).vestibules)).toEqual(expected);
  });
});
