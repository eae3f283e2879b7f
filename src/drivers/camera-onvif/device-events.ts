import { z } from "zod";
import type { CameraDeviceEvent } from "../../ports/vision-link.ts";
import { longestText, mostMessages } from "./limits.ts";
import { plain } from "./soap-answer.ts";

type Noticed = Exclude<CameraDeviceEvent, { readonly type: "CameraClockMeasured" }>;

const value = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((raw) => plain(String(raw), longestText));
const item = z.object({ $: z.object({ Name: value, Value: value }) });
const items = z
  .object({ simpleItem: z.union([item, z.array(z.unknown())]).optional() })
  .optional()
  .catch(undefined);

const messageSchema = z.object({
  topic: z.union([z.string(), z.object({ _: z.string() })]),
  message: z.object({
    message: z.object({
      $: z.object({ PropertyOperation: value.optional() }).optional().catch(undefined),
      source: items,
      data: items,
    }),
  }),
});

/** The messages of one answer, as the package gives them: none, one, or a list. */
export function messagesOf(answer: unknown): readonly unknown[] {
  const { notificationMessage: raw } = z
    .object({ notificationMessage: z.unknown().optional() })
    .catch({})
    .parse(answer);
  if (raw === undefined) return [];
  return (Array.isArray(raw) ? raw : [raw]).slice(0, mostMessages);
}

/** Topics that say that somebody is at the camera; makers name it as they like. */
const tamperTopics =
  /GlobalSceneChange|Tamper|ImageTooBlurry|ImageTooDark|ImageTooBright|SignalLoss|CameraBlind|LensBlocked/i;
const inputTopics = /Trigger\/DigitalInput|DigitalInput\/|LogicalState$/i;
/** Of those, what is a state that ends. Motion alarms are none: people walk past doors. */
const stateNames = /^(State|IsTamper|Tamper|LogicalState|IsSoundDetected|Status)$/i;

/** What a message means to us; undefined for the many that mean nothing. */
export function noticedIn(message: unknown): Noticed | undefined {
  const read = messageSchema.safeParse(message);
  if (!read.success) return undefined;
  const { topic: raw, message: outer } = read.data;
  const topic = plain(typeof raw === "string" ? raw : raw._, longestText).replace(/[\w-]+:/g, "");
  const data = namedValues(outer.message.data);
  const isDeleted = outer.message.$?.PropertyOperation === "Deleted";
  const state = data.find(([name]) => stateNames.test(name))?.[1];
  if (inputTopics.test(topic)) {
    const input = namedValues(outer.message.source)[0]?.[1] ?? topic;
    return state === undefined ? undefined : { type: "CameraInputChanged", input, active: isTrue(state) };
  }
  if (!tamperTopics.test(topic)) return undefined;
  if (isDeleted || (state !== undefined && !isTrue(state))) return { type: "CameraTamperEnded" };
  return { type: "CameraTampered", detail: `it reports ${topic}` };
}

const isTrue = (text: string): boolean => /^(true|1|active|on|high)$/i.test(text);

function namedValues(raw: z.output<typeof items>): readonly (readonly [string, string])[] {
  const listed = raw?.simpleItem;
  const all = Array.isArray(listed) ? listed : listed === undefined ? [] : [listed];
  return all.slice(0, mostMessages).flatMap((one) => {
    const read = item.safeParse(one);
    return read.success ? [[read.data.$.Name, read.data.$.Value] as const] : [];
  });
}
