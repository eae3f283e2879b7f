import type { InterlockInput } from "../domain/interlock/interlock.ts";
import type { Instant } from "../domain/time.ts";
import type { Reading } from "../ports/door-hardware.ts";

/** What a line's reading means to the rules; nothing where a button is let go. */
export function inputOf(reading: Reading, at: Instant): InterlockInput | undefined {
  switch (reading.input) {
    case "contact":
      return { type: "ContactChanged", at, door: reading.door, contact: reading.value };
    case "bolt":
      return { type: "BoltChanged", at, door: reading.door, bolt: reading.value };
    case "rex":
      return reading.value ? { type: "RexPressed", at, door: reading.door } : undefined;
    case "fire":
      return { type: "FireChanged", at, value: reading.value };
    case "lockdown":
      return { type: "LockdownChanged", at, by: "input", active: reading.value };
    case "tamper":
      return { type: "TamperChanged", at, open: reading.value };
    case "mains":
      return { type: "MainsChanged", at, present: reading.value };
    case "battery":
      return { type: "BatteryChanged", at, good: reading.value };
  }
}
