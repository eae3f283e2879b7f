import type { Condition } from "../../domain/alarm/conditions.ts";
import type { LinkMessage, LinkRequest } from "../../ports/alarm-link.ts";
import type { Clock } from "../../ports/clock.ts";
import type { JournalEntry, JsonObject } from "../../ports/journal.ts";
import { type CentreServices, carryOut, type RequestOutcome } from "./carry-out.ts";
import { RefusalWatch } from "./refusal-watch.ts";
import type { RequestJudge, RequestRefusal } from "./request-judge.ts";
import type { RequestBody } from "./signed-request.ts";

/** Of the chronicle: what is noted is kept until it can be written, what is kept durably is written or is not so. */
export interface RequestRecords {
  entry(type: string, payload: JsonObject): JournalEntry;
  note(type: string, payload: JsonObject): void;
  keep(entries: readonly JournalEntry[], conditions?: readonly Condition[]): void;
  keepDurably(entries: readonly JournalEntry[]): boolean;
}

export interface RequestDeskOptions {
  readonly judge: RequestJudge;
  readonly services: CentreServices;
  readonly records: RequestRecords;
  readonly clock: Clock;
  readonly answer: (message: LinkMessage) => void;
}

/** Carried out at once; an interlock that is silent keeps one waiting for two seconds. */
const mostUnderWay = 8;
/** Taken in a minute: people do not ask for more, and no more nonces have to be remembered. */
const mostPerMinute = 60;
const minute = 60_000;
/** Whoever asked has given up by then. */
const answerExpiry = 300;

/** Operators' actions from the centre: each is recorded with what came of it, and none takes effect before that. */
export class RequestDesk implements Disposable {
  readonly #options: RequestDeskOptions;
  readonly #watch: RefusalWatch;
  #underWay = 0;
  #accepted: readonly number[] = [];

  constructor(options: RequestDeskOptions) {
    this.#options = options;
    const { clock, records } = options;
    this.#watch = new RefusalWatch({
      clock,
      onAlarm: (detail) => records.keep([], [refusedAlarm(detail)]),
      onSuppressed: (count) => records.note("CentreRequestsSuppressed", { count }),
    });
  }

  onRequest({ name, payload, retained, replyTo, correlation }: LinkRequest): void {
    const judgement = this.#options.judge.judge(name, payload, retained);
    const answer = (body: JsonObject): void => {
      // Who asked long ago, and whom we do not know, is told nothing.
      if (replyTo === undefined || retained) return;
      const common = { schema: 1, action: name, nonce: judgement.request?.nonce ?? null };
      const message = { topic: replyTo, body: { ...common, ...body }, retain: false, expiry: answerExpiry };
      this.#options.answer(correlation === undefined ? message : { ...message, correlation });
    };
    if (judgement.is === "bad") {
      this.#refuse(name, judgement.why, judgement.request);
      return answer({ accepted: false, why: judgement.why });
    }
    const { request, operators } = judgement;
    const why = this.#take(request, operators);
    if (why !== undefined) {
      this.#options.records.note("CentreRequestRefused", refusalOf(name, why, request));
      return answer({ accepted: false, why });
    }
    this.#underWay += 1;
    void this.#carryOut(request, operators)
      .then((outcome) => answer({ accepted: true, outcome }))
      .finally(() => {
        this.#underWay -= 1;
      });
  }

  /** So many came that none is heard for a while. */
  onFlood(seconds: number): void {
    this.#options.records.keep(
      [this.#options.records.entry("CentreRequestsFlooding", { seconds })],
      [refusedAlarm(`so many that none is heard for ${seconds} s`)],
    );
  }

  [Symbol.dispose](): void {
    this.#watch[Symbol.dispose]();
  }

  /** Its nonce is used from here on, by the record and so through every restart; a refusal says why it is not taken. */
  #take(request: RequestBody, operators: readonly string[]): RequestRefusal | undefined {
    const { judge, records, clock } = this.#options;
    const now = clock.now();
    this.#accepted = this.#accepted.filter((at) => now - at < minute);
    if (this.#underWay >= mostUnderWay || this.#accepted.length >= mostPerMinute) return "busy";
    const { schema: _schema, site: _site, keys, ...facts } = request;
    const entry = records.entry("CentreRequestAccepted", { ...facts, signedBy: keys, operators });
    // What secures the doors does not wait for a disk; everything else has its record, or is not done.
    if (request.action === "lockdown") records.keep([entry]);
    else if (!records.keepDurably([entry])) return "storageFault";
    judge.take(request);
    this.#accepted = [...this.#accepted, now];
    return undefined;
  }

  async #carryOut(request: RequestBody, operators: readonly string[]): Promise<RequestOutcome | "failed"> {
    const { services, records } = this.#options;
    const { action, nonce } = request;
    let outcome: RequestOutcome | "failed" = "failed";
    try {
      outcome = await carryOut(services, request, operators);
      return outcome;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "StorageFault") throw error;
      return outcome;
    } finally {
      records.note("CentreRequestCarriedOut", { action, nonce, outcome });
    }
  }

  #refuse(name: string, why: RequestRefusal, request: RequestBody | undefined): void {
    if (this.#watch.refused(why))
      this.#options.records.note("CentreRequestRefused", refusalOf(name, why, request));
  }
}

/** Of a request that may be forged, its own words are not repeated: they would stand in the record as if true. */
const refusalOf = (name: string, why: RequestRefusal, request: RequestBody | undefined): JsonObject => ({
  action: name.slice(0, 32).replace(/[^A-Za-z0-9._-]/g, "_"),
  why,
  ...(request === undefined ? {} : { nonce: request.nonce, signedBy: request.keys }),
});

const refusedAlarm = (detail: string): Condition => ({
  ...{ is: "pulsed", alarm: "CentreRequestsRefused", place: {} },
  detail,
});
