import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instant, wallTime } from "../../domain/time.ts";
import { StorageFault } from "../../ports/journal.ts";
import { openDatabase } from "./open-database.ts";
import { surveyInWorker } from "./survey-in-worker.ts";

const clock = { now: () => instant(1), wall: () => wallTime(1_700_000_000_000) };
const cipher = {
  mark: new Uint8Array(),
  seal: (plain: Uint8Array) => plain,
  open: (sealed: Uint8Array) => sealed,
};

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "vestibule-survey-"));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

test("the thread says what the store says, beside the one who writes", async () => {
  using database = openDatabase(path, { clock, cipher, boot: "b" });
  const { directory, templates } = database;
  const { id } = directory.add({ name: "Anna", groups: [], accessLevels: [] });
  const photos = ["old", "new"].map(
    (model) =>
      directory.addPhoto(id, { jpeg: Uint8Array.of(1), quality: {}, model, descriptor: Float32Array.of(1) })
        .id,
  );
  const survey = surveyInWorker(path);
  expect(await survey(["new"], "")).toEqual({
    coverage: templates.coverage(["new"]),
    due: [{ cardholder: id, photo: photos[0] }],
  });
  expect((await survey(["new"], photos[0] ?? "")).due).toEqual([]);
  expect(await survey(["new", "old"], "")).toMatchObject({ coverage: { enrolled: 1, without: 1, due: 2 } });
});

test("a directory that is not there is a StorageFault", async () => {
  await expect(surveyInWorker(join(path, "nowhere"))(["m"], "")).rejects.toThrow(StorageFault);
});
