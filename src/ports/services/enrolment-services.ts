import type { ConsentRules } from "../../domain/biometric/consent.ts";
import type { Cardholder, Consent } from "../directory.ts";
import type { PictureLook } from "../vision-link.ts";

/** What surrounds the enrolment of a face. */
export interface EnrolmentServices {
  readonly consent: ConsentRules;
  /** In place of an earlier one; recorded with who heard it. */
  giveConsent(
    id: string,
    consent: Pick<Consent, "wording" | "language" | "form">,
    operator: string,
  ): Promise<Cardholder>;
  /** Photos and templates go with it. */
  withdrawConsent(id: string, operator: string): Promise<Cardholder>;
  /** How a picture would turn out; keeps and records nothing. Undefined where nobody answers in time. */
  look(image: Uint8Array): Promise<PictureLook | undefined>;
  /** Every group that somebody is in. */
  groups(): readonly { readonly name: string; readonly members: number }[];
}
