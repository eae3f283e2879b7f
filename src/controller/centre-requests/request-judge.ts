import type { KeyObject } from "node:crypto";
import { type Milliseconds, type WallTime, wallTime } from "../../domain/time.ts";
import type { CentreKey, CentreRules } from "../../ports/centre-rules.ts";
import {
  isSignedBy,
  longestValidity,
  longestValidityOfTwo,
  publicKeyOf,
  type RequestBody,
  type SignedRequest,
  signedRequestSchema,
} from "./signed-request.ts";

/** Why a request is not carried out. */
export type RequestRefusal =
  | "off"
  | "retained"
  | "malformed"
  | "otherSite"
  | "otherAction"
  | "unknownKey"
  | "notAllowed"
  | "badSignature"
  | "secondSignature"
  | "tooLongValid"
  | "notYetIssued"
  | "expired"
  | "clockBehind"
  | "nonceUsed"
  | "busy"
  | "storageFault";

/** How far the centre's clock may be ahead of the box's. One that is behind shortens its own requests. */
const clockSkew: Milliseconds = 5_000;
/** What the record says of times further ahead than this is a clock that was once set wrong. */
const plausible: Milliseconds = 31 * 86_400_000;
/** More in the memory than can be valid at once, at the rate at which they are taken. */
const mostNonces = 1000;

export interface JudgeOptions {
  readonly site: string;
  readonly rules: CentreRules;
  readonly now: () => WallTime;
  /** Whether anything was recorded between these times: the box's clock has been there before. */
  readonly wasRecorded: (from: WallTime, to: WallTime) => boolean;
  /** Taken before the start, newest last; from the record, so that no restart forgets one. */
  readonly takenBefore: readonly string[];
}

export type Judgement =
  | { readonly is: "good"; readonly request: RequestBody; readonly operators: readonly string[] }
  | { readonly is: "bad"; readonly why: RequestRefusal; readonly request?: RequestBody };

/** Whether what came in is a request that somebody with the right to it makes now, for the first time (T10, T11). */
export class RequestJudge {
  readonly #options: JudgeOptions;
  readonly #keys = new Map<string, CentreKey & { readonly verifier: KeyObject }>();
  readonly #taken: Set<string>;

  constructor(options: JudgeOptions) {
    this.#options = options;
    for (const key of options.rules.keys)
      this.#keys.set(key.id, { ...key, verifier: publicKeyOf(key.publicKey) });
    this.#taken = new Set(options.takenBefore.slice(-mostNonces));
  }

  /** Has no effect: `take` makes the nonce used. */
  judge(action: string, payload: Uint8Array, retained: boolean): Judgement {
    if (this.#keys.size === 0) return { is: "bad", why: "off" };
    if (retained) return { is: "bad", why: "retained" };
    const signed = parsed(payload);
    if (signed === undefined) return { is: "bad", why: "malformed" };
    const { request } = signed;
    const why = this.#faultOf(action, signed);
    if (why !== undefined) return { is: "bad", why, request };
    return { is: "good", request, operators: request.keys.map((id) => this.#keys.get(id)?.operator ?? id) };
  }

  take({ nonce }: RequestBody): void {
    this.#taken.add(nonce);
    const [oldest] = this.#taken;
    if (this.#taken.size > mostNonces && oldest !== undefined) this.#taken.delete(oldest);
  }

  #faultOf(action: string, signed: SignedRequest): RequestRefusal | undefined {
    const { request } = signed;
    if (request.site !== this.#options.site) return "otherSite";
    if (request.action !== action) return "otherAction";
    return this.#signatureFault(signed) ?? this.#timeFault(request) ?? this.#nonceFault(request);
  }

  #signatureFault({ request, signatures }: SignedRequest): RequestRefusal | undefined {
    const keys = request.keys.map((id) => this.#keys.get(id));
    if (keys.some((key) => key === undefined)) return "unknownKey";
    const known = keys.filter((key) => key !== undefined);
    if (known.some((key) => !key.actions.includes(request.action))) return "notAllowed";
    const isSigned = known.every((key) => {
      const own = signatures.find((one) => one.key === key.id);
      return own !== undefined && isSignedBy(request, own.signature, key.verifier);
    });
    if (!isSigned || signatures.length !== known.length) return "badSignature";
    const people = new Set(known.map(({ operator }) => operator));
    // One person with two keys is one person.
    const needed = this.#options.rules.secondSignature.includes(request.action) ? 2 : 1;
    return people.size < needed ? "secondSignature" : undefined;
  }

  #timeFault({ issuedAt, expiresAt, keys }: RequestBody): RequestRefusal | undefined {
    const now = this.#options.now();
    const [issued, expires] = [Date.parse(issuedAt), Date.parse(expiresAt)];
    const longest = keys.length > 1 ? longestValidityOfTwo : longestValidity;
    if (expires - issued > longest) return "tooLongValid";
    if (issued > now + clockSkew) return "notYetIssued";
    if (now >= expires) return "expired";
    // Set back, the clock would make good again what was caught on the way and is long over.
    const ahead = (by: Milliseconds): WallTime => wallTime(now + by);
    return this.#options.wasRecorded(ahead(clockSkew), ahead(plausible)) ? "clockBehind" : undefined;
  }

  #nonceFault({ nonce }: RequestBody): RequestRefusal | undefined {
    return this.#taken.has(nonce) ? "nonceUsed" : undefined;
  }
}

function parsed(payload: Uint8Array): SignedRequest | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(payload);
    return signedRequestSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // not UTF-8, or no JSON: it is malformed, which is what is said of it
  }
}
