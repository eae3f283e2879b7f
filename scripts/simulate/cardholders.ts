import type { MemoryDirectory } from "../../src/simulation/memory-directory.ts";
import { simulatedModel } from "./simulated-vision.ts";

export interface Enrolment {
  readonly name: string;
  readonly level: string;
  readonly card: string;
  /** A number in place of one. */
  readonly face: number;
  readonly pin?: string | undefined;
}

/** One cardholder. */
export function enrol(directory: MemoryDirectory, { name, level, card, face, pin }: Enrolment): void {
  const { id } = directory.add({ name, groups: [], accessLevels: [level, "out"] });
  directory.issueCard(id, card, "raw");
  const descriptor = Float32Array.of(face, 0);
  directory.addPhoto(id, { jpeg: Uint8Array.of(1), quality: {}, model: simulatedModel.id, descriptor });
  if (pin !== undefined) directory.setPin(id, { pin, duressPin: duressPinOf(pin) });
}

/** A5: the last digit one more. */
export const duressPinOf = (pin: string): string => `${pin.slice(0, -1)}${(Number(pin.at(-1)) + 1) % 10}`;

/** Judges PINs that are kept in the clear: what is tested is what follows. */
export const pinsOf = (directory: MemoryDirectory, onAsked: () => void) => ({
  hashesFor: async () => ({ pin: "none" }),
  judge: async (cardholder: string | undefined, entered: string) => {
    onAsked();
    const { pin, duressPin } = directory.pins(cardholder ?? "");
    if (entered === duressPin) return "duress";
    return entered === pin ? "correct" : "wrong";
  },
});
