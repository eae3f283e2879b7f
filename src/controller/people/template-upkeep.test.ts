import { setImmediate as immediate } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import type { StoredPhotoOutcome } from "../../ports/vision-link.ts";
import { MemoryDirectory } from "../../simulation/memory-directory.ts";
import { MemoryJournal } from "../../simulation/memory-journal.ts";
import { MemoryTemplates } from "../../simulation/memory-templates.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { AlarmDesk } from "../alarm-desk.ts";
import { Chronicle } from "../chronicle.ts";
import { Recorder } from "../recorder.ts";
import { surveyHere } from "../site-upkeep.ts";
import { TemplateUpkeep } from "./template-upkeep.ts";

const descriptor = Float32Array.of(1, 0);
const old = { id: "model-a", hash: "aa", dimensions: 2 };
const model = { id: "model-b", hash: "bb", dimensions: 2 };
const second = { id: "model-c", hash: "cc", dimensions: 2 };
const ready = { model, backend: "test", threshold: 0.1, passedOver: [] };

let clock: VirtualClock;
let journal: MemoryJournal;
let directory: MemoryDirectory;
let templates: MemoryTemplates;
let chronicle: Chronicle;
let answer: (jpeg: Uint8Array) => StoredPhotoOutcome | Promise<StoredPhotoOutcome>;
let asked: number[];
let people: readonly string[];

beforeEach(() => {
  clock = new VirtualClock();
  journal = new MemoryJournal(clock);
  directory = new MemoryDirectory(clock);
  templates = new MemoryTemplates(directory);
  const recorder = new Recorder(journal, clock, { onRecord: () => undefined, onStorage: () => undefined });
  chronicle = new Chronicle(recorder, new AlarmDesk(clock), clock);
  asked = [];
  answer = () => ({ usable: true, templates: [{ model: model.id, descriptor }] });
  people = [2, 1, 0].map((photos, person) => {
    const { id } = directory.add({ name: "x", groups: [], accessLevels: [] });
    for (let n = 0; n < photos; n++)
      directory.addPhoto(id, {
        jpeg: Uint8Array.of(person * 10 + n),
        quality: {},
        model: old.id,
        descriptor,
      });
    return id;
  });
});

const upkeep = (): TemplateUpkeep =>
  new TemplateUpkeep({
    templates,
    survey: surveyHere(templates),
    directory,
    vision: {
      describeStored: async (jpeg) => {
        asked.push(jpeg[0] ?? -1);
        return await answer(jpeg);
      },
    },
    chronicle,
    clock,
    onChange: () => undefined,
  });

async function passes(length: number, step = 50): Promise<void> {
  for (let spent = 0; spent < length; spent += step) {
    clock.advance(step);
    await immediate();
  }
}
const records = (): readonly string[] => journal.query({ limit: 100 }).map(({ type }) => type);
const payload = (type: string) => journal.query({ limit: 100, type }).at(-1)?.payload;

test("where everybody has templates, nothing is done and nothing said", async () => {
  using keeping = upkeep();
  keeping.onReady({ ...ready, model: old });
  await passes(1_000);
  expect(asked).toEqual([]);
  expect(records()).toEqual([]);
  expect(keeping.view()).toMatchObject({ enrolled: 2, without: 0, due: 0, recomputing: null });
});

test("whoever is enrolled later is counted too, though nobody was missing", async () => {
  using keeping = upkeep();
  keeping.onReady({ ...ready, model: old });
  const photo = { jpeg: Uint8Array.of(20), quality: {}, model: old.id, descriptor };
  directory.addPhoto(people[2] ?? "", photo);
  keeping.onRecord("PhotoEnrolled");
  await passes(2_500);
  expect(keeping.view()).toMatchObject({ enrolled: 3, without: 0 });
});

test("with a new model every photo is described once, and the journal has beginning and end with counts", async () => {
  using keeping = upkeep();
  keeping.onReady(ready);
  await immediate(); // counted apart from the loop
  expect(keeping.view()).toMatchObject({
    without: 2,
    due: 3,
    recomputing: { done: 0, of: 3, secondsLeft: null },
  });
  await passes(100);
  expect(keeping.view()?.recomputing).toMatchObject({ done: 2, of: 3, secondsLeft: 1 });
  await passes(1_000);
  expect(asked).toEqual([0, 1, 10]);
  expect(records()).toEqual(["TemplatesRecomputationStarted", "TemplatesRecomputed"]);
  expect(payload("TemplatesRecomputationStarted")).toEqual({ models: ["model-b"], photos: 3, without: 2 });
  expect(payload("TemplatesRecomputed")).toMatchObject({ photos: 3, refused: 0, unread: 0, without: 0 });
  expect(keeping.view()).toMatchObject({ without: 0, recomputing: null });
  // The former model's stay: whoever goes back to it finds them.
  expect(directory.templates(people[0] ?? "", "model-a")).toHaveLength(2);
});

test("killed in the middle, the next run goes on where it was", async () => {
  const first = upkeep();
  first.onReady(ready);
  await passes(100);
  first[Symbol.dispose]();
  const before = asked.length;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(3);
  await passes(1_000);
  expect(asked).toHaveLength(before);
  using next = upkeep();
  next.onReady(ready);
  await passes(1_000);
  expect(asked).toEqual([0, 1, 10]);
});

test("a photo that gives none is refused with why, counted, and not tried again", async () => {
  answer = ([n]) =>
    n === 10
      ? { usable: false, reason: "noFace", detail: "no face is found in it any more" }
      : { usable: true, templates: [{ model: model.id, descriptor }] };
  using keeping = upkeep();
  keeping.onReady(ready);
  await passes(1_000);
  expect(keeping.view()).toMatchObject({ without: 1, due: 0, refused: 1 });
  expect(templates.refused([model.id], 9)).toMatchObject([
    { cardholder: people[1], reason: "noFace: no face is found in it any more" },
  ]);
  keeping.onLost();
  keeping.onReady(ready);
  await passes(1_000);
  expect(asked).toEqual([0, 1, 10]);
});

test("vision that fails is asked again later, and nobody's photo is refused for it", async () => {
  let broken = true;
  answer = () =>
    broken
      ? { usable: false, reason: "engineFault", detail: "out of memory" }
      : { usable: true, templates: [{ model: model.id, descriptor }] };
  using keeping = upkeep();
  keeping.onReady(ready);
  await passes(30_000, 500);
  expect(asked).toEqual([0]);
  broken = false;
  await passes(60_000, 500);
  expect(templates.coverage([model.id])).toMatchObject({ without: 0, refused: 0 });
});

test("an answer that comes after vision was lost is nobody's", async () => {
  const late = Promise.withResolvers<StoredPhotoOutcome>();
  answer = () => late.promise;
  using keeping = upkeep();
  keeping.onReady(ready);
  await passes(100);
  keeping.onLost();
  late.resolve({ usable: true, templates: [{ model: model.id, descriptor }] });
  await passes(1_000);
  expect(templates.coverage([model.id])).toMatchObject({ without: 2, due: 3 });
});

test("with a second recogniser a photo needs both templates", async () => {
  answer = () => ({
    usable: true,
    templates: [
      { model: model.id, descriptor },
      { model: second.id, descriptor },
    ],
  });
  using keeping = upkeep();
  keeping.onReady({ ...ready, second });
  await passes(1_000);
  expect(keeping.view()).toMatchObject({ models: ["model-b", "model-c"], without: 0 });
  expect(directory.templates(people[1] ?? "", "model-c")).toHaveLength(1);
});

test("whoever was without is counted anew once somebody is enrolled or removed", async () => {
  answer = () => ({ usable: false, reason: "noFace", detail: "none" });
  using keeping = upkeep();
  keeping.onReady(ready);
  await passes(1_000);
  expect(keeping.view()?.without).toBe(2);
  directory.remove(people[0] ?? "");
  keeping.onRecord("AccessGranted");
  await passes(3_000);
  expect(keeping.view()?.without).toBe(2);
  keeping.onRecord("CardholderRemoved");
  await passes(3_000);
  expect(keeping.view()).toMatchObject({ enrolled: 1, without: 1 });
});

test("a photo deleted meanwhile is passed over", async () => {
  using keeping = upkeep();
  keeping.onReady(ready);
  await passes(50);
  directory.remove(people[1] ?? "");
  await passes(1_000);
  expect(asked).toEqual([0, 1]);
  expect(records().at(-1)).toBe("TemplatesRecomputed");
});
