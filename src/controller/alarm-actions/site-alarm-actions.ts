import type { OutputFault, OutputsCommand } from "../../ports/output-link.ts";
import type { AlarmDesk } from "../alarm-desk.ts";
import type { Chronicle } from "../chronicle.ts";
import type { ControllerOptions } from "../controller-options.ts";
import type { EvidenceCapture } from "../evidence-capture.ts";
import type { RecordListeners } from "../record-listeners.ts";
import type { VisionClient } from "../vision-client.ts";
import { AlarmActions } from "./alarm-actions.ts";

interface Parts {
  readonly chronicle: Chronicle;
  readonly alarms: AlarmDesk;
  readonly told: RecordListeners;
  readonly vision: Pick<VisionClient, "recallPreset">;
  readonly evidence: Pick<EvidenceCapture, "clipOf">;
}

/** From here on until it is disposed, what the site has configured follows from its alarms. */
export function followAlarms(options: ControllerOptions, parts: Parts): Disposable {
  const following = new DisposableStack();
  const { alarmMeans, site, journal, clock, broker, link } = options;
  if (alarmMeans === undefined) return following;
  const { chronicle, alarms, told, vision, evidence } = parts;
  const actions = new AlarmActions({
    ...alarmMeans,
    ...{ site, journal, clock, chronicle, alarms },
    link: broker?.link,
    recallPreset: (camera, preset) => vision.recallPreset(camera, preset),
    keepClips: ({ alarm, place }, cameras) => void evidence.clipOf({ alarm, place }, cameras),
    driveOutputs: (outputs, notAfter) => {
      if (alarmMeans.plan.outputs.length === 0) return;
      link.send("interlock", { type: "driveOutputs", outputs, notAfter } satisfies OutputsCommand);
    },
  });
  link.onMessage((from, message) => {
    const fault = message as Partial<OutputFault>; // one of several kinds of our own interlock's, told by its type
    if (from !== "interlock" || fault.type !== "outputFault") return;
    actions.onOutputFault(fault.output ?? "", fault.detail ?? "");
  });
  following.use(actions).start();
  following.use(told.listen((record) => actions.onRecord(record)));
  return following;
}
