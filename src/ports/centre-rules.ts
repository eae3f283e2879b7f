/**
 * What a centre may ask for. An override and the reset of an emergency are not among them: whoever orders those has
 * to stand where the doors can be seen.
 */
export const centreActions = ["lockdown", "lift-lockdown", "acknowledge", "grant"] as const;

/** A key with which somebody at the security centre signs. */
export interface CentreKey {
  readonly id: string;
  /** Who has it, as the record is to name them. */
  readonly operator: string;
  /** Ed25519, 32 bytes in base64. */
  readonly publicKey: string;
  readonly actions: readonly string[];
}

/** Who at the centre may ask for what. Without a key nobody may. */
export interface CentreRules {
  readonly keys: readonly CentreKey[];
  /** Actions that two people have to sign. */
  readonly secondSignature: readonly string[];
}
