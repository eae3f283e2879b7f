import type { InterlockPolicy } from "../domain/interlock/interlock.ts";
import { type DoorName, doorNames, type VestibuleId } from "../domain/names.ts";
import { after, type Milliseconds } from "../domain/time.ts";
import { InterlockProcess } from "../interlock/interlock-process.ts";
import type { Clock } from "../ports/clock.ts";
import type { DoorHardware } from "../ports/door-hardware.ts";
import type { InterlockMessage } from "../ports/interlock-link.ts";
import { type Doors, type DoorsOnTrial, type TrialRequest, type TrialResult, tryDoor } from "./door-trial.ts";
import { OwnLink } from "./own-link.ts";

export interface DoorTrialOptions {
  readonly vestibules: readonly { readonly id: VestibuleId; readonly policy: InterlockPolicy }[];
  readonly hardware: DoorHardware;
  readonly clock: Clock;
  readonly ask: (request: TrialRequest) => void;
  /** How long the person has for each thing they are asked to do. */
  readonly patience: Milliseconds;
}

const beat: Milliseconds = 250;
/** Long enough to walk to the door. */
const trialReleaseTime: Milliseconds = 20_000;

/**
 * Tries each door once where no service runs. Every release goes through the interlock itself, as a card's would: a
 * door pair that is wired wrongly is secured in the same instant as in service.
 */
export async function tryDoors(options: DoorTrialOptions): Promise<readonly TrialResult[]> {
  const { vestibules, hardware, clock, ask, patience } = options;
  const link = new OwnLink();
  const interlock = new InterlockProcess({
    vestibules: vestibules.map(({ id, policy }) => ({ id, policy: forTrial(policy) })),
    hardware,
    clock,
    link,
    run: "commissioning",
  });
  await interlock.start();
  const controller = new TrialController(link, clock);
  try {
    const results: TrialResult[] = [];
    for (const { id, policy } of vestibules) {
      for (const door of doorNames) {
        const { settleTime, doors } = policy;
        const bolts = { outer: doors.outer.bolt === "fitted", inner: doors.inner.bolt === "fitted" };
        const once = { settleTime, bolts, releaseTime: trialReleaseTime, releases: 1, patience, ask };
        const verdict = await tryDoor(controller.doorsOf(id), { vestibule: id, door, ...once });
        results.push({ vestibule: id, door, verdict });
      }
    }
    return results;
  } finally {
    controller[Symbol.dispose]();
    interlock.stop();
  }
}

/** Nobody is in a hurry, and a door that stays open while somebody looks at it is no alarm. */
const forTrial = (policy: InterlockPolicy): InterlockPolicy => ({
  ...policy,
  doors: {
    outer: { ...policy.doors.outer, releaseTime: trialReleaseTime },
    inner: { ...policy.doors.inner, releaseTime: trialReleaseTime },
  },
});

type Message = Extract<InterlockMessage, { readonly type: "report" }>;

/** The controller's part, as far as a trial needs one: it is heard, and asks for one release at a time. */
class TrialController implements Disposable {
  readonly #link: OwnLink;
  readonly #clock: Clock;
  #reports: Message["vestibules"] = [];
  #heart: Disposable;
  #onReport: () => void = () => {};

  constructor(link: OwnLink, clock: Clock) {
    this.#link = link;
    this.#clock = clock;
    link.onInterlock((message) => {
      if (message.type !== "report") return;
      this.#reports = message.vestibules;
      this.#onReport();
    });
    this.#heart = this.#beat();
  }

  doorsOf(vestibule: VestibuleId): DoorsOnTrial {
    return {
      doors: () => this.#doors(vestibule),
      release: (door) => this.#release(vestibule, door),
      until: (isSo, limit) => this.#until(vestibule, isSo, limit),
    };
  }

  [Symbol.dispose](): void {
    this.#heart[Symbol.dispose]();
  }

  #release(vestibule: VestibuleId, door: DoorName): void {
    const notAfter = after(this.#clock.now(), 1_000);
    const grant = { id: `trial of ${door}`, kind: "access", enters: false } as const;
    this.#link.toInterlock({ type: "releaseDoor", vestibule, door, grant, notAfter });
  }

  #doors(vestibule: VestibuleId): Doors | undefined {
    return this.#reports.find((report) => report.vestibule === vestibule)?.doors;
  }

  async #until(
    vestibule: VestibuleId,
    isSo: (doors: Doors) => boolean,
    limit: Milliseconds,
  ): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const look = (): void => {
      const doors = this.#doors(vestibule);
      if (doors !== undefined && isSo(doors)) resolve(true);
    };
    this.#onReport = look;
    using _limit = this.#clock.wakeAt(after(this.#clock.now(), limit), () => resolve(false));
    look();
    return await promise;
  }

  #beat(): Disposable {
    this.#link.toInterlock({ type: "heartbeat", sentAt: this.#clock.now() });
    this.#heart = this.#clock.wakeAt(after(this.#clock.now(), beat), () => this.#beat());
    return { [Symbol.dispose]: () => this.#heart[Symbol.dispose]() };
  }
}
