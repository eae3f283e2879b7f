import type { AccessLevel } from "../domain/access/access.ts";
import type { Clock } from "../ports/clock.ts";
import type { JsonObject } from "../ports/journal.ts";
import type {
  MakeReport,
  ReportOrder,
  ReportRequest,
  ReportResult,
  ReportServices,
} from "../ports/services/report-services.ts";
import type { Chronicle } from "./chronicle.ts";
import type { ControllerOptions } from "./controller-options.ts";

export interface ReportDeskOptions {
  readonly site: ReportOrder["site"];
  /** As they are in force when a report is asked for. */
  readonly levels: () => readonly AccessLevel[];
  readonly clock: Clock;
  readonly chronicle: Pick<Chronicle, "entry" | "require" | "keep">;
  readonly makeReport: MakeReport;
}

/** Who asked for which report is part of the record, and so is the position that it was made from. */
export class ReportDesk implements ReportServices {
  readonly #options: ReportDeskOptions;

  constructor(options: ReportDeskOptions) {
    this.#options = options;
  }

  static of({ site, clock, makeReport }: ControllerOptions, chronicle: Chronicle): ReportDesk | undefined {
    if (makeReport === undefined) return undefined;
    return new ReportDesk({ site, levels: () => site.policy.levels, clock, chronicle, makeReport });
  }

  async make(request: ReportRequest, operator: string, signal: AbortSignal): Promise<ReportResult> {
    const { site, levels, clock, chronicle, makeReport } = this.#options;
    // The plan has more than a thread can be handed.
    const { id, name, timeZone } = site;
    const order: ReportOrder = {
      ...request,
      askedBy: operator,
      madeAt: clock.wall(),
      site: { id, name, timeZone },
      levels: levels(),
    };
    const result = await makeReport(order, signal);
    if (result.is === "unverified") {
      const detail = `record ${result.seq}: ${result.detail}`;
      chronicle.keep([], [{ is: "seen", alarm: "AuditBroken", place: {}, detail }]);
    }
    if (result.is === "made") {
      const { position, rows } = result;
      const made = { operator, ...asked(request), rows, position: position.seq, positionHash: position.hash };
      // Nobody gets to see what is not on record.
      chronicle.require([chronicle.entry("ReportMade", made)]);
    }
    return result;
  }
}

/** What was asked for, as it is recorded; times as the world outside writes them. */
function asked({ name, format, language, from, to, cardholder, door, mode }: ReportRequest): JsonObject {
  return {
    report: name,
    format,
    language,
    from: from === undefined ? null : new Date(from).toISOString(),
    to: to === undefined ? null : new Date(to).toISOString(),
    ...(cardholder === undefined ? {} : { cardholder }),
    ...(door === undefined ? {} : { door }),
    ...(mode === undefined ? {} : { mode }),
  };
}
