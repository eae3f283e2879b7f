import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Command } from "../../src/cli/command.ts";
import { faceAcceptLicence } from "../../src/cli/face-accept-licence.ts";
import { faceCalibrate } from "../../src/cli/face-calibrate.ts";
import { putRecogniser } from "../../src/drivers/face-nets/recogniser/net-for-tests.ts";
import { demoPeople, enrolmentPortraits } from "../../src/simulation/demo-people.ts";

let folder: string;
let recogniser: Awaited<ReturnType<typeof putRecogniser>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vestibule-calibrate-"));
  for (const person of demoPeople.slice(0, 2)) {
    for (const [index, jpeg] of (await enrolmentPortraits(person)).slice(0, 2).entries()) {
      await writeFile(join(folder, `p${person.card}_000${index + 1}.jpg`), jpeg);
    }
  }
  recogniser = await putRecogniser({ size: 48, dimensions: 64 }, { distance: "euclidean" });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await recogniser[Symbol.asyncDispose]();
});

async function run(command: Command, ...args: readonly string[]) {
  const said = { out: "", err: "" };
  const exit = await command.run(args, {
    stdout: (text) => void (said.out += text),
    stderr: (text) => void (said.err += text),
    env: { VESTIBULE_DATA: join(folder, "data") },
  });
  return { exit, ...said };
}

test("a licence nobody accepted, a missing manifest, no pictures: exit 2 and what to do", async () => {
  const refused = await run(faceCalibrate, folder, "--manifest", recogniser.path);
  expect([refused.exit, refused.err]).toEqual([2, expect.stringContaining("face accept-licence")]);
  expect((await run(faceCalibrate, folder)).err).toContain("--manifest FILE is needed");
  expect((await run(faceCalibrate, "--manifest", recogniser.path)).exit).toBe(2);
});

test("four pictures carry no threshold: it says so, and so does the manifest, which is otherwise as it was", async () => {
  expect((await run(faceAcceptLicence, recogniser.path, "--accept")).exit).toBe(0);
  const dry = await run(faceCalibrate, folder, "--manifest", recogniser.path, "--dry-run");
  expect(dry.exit).toBe(1);
  expect(dry.out).toMatch(/at 1e-4: cannot be stated, 100000 comparisons of strangers are needed/);
  expect(JSON.parse(await readFile(recogniser.path, "utf8"))).not.toHaveProperty("thresholds");
  const { exit, out } = await run(faceCalibrate, folder, "--manifest", recogniser.path, "--json");
  expect(exit).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    recogniser: expect.stringMatching(/^random-projection\//),
    sets: [{ pictures: 4, people: 2, failureToAcquire: 0, single: { genuine: 2, impostor: 4, at: {} } }],
    written: true,
  });
  const { thresholds, ...rest } = JSON.parse(await readFile(recogniser.path, "utf8"));
  expect(rest).toEqual(recogniser.manifest);
  expect(thresholds).toMatchObject({
    single: {},
    fused: {},
    calibratedOn: [{ pictures: 4, people: 2, fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) }],
  });
});
