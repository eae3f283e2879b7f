import {
  type AccessEvent,
  type AccessInput,
  type AccessState,
  deadline,
  decide,
  evolve,
  initialAccessState,
  type Surroundings,
  waitingAt,
} from "../../domain/access/access.ts";
import { conditionsOfAccess } from "../../domain/alarm/conditions.ts";
import type { ChallengeStep } from "../../domain/biometric/challenge.ts";
import type { InterlockEvent } from "../../domain/interlock/interlock.ts";
import { type AccessPointRef, type DoorName, exitThrough, type VestibuleId } from "../../domain/names.ts";
import type { Instant } from "../../domain/time.ts";
import type { CardRead, KeysPressed } from "../../ports/card-reader.ts";
import type { InterlockBasis } from "../../ports/decided-on.ts";
import type { JournalEntry } from "../../ports/journal.ts";
import type { FaceCount, FaceVerdict } from "../../ports/vision-link.ts";
import { DecisionFacts } from "./decision-facts.ts";
import { type Decision, DecisionTrail } from "./decision-trail.ts";
import { Keypads } from "./keypads.ts";
import { PassageEffects } from "./passage-effects.ts";
import {
  attemptAt,
  expectsPin,
  faceFacts,
  isEndOf,
  judgement,
  opensDoor,
  passageInput,
  withoutStorage,
} from "./passage-inputs.ts";
import type { PassagesOptions, RemoteRequest } from "./passages-options.ts";
import { RefusedPeople } from "./refused-people.ts";
import { PeopleUnderWay } from "./under-way.ts";

/** Carries out what the access rules decide: one input at a time, written durably before any door is released. */
export class Passages implements Disposable {
  readonly #options: PassagesOptions;
  readonly #facts: DecisionFacts;
  readonly #effects: PassageEffects;
  readonly #keypads: Keypads;
  readonly #trail = new DecisionTrail();
  /** PINs being judged: a second one for the same passage is not listened to meanwhile. */
  readonly #judging = new Set<string>();
  readonly #refused = new RefusedPeople();
  readonly #underWay = new PeopleUnderWay();
  #state: AccessState;
  #wake: Disposable | undefined;

  constructor(options: PassagesOptions) {
    this.#options = options;
    this.#state = { ...initialAccessState, ...options.lockedOut, held: options.held };
    this.#facts = new DecisionFacts(options);
    this.#effects = new PassageEffects({
      ...options,
      onCounted: (passage, count) => this.#onCounted(passage, count),
    });
    this.#keypads = new Keypads({
      clock: options.clock,
      expecting: (where) => this.#expectsPin(where),
      onEntered: (passage, entered) => void this.#onEntered(passage, entered),
    });
  }

  state(): AccessState {
    return this.#state;
  }

  rulesAtStart(): readonly JournalEntry[] {
    return this.#trail.rules(this.#facts.policy(), this.#options.clock.now());
  }

  onCard({ vestibule, accessPoint, number, format, at }: CardRead): void {
    this.#feed({
      type: "CardPresented",
      // A reader's instant may be a little older than what has been decided since.
      ...this.#facts.times(at),
      passage: this.#options.newPassage(),
      card: number,
      format,
      credential: this.#facts.ofCard(number),
      vestibule,
      accessPoint,
      surroundings: this.#surroundings({ vestibule, accessPoint }),
    });
  }

  onKeys(keys: KeysPressed): void {
    this.#keypads.onKeys(keys);
  }

  onVerdict(passage: string, verdict: FaceVerdict): void {
    const facts = this.#lookedAt(passage);
    // A picture is kept with a decision; of a verdict that decides nothing any more nothing is.
    if (facts === undefined) return;
    this.#feed({
      type: "FaceJudged",
      ...this.#facts.times(),
      credential: this.#facts.ofPassage(facts),
      passage,
      verdict: judgement(verdict),
      face: faceFacts(verdict, (jpeg) => this.#options.keepPicture(jpeg, passage)),
      surroundings: this.#surroundings(facts),
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

  /** A8: people, cards or rules are no longer what they were. */
  onRightsChanged(): void {
    const people = this.#underWay.review(this.#state, (facts) => this.#facts.ofPassage(facts));
    if (people === undefined) return;
    const { at, wall } = this.#facts.times();
    const events = this.#feed({ type: "CredentialsReviewed", at, wall, people });
    for (const event of events) if (event.type === "AccessDenied") this.#options.vision.cancel(event.passage);
  }

  /** A5: the centre knows. */
  clearDuress(vestibule: VestibuleId): void {
    this.#feed({ type: "DuressCleared", at: this.#options.clock.now(), vestibule });
  }

  /** Somebody without a card is looked at; what came of the request. */
  lookFor(
    cardholder: string,
    where: AccessPointRef,
    { operator, reason }: RemoteRequest,
  ): readonly AccessEvent[] {
    return this.#feed({
      type: "RemoteVerificationRequested",
      ...this.#facts.times(),
      passage: this.#options.newPassage(),
      operator,
      reason,
      credential: this.#facts.ofPerson(cardholder),
      vestibule: where.vestibule,
      accessPoint: where.accessPoint,
      surroundings: this.#surroundings(where),
    });
  }

  /** What became of somebody who waits for an operator. */
  decideRemotely(
    passage: string,
    granted: boolean,
    { operator, reason }: RemoteRequest,
  ): readonly AccessEvent[] {
    const attempt = this.#attempt(passage);
    if (attempt === undefined) return [];
    return this.#feed({
      type: "RemoteDecided",
      ...this.#facts.times(),
      passage,
      operator,
      granted,
      reason,
      credential: this.#facts.ofPassage(attempt.facts),
      surroundings: this.#surroundings(attempt.facts),
    });
  }

  /** What the interlock did about a passage; whether its end is on record here, with the person. */
  onInterlock(vestibule: VestibuleId, event: InterlockEvent, basis: InterlockBasis): boolean {
    const at = this.#options.clock.now();
    const input =
      event.type === "ExitRequested" ? this.#exitRequest(vestibule, event.door, at) : passageInput(event, at);
    if (input === undefined) return false;
    const passage = "grant" in event ? event.grant.id : "";
    // Something else may have fallen due in the same step.
    return this.#feed(input, { passage, basis }).some((one) => isEndOf(one, passage));
  }

  [Symbol.dispose](): void {
    this.#wake?.[Symbol.dispose]();
  }

  #exitRequest(vestibule: VestibuleId, door: DoorName, at: Instant): AccessInput {
    const surroundings = this.#surroundings({ vestibule, accessPoint: exitThrough(door) });
    return { type: "ExitRequested", at, vestibule, door, passage: this.#options.newPassage(), surroundings };
  }

  #surroundings({ vestibule, accessPoint }: AccessPointRef): Surroundings {
    const where = { vestibule, accessPoint };
    return this.#facts.surroundings(where, waitingAt(this.#state, where));
  }

  #expectsPin(where: AccessPointRef): string | undefined {
    const isFree = attemptAt(this.#state, where) === undefined;
    const refused = isFree ? this.#refused.at(where, this.#options.clock.now()) : undefined;
    const passage = expectsPin(this.#state, where) ?? refused;
    return passage === undefined || this.#judging.has(passage) ? undefined : passage;
  }

  async #onEntered(passage: string, entered: string): Promise<void> {
    const facts = this.#attempt(passage)?.facts;
    if (facts === undefined) return await this.#onEnteredByRefused(passage, entered);
    this.#judging.add(passage);
    const verdict = await this.#options.pins.judge(facts.cardholder ?? undefined, entered);
    this.#judging.delete(passage);
    this.#feed({
      type: "PinJudged",
      ...this.#facts.times(),
      passage,
      verdict,
      credential: this.#facts.ofPassage(facts),
      surroundings: this.#surroundings(facts),
    });
  }

  /** A5: only whether it is the word; right or wrong nothing else comes of it, and nothing shows. */
  async #onEnteredByRefused(passage: string, entered: string): Promise<void> {
    const facts = this.#refused.take(passage);
    if (facts === undefined) return;
    const verdict = await this.#options.pins.judge(facts.cardholder ?? undefined, entered);
    if (verdict !== "duress") return;
    const at = this.#options.clock.now();
    // What has fallen due has a decision of its own: beside its records whoever may not know would read of this one.
    this.#feed({ type: "TimePassed", at });
    this.#feed({ type: "DuressPinEntered", at, ...facts });
  }

  #onCounted(passage: string, count: FaceCount | undefined): void {
    const facts = this.#attempt(passage)?.facts;
    if (facts === undefined) return;
    const evidence = count?.jpeg === undefined ? null : this.#options.keepPicture(count.jpeg, passage);
    this.#feed({
      type: "FacesCounted",
      ...this.#facts.times(),
      passage,
      faces: count?.faces,
      evidence,
      surroundings: this.#surroundings(facts),
    });
  }

  /** `ending`: what the interlock decided on, of which the end of this passage, where it is among the events, tells. */
  #feed(input: AccessInput, ending?: Decision["ending"]): readonly AccessEvent[] {
    let events = this.#decide(input, ending, true);
    // No door opens without a durable record of why: what cannot be written is decided again without storage.
    if (events === undefined) {
      this.#trail.refused();
      events = this.#decide(withoutStorage(input), ending, false) ?? [];
    }
    this.#state = events.reduce(evolve, this.#state);
    this.#underWay.note(input, this.#state);
    for (const event of events) {
      this.#refused.note(event, this.#facts.policy().pinTimeout);
      this.#effects.carryOut(event);
      this.#options.onEvent(event);
    }
    this.#rearm();
    return events;
  }

  /** Decided, and on record or kept for it; undefined where it opens a door and could not be written. */
  #decide(
    input: AccessInput,
    ending: Decision["ending"],
    mayOpen: boolean,
  ): readonly AccessEvent[] | undefined {
    const policy = this.#facts.policy();
    const events = decide(this.#state, input, policy);
    const entries = this.#trail.entries({ state: this.#state, input, policy, events, ending });
    const opens = mayOpen && events.some(opensDoor);
    return this.#options.record(entries, events.flatMap(conditionsOfAccess), opens) ? events : undefined;
  }

  #attempt(passage: string) {
    return Object.values(this.#state.attempts).find(({ facts }) => facts.passage === passage);
  }

  #lookedAt(passage: string) {
    const attempt = this.#attempt(passage);
    return attempt?.phase === "verifying" ? attempt.facts : undefined;
  }

  #rearm(): void {
    const { clock } = this.#options;
    this.#wake?.[Symbol.dispose]();
    const next = deadline(this.#state, this.#facts.policy());
    this.#wake =
      next === undefined
        ? undefined
        : clock.wakeAt(next, () => void this.#feed({ type: "TimePassed", at: clock.now() }));
  }
}
