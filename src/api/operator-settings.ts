import type { Role } from "../domain/operator/rights.ts";
import { absoluteLimit, idleLimit, type SessionLimits } from "./authentication/sessions.ts";

/** What a site says about its operators; the configuration's `operators` fits, in milliseconds. */
export interface OperatorSettings {
  readonly sessions: SessionLimits;
  /** Roles whose operators have a second factor, or set one up before anything else. */
  readonly secondFactor: ReadonlySet<Role>;
  /** Whether a console opened at the box shows duress: only where nobody but guards can see it (A5). */
  readonly localConsoleSeesDuress: boolean;
  /** Undefined where the site has no domain name: passkeys are bound to one. */
  readonly passkeys: { readonly rpId: string; readonly origin: string } | undefined;
}

export const presetOperatorSettings: OperatorSettings = {
  sessions: { idle: idleLimit, absolute: absoluteLimit },
  secondFactor: new Set(),
  localConsoleSeesDuress: false,
  passkeys: undefined,
};
