import type { FastifyRequest } from "fastify";
import type { Role } from "../domain/operator/rights.ts";
import type { JsonObject } from "../ports/journal.ts";
import type { Operator } from "../ports/operators.ts";
import type { ApprovalView, Proposal } from "../ports/services/approval-services.ts";
import { callerOf } from "./access-control.ts";
import type { ApiContext } from "./api-options.ts";
import { sharedPassword } from "./authentication/one-time-passwords.ts";
import { checking } from "./authentication/sign-in.ts";
import { withSecondOperator } from "./four-eyes.ts";
import { notFound, Problem } from "./problem.ts";

export interface WantedAccount {
  readonly username: string;
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
}

/** What became of it; `oneTimePassword` is the whole, or where a second operator has to confirm its first half. */
export interface AccountAnswer {
  readonly username: string;
  readonly is: "added" | "changed" | "unchanged" | "removed" | "reset" | "waiting";
  readonly oneTimePassword?: string;
  readonly approval?: ApprovalView;
}

const right = "manageOperators";

const factsOf = ({ role, disabled }: Operator): JsonObject => ({ role, disabled });

/** Changes to operators' accounts: each on record, ending the sessions it is about, and by two where four-eyes is on. */
export class OperatorAccounts {
  readonly #context: ApiContext;

  constructor(context: ApiContext) {
    this.#context = context;
  }

  async put(request: FastifyRequest, wanted: WantedAccount): Promise<AccountAnswer> {
    const before = this.#context.operators.find(wanted.username);
    return before === undefined
      ? await this.#add(request, wanted)
      : await this.#change(request, before, wanted);
  }

  async remove(request: FastifyRequest, username: string): Promise<AccountAnswer> {
    const before = this.#existing(username);
    this.#requireAnother(request, username);
    this.#requireAdministratorWithout(before);
    const { services, operators } = this.#context;
    return await this.#propose(request, username, "removed", {
      action: "removeOperator",
      right,
      subject: { operator: username },
      before: factsOf(before),
      after: null,
      unchanged: this.#sameAs(before),
      execute: async ({ operator, confirmedBy }) => {
        this.#requireAdministratorWithout(before);
        await services.record("OperatorRemoved", { operator, confirmedBy, username });
        operators.remove(username);
      },
    });
  }

  async resetPassword(request: FastifyRequest, username: string): Promise<AccountAnswer> {
    const before = this.#existing(username);
    this.#requireAnother(request, username);
    const { services, operators, sessions } = this.#context;
    const password = await this.#newPassword();
    const answer = await this.#propose(request, username, "reset", {
      action: "resetPassword",
      right,
      subject: { operator: username },
      before: null,
      after: null,
      unchanged: this.#sameAs(before),
      forConfirmer: () => ({ oneTimePassword: password.second }),
      alarm: `one-time password for operator ${username}`,
      execute: async ({ operator, confirmedBy }) => {
        await services.record("PasswordReset", { operator, confirmedBy, username });
        operators.setPassword(username, password.hash, true);
        sessions.revokeAllOf(username);
      },
    });
    return { ...answer, oneTimePassword: answer.is === "waiting" ? password.first : password.whole };
  }

  /** Of somebody who has lost the phone and the recovery codes; passkeys go as well. */
  async removeSecondFactor(request: FastifyRequest, username: string): Promise<AccountAnswer> {
    const before = this.#existing(username);
    this.#requireAnother(request, username);
    const { services, operators, sessions } = this.#context;
    return await this.#propose(request, username, "changed", {
      action: "removeSecondFactor",
      right,
      subject: { operator: username },
      before: null,
      after: null,
      unchanged: this.#sameAs(before),
      alarm: `second factor of operator ${username} removed`,
      execute: async ({ operator, confirmedBy }) => {
        await services.record("SecondFactorRemoved", { operator, confirmedBy, username });
        operators.secondFactors.remove(username);
        for (const { id } of operators.passkeys.of(username)) operators.passkeys.remove(id);
        sessions.revokeAllOf(username);
      },
    });
  }

  async #add(request: FastifyRequest, { username, role, disabled }: WantedAccount): Promise<AccountAnswer> {
    if (role === undefined) throw new Problem(422, "role-required", `${username} is new: say in which role.`);
    if (disabled === true) throw new Problem(422, "role-required", `${username} is new: disable it later.`);
    const { services, operators } = this.#context;
    const password = await this.#newPassword();
    const answer = await this.#propose(request, username, "added", {
      action: "addOperator",
      right,
      subject: { operator: username },
      before: null,
      after: { role },
      unchanged: () => operators.find(username) === undefined,
      makesSecondOperator: true,
      forConfirmer: () => ({ oneTimePassword: password.second }),
      alarm: `operator ${username} added: ${role}`,
      execute: async ({ operator, confirmedBy }) => {
        await services.record("OperatorAdded", { operator, by: operator, confirmedBy, username, role });
        operators.add({ username, passwordHash: password.hash, mustChangePassword: true, role });
      },
    });
    return { ...answer, oneTimePassword: answer.is === "waiting" ? password.first : password.whole };
  }

  async #change(
    request: FastifyRequest,
    before: Operator,
    { username, role = before.role, disabled = before.disabled }: WantedAccount,
  ): Promise<AccountAnswer> {
    if (role === before.role && disabled === before.disabled) return { username, is: "unchanged" };
    const loses = before.role === "administrator" && (role !== "administrator" || disabled);
    if (loses) this.#requireAdministratorWithout(before);
    const { services, operators, sessions } = this.#context;
    const given = role !== before.role || (before.disabled && !disabled);
    return await this.#propose(request, username, "changed", {
      action: "changeOperator",
      right,
      subject: { operator: username },
      before: factsOf(before),
      after: { role, disabled },
      unchanged: this.#sameAs(before),
      makesSecondOperator: !disabled,
      ...(given ? { alarm: `operator ${username}: ${before.role} → ${role}` } : {}),
      execute: async ({ operator, confirmedBy }) => {
        if (loses) this.#requireAdministratorWithout(before);
        const change = { before: factsOf(before), after: { role, disabled } };
        await services.record("OperatorChanged", { operator, confirmedBy, username, ...change });
        operators.change(username, { role, disabled });
        // T3: other rights are another session.
        sessions.revokeAllOf(username);
      },
    });
  }

  async #propose(
    request: FastifyRequest,
    username: string,
    done: AccountAnswer["is"],
    proposal: Proposal<void>,
  ): Promise<AccountAnswer> {
    const outcome = await withSecondOperator(this.#context, request, proposal);
    return outcome.is === "done"
      ? { username, is: done }
      : { username, is: "waiting", approval: outcome.body.approval };
  }

  #newPassword() {
    return checking(() => sharedPassword((password) => this.#context.passwords.hash(password)));
  }

  #existing(username: string): Operator {
    const operator = this.#context.operators.find(username);
    if (operator === undefined) throw notFound("There is no such operator.");
    return operator;
  }

  #sameAs({ username, role, disabled }: Operator): () => boolean {
    return () => {
      const now = this.#context.operators.find(username);
      return now !== undefined && now.role === role && now.disabled === disabled;
    };
  }

  #requireAnother(request: FastifyRequest, username: string): void {
    if (callerOf(request).name === username)
      throw new Problem(409, "same-person", "Not your own account: another administrator does that.");
  }

  /** Somebody has to be able to let others in. */
  #requireAdministratorWithout({ username }: Operator): void {
    const others = this.#context.operators
      .list()
      .filter((one) => one.role === "administrator" && !one.disabled && one.username !== username);
    if (others.length === 0)
      throw new Problem(409, "last-administrator", "This is the last administrator: make another one first.");
  }
}
