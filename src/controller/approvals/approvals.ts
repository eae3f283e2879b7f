import { hasRight, mayConfirm, type Right } from "../../domain/operator/rights.ts";
import { after, type Milliseconds, wallTime } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { JsonObject } from "../../ports/journal.ts";
import type { Operator } from "../../ports/operators.ts";
import type {
  ApprovalServices,
  ApprovalSubject,
  ApprovalView,
  ConfirmationOutcome,
  Proposal,
  ProposalOutcome,
  Proposer,
} from "../../ports/services/approval-services.ts";

/** What a site says about it. */
export interface ApprovalRules {
  readonly inForce: boolean;
  /** How long a proposal waits. */
  readonly waitingTime: Milliseconds;
  readonly operators: () => readonly Operator[];
}

export const noFourEyes: ApprovalRules = { inForce: false, waitingTime: 0, operators: () => [] };

export interface ApprovalsOptions {
  readonly rules: ApprovalRules;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Throws StorageFault: what is not on record has not happened. */
  readonly record: (type: string, payload: JsonObject) => void;
  /** For what happens whether or not it can be written. */
  readonly note: (type: string, payload: JsonObject) => void;
  readonly raise: (detail: string) => void;
  /** Whose account is this cardholder's own. */
  readonly operatorOf: (cardholder: string) => string | undefined;
}

interface Waiting {
  readonly view: ApprovalView;
  readonly right: Right;
  readonly person: string;
  readonly unchanged: () => boolean;
  readonly execute: (confirmedBy: string) => Promise<unknown>;
  readonly picture: Uint8Array | undefined;
  readonly forConfirmer: (() => JsonObject) | undefined;
  readonly timer: Disposable;
}

/** Proposals waiting at once; operators are few. */
const mostWaiting = 100;
/** Of those with a picture, which is kept in memory. */
const mostPictures = 20;

/**
 * Proposals live in memory, and what became of them in the journal: one that a restart interrupts has lapsed, and has
 * to be proposed anew. Nothing half-decided comes back to life.
 */
export class Approvals implements ApprovalServices, Disposable {
  readonly #options: ApprovalsOptions;
  readonly #waiting = new Map<string, Waiting>();

  constructor(options: ApprovalsOptions) {
    this.#options = options;
  }

  get inForce(): boolean {
    return this.#options.rules.inForce;
  }

  async propose<Result>(proposal: Proposal<Result>, proposer: Proposer): Promise<ProposalOutcome<Result>> {
    const { operator, person } = proposer;
    if (!this.inForce) return await this.#doAlone(proposal, operator);
    const { right, subject } = proposal;
    if (!this.#confirmers(right).some((name) => this.#barOf(name, person, subject) === undefined)) {
      if (proposal.makesSecondOperator !== true) return { is: "refused", reason: "nobodyToConfirm" };
      this.#options.record("ApprovalWaived", { operator, ...factsOf(proposal) });
      return await this.#doAlone(proposal, operator);
    }
    if (this.#isFull(proposal)) return { is: "refused", reason: "tooManyWaiting" };
    return { is: "waiting", approval: this.#keep(proposal, proposer) };
  }

  waiting(): readonly ApprovalView[] {
    return [...this.#waiting.values()].map(({ view }) => view);
  }

  picture(id: string): Uint8Array | undefined {
    return this.#waiting.get(id)?.picture;
  }

  async confirm(id: string, operator: string, comment: string): Promise<ConfirmationOutcome> {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return { is: "refused", reason: "unknown" };
    const facts = { ...this.#factsOf(waiting), operator, comment };
    const bar = this.#confirmers(waiting.right).includes(operator)
      ? this.#barOf(operator, waiting.person, waiting.view.subject)
      : "notAuthorised";
    if (bar !== undefined) {
      this.#options.record("ApprovalRefused", { ...facts, reason: bar });
      return { is: "refused", reason: bar };
    }
    if (!waiting.unchanged() || !this.#mayStillPropose(waiting)) {
      this.#options.record("ApprovalFailed", { ...facts, reason: "changed" });
      this.#forget(waiting);
      return { is: "refused", reason: "changed" };
    }
    this.#options.record("ApprovalConfirmed", facts);
    // Before it is done: two who confirm at once do it once.
    this.#forget(waiting);
    try {
      await waiting.execute(operator);
    } catch (error) {
      this.#options.note("ApprovalFailed", { ...facts, reason: "refused", detail: messageOf(error) });
      throw error;
    }
    const { forConfirmer } = waiting;
    return { is: "done", ...(forConfirmer === undefined ? {} : { forConfirmer: forConfirmer() }) };
  }

  async reject(id: string, operator: string, comment: string): Promise<ConfirmationOutcome> {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return { is: "refused", reason: "unknown" };
    const ownProposal = operator === waiting.person;
    if (!ownProposal && !this.#confirmers(waiting.right).includes(operator))
      return { is: "refused", reason: "notAuthorised" };
    this.#options.record("ApprovalRejected", { ...this.#factsOf(waiting), operator, comment });
    this.#forget(waiting);
    return { is: "done" };
  }

  /** What the journal says was waiting when the program ended. */
  restore(lost: readonly JsonObject[]): void {
    for (const facts of lost) this.#options.note("ApprovalLapsed", { ...facts, reason: "restart" });
  }

  [Symbol.dispose](): void {
    for (const waiting of this.#waiting.values()) waiting.timer[Symbol.dispose]();
    this.#waiting.clear();
  }

  async #doAlone<Result>(proposal: Proposal<Result>, operator: string): Promise<ProposalOutcome<Result>> {
    return { is: "done", result: await this.#done(proposal, operator, null) };
  }

  async #done<Result>(
    proposal: Proposal<Result>,
    operator: string,
    confirmedBy: string | null,
  ): Promise<Result> {
    const result = await proposal.execute({ operator, confirmedBy });
    if (proposal.alarm !== undefined) this.#options.raise(proposal.alarm);
    return result;
  }

  #keep<Result>(proposal: Proposal<Result>, { operator, person }: Proposer): ApprovalView {
    const { clock, rules, newId } = this.#options;
    const { action, subject, before, after: planned, right, weakens = [], reason = "" } = proposal;
    const wall = clock.wall();
    const view: ApprovalView = {
      id: newId(),
      action,
      subject,
      before,
      after: planned,
      weakens,
      reason,
      picture: proposal.picture !== undefined,
      proposedBy: operator,
      proposedAt: new Date(wall).toISOString(),
      until: new Date(wallTime(wall + rules.waitingTime)).toISOString(),
    };
    this.#options.record("ApprovalRequested", { approval: view.id, operator, ...factsOf(proposal) });
    const waiting: Waiting = {
      view,
      right,
      person,
      picture: proposal.picture,
      forConfirmer: proposal.forConfirmer,
      unchanged: proposal.unchanged ?? (() => true),
      execute: (confirmedBy) => this.#done(proposal, operator, confirmedBy),
      timer: clock.wakeAt(after(clock.now(), rules.waitingTime), () => this.#lapse(view.id)),
    };
    this.#waiting.set(view.id, waiting);
    return view;
  }

  #isFull({ picture }: Proposal<unknown>): boolean {
    if (this.#waiting.size >= mostWaiting) return true;
    const pictures = [...this.#waiting.values()].filter((one) => one.picture !== undefined);
    return picture !== undefined && pictures.length >= mostPictures;
  }

  #lapse(id: string): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#forget(waiting);
    this.#options.note("ApprovalLapsed", { ...this.#factsOf(waiting), reason: "time" });
  }

  #forget({ view, timer }: Waiting): void {
    timer[Symbol.dispose]();
    this.#waiting.delete(view.id);
  }

  /** Who has the right, whoever proposes. */
  #confirmers(right: Right): readonly string[] {
    return this.#options.rules
      .operators()
      .filter(({ role, disabled }) => !disabled && mayConfirm(role, right))
      .map(({ username }) => username);
  }

  /** Whose account has been closed, or lost the right, proposes nothing any more: it would be done in that name. */
  #mayStillPropose({ person, right }: Waiting): boolean {
    return this.#options.rules
      .operators()
      .some(({ username, role, disabled }) => username === person && !disabled && hasRight(role, right));
  }

  #barOf(operator: string, proposer: string, subject: ApprovalSubject): "proposer" | "subject" | undefined {
    if (operator === proposer) return "proposer";
    if (operator === subject.operator) return "subject";
    const own = subject.cardholder === undefined ? undefined : this.#options.operatorOf(subject.cardholder);
    return operator === own ? "subject" : undefined;
  }

  #factsOf({ view }: Waiting): JsonObject {
    const { id, action, subject, proposedBy } = view;
    return { approval: id, action, ...subjectFacts(subject), proposedBy };
  }
}

const factsOf = (proposal: Proposal<unknown>): JsonObject => {
  const { action, subject, before, after: planned, weakens = [], reason = "" } = proposal;
  return {
    action,
    ...subjectFacts(subject),
    before,
    after: planned,
    ...(weakens.length === 0 ? {} : { weakens: weakens.map((one) => ({ ...one })) }),
    ...(reason === "" ? {} : { why: reason }),
  };
};

/** `username`, as in other records about operators: `operator` is who acts. */
function subjectFacts({ operator, ...place }: ApprovalSubject): JsonObject {
  const present = Object.entries(place).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(present), ...(operator === undefined ? {} : { username: operator }) };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
