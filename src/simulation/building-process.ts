import type { BuildingCommand, BuildingMessage } from "../ports/building-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProcessLink, Role } from "../ports/process-link.ts";
import { Building, type BuildingPlan } from "./building.ts";

export interface BuildingOptions {
  readonly plan: BuildingPlan;
  /** The same seed bounces the same way. */
  readonly seed: number;
  readonly clock: Clock;
}

/**
 * The simulated building as a process of its own: whoever asks gets the lines, the readers' cable or the cameras'
 * cable, and loses them by going away. It outlives the processes that use it, as a building does.
 */
export function runBuilding(link: ProcessLink, { plan, seed, clock }: BuildingOptions): Building {
  const holders: { lines?: Role; readers?: Role; cameras?: Role } = {};
  const tell = (to: Role | undefined, message: BuildingMessage): void => {
    if (to !== undefined) link.send(to, message);
  };
  const building = new Building(plan, seed, clock, {
    onReading: (reading, at) => tell(holders.lines, { type: "reading", reading, at }),
    onCard: (read) => tell(holders.readers, { type: "card", read }),
    onKeys: (keys) => tell(holders.readers, { type: "keys", keys }),
    onReader: (status) => tell(holders.readers, { type: "reader", status }),
    onScene: (camera, scene) => tell(holders.cameras, { type: "scene", camera, scene }),
  });

  const onCommand = (from: Role, command: BuildingCommand): void => {
    switch (command.type) {
      case "attachLines":
        holders.lines = from;
        return tell(from, { type: "linesAttached", readings: building.powerLocks() });
      case "commandLock":
        // A lock obeys the wire it hangs on, and nobody else's word.
        if (holders.lines === from) building.commandLock(command.vestibule, command.door, command.lock);
        return;
      case "sound":
        if (holders.lines === from) building.sound(command.vestibule, command.on);
        return;
      case "drive":
        if (holders.lines === from) building.drive(command.output, command.on);
        return;
      case "attachReaders":
        holders.readers = from;
        for (const status of building.readers.all()) tell(from, { type: "reader", status });
        return;
      case "signalReader":
        if (holders.readers === from) building.readers.signal(command, command.signal);
        return;
      case "attachCameras":
        holders.cameras = from;
        for (const [camera, scene] of building.scenes()) tell(from, { type: "scene", camera, scene });
        return;
      case "act":
        return tell(from, { type: "acted", request: command.request, outcome: building.act(command.action) });
    }
  };
  link.onMessage((from, message) => onCommand(from, message as BuildingCommand)); // only our own processes share the link
  link.onPeer((role, state) => {
    if (state === "up") return;
    if (holders.readers === role) delete holders.readers;
    if (holders.cameras === role) delete holders.cameras;
    if (holders.lines === role) {
      delete holders.lines;
      building.unpowerLocks();
    }
  });
  return building;
}
