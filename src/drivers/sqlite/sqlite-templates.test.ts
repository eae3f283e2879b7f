import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instant, wallTime } from "../../domain/time.ts";
import { StorageFault } from "../../ports/journal.ts";
import { createAesGcmCipher } from "../site-key/aes-gcm-cipher.ts";
import { keyOf } from "../site-key/site-keys.ts";
import { openDatabase, type SiteDatabase } from "./open-database.ts";

const clock = { now: () => instant(1), wall: () => wallTime(1_700_000_000_000) };
const old = "model-a";
const models = ["model-b"];
const descriptor = Float32Array.of(0.6, 0.8);

let path: string;
let database: SiteDatabase;
let people: readonly string[];

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "vestibule-templates-"));
  const cipher = createAesGcmCipher([keyOf(Buffer.alloc(32, 1))], "directory");
  database = openDatabase(path, { clock, cipher, boot: "b" });
  people = [3, 1, 0].map((photos) => {
    const { id } = database.directory.add({ name: "x", groups: [], accessLevels: [] });
    for (let n = 0; n < photos; n++)
      database.directory.addPhoto(id, { jpeg: Uint8Array.of(n), quality: {}, model: old, descriptor });
    return id;
  });
});
afterEach(() => {
  database[Symbol.dispose]();
  rmSync(path, { recursive: true, force: true });
});

test("whoever has a photo, and no template for the models in use, is counted; whoever has no photo is not", () => {
  const { templates } = database;
  expect(templates.coverage([old])).toEqual({ enrolled: 2, without: 0, due: 0, refused: 0 });
  expect(templates.coverage(models)).toEqual({ enrolled: 2, without: 2, due: 4, refused: 0 });
  expect(templates.coverage([old, ...models])).toEqual({ enrolled: 2, without: 2, due: 4, refused: 0 });
});

test("photos come one after the other until each has its template or is refused", () => {
  const { templates, directory } = database;
  const [first, ...others] = templates.due(models, 10);
  if (first === undefined || others[0] === undefined) throw new Error("four are due");
  expect(templates.due(models, 10, first.photo)).toEqual(others);
  expect(templates.put(first, [{ model: "model-b", descriptor }])).toBe(true);
  templates.refuse(others[0], models, "no face was found");
  expect(templates.due(models, 10)).toEqual(others.slice(1));
  expect(templates.coverage(models)).toMatchObject({ due: 2, refused: 1 });
  expect(templates.refused(models, 10)).toEqual([{ ...others[0], reason: "no face was found" }]);
  const [kept] = directory.templates(first.cardholder, "model-b");
  expect(kept).toMatchObject({ photo: first.photo, descriptor });
  templates.retry(models);
  expect(templates.coverage(models)).toMatchObject({ due: 3, refused: 0 });
});

test("with two models a photo counts only with both templates, in whatever order they are named", () => {
  const { templates } = database;
  const both = ["model-c", "model-b"];
  const [first] = templates.due(both, 1);
  if (first === undefined) throw new Error("one is due");
  templates.put(first, [{ model: "model-b", descriptor }]);
  expect(templates.coverage(both)).toMatchObject({ without: 2, due: 4 });
  templates.put(first, [{ model: "model-c", descriptor }]);
  expect(templates.coverage(both)).toMatchObject({ without: 1, due: 3 });
  templates.refuse(first, both, "x");
  expect(templates.refused(both.toReversed(), 5)).toHaveLength(1);
});

test("a photo that is gone, or another's, takes no template", () => {
  const { templates, directory } = database;
  const [first] = templates.due(models, 1);
  if (first === undefined) throw new Error("one is due");
  const elsewhere = { ...first, cardholder: people.find((id) => id !== first.cardholder) ?? "" };
  expect(templates.put(elsewhere, [{ model: "model-b", descriptor }])).toBe(false);
  directory.removePhoto(first.cardholder, first.photo);
  expect(templates.put(first, [{ model: "model-b", descriptor }])).toBe(false);
  templates.refuse(first, models, "x");
  expect(templates.coverage(models).refused).toBe(0);
});

test("templates of other models are told by model, and removed on demand only", () => {
  const { templates, directory } = database;
  expect(templates.others(models)).toEqual([{ model: old, templates: 4 }]);
  expect(() => templates.removeOthers([])).toThrow(RangeError);
  expect(templates.removeOthers([old])).toBe(0);
  expect(templates.removeOthers(models)).toBe(4);
  expect(directory.templates(people[0] ?? "", old)).toEqual([]);
});

test("a disk that is gone is a StorageFault", () => {
  const { templates } = database;
  database[Symbol.dispose]();
  expect(() => templates.coverage(models)).toThrow(StorageFault);
});
