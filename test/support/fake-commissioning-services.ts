import { wallTime } from "../../src/domain/time.ts";
import type {
  CommissioningOutcome,
  CommissioningReport,
  CommissioningServices,
  CommissioningView,
  DraftView,
  RunningTest,
} from "../../src/ports/services/commissioning-services.ts";

const started = wallTime(Date.UTC(2026, 10, 22, 12));
const hash = "0f1c7a0c6d6f7c8f0d3b1c2a4e5f60718293a4b5c6d7e8f90112233445566778";

const done = <Value>(value: Value): CommissioningOutcome<Value> => ({ is: "done", value });

/** Commissioning without doors: keeps the draft, and does what a test says. */
export function fakeCommissioningServices(): CommissioningServices & {
  running: RunningTest | null;
  /** Who applied the draft, and who confirmed it. */
  readonly applied: (readonly [string, string | null])[];
} {
  let state: CommissioningView["state"] = "inService";
  const applied: (readonly [string, string | null])[] = [];
  const sections: Record<string, unknown> = {};
  let report: CommissioningReport | undefined;
  const draft = (): DraftView => ({
    sections: sections as DraftView["sections"], // what tests put in
    faults: [],
    yaml: "site:\n  id: test\n",
    profileYaml: null,
    differences: [],
    hash,
  });
  return {
    running: null,
    applied,
    view() {
      return {
        state,
        begun: null,
        ended: null,
        mayApply: true,
        file: "/var/lib/vestibule/commissioning/site.yaml",
        hash,
        boots: { version: "0.0.0", node: "v24", machine: "test" },
        draft: { faults: 0, differs: false },
        tests: [],
        running: this.running,
        report: null,
      };
    },
    begin: async () => {
      if (state === "underWay") return { is: "refused", reason: "alreadyBegun", detail: "It has begun." };
      state = "underWay";
      return done(undefined);
    },
    end: async () => {
      state = "inService";
      report = {
        json: "{}",
        pdf: { en: Buffer.from("%PDF-en"), zh: Buffer.from("%PDF-zh") },
        note: "vestibule commissioning\n\n— test AAAAAAAA\n",
        siteYaml: draft().yaml,
      };
      return done({ seq: 1 });
    },
    draft,
    change: (section, value) => {
      sections[section] = value;
      return done(draft());
    },
    discard: () => done(draft()),
    isHandedOver: () => report !== undefined,
    apply: async (operator, _hash, _reason, confirmedBy) => {
      applied.push([operator, confirmedBy]);
      return done({ hash });
    },
    keepSecret: (name) => done({ file: `/var/lib/vestibule/commissioning/secrets/${name}` }),
    boards: async () => [{ id: "simulated", name: "Simulated doors", notes: null, lines: {}, fits: null }],
    lines: async () => [],
    discoverCameras: async () => done([]),
    probeCamera: async () => done({ device: {}, streams: [], suggestion: null }),
    findReaders: async () => [],
    doctor: async () => [],
    startTest(id, operator) {
      if (this.running !== null) return { is: "refused", reason: "testRunning", detail: "One runs." };
      if (!id.startsWith("trial.")) return { is: "refused", reason: "noSuchTest", detail: "No such test." };
      const running: RunningTest = {
        id,
        operator,
        since: started,
        asked: { en: "open the outer door", zh: "请打开外门" },
        until: null,
        seen: null,
        step: null,
        done: [],
      };
      this.running = running;
      return done(running);
    },
    cancelTest() {
      this.running = null;
      return done(undefined);
    },
    leaveOut: async () => ({ is: "refused", reason: "noSuchTest", detail: "No such test." }),
    report: async () => report,
  };
}
