import { enrolmentServices } from "../../src/controller/people/enrolment-services.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { EnrolmentServices } from "../../src/ports/services/enrolment-services.ts";
import type { PictureLook } from "../../src/ports/vision-link.ts";
import type { MemoryDirectory } from "../../src/simulation/memory-directory.ts";
import type { MemoryJournal } from "../../src/simulation/memory-journal.ts";
import { sitePlan } from "./site-plan-for-tests.ts";

/** What looks at pictures: a good face, until a test says otherwise or leaves it open. */
export const goodLook: PictureLook = {
  is: "seen",
  good: true,
  faces: 1,
  box: { x: 200, y: 80, width: 180, height: 240 },
  width: 640,
  height: 480,
  advice: [],
  quality: { eyeDistance: 92 },
};

export class FakeLooks {
  next: Promise<PictureLook | undefined> = Promise.resolve(goodLook);

  async lookAtPicture(): Promise<PictureLook | undefined> {
    return await this.next;
  }
}

/** The real ones over a directory in memory and a vision that says what a test says. */
export function fakeEnrolmentServices(
  directory: MemoryDirectory,
  journal: MemoryJournal,
  clock: Clock,
  looks = new FakeLooks(),
): EnrolmentServices & { readonly looks: FakeLooks } {
  const chronicle = {
    require: (entries: Parameters<MemoryJournal["append"]>[0]) => void journal.append(entries),
    entry: (type: string, payload: Parameters<MemoryJournal["append"]>[0][number]["payload"]) => ({
      type,
      at: clock.now(),
      payload,
    }),
  };
  return { ...enrolmentServices({ directory, clock, site: sitePlan({}) }, looks, chronicle), looks };
}
