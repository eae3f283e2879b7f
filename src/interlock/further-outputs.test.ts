import { describe, expect, test } from "vitest";
import { after, type Instant } from "../domain/time.ts";
import { HardwareFault } from "../ports/door-hardware.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { FurtherOutputs } from "./further-outputs.ts";

function outputs() {
  const clock = new VirtualClock();
  const on = new Set<string>();
  const sent: unknown[] = [];
  let isBroken = false;
  let hear: Parameters<ProcessLink["onMessage"]>[0] = () => undefined;
  let meet: Parameters<ProcessLink["onPeer"]>[0] = () => undefined;
  const link: ProcessLink = {
    send: (_to, message) => void sent.push(message),
    onMessage: (listener) => {
      hear = listener;
    },
    onPeer: (listener) => {
      meet = listener;
    },
  };
  const drive = (name: string, isOn: boolean): void => {
    if (isBroken) throw new HardwareFault(`output.${name}`, "gone");
    if (isOn) on.add(name);
    else on.delete(name);
  };
  const under = new FurtherOutputs(["siren", "lamp"], { drive }, clock, link);
  const command = (names: readonly string[], notAfter: Instant) =>
    hear("controller", { type: "driveOutputs", outputs: names, notAfter });
  return {
    ...{
      clock,
      on,
      sent,
      under,
      hear: (from: "vision") =>
        hear(from, { type: "driveOutputs", outputs: ["siren"], notAfter: after(clock.now(), 3_000) }),
    },
    say: (...names: string[]) => command(names, after(clock.now(), 3_000)),
    late: (...names: string[]) => command(names, clock.now()),
    leave: () => meet("controller", "down"),
    breakLines: (broken: boolean) => {
      isBroken = broken;
    },
  };
}

describe("further outputs", () => {
  test("are driven while the controller says so, and fall to rest when it is silent", () => {
    const { clock, on, say } = outputs();
    say("siren");
    for (let second = 0; second < 10; second += 1) {
      clock.advance(1_000);
      expect([...on]).toEqual(["siren"]);
      say("siren");
    }
    clock.advance(2_999);
    expect([...on]).toEqual(["siren"]);
    clock.advance(1);
    expect([...on]).toEqual([]);
    expect(clock.nextWake()).toBeUndefined();
  });

  test("are at rest at once when the controller is gone, or says nothing more of them", () => {
    const { on, say, leave } = outputs();
    say("siren", "lamp");
    say("lamp");
    expect([...on]).toEqual(["lamp"]);
    leave();
    expect([...on]).toEqual([]);
  });

  test("are driven for no longer than a lease, by no stale word, by nobody else, and by no unknown name", () => {
    const { clock, on, late, say, hear } = outputs();
    late("siren");
    say("outer.lock", "v1.outer.lock");
    hear("vision");
    expect([...on]).toEqual([]);
    expect(clock.nextWake()).toBeDefined();
  });

  test("a line that fails is told once, and is tried again with the next word", () => {
    const { on, sent, say, breakLines } = outputs();
    breakLines(true);
    say("siren");
    say("siren");
    expect(sent).toEqual([{ type: "outputFault", output: "siren", detail: "output.siren: gone" }]);
    breakLines(false);
    say("siren");
    expect([...on]).toEqual(["siren"]);
  });
});
