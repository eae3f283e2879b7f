import type { CameraDeviceEvent } from "../../ports/vision-link.ts";
import { messagesOf, noticedIn } from "./device-events.ts";
import { asDeviceFault } from "./device-fault.ts";
import type { OnvifSession } from "./onvif-session.ts";

/** One subscription, held open for as long as it is good. Rejects with DeviceFault when it ends. */
export async function pullEvents(
  session: OnvifSession,
  onEvent: (event: CameraDeviceEvent) => void,
  isOver: () => boolean,
): Promise<void> {
  const services = await session.introduce();
  if (!services.has("events")) return;
  await session.call((cam, done) => cam.createPullPointSubscription(done));
  while (!isOver()) {
    const { pullDeadline, pullInterval, deadline } = session.limits;
    const pause = session.pause(pullInterval);
    const answer = await session.call(
      (cam, done) => cam.pullMessages({ messageLimit: 32 }, done),
      pullDeadline + deadline,
    );
    for (const message of messagesOf(answer)) {
      const noticed = noticedIn(message);
      if (noticed !== undefined && !isOver()) onEvent(noticed);
    }
    await renew(session);
    await pause;
  }
  await unsubscribe(session);
}

/** Cameras keep few subscriptions at a time; one that is left behind ends by itself after two minutes. */
async function unsubscribe(session: OnvifSession): Promise<void> {
  try {
    await session.call((cam, done) => cam.unsubscribe(done, true));
  } catch {
    // It ends by itself.
  }
}

/** Some devices prolong by being asked for messages and know no other way. */
async function renew(session: OnvifSession): Promise<void> {
  try {
    await session.call((cam, done) => cam.renew({}, done));
  } catch (error) {
    if (["unreachable", "unauthorised", "notTrusted"].includes(asDeviceFault(error).kind)) throw error;
  }
}
