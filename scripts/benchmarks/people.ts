import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { openSiteStorage } from "../../src/composition/open-site-storage.ts";
import { sitePlanOf } from "../../src/composition/site-plan.ts";
import { loadSite } from "../../src/config/load.ts";
import { DecisionFacts } from "../../src/controller/doorside/decision-facts.ts";
import { SiteCalendar } from "../../src/controller/local-time.ts";
import { PeopleImport } from "../../src/controller/people/import/people-import.ts";
import { decide, initialAccessState } from "../../src/domain/access/access.ts";
import { instant, type WallTime, wallTime } from "../../src/domain/time.ts";
import type { Directory, DirectoryPage } from "../../src/ports/directory.ts";
import { SeededRandom } from "../../src/simulation/seeded-random.ts";
import { type Figure, figure } from "./figures.ts";

const model = "bench";
const descriptorLength = 512;
/** As a photo is stored, cut to the face: most are between 15 and 40 kB. */
const jpegBytes = 20_000;
const committedAtOnce = 500;

const clock = {
  now: () => instant(performance.now()),
  wall: (): WallTime => wallTime(Date.now()),
  wakeAt: () => ({ [Symbol.dispose]: () => undefined }),
};

function seededRandom(seed: number): () => number {
  const seeded = new SeededRandom(seed);
  return () => seeded.between(0, 999_999) / 1e6;
}

const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑".split("");
const given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华建国".split("");
const latin = ["Anna Berger", "Bo Lind", "Chidi Okafor", "Dana Novak", "Emre Yildiz", "Fatima Haddad"];

const cardOf = (n: number): string => `C${String(n).padStart(7, "0")}`;
const numberOf = (n: number): string => `P-${String(n).padStart(6, "0")}`;

function nameOf(n: number, random: () => number): string {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? "";
  return n % 2 === 0 ? pick(surnames) + pick(given) + pick(given) : `${pick(latin)} ${n}`;
}

const timed = (work: () => void): number => {
  const began = performance.now();
  work();
  return performance.now() - began;
};
const each = (runs: number, work: (run: number) => void): number[] =>
  Array.from({ length: runs }, (_, run) => timed(() => work(run)));

/** Registers people with a card, groups, a level and a photo each, sealed; as the program does, many in a commit. */
export function build(data: string, people: number): Figure[] {
  const random = seededRandom(7);
  using storage = openSiteStorage({ directory: data, clock, env: {} });
  const { directory } = storage;
  const took = timed(() => {
    for (let first = 0; first < people; first += committedAtOnce) {
      directory.transact(() => {
        for (let n = first; n < Math.min(people, first + committedAtOnce); n++)
          register(directory, n, random);
      });
      process.stderr.write(`\r${first + committedAtOnce} of ${people} people`);
    }
  });
  process.stderr.write("\n");
  return [figure(`${people} people registered, with card and photo`, [took / 1_000], "s")];
}

function register(directory: Directory, n: number, random: () => number): void {
  const groups = ["staff", `team-${n % 500}`, ...(n % 20_000 === 0 ? ["manager"] : [])];
  const person = { name: nameOf(n, random), number: numberOf(n), groups, accessLevels: ["everywhere"] };
  const { id } = directory.add(person);
  directory.issueCard(id, cardOf(n), "wiegand34");
  const descriptor = Float32Array.from({ length: descriptorLength }, () => random() - 0.5);
  const jpeg = randomBytes(jpegBytes);
  directory.addPhoto(id, { jpeg, quality: { eyeDistance: 90, sharpness: 140 }, model, descriptor });
}

/** What a door and a clerk wait for, over a directory of this size. */
export function lookUps(data: string, people: number): Figure[] {
  const opened = performance.now();
  using storage = openSiteStorage({ directory: data, clock, env: {} });
  const opening = performance.now() - opened;
  const { directory, templates } = storage;
  const some = (run: number): number => (run * 7_919 + 13) % people;
  const decided = decisions(directory);
  const found = each(20_000, (run) => void directory.findByCard(cardOf(some(run))));
  const decisionTimes = each(5_000, (run) => decided(cardOf(some(run))));
  const unknown = each(5_000, (run) => decided(`none-${run}`));
  const search = (what: string, runs: number, page: (run: number) => Omit<DirectoryPage, "limit">): Figure =>
    figure(
      `search: ${what}`,
      each(runs, (run) => void directory.list({ limit: 100, ...page(run) })),
      "ms",
      100,
      "p95",
    );
  return [
    figure("directory and journal opened", [opening], "ms"),
    figure("look-up by card", found, "ms", 2, "p99"),
    figure("look-up and decision without the face", decisionTimes, "ms", 2, "p99"),
    figure("the same for a card that nobody has", unknown, "ms", 2, "p99"),
    search("card number, whole", 300, (run) => ({ search: cardOf(some(run)) })),
    search("part of a card number, 4 characters", 300, (run) => ({ search: cardOf(some(run)).slice(3, 7) })),
    search("personnel number", 300, (run) => ({ search: numberOf(some(run)) })),
    search("part of a name: berg", 200, () => ({ search: "berg" })),
    search("part of a Chinese name, 2 characters", 200, (run) => ({
      search: `${given[run % 20]}${given[(run * 7) % 23]}`,
    })),
    search("part of a Chinese name, 1 character", 200, (run) => ({ search: given[run % 26] ?? "" })),
    search("2 characters nobody has", 100, () => ({ search: "qz" })),
    search("3 characters nobody has", 100, () => ({ search: "qzx" })),
    search("a group of 200", 300, (run) => ({ group: `team-${run % 500}` })),
    search("a group of 5", 300, () => ({ group: "manager" })),
    search("an access level everybody has", 300, () => ({ accessLevel: "everywhere" })),
    search("a small group and part of a name", 300, (run) => ({
      group: `team-${run % 500}`,
      search: "berg",
    })),
    search("a kind nobody is of", 100, () => ({ kind: "visitor" })),
    search("the last page", 200, () => ({ after: "~" })),
    figure(
      "templates counted",
      each(5, () => void templates.coverage([model])),
      "ms",
    ),
    figure("directory.db", [statSync(join(data, "directory.db")).size / 1e6], "MB"),
    figure("memory of this process", [process.memoryUsage().rss / 1e6], "MB"),
  ];
}

/** A list of 10,000 more: how long it takes, and for how long at a time nothing else has its turn. */
export async function imports(data: string): Promise<Figure[]> {
  using storage = openSiteStorage({ directory: data, clock, env: {} });
  const { directory, journal } = storage;
  const commits: number[] = [];
  let isLast = false;
  const last: number[] = [];
  const lists = new PeopleImport({
    directory: {
      beginImport: () => directory.beginImport(),
      findByNumber: (number) => directory.findByNumber(number),
      findByCard: (number) => directory.findByCard(number),
      get: (id) => directory.get(id),
      transact(work) {
        const began = performance.now();
        const result = directory.transact(work);
        (isLast ? last : commits).push(performance.now() - began);
        return result;
      },
    },
    clock,
    levels: () => ["everywhere"],
    timeZone: "Asia/Shanghai",
    record(entries) {
      isLast = entries[0]?.type === "CardholdersImported";
      journal.append(entries);
    },
  });
  const random = seededRandom(11);
  const first = directory.count();
  const rows = Array.from({ length: 10_000 }, (_, n) => {
    const at = first + n;
    return `${nameOf(at, random)},${numberOf(at)},staff;team-${n % 500},everywhere,${cardOf(at)}:wiegand34`;
  });
  const list = Buffer.from(`name,number,groups,accessLevels,cards\n${rows.join("\n")}\n`);
  const gaps: number[] = [];
  let isOver = false;
  let before = performance.now();
  const turn = (): void => {
    const now = performance.now();
    gaps.push(now - before);
    before = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const dry = performance.now();
  await lists.run(list, true, "bench");
  const began = performance.now();
  const report = await lists.run(list, false, "bench");
  const ended = performance.now();
  isOver = true;
  if (!report.imported) throw new Error("the list was not imported");
  return [
    figure("10,000 rows read and checked", [began - dry], "ms"),
    figure("10,000 rows imported", [(ended - began) / 1_000], "s"),
    figure("… one commit of 10 people, with their records", commits, "ms"),
    figure("… the commit that makes them all be there", last, "ms", 50),
    figure("… the loop's turns meanwhile: a turn's length", gaps, "ms", 20, "p99"),
  ];
}

/** As `Passages.onCard` has it, up to what the face is asked for, or is refused without. */
function decisions(directory: Directory): (card: string) => void {
  const site = loadSite("firmware-config/demo.yaml", {});
  const plan = sitePlanOf(site);
  const report = { secure: true } as const;
  const facts = new DecisionFacts({
    policy: () => plan.policy,
    clock,
    calendar: new SiteCalendar(plan.timeZone, []),
    directory,
    presence: {
      areaOf: () => undefined,
      occupancy: () => ({ vestibule: 0, secure: 0 }),
      openedSchedules: () => [],
    },
    interlock: { report: () => undefined },
    vision: { ready: () => undefined, camera: () => undefined },
    cameraOf: () => undefined,
    storage: () => "ok",
    commissioning: () => false,
  });
  const where = { vestibule: site.vestibules[0]?.id ?? "v1", accessPoint: "outer-entry" } as const;
  return (card) => {
    const surroundings = {
      ...facts.surroundings(where, []),
      secure: { outer: report.secure, inner: report.secure },
    };
    const credential = facts.ofCard(card);
    const input = {
      type: "CardPresented",
      ...facts.times(),
      passage: "p",
      card,
      format: "raw",
      credential,
    } as const;
    const events = decide(initialAccessState, { ...input, ...where, surroundings }, plan.policy);
    if (events.length === 0) throw new Error("nothing was decided");
  };
}
