import { describe, expect, test } from "vitest";
import { ConfigError } from "./config-error.ts";
import { siteOf } from "./load.ts";
import { faultsForTests, faultsThrownBy, siteForTests } from "./site-for-tests.ts";
import { parseYaml } from "./yaml-file.ts";

const camera = (rest: string) => `cameras:\n  - { id: c1, source: { kind: simulated }, ${rest} }\n`;
const rtsp = (rest: string) => `cameras:\n  - { id: c1, source: { kind: rtsp, ${rest} } }\n`;
const level = (rest: string) => `accessLevels:\n  - { name: a, ${rest} }\n`;

describe("the schema", () => {
  test("defaults fill in what a site leaves out", () => {
    const site = siteForTests();
    expect(site.site.timeZone).toBe("Asia/Shanghai");
    expect(site.vestibules[0]?.doors.outer.releaseTime).toBe(5);
    expect(site.mqtt).toEqual({ broker: "embedded", host: "127.0.0.1", port: 1884 });
    expect(site.log.level).toBe("info");
  });

  /** What is written after line 4 of the least site; where and what the fault must be. */
  const faults: [
    string,
    string,
    { line: number; path: string; found?: string; expected?: RegExp; remedy?: RegExp },
  ][] = [
    [
      "an unknown key, with the nearest known one",
      "    setleTime: 1\n",
      { line: 5, path: "vestibules[0].setleTime", expected: /settleTime/, remedy: /"settleTime"/ },
    ],
    ["an unknown section", "camras: []\n", { line: 5, path: "camras", remedy: /"cameras"/ }],
    [
      "a number out of range, with the range",
      "    doors: { outer: { releaseTime: 31 } }\n",
      { line: 5, path: "vestibules[0].doors.outer.releaseTime", found: "31", expected: /from 2 to 30 s/ },
    ],
    [
      "a number with its unit",
      '    settleTime: "0.5 s"\n',
      { line: 5, path: "vestibules[0].settleTime", found: '"0.5 s"', remedy: /without unit/ },
    ],
    [
      "a word that is not one of those allowed",
      "    doors:\n      inner:\n        lock: failsecure\n",
      {
        line: 7,
        path: "vestibules[0].doors.inner.lock",
        expected: /"fail-secure" or "fail-safe"/,
        remedy: /fail-secure/,
      },
    ],
    [
      "something missing, at what it is missing from",
      "cameras:\n  - id: c1\n",
      { line: 6, path: "cameras[0].source", found: "nothing", remedy: /add it/ },
    ],
    [
      "a mapping where a list belongs",
      "cameras: { id: c1 }\n",
      { line: 5, path: "cameras", expected: /a list of 0 to 64/ },
    ],
    [
      "an unknown kind",
      "mqtt: { broker: internal }\n",
      { line: 5, path: "mqtt.broker", expected: /"embedded"/ },
    ],
    [
      "a key of another kind of the same section",
      "mqtt: { broker: none, port: 1884 }\n",
      { line: 5, path: "mqtt.port", expected: /one of broker$/ },
    ],
    [
      "an access point that does not exist, within a list",
      level("accessPoints: [outer-entry, outer-door]"),
      { line: 6, path: "accessLevels[0].accessPoints[1]", expected: /"inner-exit"/ },
    ],
    [
      "an address of the wrong kind",
      rtsp('url: "http://192.0.2.1/"'),
      { line: 6, path: "cameras[0].source.url", expected: /rtsp:\/\// },
    ],
    ["a date that is none", "holidays: 1\n", { line: 5, path: "holidays" }],
    [
      "a time of day that is none",
      'schedules:\n  - { name: s, spans: [{ days: [monday], from: "8:00", to: "18:00" }] }\n',
      { line: 6, path: "schedules[0].spans[0].from", expected: /HH:MM/ },
    ],
  ];
  test.each(faults)("%s", (_, more, { line, path, found, expected, remedy }) => {
    const fault = faultsForTests(more).find((each) => each.path === path);
    expect(fault).toMatchObject({ file: "site.yaml", line, path });
    if (found !== undefined) expect(fault?.found).toBe(found);
    expect(fault?.expected).toMatch(expected ?? /./);
    expect(fault?.remedy.en).toMatch(remedy ?? /./);
    expect(fault?.remedy.zh).toMatch(/\p{Script=Han}/u);
  });

  test("a password in an address is refused, and not repeated", () => {
    const faults = faultsForTests(rtsp('url: "rtsp://admin:hunter2@192.0.2.1/"'));
    expect(JSON.stringify(faults)).not.toContain("hunter2");
    expect(faults[0]?.path).toBe("cameras[0].source.url");
  });
});

describe("between the parts", () => {
  const faults: [string, string, { line: number; path: string; expected?: RegExp; remedy?: RegExp }][] = [
    ["two vestibules of one id", "  - id: v1\n", { line: 5, path: "vestibules[1].id" }],
    [
      "two cameras of one id",
      "cameras:\n  - { id: c, source: { kind: simulated } }\n  - { id: c, source: { kind: simulated } }\n",
      { line: 7, path: "cameras[1].id", expected: /once/ },
    ],
    [
      "two schedules of one name",
      "schedules:\n  - { name: s, spans: [] }\n  - { name: s, spans: [] }\n",
      { line: 7, path: "schedules[1].name" },
    ],
    [
      "two access levels of one name",
      `${level("accessPoints: all")}  - { name: a, accessPoints: all }\n`,
      { line: 7, path: "accessLevels[1].name" },
    ],
    [
      "an access point's camera that does not exist",
      `    accessPoints:\n      outer-entry: { camera: sreet }\n${camera("").replace("c1", "street")}`,
      {
        line: 6,
        path: "vestibules[0].accessPoints.outer-entry.camera",
        expected: /street/,
        remedy: /"street"/,
      },
    ],
    [
      "an access level's schedule that does not exist",
      level("accessPoints: all, schedule: alway"),
      { line: 6, path: "accessLevels[0].schedule", remedy: /"always"/ },
    ],
    [
      "an access level's vestibule that does not exist",
      level("accessPoints: all, vestibules: [v2]"),
      { line: 6, path: "accessLevels[0].vestibules[0]", expected: /v1/ },
    ],
    [
      "a warning longer than what it warns of",
      "    doors: { inner: { heldOpenTime: 5, heldOpenWarning: 5 } }\n",
      { line: 5, path: "vestibules[0].doors.inner.heldOpenWarning", expected: /less than heldOpenTime, 5 s/ },
    ],
    [
      "a camera too slow for the frames that must agree",
      `${camera("framesPerSecond: 1")}access: { minFrames: 5, verifyTimeout: 5 }\n`,
      { line: 6, path: "cameras[0].framesPerSecond", expected: /5 frames \(minFrames\) in less than 5 s/ },
    ],
    [
      "a camera that stalls between two frames",
      camera("framesPerSecond: 2, stallTimeout: 0.5"),
      { line: 6, path: "cameras[0].stallTimeout", expected: /more than the 0.5 s/ },
    ],
    [
      "a camera's password without a user name",
      rtsp('url: "rtsp://192.0.2.1/", passwordFile: /p'),
      { line: 6, path: "cameras[0].source.passwordFile", remedy: /username/ },
    ],
    [
      "a face asked for where no camera looks",
      `    accessPoints: { outer-exit: {} }\n${level("accessPoints: [outer-exit]")}`,
      { line: 7, path: "accessLevels[0].accessPoints[0]", remedy: /mode: card/ },
    ],
    [
      "a schedule's span that does not last",
      'schedules:\n  - { name: s, spans: [{ days: [monday], from: "08:00", to: "08:00" }] }\n',
      { line: 6, path: "schedules[0].spans[0].from" },
    ],
    [
      "the console served without TLS",
      'http: { host: "0.0.0.0" }\n',
      { line: 5, path: "http.host", expected: /loopback/ },
    ],
    [
      "the embedded broker served to the network",
      'mqtt: { broker: embedded, host: "::" }\n',
      { line: 5, path: "mqtt.host", remedy: /broker: external/ },
    ],
    ["one port for two", "mqtt: { broker: embedded, port: 8420 }\n", { line: 5, path: "mqtt.port" }],
    [
      "a broker's password in the clear",
      'mqtt: { broker: external, url: "mqtt://192.0.2.9:1883", username: u, passwordFile: /p }\n',
      { line: 5, path: "mqtt.url", expected: /mqtts/ },
    ],
    [
      "certificates that would not be used",
      'mqtt: { broker: external, url: "mqtt://localhost", caFile: /ca }\n',
      { line: 5, path: "mqtt.url", expected: /mqtts/ },
    ],
    [
      "a certificate without its key",
      'mqtt: { broker: external, url: "mqtts://b", certificateFile: /c }\n',
      { line: 5, path: "mqtt.certificateFile" },
    ],
  ];
  test.each(faults)("%s", (_, more, { line, path, expected, remedy }) => {
    const found = faultsForTests(more);
    expect(found.map((fault) => fault.path)).toEqual([path]);
    expect(found[0]).toMatchObject({ file: "site.yaml", line });
    expect(found[0]?.expected).toMatch(expected ?? /./);
    expect(found[0]?.remedy.en).toMatch(remedy ?? /./);
  });

  test.each([
    ["Asia/Shangai", /"Asia\/Shanghai"/],
    ["+08:00", /Region\/City/],
    ["Mars/Olympus_Mons", /Region\/City/],
  ])("a time zone called %s", (zone, remedy) => {
    const yaml = parseYaml(
      "site.yaml",
      `site: { id: t, name: { en: T, zh: 测 }, timeZone: "${zone}" }\nboard: { kind: simulated }\nvestibules: [{ id: v1 }]\n`,
    );
    const [fault] = faultsThrownBy(() => siteOf(yaml, {}));
    expect(fault).toMatchObject({ line: 1, path: "site.timeZone", found: `"${zone}"` });
    expect(fault?.remedy.en).toMatch(remedy);
  });

  test("what is harmless together is no fault", () => {
    for (const more of [
      'http: { host: "0.0.0.0", tls: { certificateFile: /c, keyFile: /k } }\n',
      'http: { host: "::1" }\n',
      'mqtt: { broker: external, url: "mqtt://127.0.0.1:1883", username: u, passwordFile: /p }\n',
      'mqtt: { broker: external, url: "mqtts://b:8883", caFile: /ca, certificateFile: /c, keyFile: /k }\n',
      `    accessPoints: { outer-exit: {} }\n${level("accessPoints: [outer-exit], mode: card")}`,
      'schedules:\n  - { name: s, spans: [{ days: [friday], from: "22:00", to: "02:00" }] }\n',
    ]) {
      expect(() => siteForTests(more)).not.toThrow();
    }
  });
});

describe("many faults", () => {
  test("of every kind are listed at once, in the order of the file", () => {
    const more = `    setleTime: 1
    doors: { outer: { releaseTime: 1 } }
  - id: v2
    accessPoints: { inner-entry: { camera: nowhere } }
cameras:
  - { id: c1, source: { kind: rtsp, url: x } }
http: { host: "0.0.0.0" }
`;
    const faults = faultsForTests(more, { VESTIBULE_HTTP_PORT: "http" });
    expect(faults.map(({ line, path }) => `${line ?? "-"} ${path}`)).toEqual([
      "- VESTIBULE_HTTP_PORT",
      "5 vestibules[0].setleTime",
      "6 vestibules[0].doors.outer.releaseTime",
      "8 vestibules[1].accessPoints.inner-entry.camera",
      "10 cameras[0].source.url",
      "11 http.host",
    ]);
  });

  test("a reference to something that is itself wrong is no second fault", () => {
    const more = `    accessPoints: { inner-entry: { camera: c1 } }\ncameras:\n  - { id: c1, source: { kind: film } }\n`;
    expect(faultsForTests(more).map(({ path }) => path)).toEqual(["cameras[0].source.kind"]);
  });

  test("without end are cut off, and said to be", () => {
    const more = Array.from({ length: 5_000 }, (_, index) => `k${index}: 1\n`).join("");
    const faults = faultsForTests(more);
    expect(faults).toHaveLength(100);
    expect(new ConfigError(faults).message).toMatch(/only the first 100/);
  });
});
