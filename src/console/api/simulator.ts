import type { AccessPointName, DoorName, VestibuleId } from "../../domain/names.ts";
import * as client from "./client.ts";
import { ApiError } from "./http.ts";

/** What stands before a camera of the simulated site. People by card number. */
export type SceneChoice =
  | { readonly kind: "person"; readonly card: string }
  /** Somebody who holds up this person's picture. */
  | { readonly kind: "picture"; readonly card: string; readonly presented: "print" | "screen" }
  | { readonly kind: "two"; readonly cards: readonly [string, string] }
  | { readonly kind: "empty" }
  | { readonly kind: "dark" }
  | { readonly kind: "frozen" };

export type DoorAction = "open" | "close" | "force" | "prop";

const nameIn = (vestibule: VestibuleId, name: string): string => `${vestibule}.${name}`;

/** Whether there is a simulated building, and for this operator: on a real board there is nobody's hand to move. */
export async function isSimulated(): Promise<boolean> {
  try {
    await client.getOutputs({ watching: true });
    return true;
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return false;
    throw error;
  }
}

export async function presentCard(
  vestibule: VestibuleId,
  accessPoint: AccessPointName,
  number: string,
): Promise<void> {
  await client.presentCard({ accessPoint: nameIn(vestibule, accessPoint), number });
}

export async function pressKeys(
  vestibule: VestibuleId,
  accessPoint: AccessPointName,
  keys: string,
): Promise<void> {
  await client.pressKeys({ accessPoint: nameIn(vestibule, accessPoint), keys });
}

export async function moveDoor(vestibule: VestibuleId, door: DoorName, action: DoorAction): Promise<void> {
  await client.moveDoor({ door: nameIn(vestibule, door) }, { action });
}

/** Wires of the whole box; off, they rest. */
export type BoxInput = "fire" | "lockdown" | "tamper" | "mains" | "battery";

/** `on`: fire, locked down, housing open, mains gone, battery low. */
export async function setBoxInput(vestibule: VestibuleId, input: BoxInput, on: boolean): Promise<void> {
  const name = nameIn(vestibule, input);
  if (on) await client.holdInput({ name }, { active: input !== "mains" && input !== "battery" });
  else await client.releaseInput({ name });
}

/** Named with the vestibule's id in front where there are several. */
export async function isBuzzerSounding(vestibule: VestibuleId): Promise<boolean> {
  const outputs = await client.getOutputs();
  return (outputs[nameIn(vestibule, "buzzer")] ?? outputs["buzzer"]) === "on";
}

export async function setScene(camera: string, scene: SceneChoice): Promise<void> {
  if (scene.kind === "dark") await client.blackenCamera({ id: camera });
  else await client.setScene({ id: camera }, sceneBody(scene));
}

function sceneBody(scene: Exclude<SceneChoice, { kind: "dark" }>): client.SetScenePayload {
  switch (scene.kind) {
    case "person":
      return { person: scene.card };
    case "picture":
      return { person: scene.card, presented: scene.presented };
    case "two":
      return { persons: [...scene.cards] };
    case "empty":
      return { persons: [] };
    case "frozen":
      return { frozen: true };
  }
}

/** A demo cardholder's picture as a camera would see it. */
export const probeAddress = (card: string): string => `/api/v1/simulator/probes/${encodeURIComponent(card)}`;
