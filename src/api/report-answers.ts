import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ControllerServices } from "../ports/controller-services.ts";
import type {
  JournalPosition,
  ReportLanguage,
  ReportResult,
  ReportServices,
} from "../ports/services/report-services.ts";
import { Problem } from "./problem.ts";

/** Each takes a processor for seconds, and its content memory until it is fetched. */
const mostAtOnce = 2;

/** Whoever takes longer to fetch a finished report has lost it: others wait for the place. */
const patience = 120_000;

/** What is being made, over and above nobody waits for. */
export class ReportPlaces {
  #underWay = 0;

  /** Aborted as soon as the client goes away. Throws 429 where there is no place. */
  take(reply: FastifyReply): AbortSignal {
    if (this.#underWay >= mostAtOnce) {
      const detail = `${mostAtOnce} reports are being made; ask again soon.`;
      throw new Problem(429, "too-many-reports", detail, { retryAfterSeconds: 5 });
    }
    this.#underWay++;
    // Also when the client goes away; after that nobody fetches it.
    const gone = new AbortController();
    reply.raw.once("close", () => {
      this.#underWay--;
      gone.abort();
    });
    return gone.signal;
  }
}

export function reportsOf({ reports }: ControllerServices): ReportServices {
  if (reports !== undefined) return reports;
  throw new Problem(503, "no-reports", "This controller keeps no files that reports could be made from.");
}

/** Undefined: whoever asked is not there any more. */
export async function untilGone(
  gone: AbortSignal,
  make: () => Promise<ReportResult>,
): Promise<ReportResult | undefined> {
  try {
    return await make();
  } catch (error) {
    if (gone.aborted) return undefined;
    throw error;
  }
}

export interface ReportAnswer {
  readonly type: string;
  /** What it is saved as; undefined: it is no file. */
  readonly name: ((position: JournalPosition) => string) | undefined;
}

/** Throws the problem where there is no report. */
export function sendReport(
  result: ReportResult,
  reply: FastifyReply,
  { type, name }: ReportAnswer,
): FastifyReply {
  if (result.is !== "made") throw refusal(result);
  const { position, content } = result;
  const tooLong = setTimeout(() => reply.raw.destroy(), patience);
  reply.raw.once("close", () => clearTimeout(tooLong));
  if (name !== undefined) {
    reply.header("content-disposition", `attachment; filename="${name(position)}"`);
  }
  return reply
    .type(type)
    .header("content-length", String(content.reduce((sum, { byteLength }) => sum + byteLength, 0)))
    .header("cache-control", "no-store")
    .header("x-vestibule-journal-seq", String(position.seq))
    .header("x-vestibule-journal-hash", position.hash)
    .send(Readable.from(content, { objectMode: false }));
}

function refusal(result: Exclude<ReportResult, { readonly is: "made" }>): Problem {
  switch (result.is) {
    case "unverified":
      return new Problem(
        409,
        "journal-altered",
        `The journal is not what was written: ${result.detail}. No report is made from it.`,
        { seq: result.seq },
      );
    case "tooLarge":
      return new Problem(
        413,
        "report-too-large",
        `It has more than ${result.most} ${result.of}. Ask for a shorter period, or for CSV.`,
        { most: result.most, of: result.of },
      );
    case "tooSlow":
      return new Problem(
        503,
        "report-too-slow",
        `It was not made within ${result.seconds} seconds. Ask for a shorter period.`,
      );
  }
}

/** The first of ours that the browser names. */
export function languageOf(request: FastifyRequest): ReportLanguage {
  const wanted = /(?:^|[,\s])(en|zh)\b/i.exec(request.headers["accept-language"] ?? "")?.[1];
  return wanted?.toLowerCase() === "zh" ? "zh" : "en";
}
