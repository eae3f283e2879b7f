import { expect, test } from "vitest";
import { faultsForTests, siteForTests } from "./site-for-tests.ts";

const camera = (rest: string) => `cameras:\n  - { id: c1, source: { kind: simulated }, ${rest} }\n`;

const faults: [string, string, { line: number; path: string; expected?: RegExp; remedy?: RegExp }][] = [
  [
    "an infrared camera that does not exist",
    `    accessPoints: { outer-exit: { camera: c1, infraredCamera: c2 } }\n${camera("")}`,
    { line: 5, path: "vestibules[0].accessPoints.outer-exit.infraredCamera", expected: /c1/ },
  ],
  [
    "an infrared camera that is the other one",
    `    accessPoints: { outer-exit: { camera: c1, infraredCamera: c1 } }\n${camera("")}`,
    { line: 5, path: "vestibules[0].accessPoints.outer-exit.infraredCamera", expected: /second/ },
  ],
  [
    "an infrared camera that compares faces elsewhere",
    `    accessPoints: { outer-exit: { camera: c1, infraredCamera: c2 }, inner-exit: { camera: c2 } }\n${camera("")}  - { id: c2, source: { kind: simulated } }\n`,
    { line: 5, path: "vestibules[0].accessPoints.outer-exit.infraredCamera", expected: /nothing else/ },
  ],
  [
    "an infrared camera beside none",
    `    accessPoints: { outer-exit: { infraredCamera: c1 } }\n${camera("")}`,
    { line: 5, path: "vestibules[0].accessPoints.outer-exit.infraredCamera", remedy: /camera too/ },
  ],
  [
    "more asked for than there is",
    "face: { challenge: { actions: [blink, turnLeft], count: 3, timeout: 3 } }\n",
    { line: 5, path: "face.challenge.count", remedy: /count/ },
  ],
  [
    "one action twice",
    "face: { challenge: { actions: [blink, turnLeft, blink] } }\n",
    { line: 5, path: "face.challenge.actions[2]", remedy: /remove/ },
  ],
  [
    "a face watched for longer than a verification takes",
    "face: { livenessTime: 3 }\naccess: { verifyTimeout: 2 }\n",
    { line: 5, path: "face.livenessTime", expected: /2 s/, remedy: /verifyTimeout/ },
  ],
  [
    "a challenge nobody waits for",
    "face: { challenge: { timeout: 9 } }\n",
    { line: 5, path: "face.challenge.timeout", expected: /17 s/ },
  ],
];
test.each(faults)("%s", (_, more, { line, path, expected, remedy }) => {
  const found = faultsForTests(more);
  expect(found.map((fault) => fault.path)).toEqual([path]);
  expect(found[0]).toMatchObject({ file: "site.yaml", line });
  expect(found[0]?.expected).toMatch(expected ?? /./);
  expect(found[0]?.remedy.en).toMatch(remedy ?? /./);
});

test("what is harmless together is no fault", () => {
  for (const more of [
    `    accessPoints: { outer-exit: { camera: c1, infraredCamera: c2, liveness: challenge } }\n${camera("")}  - { id: c2, source: { kind: simulated } }\n`,
    "face: { liveness: off, challenge: { actions: [blink, turnLeft], count: 1, timeout: 10 } }\n",
    "accessLevels:\n  - { name: a, accessPoints: all, liveness: challenge }\n",
  ]) {
    expect(() => siteForTests(more)).not.toThrow();
  }
});
