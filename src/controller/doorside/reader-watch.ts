import type { AlarmType } from "../../domain/alarm/alarm.ts";
import type { Condition } from "../../domain/alarm/conditions.ts";
import type { ReaderStatus } from "../../ports/card-reader.ts";
import type { ReaderView } from "../../ports/controller-services.ts";
import type { Chronicle } from "../chronicle.ts";
import { ReaderConditions } from "./reader-conditions.ts";

/** A reason in the record, in characters. */
const longestDetail = 400;

/** How the readers are: what changes is a record, and lost or opened ones are alarms. */
export class ReaderWatch {
  readonly #chronicle: Chronicle;
  readonly #known = new Map<string, ReaderStatus>();
  readonly #conditions = new ReaderConditions();

  constructor(chronicle: Chronicle) {
    this.#chronicle = chronicle;
  }

  onStatus(status: ReaderStatus): void {
    const { vestibule, accessPoint } = status;
    const key = `${vestibule}/${accessPoint}`;
    const before = this.#known.get(key);
    this.#known.set(key, status);
    this.#tell(status, "ReaderLost", before?.state === "lost", status.state === "lost");
    this.#tell(status, "Tampered", before?.tampered === true, status.tampered === true);
    if ((before?.powerFault ?? false) !== (status.powerFault ?? false))
      this.#chronicle.note(status.powerFault ? "ReaderPowerFailed" : "ReaderPowerRestored", {
        vestibule,
        accessPoint,
      });
    if (this.#conditions.isNews(status, before))
      this.#chronicle.note("ReaderCondition", {
        vestibule,
        accessPoint,
        detail: status.detail?.slice(0, longestDetail) ?? null,
      });
  }

  view(): readonly ReaderView[] {
    return [...this.#known.values()].map(
      ({ vestibule, accessPoint, state, tampered, powerFault, detail }) => ({
        vestibule,
        accessPoint,
        state,
        tampered: tampered ?? false,
        powerFault: powerFault ?? false,
        detail,
      }),
    );
  }

  #tell(
    { vestibule, accessPoint, detail }: ReaderStatus,
    alarm: Extract<AlarmType, "ReaderLost" | "Tampered">,
    was: boolean,
    is: boolean,
  ): void {
    if (was === is) return;
    const words = detail?.slice(0, longestDetail) ?? null;
    const condition: Condition = {
      is: is ? "seen" : "gone",
      alarm,
      place: { vestibule, accessPoint },
      detail: words,
    };
    const type = recordOf[alarm][is ? "begins" : "ends"];
    const entry = this.#chronicle.entry(type, { vestibule, accessPoint, detail: words });
    this.#chronicle.keep([entry], [condition]);
  }
}

const recordOf = {
  ReaderLost: { begins: "ReaderLost", ends: "ReaderReturned" },
  Tampered: { begins: "ReaderTampered", ends: "ReaderTamperEnded" },
} as const;
