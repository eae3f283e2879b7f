import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EvidenceSite, hashOf } from "../../../test/support/evidence-site.ts";
import { tellsOfDuress } from "../../ports/duress-records.ts";
import type { AlarmSubject } from "./evidence-clips.ts";

let site: EvidenceSite;
beforeEach(() => {
  site = new EvidenceSite();
});
afterEach(() => site[Symbol.dispose]());

const forced: AlarmSubject = { alarm: "DoorForcedOpen", place: { vestibule: "v1", door: "outer" } };
const duress: AlarmSubject = { alarm: "Duress", place: { vestibule: "v1", accessPoint: "outer-entry" } };
const clip = Buffer.alloc(200_000, "frames");

function raise({ alarm, place }: AlarmSubject): void {
  site.chronicle.keep([], [{ is: "seen", alarm, place, detail: null }]);
}

describe("a clip around an alarm", () => {
  test("from before it to after it, kept with the alarm and named in the journal with its times", async () => {
    raise(forced);
    const alarmAt = site.clock.now();
    const kept = site.clips.of(forced, ["street"]);
    expect(site.asked).toMatchObject([{ camera: "street", from: alarmAt - 10_000, until: alarmAt + 20_000 }]);
    const wall = site.clock.wall();
    await site.passes(20_000);
    site.asked[0]?.answer(clip);
    expect(await kept).toEqual([{ camera: "street", kept: true, evidence: [hashOf(clip)] }]);
    expect(site.records("EvidenceCaptured")[0]?.payload).toEqual({
      ...{ vestibule: "v1", door: "outer", camera: "street", kind: "clip", size: 200_000 },
      ...{ alarm: "DoorForcedOpen", id: "v1.outer.DoorForcedOpen", evidence: hashOf(clip) },
      from: new Date(wall - 10_000).toISOString(),
      until: new Date(wall + 20_000).toISOString(),
    });
    expect(site.alarms.find("v1.outer.DoorForcedOpen")?.evidence).toEqual([hashOf(clip)]);
    expect(site.store.open(hashOf(clip))).toMatchObject({ media: "video/mp4", size: 200_000 });
  });

  test("alarms that overlap share it, and the next begins where it ends", async () => {
    const start = site.clock.now();
    raise(forced);
    raise(duress);
    const first = site.clips.of(forced, ["street"]);
    const again = site.clips.of(forced, ["street"]);
    await site.passes(15_000);
    const second = site.clips.of(duress, ["street"]);
    expect(site.asked.map(({ from, until }) => [from - start, until - start])).toEqual([
      [-10_000, 20_000],
      [20_000, 35_000],
    ]);
    await site.passes(6_000);
    site.asked[0]?.answer(clip);
    await first;
    const next = Buffer.from("what followed");
    site.asked[1]?.answer(next);
    const both = [hashOf(clip), hashOf(next)];
    for (const one of [first, again]) expect((await one)[0]).toMatchObject({ evidence: both.slice(0, 1) });
    expect((await second)[0]).toMatchObject({ evidence: both });
    expect(site.alarms.find("v1.outer-entry.Duress")?.evidence).toEqual(both);
    expect(site.alarms.find("v1.outer.DoorForcedOpen")?.evidence).toEqual(both.slice(0, 1));
  });

  test("an alarm just after a clip has ended has that one too", async () => {
    raise(forced);
    const first = site.clips.of(forced, ["street"]);
    await site.passes(21_000);
    site.asked[0]?.answer(clip);
    await first;
    raise(duress);
    const second = site.clips.of(duress, ["street"]);
    site.asked[1]?.answer(Buffer.from("more"));
    expect((await second)[0]).toMatchObject({ evidence: [hashOf(clip), hashOf(Buffer.from("more"))] });
  });

  test("A5: a record of a clip for duress tells of duress, so that nobody at the box reads it", async () => {
    raise(duress);
    const kept = site.clips.of(duress, ["street", "inside"]);
    site.asked[0]?.answer(clip);
    site.asked[1]?.answer("the camera sent nothing in that time");
    await kept;
    const records = [...site.records("EvidenceCaptured"), ...site.records("EvidenceNotKept")];
    expect(records).toHaveLength(2);
    expect(records.every(tellsOfDuress)).toBe(true);
  });

  test("one camera's failure is recorded with why, and the others' clips are kept", async () => {
    raise(forced);
    const kept = site.clips.of(forced, ["street", "inside"]);
    site.asked[0]?.answer("the vision process does not answer");
    site.asked[1]?.answer(clip);
    expect(await kept).toMatchObject([
      { camera: "street", kept: false },
      { camera: "inside", kept: true },
    ]);
    expect(site.records("EvidenceNotKept")[0]?.payload).toMatchObject({
      ...{ camera: "street", alarm: "DoorForcedOpen", detail: "the vision process does not answer" },
    });
  });

  test("T35: a disk that fails, and a clip that is not what it was said to be, leave nothing but a record", async () => {
    raise(forced);
    site.store.failNextPut();
    const kept = site.clips.of(forced, ["street"]);
    site.asked[0]?.answer(clip);
    expect(await kept).toMatchObject([{ kept: false, detail: "simulated: the disk failed" }]);
    expect(site.store.list()).toEqual([]);
    expect(site.records("EvidenceNotKept")).toHaveLength(1);
  });

  test("a contact that flaps for hours does not fill the disk", async () => {
    raise(forced);
    for (let n = 0; n < 10; n++) {
      const kept = site.clips.of(forced, ["street"]);
      site.asked[n]?.answer(Buffer.from(`clip ${n}`));
      await kept;
      await site.passes(60_000, 60_000);
    }
    expect(site.records("EvidenceCaptured")).toHaveLength(6);
    expect(site.records("EvidenceNotKept").at(-1)?.payload["detail"]).toMatch(/within the hour are enough/);
    await site.passes(3_600_000, 3_600_000);
    void site.clips.of(forced, ["street"]);
    expect(site.asked).toHaveLength(7);
  });
});
