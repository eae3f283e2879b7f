import type { ChallengeAction } from "../biometric/challenge.ts";
import type { AccessPointRef, DoorName } from "../names.ts";
import { after, type Instant, instant, type Milliseconds, wallTime } from "../time.ts";
import { decide } from "./decide.ts";
import type { AccessEvent, FaceFacts } from "./event.ts";
import { evolve } from "./evolve.ts";
import type { AccessInput, FaceRefusal, KnownCredential, Surroundings } from "./input.ts";
import type { AccessLevel, AccessPolicy } from "./policy.ts";
import type { LocalTime } from "./schedule.ts";
import { type AccessState, attemptOf, initialAccessState, waitingAt } from "./state.ts";
import { deadline } from "./timeouts.ts";

export const staff: AccessLevel = {
  name: "staff",
  vestibules: "all",
  accessPoints: "all",
  schedule: "always",
  mode: "card+face",
};

export const policyWith = (changes: Partial<AccessPolicy> = {}): AccessPolicy => ({
  levels: [staff, { ...staff, name: "porters", mode: "card" }],
  doors: {},
  areas: {},
  duress: { policy: "grant" },
  pinTimeout: 15_000,
  remoteWindow: 60_000,
  countTimeout: 2_000,
  verifyTimeout: 5_000,
  liveness: { usual: "passive", at: {} },
  challengeTimeout: 20_000,
  releaseAnswerTime: 1_000,
  maxFailures: 3,
  lockoutTime: 60_000,
  sameCardTime: 1_000,
  ...changes,
});

/** Anna's card: active, in date, with the level of the staff and a template. */
export const annas: KnownCredential = {
  cardholder: "anna",
  groups: [],
  kind: "staff",
  host: undefined,
  isDuressCard: false,
  hasPin: false,
  area: undefined,
  cardStatus: "active",
  cardholderStatus: "active",
  validFrom: undefined,
  validUntil: undefined,
  accessLevels: ["staff"],
  templates: 1,
};

export const quiet: Surroundings = {
  secure: { outer: true, inner: true },
  camera: "usable",
  storage: "ok",
  lockdown: false,
  occupancy: { vestibule: 0, secure: 0 },
  openedSchedules: [],
  waiting: {},
};

export const face: FaceFacts = {
  score: 0.97,
  distance: 0.03,
  threshold: 0.942,
  margin: 0.912,
  liveness: null,
  model: "test",
  modelHash: "00",
  framesUsed: 3,
  framesSeen: 5,
  frameTimes: [1, 2, 3],
  quality: {},
  timings: {},
  evidence: null,
  attackFrames: [],
};

export const outerEntry: AccessPointRef = { vestibule: "v1", accessPoint: "outer-entry" };
/** A Monday, 10:00. */
export const monday: LocalTime = { day: "monday", yesterday: "sunday", minute: 600 };
export const wall = wallTime(1_793_000_000_000);

/** For tests: the access points of one site under the rules. */
export class AccessPoints {
  readonly policy: AccessPolicy;
  readonly events: AccessEvent[] = [];
  /** Of each card as the directory has it, by its passage. */
  readonly credentials = new Map<string, KnownCredential>();
  now: Instant = instant(10_000);
  state: AccessState = initialAccessState;

  constructor(policy: AccessPolicy) {
    this.policy = policy;
  }

  feed(sent: AccessInput): void {
    const input = this.#withWaiting(sent);
    const events = decide(this.state, input, this.policy);
    this.state = events.reduce(evolve, this.state);
    this.events.push(...events);
    const next = deadline(this.state, this.policy);
    if (next !== undefined && !(next > input.at)) throw new Error(`overdue at ${input.at}: ${next}`);
  }

  /** As the shell does: what is known by now of those who wait at the same access point. */
  #withWaiting(input: AccessInput): AccessInput {
    if (!("surroundings" in input) || input.type === "ExitRequested") return input;
    const where = "accessPoint" in input ? input : attemptOf(this.state, input.passage)?.facts;
    if (where === undefined) return input;
    const waiting = waitingAt(this.state, where).map(({ passage }) => [
      passage,
      this.credentials.get(passage),
    ]);
    return { ...input, surroundings: { ...input.surroundings, waiting: Object.fromEntries(waiting) } };
  }
}

export type Step = (points: AccessPoints) => void;

export const feeding =
  (input: (at: Instant) => AccessInput): Step =>
  (points) =>
    points.feed(input(points.now));

export interface Presented {
  readonly passage?: string;
  readonly where?: AccessPointRef;
  readonly credential?: KnownCredential | undefined;
  readonly surroundings?: Surroundings;
  readonly local?: LocalTime;
}

/** A card is presented; its passage is named after it unless said otherwise. */
export const presents = (card: string, presented: Presented = {}): Step => {
  const { passage = card, where = outerEntry, surroundings = quiet, local = monday } = presented;
  const credential = "credential" in presented ? presented.credential : annas;
  const present = feeding((at) => ({
    type: "CardPresented",
    at,
    wall,
    local,
    passage,
    card,
    format: "wiegand26",
    credential,
    surroundings,
    ...where,
  }));
  return (points) => {
    if (credential !== undefined) points.credentials.set(passage, credential);
    present(points);
  };
};
export const faceAccepted =
  (passage: string, surroundings: Surroundings = quiet): Step =>
  (points) =>
    faceJudgedWith(passage, points.credentials.get(passage) ?? annas, surroundings)(points);
/** Accepted; `credential` is what the directory says of the card by then. */
export const faceJudgedWith = (
  passage: string,
  credential: KnownCredential | undefined,
  surroundings: Surroundings = quiet,
): Step =>
  feeding((at) => ({
    type: "FaceJudged",
    at,
    wall,
    local: monday,
    credential,
    passage,
    verdict: { accepted: true },
    face,
    surroundings,
  }));
export const faceRefused = (passage: string, reason: FaceRefusal, surroundings: Surroundings = quiet): Step =>
  feeding((at) => ({
    type: "FaceJudged",
    at,
    wall,
    local: monday,
    credential: annas,
    passage,
    verdict: { accepted: false, reason, detail: "seen in a test" },
    face: { ...face, score: null, distance: null },
    surroundings,
  }));
/** Vision asks for the step of a challenge; undefined: for nothing any more. */
export const challengeShown = (
  passage: string,
  step?: number,
  { action = "turnLeft", of = 2, length = 5_000 }: Partial<Challenge> = {},
): Step =>
  feeding((at) => ({
    type: "ChallengeShown",
    at,
    passage,
    step: step === undefined ? undefined : { action, step, of, until: after(at, length) },
  }));

interface Challenge {
  readonly action: ChallengeAction;
  readonly of: number;
  readonly length: Milliseconds;
}

export const doorReleased = (passage: string): Step =>
  feeding((at) => ({ type: "DoorReleased", at, passage }));
export const releaseRefused = (passage: string, refusal: string): Step =>
  feeding((at) => ({ type: "ReleaseRefused", at, passage, refusal }));
export const doorPassed = (passage: string): Step =>
  feeding((at) => ({ type: "DoorPassed", at, passage, openFor: 3_000 }));
export const doorNotPassed = (passage: string): Step =>
  feeding((at) => ({ type: "DoorNotPassed", at, passage }));
export const interlockLost: Step = feeding((at) => ({ type: "InterlockLost", at }));
export const visionLost: Step = feeding((at) => ({ type: "VisionLost", at }));
export const exitRequested = (door: DoorName, passage: string, surroundings: Surroundings = quiet): Step =>
  feeding((at) => ({ type: "ExitRequested", at, vestibule: "v1", door, passage, surroundings }));
/** Time passes and is noticed only at its end. */
export const passes =
  (length: Milliseconds): Step =>
  (points) => {
    points.now = after(points.now, length);
    points.feed({ type: "TimePassed", at: points.now });
  };
/** From card to door closed again. */
export const goesThrough = (card: string, presented: Presented = {}): readonly Step[] => [
  presents(card, presented),
  faceAccepted(presented.passage ?? card),
  doorReleased(presented.passage ?? card),
  doorPassed(presented.passage ?? card),
  passes(1_000),
];

/** What happened, one line per event: whose passage, event, and reason. */
export function given(policy: AccessPolicy, ...history: readonly Step[]) {
  return {
    when(...steps: readonly Step[]): readonly string[] {
      const points = new AccessPoints(policy);
      for (const step of history) step(points);
      const before = points.events.length;
      for (const step of steps) step(points);
      return points.events.slice(before).map(lineOf);
    },
  };
}

function lineOf(event: AccessEvent): string {
  const whose =
    "passage" in event
      ? event.passage
      : "card" in event
        ? event.card
        : "vestibule" in event
          ? event.vestibule
          : "";
  return `${whose} ${event.type}${"reason" in event ? ` ${event.reason}` : ""}`;
}
