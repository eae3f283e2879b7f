import type { AccessEvent } from "../domain/access/access.ts";
import { StorageFault } from "../ports/journal.ts";
import type { Chronicle } from "./chronicle.ts";
import type { ControllerOptions } from "./controller-options.ts";
import type { VisionClient } from "./vision-client.ts";

type Denied = Extract<AccessEvent, { readonly type: "AccessDenied" }>;

/** Refusals before any face was looked at, after which a picture of the person is what helps (A8). */
const alarmOf: Partial<Readonly<Record<Denied["reason"], "LostCardUsed" | "UnknownCard">>> = {
  lostCredential: "LostCardUsed",
  unknownCredential: "UnknownCard",
};

/** Keeps what the camera sees now, with the refusal's alarm. */
export async function captureEvidence(
  { reason, vestibule, accessPoint, passage }: Denied,
  { site, evidence, clock }: Pick<ControllerOptions, "site" | "evidence" | "clock">,
  vision: VisionClient,
  chronicle: Chronicle,
): Promise<void> {
  const alarm = alarmOf[reason];
  const camera = site.cameraOf({ vestibule, accessPoint });
  if (alarm === undefined || camera === undefined) return;
  const picture = await vision.snapshot(camera);
  if (picture === undefined) return;
  try {
    const hash = evidence.put(picture);
    const entry = chronicle.entry("EvidenceCaptured", { vestibule, accessPoint, passage, evidence: hash });
    chronicle.addEvidence(entry, {
      type: "EvidenceAdded",
      at: clock.now(),
      alarm,
      place: { vestibule, accessPoint },
      evidence: hash,
    });
  } catch (error) {
    if (!(error instanceof StorageFault)) throw error;
    chronicle.note("EvidenceNotKept", { vestibule, accessPoint, passage, detail: error.message });
  }
}
