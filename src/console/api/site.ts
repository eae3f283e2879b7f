import type { AlarmRecord } from "../../domain/alarm/alarm.ts";
import type { SiteState } from "../../ports/controller-services.ts";
import type { Cardholder } from "../../ports/directory.ts";
import type { RecordView } from "../../ports/record-view.ts";
import * as client from "./client.ts";

/** An alarm as the API shows it: wall times are ISO 8601. */
export interface AlarmView
  extends Pick<
    AlarmRecord,
    "id" | "type" | "priority" | "place" | "phase" | "count" | "evidence" | "detail"
  > {
  readonly since: string;
  readonly acknowledged: { readonly by: string; readonly at: string; readonly comment: string } | null;
  readonly shelved: {
    readonly by: string;
    readonly at: string;
    readonly until: string;
    readonly reason: string;
  } | null;
  readonly comments: readonly { readonly by: string; readonly at: string; readonly text: string }[];
  /** Whether it may be shelved at all. */
  readonly shelvable: boolean;
}

/** What the page needs of a cardholder. */
export interface CardholderView extends Pick<Cardholder, "id" | "name"> {
  readonly cards: readonly { readonly number: string; readonly status: string }[];
  readonly hasPin: boolean;
  readonly enrolment: {
    readonly photos: number;
    readonly enough: boolean;
    readonly missing: readonly Advice[];
  };
}

/** What to do, as the server says it in both languages. */
export interface Advice {
  readonly what: string;
  readonly en: string;
  readonly zh: string;
}

/** Asked by a page that connects, and connects again: that somebody is there does not follow. */
const itself = { watching: true };

// The server is this page's own and of the same version: its answers are taken in the shape its ports declare.

export async function fetchState(timeoutMs?: number): Promise<SiteState> {
  const answer: unknown = await client.getState(timeoutMs === undefined ? {} : { timeoutMs });
  return answer as SiteState;
}

export async function fetchAlarms(): Promise<readonly AlarmView[]> {
  return (await client.listAlarms({}, itself)).alarms as readonly AlarmView[];
}

export async function fetchCardholders(): Promise<readonly CardholderView[]> {
  return (await client.listCardholders({ limit: 100 }, itself)).cardholders;
}

export async function acknowledgeAlarm(id: string, comment: string): Promise<void> {
  await client.acknowledgeAlarm({ id }, { comment });
}

export async function shelveAlarm(id: string, minutes: number, reason: string): Promise<void> {
  await client.shelveAlarm({ id }, { minutes, reason });
}

export async function unshelveAlarm(id: string): Promise<void> {
  await client.unshelveAlarm({ id });
}

export async function commentOnAlarm(id: string, text: string): Promise<void> {
  await client.commentOnAlarm({ id }, { text });
}

/** What is on record of an open alarm, newest first. */
export async function fetchAlarmHistory(id: string): Promise<readonly RecordView[]> {
  return (await client.getAlarm({ id })).history;
}

/** Of an open alarm: the cameras that may show it, the nearest first. */
export async function fetchAlarmCameras(id: string): Promise<readonly string[]> {
  return (await client.getAlarm({ id })).cameras;
}

export const snapshotAddress = (camera: string, turn: number): string =>
  `/api/v1/cameras/${encodeURIComponent(camera)}/snapshot?turn=${turn}`;

/** `turn`: another one is another picture to a browser. */
export const liveAddress = (camera: string, turn: number): string =>
  `/api/v1/cameras/${encodeURIComponent(camera)}/live?turn=${turn}`;

export const evidenceAddress = (hash: string): string => `/api/v1/evidence/${encodeURIComponent(hash)}`;
