import type { InterlockPolicy } from "../domain/interlock/interlock.ts";
import { type DoorName, doorNames, opposite, type VestibuleId } from "../domain/names.ts";
import { after, type Milliseconds } from "../domain/time.ts";
import { InterlockProcess } from "../interlock/interlock-process.ts";
import type { Clock } from "../ports/clock.ts";
import type { DoorHardware } from "../ports/door-hardware.ts";
import type { DoorReport, InterlockMessage } from "../ports/interlock-link.ts";
import { OwnLink } from "./own-link.ts";

/** What the person at the doors is asked to do next. */
export interface TrialRequest {
  readonly do: "closeBoth" | "open" | "close";
  readonly vestibule: VestibuleId;
  readonly door: DoorName | undefined;
}

/**
 * What a door's trial showed. Swapped: the lock was released and the other door's contact or bolt moved (T31).
 * `notOpened`: nothing moved. Nobody tried, the lock does not work, or all wires of the two doors are swapped alike.
 */
export type TrialVerdict =
  | "inOrder"
  | "contactsSwapped"
  | "locksOrBoltsSwapped"
  | "boltDidNotMove"
  | "notOpened"
  | "neverSecure";

export interface TrialResult {
  readonly vestibule: VestibuleId;
  readonly door: DoorName;
  readonly verdict: TrialVerdict;
}

export interface DoorTrialOptions {
  readonly vestibules: readonly { readonly id: VestibuleId; readonly policy: InterlockPolicy }[];
  readonly hardware: DoorHardware;
  readonly clock: Clock;
  readonly ask: (request: TrialRequest) => void;
  /** How long the person has for each thing they are asked to do. */
  readonly patience: Milliseconds;
}

const beat: Milliseconds = 250;
/** Bolts travel, and a door that was just closed has to settle, before anybody is asked to close it. */
const settling: Milliseconds = 2_000;
/** Long enough to walk to the door. */
const trialReleaseTime: Milliseconds = 20_000;

/**
 * Releases each door once and watches which contact and which bolt move. Every release goes through the interlock
 * itself, as a card's would: a door pair that is wired wrongly is secured in the same instant as in service.
 */
export async function tryDoors(options: DoorTrialOptions): Promise<readonly TrialResult[]> {
  const { vestibules, hardware, clock } = options;
  const link = new OwnLink();
  const interlock = new InterlockProcess({
    vestibules: vestibules.map(({ id, policy }) => ({ id, policy: forTrial(policy) })),
    hardware,
    clock,
    link,
    run: "commissioning",
  });
  await interlock.start();
  const trial = new Trial(link, options);
  try {
    const results: TrialResult[] = [];
    for (const { id, policy } of vestibules) {
      for (const door of doorNames) {
        const verdict = await trial.of(id, door, policy);
        results.push({ vestibule: id, door, verdict });
      }
    }
    return results;
  } finally {
    trial[Symbol.dispose]();
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

type Doors = Readonly<Record<DoorName, DoorReport>>;
type Message = Extract<InterlockMessage, { readonly type: "report" }>;

/** The controller's part, as far as a trial needs one: it is heard, and asks for one release at a time. */
class Trial implements Disposable {
  readonly #link: OwnLink;
  readonly #options: DoorTrialOptions;
  #reports: Message["vestibules"] = [];
  #heart: Disposable;
  #onReport: () => void = () => {};

  constructor(link: OwnLink, options: DoorTrialOptions) {
    this.#link = link;
    this.#options = options;
    link.onInterlock((message) => {
      if (message.type !== "report") return;
      this.#reports = message.vestibules;
      this.#onReport();
    });
    this.#heart = this.#beat();
  }

  async of(vestibule: VestibuleId, door: DoorName, policy: InterlockPolicy): Promise<TrialVerdict> {
    const { ask, clock, patience } = this.#options;
    const secure = ({ outer, inner }: Doors): boolean => outer.secure && inner.secure;
    if (!(await this.#until(vestibule, secure, policy.settleTime + settling))) {
      ask({ do: "closeBoth", vestibule, door: undefined });
      if (!(await this.#until(vestibule, secure, patience))) return "neverSecure";
    }

    ask({ do: "open", vestibule, door });
    const notAfter = after(clock.now(), 1_000);
    const grant = { id: `trial of ${door}`, kind: "access", enters: false } as const;
    this.#link.toInterlock({ type: "releaseDoor", vestibule, door, grant, notAfter });
    const verdict = await this.#watch(vestibule, door, policy);
    if (verdict === "inOrder" || verdict === "boltDidNotMove") {
      ask({ do: "close", vestibule, door });
      await this.#until(vestibule, (now) => now[door].contact === "closed", patience);
    }
    return verdict;
  }

  [Symbol.dispose](): void {
    this.#heart[Symbol.dispose]();
  }

  async #watch(vestibule: VestibuleId, door: DoorName, policy: InterlockPolicy): Promise<TrialVerdict> {
    const other = opposite(door);
    let moved: "bolt" | undefined;
    let verdict: TrialVerdict | undefined;
    const decided = (now: Doors): boolean => {
      if (now[door].bolt === "retracted") moved = "bolt";
      if (now[other].contact !== "closed") verdict = "contactsSwapped";
      else if (policy.doors[other].bolt === "fitted" && now[other].bolt !== "thrown")
        verdict = "locksOrBoltsSwapped";
      else if (now[door].contact !== "closed")
        verdict = policy.doors[door].bolt === "fitted" && moved === undefined ? "boltDidNotMove" : "inOrder";
      return verdict !== undefined || now[door].lock === "secured";
    };
    await this.#until(vestibule, decided, trialReleaseTime + 1_000);
    return verdict ?? "notOpened";
  }

  #doors(vestibule: VestibuleId): Doors | undefined {
    return this.#reports.find((report) => report.vestibule === vestibule)?.doors;
  }

  /** Whether it came to be so in time. */
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
    using _limit = this.#options.clock.wakeAt(after(this.#options.clock.now(), limit), () => resolve(false));
    look();
    return await promise;
  }

  #beat(): Disposable {
    const { clock } = this.#options;
    this.#link.toInterlock({ type: "heartbeat", sentAt: clock.now() });
    this.#heart = clock.wakeAt(after(clock.now(), beat), () => this.#beat());
    return { [Symbol.dispose]: () => this.#heart[Symbol.dispose]() };
  }
}
