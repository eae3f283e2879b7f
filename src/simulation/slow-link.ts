import { after, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProcessLink } from "../ports/process-link.ts";

/** About what a message takes between two busy processes. */
const delay: Milliseconds = 2;

/** `link` as between processes: what is sent, and who is up, arrives a little later. */
export function slowed(link: ProcessLink, clock: Clock): ProcessLink {
  const later = (deliver: () => void): void => {
    clock.wakeAt(after(clock.now(), delay), deliver);
  };
  return {
    send: (to, message) => later(() => link.send(to, message)),
    onMessage: (listener) => link.onMessage(listener),
    onPeer: (listener) => link.onPeer((role, state) => later(() => listener(role, state))),
  };
}
