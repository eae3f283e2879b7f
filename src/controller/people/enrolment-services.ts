import { presetConsentWording } from "../../domain/biometric/consent.ts";
import { type Cardholder, DirectoryRefusal } from "../../ports/directory.ts";
import type { JsonObject } from "../../ports/journal.ts";
import type { EnrolmentServices } from "../../ports/services/enrolment-services.ts";
import type { Chronicle } from "../chronicle.ts";
import type { ControllerOptions } from "../controller-options.ts";
import type { VisionClient } from "../vision-client.ts";
import { requireSomebodyElse } from "./people-checks.ts";

/** Consents, each recorded with who heard it; change and record are both there or neither. */
export function enrolmentServices(
  { directory, clock, site }: Pick<ControllerOptions, "directory" | "clock" | "site">,
  vision: Pick<VisionClient, "lookAtPicture">,
  chronicle: Pick<Chronicle, "require" | "entry">,
): EnrolmentServices {
  const consent = site.consent ?? { required: false, wording: presetConsentWording };
  const note = (type: string, operator: string, facts: JsonObject): void =>
    chronicle.require([chronicle.entry(type, { operator, ...facts })]);
  const present = (id: string): Cardholder => {
    const found = directory.get(id);
    if (found === undefined) throw new DirectoryRefusal("notFound", `there is no cardholder ${id}`);
    return found;
  };
  return {
    consent,
    giveConsent: async (id, { wording, language, form }, operator) => {
      requireSomebodyElse(directory, operator, id);
      return directory.transact(() => {
        directory.setConsent(id, { wording, language, form, at: clock.wall(), operator });
        note("ConsentRecorded", operator, { cardholder: id, wording, language, form });
        return present(id);
      });
    },
    withdrawConsent: async (id, operator) => {
      requireSomebodyElse(directory, operator, id);
      return directory.transact(() => {
        const { photos, consent: given } = present(id);
        for (const photo of photos) directory.removePhoto(id, photo.id);
        directory.setConsent(id, undefined);
        note("ConsentWithdrawn", operator, {
          cardholder: id,
          wording: given?.wording ?? null,
          photos: photos.length,
        });
        return present(id);
      });
    },
    look: (image) => vision.lookAtPicture(image),
    groups: () => directory.groups(),
  };
}
