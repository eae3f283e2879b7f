import type { AccessEvent, AccessPolicy } from "../../domain/access/access.ts";
import { type AccessPointRef, doorOf, entersVestibule, exitThrough } from "../../domain/names.ts";
import { after, type Instant } from "../../domain/time.ts";
import type { Directory } from "../../ports/directory.ts";
import type { FaceCount } from "../../ports/vision-link.ts";
import type { InterlockClient } from "../interlock-client.ts";
import type { VisionClient } from "../vision-client.ts";

export interface PassageEffectsOptions {
  readonly policy: () => AccessPolicy;
  readonly directory: Pick<Directory, "templates">;
  readonly interlock: Pick<InterlockClient, "release" | "withdraw">;
  readonly vision: Pick<VisionClient, "verify" | "cancel" | "countFaces">;
  readonly cameraOf: (where: AccessPointRef) => string | undefined;
  /** Undefined: they could not be counted. */
  readonly onCounted: (passage: string, count: FaceCount | undefined) => void;
}

type Looking = Extract<AccessEvent, { readonly type: "VerificationStarted" | "RemoteVerificationStarted" }>;
type Granted = Extract<AccessEvent, { readonly type: "AccessGranted" }>;

/** What the doors and the cameras are asked to do about what was decided and written. */
export class PassageEffects {
  readonly #options: PassageEffectsOptions;

  constructor(options: PassageEffectsOptions) {
    this.#options = options;
  }

  carryOut(event: AccessEvent): void {
    switch (event.type) {
      case "VerificationStarted":
      case "RemoteVerificationStarted":
        return this.#look(event);
      case "AccessGranted":
        return this.#release(event);
      case "Egress":
        return this.#options.interlock.release(
          event.vestibule,
          event.door,
          { id: event.passage, kind: "egress", enters: entersVestibule(exitThrough(event.door)) },
          this.#releaseBy(event.at),
        );
      case "FaceCountAsked":
        return void this.#count(event);
      case "AccessDenied":
        // Vision has said its word on all others, or has never been asked.
        if (event.reason === "timeout") this.#options.vision.cancel(event.passage);
        return;
      case "AccessWithdrawn":
        return this.#options.interlock.withdraw(event.vestibule, doorOf(event.accessPoint), event.lead);
      case "CardPresented":
      case "CardRepeated":
      case "ChallengeAsked":
      case "ChallengeOver":
      case "FaceMatched":
      case "PinAsked":
      case "PinEntered":
      case "RemoteGrantAsked":
      case "PersonVerified":
      case "TailgatingFound":
      case "AntiPassbackNoticed":
      case "DuressSignalled":
      case "DuressHoldEnded":
      case "PassageReleased":
      case "AccessTaken":
      case "AccessNotTaken":
      case "EgressDenied":
      case "CardLockedOut":
      case "CardLockoutEnded":
      case "RepeatedDenials":
      case "KeypadLockoutEnded":
        return;
    }
  }

  /** People of a group are granted one by one, in the records; the door is released once, for all of them. */
  #release({ passage, lead, people, vestibule, accessPoint, at }: Granted): void {
    if (passage !== lead) return;
    this.#options.interlock.release(
      vestibule,
      doorOf(accessPoint),
      { id: passage, kind: "access", enters: entersVestibule(accessPoint), people },
      this.#releaseBy(at),
    );
  }

  /** Half of what is waited for the answer: a release that comes late comes before the refusal, or not at all. */
  #releaseBy(decidedAt: Instant): Instant {
    return after(decidedAt, this.#options.policy().releaseAnswerTime / 2);
  }

  #look({ passage, vestibule, accessPoint, at, cardholder, liveness }: Looking): void {
    const { vision, directory, cameraOf } = this.#options;
    const camera = cameraOf({ vestibule, accessPoint });
    // They were there a moment ago, in the same turn; should that ever change, the verification runs into its time-out.
    if (camera === undefined || cardholder === null) return;
    const templatesOf = (model: string) => directory.templates(cardholder, model);
    vision.verify(passage, { vestibule, accessPoint }, camera, at, templatesOf, liveness);
  }

  async #count({
    passage,
    camera,
  }: Extract<AccessEvent, { readonly type: "FaceCountAsked" }>): Promise<void> {
    const { vision, onCounted, policy } = this.#options;
    onCounted(passage, await vision.countFaces(camera, policy().countTimeout));
  }
}
