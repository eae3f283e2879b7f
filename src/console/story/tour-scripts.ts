import type { DenialReason } from "../../domain/access/event.ts";
import { isFailure } from "../../domain/access/lock-out.ts";
import { type AccessPointName, type DoorName, doorOf } from "../../domain/names.ts";
import type { VestibuleView } from "../../ports/controller-services.ts";
import { type Area, areaBefore, areaBehind, isAccessPoint } from "../building/whereabouts.ts";
import type { LiveSite } from "../live/live-site.ts";
import { lastSeq } from "../live/live-site.ts";
import type { SiteConnection } from "../live/site-connection.ts";
import type { StoryActions } from "./actions.ts";
import type { TourItem } from "./tour.ts";

/** Somebody's card, and the card of somebody else. */
export interface Cast {
  readonly card: string;
  readonly otherCard: string;
}

export interface Stage {
  readonly actions: StoryActions;
  readonly connection: SiteConnection;
  readonly cast: Cast;
  readonly signal: AbortSignal;
}

/** Long enough to be seen, and for a camera to have seen the new face. */
const beatMs = 1_200;
const stepLimitMs = 12_000;
/** A face that is not found in the first pictures of a busy machine is nobody's failure: the card is presented again. */
const presentations = 3;
/** `heldOpenTime` may be long; the demo's is 15 s. */
const heldOpenLimitMs = 40_000;

/** Each thing to try, done by itself for whoever would rather watch. */
export const tourScripts: Readonly<
  Record<Exclude<TourItem, "acknowledged">, (stage: Stage) => Promise<void>>
> = {
  goIn: async (stage) => {
    await getReleased(stage);
    const taken = recordedSince(stage, "AccessTaken");
    await stage.actions.move("outer", "open");
    await until(stage, taken);
  },
  interlocked: async (stage) => {
    await getReleased(stage);
    await stage.actions.move("outer", "open");
    await until(stage, (site) => doorView(site, "outer")?.contact === "open");
    stage.actions.standAt("inner-entry");
    const refused = recordedSince(stage, "AccessDenied");
    await stage.actions.present("inner-entry", stage.cast.otherCard);
    await until(stage, refused);
  },
  mismatch: async (stage) => {
    await approach(stage, stage.cast.otherCard);
    const refused = recordedSince(stage, "AccessDenied");
    await stage.actions.present("outer-entry", stage.cast.card);
    await until(stage, refused);
  },
  heldOpen: async (stage) => {
    await getReleased(stage);
    const heldOpen = recordedSince(stage, "DoorHeldOpen");
    await stage.actions.move("outer", "open");
    await stage.actions.move("outer", "prop");
    await until(stage, heldOpen, heldOpenLimitMs);
    await stage.actions.move("outer", "close");
  },
  forced: async (stage) => {
    await until(stage, bothClosed);
    const seen = recordedSince(stage, "DoorForcedOpen");
    await stage.actions.move("inner", "force");
    await until(stage, seen);
    await pause(stage, 2 * beatMs);
    if (doorView(stage.connection.site(), "inner")?.contact === "open")
      await stage.actions.move("inner", "close");
  },
};

/** Steps before a door's camera, once both doors are at rest. */
async function approach(
  stage: Stage,
  card: string,
  accessPoint: AccessPointName = "outer-entry",
): Promise<void> {
  await until(stage, bothClosed);
  stage.actions.standAt(accessPoint);
  await stage.actions.place(accessPoint, { kind: "person", card });
  await pause(stage, beatMs);
}

async function getReleased(stage: Stage, accessPoint: AccessPointName = "outer-entry"): Promise<void> {
  if (accessPoint === "outer-entry") await goOutside(stage);
  const isReleased = (site: LiveSite): boolean => doorView(site, doorOf(accessPoint))?.lock === "released";
  for (let left = presentations; left > 0; left--) {
    await approach(stage, stage.cast.card, accessPoint);
    const isSentBack = left > 1 ? sentBackSince(stage, accessPoint) : () => false;
    await stage.actions.present(accessPoint, stage.cast.card);
    await until(stage, (site) => isReleased(site) || isSentBack(site));
    if (isReleased(stage.connection.site())) break;
  }
  await pause(stage, beatMs / 2);
}

/** Whoever is to come in must be outside: nobody is in two places. */
async function goOutside(stage: Stage): Promise<void> {
  for (const accessPoint of ["inner-exit", "outer-exit"] as const) {
    if (areaOf(stage) !== areaBefore(accessPoint)) continue;
    await getReleased(stage, accessPoint);
    const taken = recordedSince(stage, "AccessTaken");
    await stage.actions.move(doorOf(accessPoint), "open");
    await until(stage, taken);
  }
}

/** Where the last passage left whoever holds the card. */
function areaOf({ connection, cast }: Stage): Area {
  const { records, cardholders } = connection.site();
  const person = cardholders.find(({ cards }) => cards.some(({ number }) => number === cast.card));
  const last = records.find(({ type, cardholder }) => type === "AccessTaken" && cardholder === person?.id);
  return last !== undefined && isAccessPoint(last.accessPoint) ? areaBehind(last.accessPoint) : "outside";
}

const vestibuleOf = (site: LiveSite): VestibuleView | undefined => site.state?.vestibules[0];
const doorView = (site: LiveSite, door: DoorName) => vestibuleOf(site)?.doors[door];

function bothClosed(site: LiveSite): boolean {
  const doors = vestibuleOf(site)?.doors;
  return doors !== undefined && doors.outer.secure && doors.inner.secure;
}

function recordedSince(stage: Stage, type: string): (site: LiveSite) => boolean {
  const from = lastSeq(stage.connection.site());
  return ({ records }) => records.some((record) => record.seq > from && record.type === type);
}

/** Refused for what may be otherwise in a moment. */
function sentBackSince(stage: Stage, accessPoint: AccessPointName): (site: LiveSite) => boolean {
  const from = lastSeq(stage.connection.site());
  return ({ records }) =>
    records.some(
      ({ seq, type, accessPoint: where, reason }) =>
        seq > from &&
        type === "AccessDenied" &&
        where === accessPoint &&
        // The record's reason is one of the access rules' own.
        !isFailure(reason as DenialReason),
    );
}

/** Rejects when it does not come to be in time, or the newcomer stops the show. */
function until(stage: Stage, holds: (site: LiveSite) => boolean, limitMs = stepLimitMs): Promise<void> {
  const { connection, signal } = stage;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = (): void => {
    if (signal.aborted) reject(signal.reason);
    else if (holds(connection.site())) resolve();
  };
  const unsubscribe = connection.subscribe(look);
  signal.addEventListener("abort", look);
  const timer = setTimeout(() => reject(new Error("timed out")), limitMs);
  look();
  return promise.finally(() => {
    unsubscribe();
    signal.removeEventListener("abort", look);
    clearTimeout(timer);
  });
}

function pause(stage: Stage, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  stage.signal.addEventListener("abort", () => resolve(), { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    stage.signal.throwIfAborted();
  });
}
