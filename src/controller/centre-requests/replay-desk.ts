import { z } from "zod";
import type { LinkMessage, LinkRequest } from "../../ports/alarm-link.ts";
import { LinkFault } from "../../ports/alarm-link.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Journal, type JournalRecord, type JsonObject, StorageFault } from "../../ports/journal.ts";
import { eventMessage } from "../published-view.ts";

/** What a centre asks for: events after one it has. */
export const replayRequestSchema = z.strictObject({
  schema: z.literal(1).default(1),
  after: z.int().min(0).describe("The last sequence number you have"),
  limit: z.int().min(1).max(10_000).default(1_000).describe("At most so many events"),
  types: z
    .array(z.string().regex(/^[A-Z][A-Za-z0-9]{0,63}$/))
    .min(1)
    .max(32)
    .optional()
    .describe("Only events of these types"),
  replyTo: z
    .string()
    .regex(/^reply(\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}){1,4}$/)
    .optional()
    .describe("Below the site's root; for MQTT 3.1.1, which has no response topic"),
});
type ReplayRequest = z.output<typeof replayRequestSchema>;

export interface ReplayDeskOptions {
  readonly journal: Pick<Journal, "query" | "last">;
  readonly publish: (message: LinkMessage) => Promise<void>;
  readonly note: (type: string, payload: JsonObject) => void;
  readonly clock: Clock;
}

/** Under way at once, over all who ask. */
const mostAtOnce = 4;
/** Begun in a minute, over all who ask: each leaves a record. */
const mostPerMinute = 30;
const minute = 60_000;
/** Records read at once, and then the loop is everybody else's for a turn. */
const batch = 64;
/** Answers sent and not yet confirmed: far fewer than events, which go out beside them. */
const window = 8;
/** Of records that are looked through for the types asked for. */
const mostLookedThrough = 50_000;
/** Whoever asked has given up by then. */
const answerExpiry = 300;

type Answer = (body: JsonObject, smaller?: () => JsonObject) => Promise<void>;
type Refusal = "retained" | "malformed" | "noReplyTopic" | "busy";

/** Serves what a centre missed from the journal, in order, as the events were: it only reads. */
export class ReplayDesk implements Disposable {
  readonly #options: ReplayDeskOptions;
  /** By where the answer goes: MQTT does not tell who asks. */
  readonly #serving = new Set<string>();
  #begun: readonly number[] = [];
  #stopped = false;

  constructor(options: ReplayDeskOptions) {
    this.#options = options;
  }

  onRequest(asked: LinkRequest): void {
    const request = requestOf(asked);
    const replyTo = asked.replyTo ?? (typeof request === "string" ? undefined : request.replyTo);
    if (asked.retained || replyTo === undefined) return;
    const answer: Answer = (body, smaller) => this.#answer(asked, replyTo, body, smaller);
    const refusal = typeof request === "string" ? request : this.#refusalOf(replyTo);
    if (refusal !== undefined || typeof request === "string") {
      void quietly(answer({ schema: 1, end: true, refused: refusal ?? "malformed" }));
      return;
    }
    this.#serving.add(replyTo);
    this.#begun = [...this.#begun, this.#options.clock.now()];
    const { after, limit, types } = request;
    this.#options.note("ReplayRequested", {
      after,
      limit,
      replyTo,
      ...(types === undefined ? {} : { types }),
    });
    void quietly(this.#serve(request, answer)).finally(() => this.#serving.delete(replyTo));
  }

  [Symbol.dispose](): void {
    this.#stopped = true;
  }

  #refusalOf(replyTo: string): Refusal | undefined {
    const now = this.#options.clock.now();
    this.#begun = this.#begun.filter((at) => now - at < minute);
    const busy =
      this.#serving.has(replyTo) || this.#serving.size >= mostAtOnce || this.#begun.length >= mostPerMinute;
    return busy ? "busy" : undefined;
  }

  async #serve(request: ReplayRequest, answer: Answer): Promise<void> {
    const { after, limit, types } = request;
    const wanted = types === undefined ? undefined : new Set(types);
    const underWay: Promise<void>[] = [];
    // What is written meanwhile comes as events by itself.
    const last = this.#options.journal.last();
    let [position, count, first] = [after, 0, undefined as number | undefined];
    while (!this.#stopped && position < last && count < limit && position - after < mostLookedThrough) {
      const records = this.#options.journal.query({ after: position, limit: batch });
      if (records.length === 0) break;
      first ??= records[0]?.seq;
      for (const record of records) {
        if (record.seq > last || count === limit) break;
        position = record.seq;
        if (wanted !== undefined && !wanted.has(record.type)) continue;
        count += 1;
        const sent = this.#tell(record, answer);
        sent.catch(() => undefined); // whoever waits for it below is told
        underWay.push(sent);
        if (underWay.length >= window) await underWay.shift();
      }
      await new Promise(setImmediate);
    }
    await Promise.all(underWay);
    if (this.#stopped) return;
    const more = position < last;
    // The journal no longer holds what lies before this one.
    const missing = first !== undefined && first > after + 1 ? { missingBefore: first } : {};
    await answer({ schema: 1, end: true, after, count, next: position, more, ...missing });
  }

  /** Exactly what its event was. */
  async #tell(record: JournalRecord, answer: Answer): Promise<void> {
    const cut = (): JsonObject => eventMessage(record, true).body ?? {};
    await answer(eventMessage(record).body ?? {}, cut).catch((error: unknown) => {
      if (error instanceof LinkFault && error.code === "tooLarge") return answer(cut());
      throw error;
    });
  }

  #answer(
    { correlation }: LinkRequest,
    topic: string,
    body: JsonObject,
    smaller?: () => JsonObject,
  ): Promise<void> {
    const message = { topic, body, retain: false, expiry: answerExpiry, ...(smaller && { smaller }) };
    return this.#options.publish(correlation === undefined ? message : { ...message, correlation });
  }
}

function requestOf({ payload }: LinkRequest): ReplayRequest | Refusal {
  try {
    const parsed = replayRequestSchema.safeParse(JSON.parse(new TextDecoder().decode(payload)));
    return parsed.success ? parsed.data : "malformed";
  } catch {
    return "malformed"; // no JSON, which is what the answer says
  }
}

/** Whoever asked asks again: a broker that goes away, or a disk that cannot be read, ends an answer. */
async function quietly(answering: Promise<void>): Promise<void> {
  try {
    await answering;
  } catch (error) {
    if (!(error instanceof LinkFault || error instanceof StorageFault)) throw error;
  }
}
