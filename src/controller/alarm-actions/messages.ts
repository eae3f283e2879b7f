import type { Firing } from "../../domain/alarm/actions.ts";
import type { AlarmPriority } from "../../domain/alarm/alarm.ts";
import { alarmNames, placeName } from "../../domain/alarm/alarm-names.ts";
import { byPriority, isToldEachTime } from "../../domain/alarm/kinds.ts";
import type { LinkMessage } from "../../ports/alarm-link.ts";
import type { JsonObject } from "../../ports/journal.ts";
import type { Mail } from "../../ports/notice.ts";
import { recordViewSchema } from "../../ports/record-view.ts";
import { publishable, topicSegment } from "../published-view.ts";

export interface SiteNames {
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly timeZone: string;
}

/** A firing with the number of its record, under which it is told. */
export interface Told {
  readonly seq: number;
  readonly firing: Firing;
}

const textOf = ({ alarm, place }: Pick<Firing, "alarm" | "place">) => {
  const [type, where] = [alarmNames[alarm], placeName(place)];
  return { en: `${type.en}: ${where.en}`, zh: `${type.zh}：${where.zh}` };
};

const factsOf = ({ seq, firing }: Told): JsonObject => {
  const { id, alarm, priority, place, wall, count, detail, evidence } = firing;
  return {
    ...{ seq, id, type: alarm, priority },
    vestibule: place.vestibule ?? null,
    door: place.door ?? null,
    accessPoint: place.accessPoint ?? null,
    camera: place.camera ?? null,
    since: new Date(wall).toISOString(),
    ...{ count, detail, evidence },
    text: textOf(firing),
  };
};

/** The body of a call, as the Standard Webhooks specification has it; the same for every attempt. */
export const webhookBody = (site: SiteNames, told: Told): string =>
  JSON.stringify({
    type: "alarm.raised",
    timestamp: new Date(told.firing.wall).toISOString(),
    data: publishable({ schema: recordViewSchema, site: site.id, ...factsOf(told) }),
  });

/** The same in each attempt: whoever gets it twice knows it by this. */
export const noticeId = (site: SiteNames, seq: number): string => `vestibule-${site.id}-${seq}`;

const cctv = (camera: string, what: string, body: JsonObject): LinkMessage => ({
  topic: `cctv/${topicSegment(camera)}/${what}`,
  body: publishable({ schema: recordViewSchema, camera, ...body }),
  retain: false,
});

export function bookmarkMessage(camera: string, told: Told): LinkMessage {
  const { since, id, ...facts } = factsOf(told);
  return cctv(camera, "bookmark", { ...facts, alarm: id ?? null, from: since ?? null, camera });
}

/** A broker that holds it for longer has held it for too long: by then somebody has turned the camera where they want it. */
const presetExpiry = 120;

/** `preset` null: the camera is to be shown, as it stands. */
export function presetMessage(camera: string, preset: string | null, told: Told): LinkMessage {
  const { id, ...facts } = factsOf(told);
  const body = { ...facts, alarm: id ?? null, why: told.firing.alarm, preset, camera };
  return { ...cctv(camera, "preset", body), expiry: presetExpiry };
}

const priorities: Readonly<Record<AlarmPriority, { readonly en: string; readonly zh: string }>> = {
  critical: { en: "critical", zh: "紧急" },
  high: { en: "high", zh: "高" },
  medium: { en: "medium", zh: "中" },
  low: { en: "low", zh: "低" },
};
/** Lines of one mail; of more only how many they are. */
const mostLines = 30;

/** One mail for all that came since the one before. */
export function mailOf(
  site: SiteNames,
  list: { readonly name: string; readonly to: readonly string[] },
  languages: readonly ("en" | "zh")[],
  told: readonly [Told, ...Told[]],
): Mail {
  const one = (language: "en" | "zh") => subjectOf(site, told, language);
  const body = (language: "en" | "zh") => bodyOf(site, told, language);
  return {
    to: list.to,
    subject: languages.map(one).join(" / "),
    text: `${languages.map(body).join("\n\n")}\n`,
    id: `${noticeId(site, told[0].seq)}-${told.length}.${list.name}`,
  };
}

/** What is most pressing first, whatever came before it; among equals what a person did, then what came first. */
const byUrgency = (a: Told, b: Told): number =>
  byPriority(a.firing.priority, b.firing.priority) ||
  Number(isToldEachTime(b.firing.alarm)) - Number(isToldEachTime(a.firing.alarm)) ||
  a.seq - b.seq;

function subjectOf(site: SiteNames, told: readonly [Told, ...Told[]], language: "en" | "zh") {
  const [first = told[0], ...more] = told.toSorted(byUrgency);
  const priority = priorities[first.firing.priority][language];
  const text = textOf(first.firing)[language];
  const name = site.name[language];
  if (language === "zh")
    return `【${priority}】${text}${more.length === 0 ? "" : `，另有 ${more.length} 条报警`}（${name}）`;
  return `[${priority}] ${text}${more.length === 0 ? "" : ` and ${more.length} more`} (${name})`;
}

function bodyOf(site: SiteNames, told: readonly Told[], language: "en" | "zh"): string {
  const time = new Intl.DateTimeFormat("sv-SE", {
    timeZone: site.timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  const zh = language === "zh";
  const head = zh
    ? `${site.name.zh}：${told.length} 条报警。时间为 ${site.timeZone}。`
    : `${site.name.en}: ${told.length === 1 ? "an alarm" : `${told.length} alarms`}. Times are of ${site.timeZone}.`;
  const shown = told.toSorted(byUrgency).slice(0, mostLines);
  const lines = shown
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ seq, firing }) => {
      const priority = priorities[firing.priority][language];
      const text = textOf(firing)[language];
      return zh
        ? `${time.format(firing.wall)}　${text}（${priority}，记录 ${seq}）`
        : `${time.format(firing.wall)}  ${text} (${priority}, record ${seq})`;
    });
  const rest = told.length - lines.length;
  const tail = zh ? `另有 ${rest} 条。` : `and ${rest} more.`;
  return [head, "", ...lines, ...(rest > 0 ? [tail] : [])].join("\n");
}
