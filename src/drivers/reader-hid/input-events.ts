import { type Instant, instant } from "../../domain/time.ts";

/** `struct input_event` of linux/input.h on 64-bit machines: seconds, microseconds, type, code, value. */
export const inputEventSize = 24;

export interface InputEvent {
  /** In the clock that was asked for; the driver asks for the monotonic one. */
  readonly at: Instant;
  readonly type: number;
  readonly code: number;
  readonly value: number;
}

/** Whole events; what is left over at the end is no event of any kernel. */
export function inputEventsOf(bytes: Buffer): readonly InputEvent[] {
  const events: InputEvent[] = [];
  for (let start = 0; start + inputEventSize <= bytes.length; start += inputEventSize) {
    const seconds = Number(bytes.readBigInt64LE(start));
    const microseconds = Number(bytes.readBigInt64LE(start + 8));
    events.push({
      at: instant(seconds * 1000 + microseconds / 1000),
      type: bytes.readUInt16LE(start + 16),
      code: bytes.readUInt16LE(start + 18),
      value: bytes.readInt32LE(start + 20),
    });
  }
  return events;
}
