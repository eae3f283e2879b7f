import {
  type AccessEvent,
  type AccessInput,
  type AccessPolicy,
  type AccessState,
  deadline,
  decide,
  evolve,
  initialAccessState,
  type KnownCredential,
  type Surroundings,
} from "../domain/access/access.ts";
import { type Condition, conditionsOfAccess } from "../domain/alarm/conditions.ts";
import type { ChallengeStep } from "../domain/biometric/challenge.ts";
import type { InterlockEvent } from "../domain/interlock/interlock.ts";
import {
  type AccessPointRef,
  type DoorName,
  doorOf,
  entersVestibule,
  exitThrough,
  type VestibuleId,
} from "../domain/names.ts";
import { after, type Instant } from "../domain/time.ts";
import type { CardRead } from "../ports/card-reader.ts";
import type { Clock } from "../ports/clock.ts";
import type { Directory } from "../ports/directory.ts";
import type { FaceVerdict } from "../ports/vision-link.ts";
import type { InterlockClient } from "./interlock-client.ts";
import type { SiteCalendar } from "./local-time.ts";
import { faceFacts, judgement, knownCredential, passageInput, withoutStorage } from "./passage-inputs.ts";
import { isLockedDown } from "./vestibule-mode.ts";
import type { VisionClient } from "./vision-client.ts";

export interface PassagesOptions {
  readonly policy: AccessPolicy;
  readonly clock: Clock;
  readonly calendar: SiteCalendar;
  readonly directory: Pick<Directory, "findByCard" | "templates">;
  /** Keeps a picture and answers with its hash at once; the writing may follow. */
  readonly keepPicture: (jpeg: Uint8Array, passage: string) => string;
  readonly interlock: InterlockClient;
  readonly vision: VisionClient;
  readonly cameraOf: (where: AccessPointRef) => string | undefined;
  readonly newPassage: () => string;
  /**
   * Writes what was decided, with what it means for the alarms. `mustBeDurable`: false is answered where the disk
   * refused, and then nothing of it has happened; otherwise it is kept until it can be written.
   */
  readonly record: (
    events: readonly AccessEvent[],
    conditions: readonly Condition[],
    mustBeDurable: boolean,
  ) => boolean;
  readonly storage: () => "ok" | "failed";
  /** After the state has changed. */
  readonly onEvent: (event: AccessEvent) => void;
}

/** Carries out what the access rules decide: one input at a time, written durably before any door is released. */
export class Passages implements Disposable {
  readonly #options: PassagesOptions;
  #state: AccessState = initialAccessState;
  #wake: Disposable | undefined;

  constructor(options: PassagesOptions) {
    this.#options = options;
  }

  state(): AccessState {
    return this.#state;
  }

  onCard({ vestibule, accessPoint, number, format, at }: CardRead): void {
    const { clock, calendar, newPassage } = this.#options;
    const wall = clock.wall();
    this.#feed({
      type: "CardPresented",
      // A reader's instant may be a little older than what has been decided since.
      at,
      wall,
      local: calendar.localTime(wall),
      passage: newPassage(),
      card: number,
      format,
      credential: this.#credential(number),
      vestibule,
      accessPoint,
      surroundings: this.#surroundings({ vestibule, accessPoint }),
    });
  }

  onVerdict(passage: string, verdict: FaceVerdict): void {
    const attempt = Object.values(this.#state.attempts).find(({ facts }) => facts.passage === passage);
    // A picture is kept with a decision; of a verdict that decides nothing any more nothing is.
    if (attempt?.phase !== "verifying") return;
    const { clock, calendar, keepPicture } = this.#options;
    const wall = clock.wall();
    this.#feed({
      type: "FaceJudged",
      at: clock.now(),
      wall,
      local: calendar.localTime(wall),
      credential: this.#credential(attempt.facts.card),
      passage,
      verdict: judgement(verdict),
      face: faceFacts(verdict, (jpeg) => keepPicture(jpeg, passage)),
      surroundings: this.#surroundings(attempt.facts),
    });
  }

  onChallenge(passage: string, step: ChallengeStep | undefined): void {
    this.#feed({ type: "ChallengeShown", at: this.#options.clock.now(), passage, step });
  }

  onVisionLost(): void {
    this.#feed({ type: "VisionLost", at: this.#options.clock.now() });
  }

  onInterlockLost(): void {
    this.#feed({ type: "InterlockLost", at: this.#options.clock.now() });
  }

  /** What the interlock did about a passage; whether its end is on record here, with the person. */
  onInterlock(vestibule: VestibuleId, event: InterlockEvent): boolean {
    const at = this.#options.clock.now();
    const input =
      event.type === "ExitRequested" ? this.#exitRequest(vestibule, event.door, at) : passageInput(event, at);
    if (input === undefined) return false;
    const events = this.#feed(input);
    // Something else may have fallen due in the same step.
    return "grant" in event && events.some((one) => isEndOf(one, event.grant.id));
  }

  [Symbol.dispose](): void {
    this.#wake?.[Symbol.dispose]();
  }

  #exitRequest(vestibule: VestibuleId, door: DoorName, at: Instant): AccessInput {
    const surroundings = this.#surroundings({ vestibule, accessPoint: exitThrough(door) });
    return { type: "ExitRequested", at, vestibule, door, passage: this.#options.newPassage(), surroundings };
  }

  #feed(input: AccessInput): readonly AccessEvent[] {
    const { policy, record } = this.#options;
    let events = decide(this.#state, input, policy);
    // No door opens without a durable record of why: what cannot be written is decided again without storage.
    if (events.some(opensDoor) && !record(events, conditionsOf(events), true)) {
      events = decide(this.#state, withoutStorage(input), policy);
      record(events, conditionsOf(events), false);
    } else if (!events.some(opensDoor)) {
      record(events, conditionsOf(events), false);
    }
    this.#state = events.reduce(evolve, this.#state);
    for (const event of events) this.#carryOut(event);
    this.#rearm();
    return events;
  }

  #carryOut(event: AccessEvent): void {
    const { interlock, vision, onEvent } = this.#options;
    switch (event.type) {
      case "VerificationStarted":
        this.#startVerification(event);
        break;
      case "AccessGranted":
        interlock.release(
          event.vestibule,
          doorOf(event.accessPoint),
          { id: event.passage, kind: "access", enters: entersVestibule(event.accessPoint) },
          this.#releaseBy(event.at),
        );
        break;
      case "Egress":
        interlock.release(
          event.vestibule,
          event.door,
          { id: event.passage, kind: "egress", enters: entersVestibule(exitThrough(event.door)) },
          this.#releaseBy(event.at),
        );
        break;
      case "AccessDenied":
        if (event.reason === "timeout") vision.cancel(event.passage);
        break;
      case "CardPresented":
      case "CardRepeated":
      case "ChallengeAsked":
      case "ChallengeOver":
      case "PassageReleased":
      case "AccessTaken":
      case "AccessNotTaken":
      case "EgressDenied":
      case "CardLockedOut":
      case "CardLockoutEnded":
      case "RepeatedDenials":
        break;
    }
    onEvent(event);
  }

  /** Half of what is waited for the answer: a release that comes late comes before the refusal, or not at all. */
  #releaseBy(decidedAt: Instant): Instant {
    return after(decidedAt, this.#options.policy.releaseAnswerTime / 2);
  }

  #startVerification({
    passage,
    vestibule,
    accessPoint,
    at,
    cardholder,
    liveness,
  }: Extract<AccessEvent, { readonly type: "VerificationStarted" }>): void {
    const { vision, directory, cameraOf } = this.#options;
    const camera = cameraOf({ vestibule, accessPoint });
    // They were there a moment ago, in the same turn; should that ever change, the verification runs into its time-out.
    if (camera === undefined || cardholder === null) return;
    const templatesOf = (model: string) =>
      directory.templates(cardholder, model).map(({ descriptor }) => descriptor);
    vision.verify(passage, { vestibule, accessPoint }, camera, at, templatesOf, liveness);
  }

  #credential(card: string): KnownCredential | undefined {
    const { directory, vision } = this.#options;
    const found = directory.findByCard(card);
    if (found === undefined) return undefined;
    const ready = vision.ready();
    const models =
      ready === undefined ? [] : [ready.model, ...(ready.second === undefined ? [] : [ready.second])];
    // Whoever lacks those of one recogniser cannot be compared at all.
    const templates = models.map(({ id }) => directory.templates(found.cardholder.id, id).length);
    return knownCredential(found, templates.length === 0 ? 0 : Math.min(...templates));
  }

  #surroundings(where: AccessPointRef): Surroundings {
    const { interlock, vision, cameraOf, storage } = this.#options;
    const doors = interlock.report(where.vestibule)?.doors;
    const id = cameraOf(where);
    const camera = id === undefined ? undefined : vision.camera(id);
    const usable = camera?.state === "live" && camera.health.length === 0;
    return {
      secure: { outer: doors?.outer.secure ?? false, inner: doors?.inner.secure ?? false },
      camera: id === undefined ? "unfitted" : usable ? "usable" : "faulty",
      storage: storage(),
      lockdown: isLockedDown(interlock.report(where.vestibule)?.condition),
    };
  }

  #rearm(): void {
    const { clock, policy } = this.#options;
    this.#wake?.[Symbol.dispose]();
    const next = deadline(this.#state, policy);
    this.#wake =
      next === undefined
        ? undefined
        : clock.wakeAt(next, () => void this.#feed({ type: "TimePassed", at: clock.now() }));
  }
}

const isEndOf = (event: AccessEvent, passage: string): boolean =>
  (event.type === "AccessTaken" || event.type === "AccessNotTaken") && event.passage === passage;

const opensDoor = ({ type }: AccessEvent): boolean => type === "AccessGranted" || type === "Egress";

const conditionsOf = (events: readonly AccessEvent[]): readonly Condition[] =>
  events.flatMap(conditionsOfAccess);
