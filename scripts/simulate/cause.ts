import { type DoorName, doorNames } from "../../src/domain/names.ts";
import { after, type Milliseconds } from "../../src/domain/time.ts";
import type { Draw } from "./draw.ts";
import type { CrashPoint } from "./observed-parts.ts";
import { type ChildRole, childRoles } from "./simulated-supervisor.ts";
import type { SimulatedSite } from "./site.ts";
import type { Trouble } from "./troubles.ts";

const crashPoints: Readonly<Record<"interlock" | "controller", readonly [CrashPoint, ...CrashPoint[]]>> = {
  interlock: ["command.before", "command.after", "reading"],
  controller: ["append.before", "append.after"],
};

/** One thing that goes wrong, and is over after a while. */
export class Cause {
  readonly #site: SimulatedSite;
  readonly #draw: Draw;
  /** Tells this trouble from another of its kind that overlaps with it. */
  readonly #name: string;

  constructor(site: SimulatedSite, draw: Draw, name: string) {
    this.#site = site;
    this.#draw = draw;
    this.#name = name;
  }

  bring(trouble: Trouble): void {
    const draw = this.#draw;
    const vestibule = draw.pick(this.#site.plan.vestibules).id;
    const door = draw.pick(doorNames);
    const length = draw.between(500, 30_000);
    switch (trouble) {
      case "contactStuckClosed":
        return this.#sensorLies(vestibule, door, "contact", false, length);
      case "contactStuckOpen":
        return this.#sensorLies(vestibule, door, "contact", true, length);
      case "contactCut":
        return this.#sensorLies(vestibule, door, "contact", "fault", length);
      case "contactFlaps":
        return this.#flap(vestibule, door);
      case "boltStuckThrown":
        return this.#sensorLies(vestibule, door, "bolt", false, length);
      case "boltStuckRetracted":
        return this.#sensorLies(vestibule, door, "bolt", true, length);
      case "boltCut":
        return this.#sensorLies(vestibule, door, "bolt", "fault", length);
      case "boltJams":
        this.#site.oracle.alarms.explain("LockFault");
        this.#site.door(vestibule, door).jam(true);
        return this.#later(length, () => this.#site.door(vestibule, door).jam(false));
      case "relayWelded":
        return this.#weld(vestibule, door, "released", length);
      case "relayDead":
        return this.#weld(vestibule, door, "secured", length);
      case "lineRefuses":
        return this.#refuse(vestibule, door, length);
      case "cameraFails":
        return this.#failCamera(draw.between(1_000, 20_000));
      case "brokerAway":
        return this.#breakBroker(draw.between(100, 40_000));
      case "brokerSlow":
        this.#site.oracle.alarms.explain("BrokerLost");
        this.#site.broker.holdConfirmations(true);
        return this.#later(draw.between(100, 5_000), () => this.#site.broker.holdConfirmations(false));
      case "diskFails":
        return this.#failDisk(draw.between(10, 12_000));
      case "diskNearlyFull":
        this.#site.oracle.alarms.explain("DiskNearlyFull");
        this.#site.freeBytes = 1e7;
        return this.#later(draw.between(15_000, 40_000), () => {
          this.#site.freeBytes = 1e9;
        });
      case "clockSteps":
        return this.#stepClock();
      case "processKilled":
        return this.#site.kill(draw.pick(childRoles));
      case "processStopped":
        return this.#site.stop(draw.pick(childRoles), draw.between(20, 7_000));
      case "processCrashes":
        return this.#crash();
      case "powerCut":
        for (const role of childRoles) this.#site.kill(role, "power cut");
        return;
      case "orderlyRestart":
        return this.#site.endInOrder("controller");
      case "messagesSlow":
        return this.#slow(length);
    }
  }

  #later(length: Milliseconds, work: () => void): void {
    const { clock } = this.#site;
    clock.wakeAt(after(clock.now(), length), () => {
      this.#site.busy = true;
      work();
    });
  }

  #sensorLies(
    vestibule: string,
    name: DoorName,
    input: "contact" | "bolt",
    shows: boolean | "fault",
    length: Milliseconds,
  ): void {
    const site = this.#site;
    const door = site.door(vestibule, name);
    if (!door.isFitted(input)) return;
    const cause = this.#name;
    site.oracle.alarms.explain(
      "ContactFault",
      "LockFault",
      "DoorForcedOpen",
      "DoorHeldOpen",
      "InterlockViolated",
    );
    if (input === "contact" && shows === "fault" && door.contact() !== "fault")
      site.oracle.alarms.demand(
        "ContactFault",
        { vestibule, door: name },
        0,
        `the wire of ${name}.${input} was cut`,
      );
    site.oracle.alarms.lying(vestibule, cause, true);
    site.oracle.lies(vestibule, name, input, shows);
    door.override(input, shows);
    this.#later(length, () => {
      site.oracle.lies(vestibule, name, input, null);
      door.override(input, null);
      site.oracle.alarms.lying(vestibule, cause, false);
    });
  }

  #flap(vestibule: string, name: DoorName): void {
    const site = this.#site;
    const door = site.door(vestibule, name);
    const cause = this.#name;
    const { alarms } = site.oracle;
    alarms.explain("ContactFault", "LockFault", "DoorForcedOpen", "DoorHeldOpen", "InterlockViolated");
    const edges = this.#draw.between(60, 200);
    const pause = this.#draw.between(3, 20);
    if (pause <= 15)
      alarms.demand(
        "ContactFault",
        { vestibule, door: name },
        1_000,
        `the contact of ${name} flapped every ${pause} ms`,
      );
    alarms.lying(vestibule, cause, true);
    site.oracle.lies(vestibule, name, "contact", "fault");
    for (let edge = 0; edge < edges; edge++)
      this.#later(edge * pause, () => door.override("contact", edge % 2 === 0));
    this.#later(edges * pause, () => {
      door.override("contact", null);
      site.oracle.lies(vestibule, name, "contact", null);
      // It is believed again after a second without a change (R9).
      this.#later(1_500, () => alarms.lying(vestibule, cause, false));
    });
  }

  #weld(vestibule: string, name: DoorName, lock: "released" | "secured", length: Milliseconds): void {
    const site = this.#site;
    const { physics } = site.oracle.of(vestibule);
    site.oracle.alarms.explain("LockFault", "ContactFault");
    if (lock === "released") {
      site.oracle.alarms.explain("DoorForcedOpen", "DoorHeldOpen", "InterlockViolated");
      physics.lasting(this.#name, true);
    }
    site.door(vestibule, name).weld(lock);
    this.#later(length, () => {
      site.door(vestibule, name).weld(undefined);
      physics.lasting(this.#name, false);
    });
  }

  #refuse(vestibule: string, name: DoorName, length: Milliseconds): void {
    const site = this.#site;
    const line = `${vestibule}.${name}`;
    const { physics } = site.oracle.of(vestibule);
    site.oracle.alarms.explain(
      "LockFault",
      "ContactFault",
      "DoorForcedOpen",
      "DoorHeldOpen",
      "InterlockViolated",
    );
    site.refusing.add(line);
    site.oracle.alarms.lying(vestibule, this.#name, true);
    physics.lasting(this.#name, true);
    this.#later(length, () => {
      site.refusing.delete(line);
      // It is tried again within a quarter of a second.
      this.#later(300, () => {
        physics.lasting(this.#name, false);
        site.oracle.alarms.lying(vestibule, this.#name, false);
      });
    });
  }

  #failCamera(length: Milliseconds): void {
    const site = this.#site;
    const [first = "none", ...others] = site.plan.site.cameras;
    const camera = this.#draw.pick([first, ...others]);
    if (site.scenes.healthOf(camera) !== "good") return;
    const health = this.#draw.pick(["lost", "frozen", "covered"] as const);
    const alarm = ({ lost: "CameraLost", frozen: "CameraFrozen", covered: "CameraCovered" } as const)[health];
    site.oracle.alarms.demand(alarm, { camera }, 10, `${camera} is ${health}`);
    site.scenes.setHealth(camera, health);
    this.#later(length, () => site.scenes.setHealth(camera, "good"));
  }

  #breakBroker(length: Milliseconds): void {
    const { broker, oracle } = this.#site;
    if (broker.state().phase !== "online") return;
    oracle.alarms.explain("BrokerLost");
    broker.disconnect("simulated: the broker went away", this.#draw.chance(0.5) ? "lost" : "arrives");
    this.#later(length, () => broker.reconnect());
  }

  #failDisk(length: Milliseconds): void {
    const site = this.#site;
    if (site.disk !== "works") return;
    site.oracle.alarms.explain("StorageFault");
    site.oracle.alarms.disturbed(this.#name, true);
    site.disk = this.#draw.chance(0.7) ? "loses" : "keeps";
    this.#later(length, () => {
      site.disk = "works";
      // Asked again once a second.
      this.#later(1_100, () => site.oracle.alarms.disturbed(this.#name, false));
    });
  }

  #stepClock(): void {
    const site = this.#site;
    const step = this.#draw.pick([-3_600_000, 3_600_000, 86_400_000, -30_000, 20_000, 3_000, -1_000]);
    if (Math.abs(step) > 60_000)
      site.oracle.alarms.demand("ClockStepped", {}, 1_000, `the clock stepped by ${step} ms`);
    site.clock.stepWall(step);
  }

  #crash(): void {
    const role: ChildRole = this.#draw.pick(["interlock", "controller"]);
    this.#site.crash = { role, point: this.#draw.pick(crashPoints[role]), left: this.#draw.between(1, 12) };
  }

  #slow(length: Milliseconds): void {
    const site = this.#site;
    if (site.slowness.longest > 0) return;
    const longest = this.#draw.pick([30, 150, 400, 1_500]);
    site.oracle.alarms.explain("ControllerLost");
    site.oracle.passages.late(true);
    site.oracle.alarms.disturbed(this.#name, true);
    site.slowness = { shortest: Math.round(longest / 10), longest };
    this.#later(length, () => {
      site.slowness = { shortest: 0, longest: 0 };
      this.#later(2 * longest, () => {
        site.oracle.passages.late(false);
        site.oracle.alarms.disturbed(this.#name, false);
      });
    });
  }
}
