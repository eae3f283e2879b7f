import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSiteStorage } from "../composition/open-site-storage.ts";
import { instant } from "../domain/time.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import type { JsonObject } from "../ports/journal.ts";
import { evidenceVerify } from "./evidence-verify.ts";

test("evidence verify: 0 where all is there or lawfully gone, 1 naming what is not and the record, 2 where nothing is", async () => {
  const data = mkdtempSync(join(tmpdir(), "vestibule-evidence-"));
  const verify = async (...args: string[]) => {
    let [stdout, stderr] = ["", ""];
    const io = {
      stdout: (text: string) => void (stdout += text),
      stderr: (text: string) => void (stderr += text),
    };
    const exit = await evidenceVerify.run(args, { ...io, env: { VESTIBULE_DATA: data } });
    return { exit, stdout, stderr };
  };
  try {
    expect(await verify()).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("nothing is kept there"),
    });
    const storage = openSiteStorage({ directory: data, clock: new SystemClock(), env: {} });
    const note = (type: string, payload: JsonObject) =>
      storage.journal.append([{ type, at: instant(1), payload }])[0]?.seq;
    const put = (n: number): Promise<string> => storage.evidence.put(Uint8Array.of(n));
    const [kept, pruned, gone, altered] = await Promise.all([put(1), put(2), put(3), put(4)]);
    const attack = await put(5);
    const lost = "ab".repeat(32);
    note("AccessGranted", { evidence: kept, face: { attackFrames: [attack] } });
    note("AccessGranted", { evidence: lost });
    note("EvidenceNotKept", { evidence: lost, detail: "the disk is full" });
    note("AccessDenied", { evidence: pruned });
    const record = note("AccessDenied", { evidence: gone });
    const other = note("EvidenceCaptured", { evidence: altered });
    note("EvidencePruned", { hashes: [pruned] });
    storage.evidence.remove([pruned]);
    storage[Symbol.dispose]();
    const sound = await verify("--json");
    expect(sound.exit).toBe(0);
    expect(JSON.parse(sound.stdout)).toMatchObject({
      ...{ files: 4, named: 6, pruned: 1, notKept: 1, missing: [], altered: [] },
    });
    rmSync(join(data, "evidence", gone.slice(0, 2), gone.slice(2)));
    writeFileSync(join(data, "evidence", altered.slice(0, 2), altered.slice(2)), "something else");
    const broken = await verify("--json");
    expect(broken.exit).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject({
      missing: [{ evidence: gone, record, type: "AccessDenied" }],
      altered: [{ evidence: altered, record: other, type: "EvidenceCaptured" }],
    });
    expect((await verify()).stdout).toMatch(
      /^missing: \w{64}, which record \d+ \(AccessDenied\) names\naltered: .*\nNOT INTACT/,
    );
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
