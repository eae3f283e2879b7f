import type { AlarmAction, Firing } from "../../domain/alarm/actions.ts";
import { camerasConcerned } from "../../domain/alarm/cameras-concerned.ts";
import type { Milliseconds } from "../../domain/time.ts";
import type { AlarmPlan } from "../../ports/alarm-plan.ts";
import type { Clock } from "../../ports/clock.ts";
import type { PresetOutcome } from "../../ports/vision-link.ts";
import type { Chronicle } from "../chronicle.ts";
import { presetWanted } from "./due.ts";
import type { Told } from "./messages.ts";
import { type Outcomes, whose } from "./outcomes.ts";

/** One camera's part of what an alarm sets going. */
export interface PresetOfCamera {
  readonly camera: string;
  /** Null: none is configured, and the camera is only to be shown. */
  readonly preset: string | null;
  readonly by: "camera" | "cctv";
}

/** Keeps what the cameras have seen around now with the alarm. */
export type KeepClips = (firing: Firing, cameras: readonly string[]) => void;

export interface CameraActionsOptions {
  readonly plan: Pick<AlarmPlan, "actions" | "vestibules" | "presetOf" | "presetsBy">;
  readonly recallPreset: (camera: string, preset: string) => Promise<PresetOutcome>;
  readonly keepClips: KeepClips;
  readonly chronicle: Pick<Chronicle, "note">;
  readonly outcomes: Outcomes;
  readonly clock: Clock;
}

/** Afterwards somebody has turned the camera where they want it. */
const presetMaxAge: Milliseconds = 120_000;
/** What the cameras keep in memory is gone after this. */
const clipMaxAge: Milliseconds = 10_000;
/** Under way at once. */
const mostRecalls = 32;

const camerasOf = (
  action: Extract<AlarmAction, { readonly camera: string | null }>,
  { place }: Firing,
  { vestibules }: Pick<AlarmPlan, "vestibules">,
): readonly string[] => (action.camera === null ? camerasConcerned(place, vestibules) : [action.camera]);

export function presetsOf(plan: CameraActionsOptions["plan"], firing: Firing): readonly PresetOfCamera[] {
  return plan.actions(firing.alarm).flatMap((action) => {
    if (action.kind !== "preset") return [];
    return camerasOf(action, firing, plan).map((camera) => {
      const preset = action.preset ?? plan.presetOf(camera, firing.place);
      return { camera, preset, by: preset === null ? "cctv" : plan.presetsBy(camera) } as const;
    });
  });
}

export function camerasFor(
  kind: "bookmark" | "clip",
  plan: Pick<AlarmPlan, "actions" | "vestibules">,
  firing: Firing,
): readonly string[] {
  const cameras = plan
    .actions(firing.alarm)
    .flatMap((action) => (action.kind === kind ? camerasOf(action, firing, plan) : []));
  return [...new Set(cameras)];
}

/** What cameras do at once when an alarm is raised. Nobody waits for it, and no camera for another. */
export class CameraActions {
  readonly #options: CameraActionsOptions;
  #recalls = 0;

  constructor(options: CameraActionsOptions) {
    this.#options = options;
  }

  onFiring({ seq, firing }: Told): void {
    const { plan, clock, keepClips } = this.#options;
    const age = clock.wall() - firing.wall;
    for (const { camera, preset, by } of presetsOf(plan, firing))
      if (by === "camera" && preset !== null) void this.#recall({ seq, firing }, camera, preset, age);
    const filmed = camerasFor("clip", plan, firing);
    if (filmed.length > 0 && age <= clipMaxAge) keepClips(firing, filmed);
  }

  async #recall({ seq, firing }: Told, camera: string, preset: string, age: Milliseconds): Promise<void> {
    const { chronicle, outcomes, recallPreset } = this.#options;
    const through = `preset of ${camera}`;
    const facts = { action: "preset", camera, preset };
    const fail = (detail: string) =>
      outcomes.failed(through, [firing], { ...facts, detail }, { attempt: 1, gaveUp: true });
    if (age > presetMaxAge) return fail("too late: the controller was away");
    if (this.#recalls >= mostRecalls) return fail("too many presets at once");
    this.#recalls += 1;
    const outcome = await recallPreset(camera, preset);
    this.#recalls -= 1;
    if (outcome.recalled) return outcomes.done(through, [firing], facts);
    if (outcome.why === "failed") fail(outcome.detail);
    // Whoever else reaches the camera may turn it.
    const { count, priority, wall, detail } = firing;
    chronicle.note(presetWanted, {
      ...{ ...whose([firing]), camera, preset, why: outcome.detail },
      ...{ raised: seq, place: { ...firing.place }, count, priority, since: wall, detail },
    });
  }
}

/** The alarm of a `CameraPresetRequested` record, as it was when it was raised. */
export function toldOf(facts: Readonly<Record<string, unknown>>): Told & { readonly preset: string } {
  const { raised, preset, id, alarm, priority, place, since, count, detail } = facts;
  // Written just above, into a record whose chain is verified.
  return {
    seq: raised,
    preset,
    firing: { id, alarm, priority, place, wall: since, count, detail, evidence: [] },
  } as unknown as Told & { readonly preset: string };
}
