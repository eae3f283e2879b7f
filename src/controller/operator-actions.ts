import type { InterlockEvent, OverriddenDoors } from "../domain/interlock/interlock.ts";
import type { VestibuleId } from "../domain/names.ts";
import { after, type Instant, type Milliseconds, type WallTime, wallTime } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { LockdownOutcome, OverrideOutcome, ResetOutcome } from "../ports/controller-services.ts";
import type { VestibuleCondition } from "../ports/interlock-link.ts";
import type { JsonObject } from "../ports/journal.ts";
import type { Chronicle } from "./chronicle.ts";
import type { ControllerOptions } from "./controller-options.ts";
import type { InterlockClient } from "./interlock-client.ts";
import type { StandingState } from "./standing-state.ts";

export interface OperatorActionsOptions {
  readonly interlock: InterlockClient;
  readonly standing: StandingState;
  readonly chronicle: Chronicle;
  readonly storage: () => "ok" | "failed";
  readonly clock: Clock;
  readonly newRequest: () => string;
}

/** How long an operator's request waits for what the interlock makes of it. */
const patience: Milliseconds = 2_000;
/** The interlock takes none later than this: whoever asked is told the truth before they give up. */
const validity: Milliseconds = patience / 2;
/** Requests under way at once; operators are few. */
const mostWaiting = 64;

/**
 * What operators do to the doors (R12–R14). Each action is recorded before it takes effect where anything can be
 * recorded at all; where nothing can, it is kept and takes effect all the same: these are what secures the doors,
 * and the last way out.
 */
export class OperatorActions {
  readonly #options: OperatorActionsOptions;
  readonly #answers = new Map<string, (event: InterlockEvent) => void>();
  readonly #waiting = new Set<() => void>();

  constructor(options: OperatorActionsOptions) {
    this.#options = options;
  }

  static of(
    { clock, newPassage: newRequest }: ControllerOptions,
    interlock: InterlockClient,
    standing: StandingState,
    chronicle: Chronicle,
  ): OperatorActions {
    const storage = () => chronicle.storage;
    return new OperatorActions({ interlock, standing, chronicle, storage, clock, newRequest });
  }

  async lockDown(vestibule: VestibuleId, operator: string, reason: string): Promise<LockdownOutcome> {
    // Secured first: nothing that the disk does may hold this up.
    this.#options.standing.order(vestibule, true);
    this.#note("LockdownOrdered", { vestibule, operator, reason });
    return await this.#lockdownIs(vestibule, true);
  }

  async liftLockdown(vestibule: VestibuleId, operator: string): Promise<LockdownOutcome> {
    this.#note("LockdownLiftOrdered", { vestibule, operator });
    this.#options.standing.order(vestibule, false);
    return await this.#lockdownIs(vestibule, false);
  }

  /** R13: proposes, or joins what another operator has proposed. */
  async override(
    vestibule: VestibuleId,
    doors: OverriddenDoors,
    operator: string,
    reason: string,
  ): Promise<OverrideOutcome> {
    const { interlock, clock, newRequest } = this.#options;
    const id = newRequest();
    this.#note("OverrideRequested", { vestibule, operator, doors, reason });
    // A disk that has failed just now has every door secured first; what is asked for here comes after that.
    await Promise.resolve();
    const answer = await this.#answer(id, vestibule, () =>
      interlock.override(vestibule, id, doors, operator, after(clock.now(), validity)),
    );
    const recorded = this.#isRecorded();
    if (answer?.type === "OverrideProposed")
      return { is: "proposed", until: this.#wallOf(answer.until), recorded };
    if (answer?.type === "OverrideStarted")
      return { is: "overridden", until: this.#wallOf(answer.until), operators: answer.operators, recorded };
    if (answer?.type === "OverrideRefused") return { is: "refused", reason: answer.reason };
    return { is: "unanswered" };
  }

  async resetEmergency(vestibule: VestibuleId, operator: string, comment: string): Promise<ResetOutcome> {
    const { interlock, newRequest } = this.#options;
    const id = newRequest();
    this.#note("EmergencyResetRequested", { vestibule, operator, comment });
    const answer = await this.#answer(id, vestibule, () => interlock.resetEmergency(vestibule, id));
    if (answer?.type === "EmergencyReset") return { is: "reset", recorded: this.#isRecorded() };
    if (answer?.type === "EmergencyResetRefused") return { is: "refused", reason: answer.reason };
    return { is: "unanswered" };
  }

  onInterlock(event: InterlockEvent): void {
    if ("id" in event) this.#answers.get(event.id)?.(event);
  }

  onReport(): void {
    for (const look of [...this.#waiting]) look();
  }

  #note(type: string, payload: JsonObject): void {
    this.#options.chronicle.note(type, payload);
  }

  #isRecorded(): boolean {
    return this.#options.storage() === "ok";
  }

  async #lockdownIs(vestibule: VestibuleId, order: boolean): Promise<LockdownOutcome> {
    const condition = await this.#reported(vestibule, ({ lockdown }) => lockdown.order === order);
    const recorded = this.#isRecorded();
    return condition === undefined
      ? { confirmed: false, recorded }
      : { confirmed: true, recorded, lockdown: condition.lockdown };
  }

  /** The condition once it is as wanted; undefined where it is not in time. */
  async #reported(
    vestibule: VestibuleId,
    isWanted: (condition: VestibuleCondition) => boolean,
  ): Promise<VestibuleCondition | undefined> {
    const seen = (): VestibuleCondition | undefined => {
      const condition = this.#options.interlock.report(vestibule)?.condition;
      return condition !== undefined && isWanted(condition) ? condition : undefined;
    };
    if (seen() !== undefined || this.#waiting.size >= mostWaiting) return seen();
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => {
      if (seen() !== undefined) resolve();
    };
    this.#waiting.add(look);
    using _limit = this.#limit(resolve);
    await promise;
    this.#waiting.delete(look);
    return seen();
  }

  /** Nothing is asked of an interlock that is silent: it would come too late to be true. */
  async #answer(id: string, vestibule: VestibuleId, ask: () => void): Promise<InterlockEvent | undefined> {
    if (this.#options.interlock.report(vestibule) === undefined || this.#answers.size >= mostWaiting)
      return undefined;
    const { promise, resolve } = Promise.withResolvers<InterlockEvent | undefined>();
    this.#answers.set(id, resolve);
    using _limit = this.#limit(() => resolve(undefined));
    ask();
    const answer = await promise;
    this.#answers.delete(id);
    return answer;
  }

  #limit(end: () => void): Disposable {
    const { clock } = this.#options;
    return clock.wakeAt(after(clock.now(), patience), end);
  }

  #wallOf(at: Instant): WallTime {
    const { clock } = this.#options;
    return wallTime(clock.wall() + (at - clock.now()));
  }
}
