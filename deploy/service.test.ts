import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { parseUnit } from "./unit-file.ts";

const fileOf = (name: string): string => readFileSync(new URL(`./systemd/${name}`, import.meta.url), "utf8");
const text = fileOf("vestibule.service");
const settings = parseUnit(text);
const valuesOf = (name: string): readonly string[] =>
  settings.filter((setting) => setting.name === name).map((setting) => setting.value);

test("a line that is no setting is refused", () => {
  expect(() => parseUnit("[Service]\nRestart always")).toThrow("line 2");
  expect(() => parseUnit("Restart=always")).toThrow("line 1");
});

test("R16: a controller that hangs or dies is restarted, and never given up", () => {
  expect(valuesOf("Type")).toEqual(["notify"]);
  expect(valuesOf("WatchdogSec")).toEqual(["4"]);
  expect(valuesOf("Restart")).toEqual(["always"]);
  expect(valuesOf("RestartSec")).toEqual(["1"]);
  expect(valuesOf("StartLimitIntervalSec")).toEqual(["0"]);
});

test("T33: whatever ended it, all of its processes at once included, the stop action parks the locks", () => {
  const [program] = valuesOf("ExecStart").map((line) => line.split(" run ")[0]);
  expect(valuesOf("ExecStopPost")).toEqual([`${program} park`]);
  // Where the supervisor leaves word of the lines.
  expect(valuesOf("RuntimeDirectory")).toEqual(["vestibule"]);
  expect(valuesOf("RuntimeDirectoryMode")).toEqual(["0700"]);
  expect(valuesOf("RuntimeDirectoryPreserve")).toEqual(["yes"]);
  // What does not end when it is told to is killed before that, without long waiting.
  expect(valuesOf("TimeoutAbortSec")).toEqual(["1"]);
});

test("the doors come first: before other services, and before what is slow in this one", () => {
  expect(valuesOf("Nice")).toEqual(["-10"]);
  expect(Number(valuesOf("CPUWeight")[0])).toBeGreaterThan(100);
});

test("it may open GPIO chips, readers and the hardware watchdog", () => {
  expect(valuesOf("DeviceAllow")).toEqual(
    expect.arrayContaining(["char-gpiochip rw", "char-watchdog rw", "/dev/watchdog rw"]),
  );
  // Converters and RS-485 adapters on USB, a board's own line; a keyboard reader is only read.
  expect(valuesOf("DeviceAllow")).toEqual(
    expect.arrayContaining([
      "char-ttyUSB rw",
      "char-ttyACM rw",
      "char-ttyAMA rw",
      "char-ttyS rw",
      "char-input r",
    ]),
  );
  expect(valuesOf("SupplementaryGroups")).toEqual(["dialout input"]);
  const rules = fileOf("60-vestibule.rules");
  expect(rules).toContain('KERNEL=="gpiochip*", GROUP="vestibule"');
  expect(rules).toContain('KERNEL=="watchdog[0-9]*", GROUP="vestibule"');
});

test("pcscd is this user's too, by a rule that names nobody else and nothing more", () => {
  const rule = fileOf("60-vestibule-pcsc.rules");
  const added: ((action: { id: string }, subject: { user: string }) => unknown)[] = [];
  // The file is polkit's own JavaScript, with one global.
  // Duktape, which Debian's polkit runs it with, knows none of these.
  expect(rule).not.toMatch(/=>|\b(const|let)\b/);
  const polkit = { addRule: (one: (typeof added)[0]) => added.push(one), Result: { YES: "yes" } };
  runInNewContext(rule, { polkit });
  const asked = (id: string, user: string) => added.map((one) => one({ id }, { user }));
  expect(asked("org.debian.pcsc-lite.access_pcsc", "vestibule")).toEqual(["yes"]);
  expect(asked("org.debian.pcsc-lite.access_card", "vestibule")).toEqual(["yes"]);
  expect(asked("org.debian.pcsc-lite.access_card", "www-data")).toEqual([undefined]);
  expect(asked("org.freedesktop.systemd1.manage-units", "vestibule")).toEqual([undefined]);
});

test("a sysfs board's lines may be written, by a drop-in that opens nothing else", () => {
  expect(parseUnit(fileOf("sysfs.conf"))).toEqual([
    { section: "Service", name: "ProtectKernelTunables", value: "no" },
  ]);
  const rules = fileOf("61-vestibule-sysfs.rules")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(rules).toHaveLength(2);
  for (const rule of rules) {
    expect(rule).toMatch(
      /^SUBSYSTEM=="gpio", KERNEL=="gpio[^"]+", ACTION=="add", RUN\+="\/bin\/sh -c '[^'"$]+'"$/,
    );
  }
});

test("T38: a decoder out of memory does not take the controller along", () => {
  expect(valuesOf("OOMPolicy")).toEqual(["continue"]);
});

test("faces in memory reach neither a core file nor swap", () => {
  expect(valuesOf("LimitCORE")).toEqual(["0"]);
  expect(valuesOf("MemorySwapMax")).toEqual(["0"]);
});

test("it runs as nobody in particular and writes only its own directories", () => {
  expect(valuesOf("User")).toEqual(["vestibule"]);
  expect(valuesOf("NoNewPrivileges")).toEqual(["yes"]);
  expect(valuesOf("CapabilityBoundingSet")).toEqual([""]);
  expect(valuesOf("ProtectSystem")).toEqual(["strict"]);
  expect(valuesOf("StateDirectory")).toEqual(["vestibule"]);
  expect(valuesOf("ReadWritePaths")).toEqual([]);
  expect(valuesOf("DevicePolicy")).toEqual(["closed"]);
});

test("V8 may compile: memory is not denied being executable", () => {
  expect(valuesOf("MemoryDenyWriteExecute")).toEqual([]);
});

// Where systemd is installed it is asked too; where it is not, the tests above are what there is.
const analyze = (...args: readonly string[]) => spawnSync("systemd-analyze", args, { encoding: "utf8" });
const hasSystemd = analyze("--version").status === 0;

test.each(["", "sysfs.conf"])(
  "systemd accepts the unit, and finds it well confined %s",
  { timeout: 30_000 },
  (dropIn) => {
    if (!hasSystemd) {
      expect(new Set(settings.map(({ section }) => section))).toEqual(
        new Set(["Unit", "Service", "Install"]),
      );
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), "vestibule-unit-"));
    try {
      const unit = join(folder, "vestibule.service");
      // The program is not installed on the machine that tests; any other that exists will do.
      writeFileSync(
        unit,
        text.replace(/^(Exec\w+)=.*$/gm, "$1=/bin/true").replace(/^Documentation=.*$/m, ""),
      );
      if (dropIn !== "") {
        mkdirSync(`${unit}.d`);
        writeFileSync(join(`${unit}.d`, dropIn), fileOf(dropIn));
      }
      const verified = analyze("verify", "--man=no", unit);
      expect(verified.stderr.split("\n").filter((line) => line.includes("vestibule.service"))).toEqual([]);
      expect(verified.status).toBe(0);
      // 10 is open to everything; the threshold is in tenths. What is left is what a door controller needs.
      const confined = analyze("security", "--offline=yes", "--threshold=25", unit);
      expect(confined.stdout + confined.stderr).toContain("vestibule.service");
      expect(confined.status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
