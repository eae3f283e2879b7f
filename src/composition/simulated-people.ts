import type { ChallengeAction } from "../domain/biometric/challenge.ts";
import { after, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { FaceEngine, Picture, Point } from "../ports/face-engine.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import type { VisionCommand, VisionMessage } from "../ports/vision-link.ts";

/** A camera of the simulated building, and whoever stands before it. */
export interface Audience {
  perform(action: ChallengeAction): void;
}

/** From reading what the display asks to beginning to do it. */
const reaction: Milliseconds = 700;

/** Every face of a picture of the simulated building, largest first: simulated people move by their landmarks. */
export async function facesOf(engine: FaceEngine, picture: Picture): Promise<readonly (readonly Point[])[]> {
  const faces: (readonly Point[])[] = [];
  for (const face of await engine.detect(picture, "quick")) {
    const described = await engine.describe(picture, face);
    if (described !== undefined) faces.push(described.landmarks);
  }
  return faces;
}

/**
 * The link as it is, through which the people before simulated cameras read what the display asks them: vision's word
 * for it passes here on its way to the controller.
 */
export function readDisplays(
  link: ProcessLink,
  audiences: ReadonlyMap<string, Audience>,
  clock: Clock,
): ProcessLink {
  if (audiences.size === 0) return link;
  const cameras = new Map<string, string>();
  link.onMessage((from, raw) => {
    if (from !== "controller") return;
    const command = raw as VisionCommand; // carried by our own supervisor
    if (command.type === "verify") cameras.set(command.passage, command.camera);
    if (command.type === "cancel") cameras.delete(command.passage);
  });
  const read = (message: VisionMessage): void => {
    if (message.type === "verdict") cameras.delete(message.passage);
    if (message.type !== "challenge" || message.step === undefined) return;
    const { action } = message.step;
    const audience = audiences.get(cameras.get(message.passage) ?? "");
    clock.wakeAt(after(clock.now(), reaction), () => audience?.perform(action));
  };
  return {
    send: (to, message) => {
      if (to === "controller") read(message as VisionMessage); // vision says nothing else to it
      link.send(to, message);
    },
    onMessage: (listener) => link.onMessage(listener),
    onPeer: (listener) => link.onPeer(listener),
  };
}
