import type { AccessLevel } from "../domain/access/access.ts";
import type { Clock } from "../ports/clock.ts";
import type { JsonObject } from "../ports/journal.ts";
import type {
  EventExportRequest,
  ExportEvents,
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
  readonly exportEvents: ExportEvents;
}

/** Who asked for which report is part of the record, and so is the position that it was made from. */
export class ReportDesk implements ReportServices {
  readonly #options: ReportDeskOptions;

  constructor(options: ReportDeskOptions) {
    this.#options = options;
  }

  static of(
    { site, clock, makeReport, exportEvents }: ControllerOptions,
    chronicle: Chronicle,
  ): ReportDesk | undefined {
    if (makeReport === undefined || exportEvents === undefined) return undefined;
    const levels = (): readonly AccessLevel[] => site.policy.levels;
    return new ReportDesk({ site, levels, clock, chronicle, makeReport, exportEvents });
  }

  async make(request: ReportRequest, operator: string, signal: AbortSignal): Promise<ReportResult> {
    const { levels, makeReport } = this.#options;
    const order: ReportOrder = { ...request, ...this.#signed(operator), levels: levels() };
    return this.#recorded(await makeReport(order, signal), operator, asked(request));
  }

  async exportEvents(
    request: EventExportRequest,
    operator: string,
    signal: AbortSignal,
  ): Promise<ReportResult> {
    const result = await this.#options.exportEvents({ ...request, ...this.#signed(operator) }, signal);
    return this.#recorded(result, operator, searched(request));
  }

  #signed(askedBy: string): Pick<ReportOrder, "askedBy" | "madeAt" | "site"> {
    const { site, clock } = this.#options;
    // The plan has more than a thread can be handed.
    const { id, name, timeZone } = site;
    return { askedBy, madeAt: clock.wall(), site: { id, name, timeZone } };
  }

  #recorded(result: ReportResult, operator: string, what: JsonObject): ReportResult {
    const { chronicle } = this.#options;
    if (result.is === "unverified") {
      const detail = `record ${result.seq}: ${result.detail}`;
      chronicle.keep([], [{ is: "seen", alarm: "AuditBroken", place: {}, detail }]);
    }
    if (result.is === "made") {
      const { position, rows } = result;
      const made = { operator, ...what, rows, position: position.seq, positionHash: position.hash };
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

/** Names of the record's own facts stand under `search`: the record is not about what was searched for. */
function searched({ language, search }: EventExportRequest): JsonObject {
  const { from, to, types, ...rest } = search;
  const given = Object.entries({ ...rest, ...(types === undefined ? {} : { types: [...types] }) });
  return {
    ...{ report: "events", format: "csv", language },
    from: from === undefined ? null : new Date(from).toISOString(),
    to: to === undefined ? null : new Date(to).toISOString(),
    search: Object.fromEntries(given.filter(([, value]) => value !== undefined)),
  };
}
