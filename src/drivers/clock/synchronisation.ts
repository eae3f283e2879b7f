import koffi from "koffi";

/** Larger than the kernel's struct timex on every machine; `modes` of zero only asks. */
const timexSize = 512;
/** adjtimex(2): the clock is not synchronised. */
const unsynchronised = 5;

/** Whether the kernel holds the wall clock for synchronised (by NTP, PTP, GPS); undefined where it would not say. */
export function isClockSynchronised(): boolean | undefined {
  const adjtimex = koffi.load("libc.so.6").func("int adjtimex(void *buffer)");
  const state = adjtimex(Buffer.alloc(timexSize)) as number; // declared to return an int
  return state < 0 ? undefined : state !== unsynchronised;
}
