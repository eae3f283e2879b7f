import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { OperatorStore, Passkey } from "../../ports/operators.ts";
import type { OperatorSettings } from "../operator-settings.ts";

/** Read only where a site has passkeys: the start is not the time for it. */
const webAuthn = () => import("@simplewebauthn/server");

type RelyingParty = NonNullable<OperatorSettings["passkeys"]>;

/** How long a person may take with their authenticator. */
const patience: Milliseconds = 5 * 60_000;
const mostChallenges = 1000;

interface Challenge {
  /** Whose registration it is for; null: to sign in, whoever it may be. */
  readonly username: string | null;
  readonly at: Instant;
}

/** WebAuthn: keys that stay in the operators' phones and sticks, and prove a person (user verification) and a device. */
export class Passkeys {
  readonly #party: RelyingParty;
  readonly #operators: OperatorStore;
  readonly #clock: Clock;
  readonly #challenges = new Map<string, Challenge>();

  constructor(party: RelyingParty, operators: OperatorStore, clock: Clock) {
    this.#party = party;
    this.#operators = operators;
    this.#clock = clock;
  }

  async registrationOptions(username: string, site: string) {
    const { generateRegistrationOptions } = await webAuthn();
    const options = await generateRegistrationOptions({
      rpName: `Vestibule ${site}`,
      rpID: this.#party.rpId,
      userName: username,
      attestationType: "none",
      excludeCredentials: this.#operators.passkeys.of(username).map(described),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
    this.#keep(options.challenge, username);
    return options;
  }

  /** The passkey, if the answer is right; it is stored. */
  async register(
    username: string,
    name: string,
    response: RegistrationResponseJSON,
  ): Promise<Passkey | undefined> {
    const { verifyRegistrationResponse } = await webAuthn();
    const verdict = await verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => this.#take(challenge, username),
      expectedOrigin: this.#party.origin,
      expectedRPID: this.#party.rpId,
      requireUserVerification: true,
    }).catch(refused);
    if (verdict?.verified !== true) return undefined;
    const { credential } = verdict.registrationInfo;
    if (this.#operators.passkeys.get(credential.id) !== undefined) return undefined;
    const passkey: Passkey = {
      id: credential.id,
      username,
      name,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: credential.transports ?? [],
      createdAt: this.#clock.wall(),
    };
    this.#operators.passkeys.add(passkey);
    return passkey;
  }

  /** Names no account: who asks learns nothing about who has one. */
  async signInOptions() {
    const { generateAuthenticationOptions } = await webAuthn();
    const options = await generateAuthenticationOptions({
      rpID: this.#party.rpId,
      userVerification: "required",
    });
    this.#keep(options.challenge, null);
    return options;
  }

  /** Whose passkey signed, if it did. */
  async signedIn(response: AuthenticationResponseJSON): Promise<string | undefined> {
    const passkey = this.#operators.passkeys.get(response.id);
    if (passkey === undefined) return undefined;
    const { verifyAuthenticationResponse } = await webAuthn();
    const verdict = await verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) => this.#take(challenge, null),
      expectedOrigin: this.#party.origin,
      expectedRPID: this.#party.rpId,
      requireUserVerification: true,
      credential: { ...described(passkey), publicKey: passkey.publicKey, counter: passkey.counter },
    }).catch(refused);
    if (verdict?.verified !== true) return undefined;
    this.#operators.passkeys.used(passkey.id, verdict.authenticationInfo.newCounter);
    return passkey.username;
  }

  #keep(challenge: string, username: string | null): void {
    this.#challenges.set(challenge, { username, at: this.#clock.now() });
    if (this.#challenges.size <= mostChallenges) return;
    const [oldest] = this.#challenges.keys();
    if (oldest !== undefined) this.#challenges.delete(oldest);
  }

  /** Each is good once. */
  #take(challenge: string, username: string | null): boolean {
    const kept = this.#challenges.get(challenge);
    this.#challenges.delete(challenge);
    return kept !== undefined && kept.username === username && since(kept.at, this.#clock.now()) < patience;
  }
}

const described = ({ id, transports }: Passkey) => ({
  id,
  // Kept as the authenticator named them; a browser passes over what it does not know.
  transports: transports as AuthenticatorTransport[],
});

/** What does not verify is refused, whatever is wrong with it: the reasons are the attacker's to find out. */
const refused = (): undefined => undefined;
