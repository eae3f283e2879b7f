import { after, type Instant, type Milliseconds, since } from "../time.ts";
import { type ChallengeAction, type ChallengeStep, challengeActions } from "./challenge.ts";
import { actionsIn, mayAccompany, type RestingFace, restOf, rests } from "./challenge-gestures.ts";
import { figuresOf } from "./liveness/face-figures.ts";
import type { TrackSample } from "./liveness/track.ts";

export interface ChallengePolicy {
  /** What may be asked; at least two different ones, or nothing could be random. */
  readonly actions: readonly ChallengeAction[];
  /** How many in a row, 1 to 3. */
  readonly count: number;
  /** For each of them. */
  readonly stepTime: Milliseconds;
  /** For all of them together, never more than `longestChallenge`. */
  readonly totalTime: Milliseconds;
}

/** Nobody is kept before a door for longer, whatever is configured. */
export const longestChallenge: Milliseconds = 20_000;

export const defaultChallengePolicy: ChallengePolicy = {
  actions: challengeActions,
  count: 2,
  stepTime: 5_000,
  totalTime: 15_000,
};

export type ChallengeInput =
  | {
      readonly type: "ChallengeRequested";
      readonly at: Instant;
      /** From 0 up to, not including, 1; one for each step at least. Drawn where randomness is allowed. */
      readonly draws: readonly number[];
      /** What was asked last at this access point. */
      readonly previous: readonly ChallengeAction[] | undefined;
      /** The track up to now: how this person looks at rest. */
      readonly samples: readonly TrackSample[];
    }
  /** The next frame of the same track. */
  | { readonly type: "FaceSampled"; readonly at: Instant; readonly sample: TrackSample }
  /** The face has gone, or another one is there. */
  | { readonly type: "TrackBroken"; readonly at: Instant }
  | { readonly type: "TimePassed"; readonly at: Instant };

export type ChallengeFailure = "tooLate" | "wrongAction" | "faceLost" | "notPossible";

export type ChallengeEvent =
  | {
      readonly type: "ChallengeStarted";
      readonly at: Instant;
      readonly actions: readonly ChallengeAction[];
      readonly rest: RestingFace;
    }
  | { readonly type: "StepAsked"; readonly at: Instant; readonly step: ChallengeStep }
  /** How far the step asked has got; or it was only another frame of the face at rest. */
  | {
      readonly type: "StepAdvanced";
      readonly at: Instant;
      readonly progress: StepProgress;
    }
  | { readonly type: "ActionDone"; readonly at: Instant; readonly action: ChallengeAction }
  | { readonly type: "ChallengePassed"; readonly at: Instant }
  | {
      readonly type: "ChallengeFailed";
      readonly at: Instant;
      readonly reason: ChallengeFailure;
      /** What was asked. */
      readonly action: ChallengeAction | undefined;
      /** With `wrongAction`: what was done instead. */
      readonly instead?: ChallengeAction;
    };

/**
 * `asked`: nothing counts until the face was seen at rest, or what was under way before would count.
 * `rested`: it may begin. `acting`: it has been done, and has to end.
 */
export type StepProgress = "asked" | "rested" | "acting";

export type ChallengeState =
  | { readonly phase: "idle" }
  | {
      readonly phase: "asking";
      readonly startedAt: Instant;
      readonly actions: readonly ChallengeAction[];
      readonly rest: RestingFace;
      readonly step: ChallengeStep | undefined;
      readonly askedAt: Instant;
      readonly progress: StepProgress;
      readonly done: number;
    }
  | { readonly phase: "over"; readonly passed: boolean };

export const initialChallenge: ChallengeState = { phase: "idle" };
type Asking = Extract<ChallengeState, { readonly phase: "asking" }>;

/** Nobody reads and answers faster; what begins sooner was going to happen anyway. */
const quickestReaction: Milliseconds = 300;

export function decide(
  state: ChallengeState,
  input: ChallengeInput,
  policy: ChallengePolicy,
): readonly ChallengeEvent[] {
  switch (state.phase) {
    case "idle":
      return input.type === "ChallengeRequested" ? onRequested(input, policy) : [];
    case "asking":
      return whileAsking(state, input, policy);
    case "over":
      return [];
  }
}

function onRequested(
  input: Extract<ChallengeInput, { type: "ChallengeRequested" }>,
  policy: ChallengePolicy,
): readonly ChallengeEvent[] {
  const { at, draws, previous, samples } = input;
  const rest = restOf(samples);
  const seen = policy.actions.filter((action) => action !== "blink" || rest?.eyes !== undefined);
  const actions = drawActions(draws, { ...policy, actions: seen }, previous);
  if (actions === undefined || rest === undefined) {
    return [{ type: "ChallengeFailed", at, reason: "notPossible", action: undefined }];
  }
  const started: ChallengeEvent = { type: "ChallengeStarted", at, actions, rest };
  return [started, askNext(evolve(initialChallenge, started), at, policy)].flat();
}

/** Different ones in random order, and not those of last time: what was recorded then is of no use now. */
export function drawActions(
  draws: readonly number[],
  policy: ChallengePolicy,
  previous: readonly ChallengeAction[] | undefined,
): readonly ChallengeAction[] | undefined {
  const possible = sequencesOf([...new Set(policy.actions)], policy.count);
  const allowed = possible.filter((sequence) => sequence.join() !== previous?.join());
  // Where only one sequence can be formed at all, asking it again is better than asking nothing.
  const choice = allowed.length > 0 ? allowed : possible;
  // One number in a mixed base from all the draws, so that no draw of low quality decides alone.
  const draw = draws.reduce((sum, each) => (sum + each) % 1, 0);
  return draws.every(Number.isFinite) && draws.length > 0
    ? choice[Math.floor(Math.abs(draw) * choice.length)]
    : undefined;
}

/** Every ordered choice of `count` of the actions; as many as there are where `count` is more. */
function sequencesOf(
  actions: readonly ChallengeAction[],
  count: number,
): readonly (readonly ChallengeAction[])[] {
  const length = Math.min(Math.max(Math.trunc(count), 1), 3, actions.length);
  let sequences: readonly (readonly ChallengeAction[])[] = actions.length === 0 ? [] : [[]];
  for (let place = 0; place < length; place += 1) {
    sequences = sequences.flatMap((sequence) =>
      actions.filter((action) => !sequence.includes(action)).map((action) => [...sequence, action]),
    );
  }
  return sequences;
}

function whileAsking(
  state: Asking,
  input: ChallengeInput,
  policy: ChallengePolicy,
): readonly ChallengeEvent[] {
  const { at } = input;
  // A late timer or a slow engine changes nothing: the input's own time decides.
  if (at >= deadlineOf(state, policy)) return [failed(state, at, "tooLate")];
  switch (input.type) {
    case "FaceSampled":
      return onSample(state, input.sample, at, policy);
    case "TrackBroken":
      return [failed(state, at, "faceLost")];
    case "ChallengeRequested":
    case "TimePassed":
      return [];
  }
}

function onSample(
  state: Asking,
  sample: TrackSample,
  at: Instant,
  policy: ChallengePolicy,
): readonly ChallengeEvent[] {
  const { step, progress } = state;
  // A frame from before the question is no answer to it.
  if (step === undefined || sample.at < state.askedAt) return [];
  const figures = figuresOf(sample);
  const isAtRest = rests(figures, state.rest);
  const done = actionsIn(figures, state.rest, step.action);
  switch (progress) {
    case "asked":
      return isAtRest ? [{ type: "StepAdvanced", at, progress: "rested" }] : [];
    case "rested": {
      const wrong = done.find((action) => action !== step.action && !mayAccompany(action, step.action));
      if (wrong !== undefined) return [{ ...failed(state, at, "wrongAction"), instead: wrong }];
      if (!done.includes(step.action)) return [];
      // Too quick for an answer: it has to be done again, after rest.
      const tooQuick = since(state.askedAt, sample.at) < quickestReaction;
      return [{ type: "StepAdvanced", at, progress: tooQuick ? "asked" : "acting" }];
    }
    case "acting": {
      if (!isAtRest) return [];
      const event: ChallengeEvent = { type: "ActionDone", at, action: step.action };
      return [event, ...askNext(evolve(state, event), at, policy)];
    }
  }
}

function askNext(state: ChallengeState, at: Instant, policy: ChallengePolicy): readonly ChallengeEvent[] {
  if (state.phase !== "asking") return [];
  const action = state.actions[state.done];
  if (action === undefined) return [{ type: "ChallengePassed", at }];
  const end = totalEnd(state, policy);
  const until = after(at, policy.stepTime);
  const step = { action, step: state.done + 1, of: state.actions.length, until: until < end ? until : end };
  return [{ type: "StepAsked", at, step }];
}

const failed = (
  state: Asking,
  at: Instant,
  reason: ChallengeFailure,
): Extract<ChallengeEvent, { type: "ChallengeFailed" }> => ({
  type: "ChallengeFailed",
  at,
  reason,
  action: state.step?.action,
});

export function evolve(state: ChallengeState, event: ChallengeEvent): ChallengeState {
  switch (event.type) {
    case "ChallengeStarted":
      return {
        phase: "asking",
        startedAt: event.at,
        actions: event.actions,
        rest: event.rest,
        step: undefined,
        askedAt: event.at,
        progress: "asked",
        done: 0,
      };
    case "StepAsked":
      return state.phase === "asking"
        ? { ...state, step: event.step, askedAt: event.at, progress: "asked" }
        : state;
    case "StepAdvanced":
      return state.phase === "asking" ? { ...state, progress: event.progress } : state;
    case "ActionDone":
      return state.phase === "asking" ? { ...state, done: state.done + 1, step: undefined } : state;
    case "ChallengePassed":
      return { phase: "over", passed: true };
    case "ChallengeFailed":
      return { phase: "over", passed: false };
  }
}

/** What is to be shown now. */
export function shownStep(state: ChallengeState): ChallengeStep | undefined {
  return state.phase === "asking" ? state.step : undefined;
}

/** When the challenge fails by itself. */
export function deadline(state: ChallengeState, policy: ChallengePolicy): Instant | undefined {
  return state.phase === "asking" ? deadlineOf(state, policy) : undefined;
}

function deadlineOf(state: Asking, policy: ChallengePolicy): Instant {
  const end = totalEnd(state, policy);
  const until = state.step?.until;
  return until !== undefined && until < end ? until : end;
}

const totalEnd = ({ startedAt }: Asking, policy: ChallengePolicy): Instant =>
  after(startedAt, Math.min(policy.totalTime, longestChallenge));
