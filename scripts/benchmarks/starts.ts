import { bothSecure, DemoSite, now, underControl, until } from "./demo-site.ts";
import { type Figure, figure } from "./figures.ts";
import { memoryFigures } from "./process-figures.ts";

/** Three people, three photos each. */
const demoPhotos = 9;

/** A first start on an empty data directory; resolves with the session to go on with. */
export async function firstStart(data: string): Promise<{ figures: Figure[]; cookie: string }> {
  await using site = await DemoSite.start(data);
  const page = await until("the page", () => site.pageAnswers(), 60_000);
  await site.logIn();
  const people = await until(
    "the demo's people",
    async () => (await site.enrolledPhotos()) === demoPhotos,
    120_000,
    100,
  );
  return {
    cookie: site.cookie,
    figures: [
      figure("first start, dependencies there: page answers", [page - site.startedAt], "ms"),
      figure("first start: the demo's people enrolled", [people - site.startedAt], "ms"),
      ...memoryFigures("after enrolment", site.pid, 600),
    ],
  };
}

/** Starts again on the same data, `times` times. */
export async function laterStarts(data: string, cookie: string, times: number): Promise<Figure[]> {
  const pages: number[] = [];
  const controls: number[] = [];
  const secures: number[] = [];
  for (let run = 0; run < times; run++) {
    await using site = await DemoSite.start(data, cookie);
    const page = await until("the page", () => site.pageAnswers(), 60_000);
    const control = await until("the doors", async () => underControl(await site.state()), 60_000);
    await until("both doors secure", async () => bothSecure(await site.state()), 60_000);
    pages.push(page - site.startedAt);
    controls.push(Math.max(0, control - page));
    secures.push(secureSince(site) - site.startedAt);
  }
  return [
    figure("second start: page answers", pages, "ms", 5_000),
    figure("second start: doors under control, after the page answers", controls, "ms", 1_000),
    figure("second start: both doors found secure (journal), since the command", secures, "ms"),
  ];
}

/** When the interlock of this run first found both doors secure, by its own record. */
function secureSince(site: DemoSite): number {
  const found = site.records("DoorBecameSecure").filter(({ at }) => at > site.startedAt && at <= now());
  const first = (door: string): number =>
    found.find(({ payload }) => payload["door"] === door)?.at ?? Number.NaN;
  return Math.max(first("outer"), first("inner"));
}
