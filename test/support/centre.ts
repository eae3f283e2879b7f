import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { type RequestBody, signatureOf } from "../../src/controller/centre-requests/signed-request.ts";
import type { CentreRules } from "../../src/ports/centre-rules.ts";
import type { JsonObject } from "../../src/ports/journal.ts";

/** Keys of people at a centre, and what they sign. */
export class CentreForTests {
  readonly rules: CentreRules;
  readonly #keys = new Map<string, KeyObject>();
  readonly #site: string;
  #nonces = 0;

  /** `li.1` and `li.2` are two keys of li. */
  constructor(site: string, ids: readonly string[] = ["li.1", "li.2", "wang.1"]) {
    this.#site = site;
    this.rules = {
      keys: ids.map((id) => {
        const { publicKey, privateKey } = generateKeyPairSync("ed25519");
        this.#keys.set(id, privateKey);
        const { x = "" } = publicKey.export({ format: "jwk" });
        const base64 = Buffer.from(x, "base64url").toString("base64");
        const actions = ["lockdown", "lift-lockdown", "acknowledge", "grant"];
        return { id, operator: id.split(".")[0] ?? id, publicKey: base64, actions };
      }),
      secondSignature: ["lift-lockdown"],
    };
  }

  /** A request that is right in everything but `changes`. */
  body(action: JsonObject, at: number, changes: JsonObject = {}): RequestBody {
    this.#nonces += 1;
    const nonce = String(this.#nonces).padStart(22, "n");
    const times = { issuedAt: new Date(at).toISOString(), expiresAt: new Date(at + 30_000).toISOString() };
    const common = { schema: 1, site: this.#site, nonce, ...times, keys: ["li.1"] };
    return { ...common, ...action, ...changes } as unknown as RequestBody; // wrong ones are what is tested
  }

  sign(request: RequestBody, signers: readonly string[] = request.keys): JsonObject {
    const signatures = signers.map((id) => {
      const key = this.#keys.get(id);
      if (key === undefined) throw new Error(`no key ${id}`);
      return signatureOf(request, id, key);
    });
    return { request, signatures } as unknown as JsonObject; // the same values, as JSON
  }
}

export const lockdown: JsonObject = { action: "lockdown", vestibule: "v1", reason: "armed person" };
