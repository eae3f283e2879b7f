import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RecordView } from "../../ports/record-view.ts";
import { type LiveSite, unknownSite } from "../live/live-site.ts";
import type { SiteConnection } from "../live/site-connection.ts";
import { tourScripts } from "./tour-scripts.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A site that answers each card as it is told; the door is opened and closed as soon as somebody may. */
function stageThatAnswers(...answers: readonly string[]) {
  const listeners = new Set<() => void>();
  let seq = 0;
  let site = unknownSite;
  const show = (lock: string, record?: Partial<RecordView>): void => {
    const outer = { lock, contact: "closed", secure: lock === "secured" };
    const inner = { lock: "secured", contact: "closed", secure: true };
    const state = { vestibules: [{ doors: { outer, inner } }] } as unknown as LiveSite["state"]; // what a script reads
    const records = record === undefined ? [] : [{ seq: ++seq, ...record } as RecordView];
    site = { ...site, state, records: [...records, ...site.records] };
    for (const listener of listeners) listener();
  };
  show("secured");
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const accessPoint = "outer-entry";
  const told = [...answers];
  const presented: string[] = [];
  const actions = {
    standAt: () => undefined,
    place: async () => undefined,
    present: async (_: string, card: string) => {
      presented.push(card);
      const answer = told.shift();
      if (answer === "released") show("released");
      else show("secured", { type: "AccessDenied", accessPoint, reason: answer ?? "noFace" });
    },
    press: async () => undefined,
    move: async () => show("secured", { type: "AccessTaken", accessPoint, cardholder: "a" }),
    setInput: async () => undefined,
  };
  const stage = {
    actions,
    connection: { site: () => site, subscribe } as unknown as SiteConnection, // what a script asks of it
    cast: { card: "1001", otherCard: "1002" },
    signal: new AbortController().signal,
  };
  return { stage, presented };
}

async function shown(
  ...answers: readonly string[]
): Promise<{ readonly cards: number; readonly is: string }> {
  const { stage, presented } = stageThatAnswers(...answers);
  const is = tourScripts.goIn(stage).then(
    () => "shown",
    () => "given up",
  );
  await vi.advanceTimersByTimeAsync(60_000);
  return { cards: presented.length, is: await is };
}

test("who is not found in the first pictures presents the card again, as at a door, and not for ever", async () => {
  expect(await shown("released")).toEqual({ cards: 1, is: "shown" });
  expect(await shown("noFace", "cameraFault", "released")).toEqual({ cards: 3, is: "shown" });
  expect(await shown("noFace", "noFace", "noFace", "released")).toEqual({ cards: 3, is: "given up" });
});

test("A6: what counts as a failure is not tried again", async () => {
  expect(await shown("faceMismatch", "released")).toEqual({ cards: 1, is: "given up" });
});
