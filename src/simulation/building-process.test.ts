import { describe, expect, test } from "vitest";
import type { ActionOutcome, BuildingAction, BuildingMessage } from "../ports/building-link.ts";
import type { Role } from "../ports/process-link.ts";
import { runBuilding } from "./building-process.ts";
import { planForTests, vestibulePlanForTests } from "./plan-for-tests.ts";
import { ProcessHub } from "./process-hub.ts";
import { VirtualClock } from "./virtual-clock.ts";

const twoPairs = { ...planForTests, vestibules: [vestibulePlanForTests("v1"), vestibulePlanForTests("v2")] };

function site(plan = planForTests) {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  const building = runBuilding(hub.start("building"), { plan, seed: 1, clock });
  const join = (role: Role) => {
    const heard: BuildingMessage[] = [];
    const link = hub.start(role);
    link.onMessage((_, message) => heard.push(message as BuildingMessage)); // the building is the only sender here
    return { heard, send: (message: unknown) => link.send("building", message) };
  };
  const controller = join("controller");
  const act = (action: BuildingAction): ActionOutcome => {
    controller.send({ type: "act", request: "r", action });
    const answer = controller.heard.findLast((message) => message.type === "acted");
    if (answer === undefined) throw new Error("the building did not answer");
    return answer.outcome;
  };
  return { clock, hub, building, join, controller, act };
}

describe("lines", () => {
  test("attaching secures every lock and answers with every reading", () => {
    const { building, join } = site();
    const interlock = join("interlock");
    interlock.send({ type: "attachLines" });
    expect(interlock.heard).toHaveLength(1);
    expect(interlock.heard[0]).toMatchObject({ type: "linesAttached" });
    expect(building.readings()).toHaveLength(11);
  });

  test("R16: an interlock that dies leaves fail-secure locks secured", () => {
    const { clock, hub, building, join, act } = site();
    const interlock = join("interlock");
    interlock.send({ type: "attachLines" });
    interlock.send({ type: "commandLock", vestibule: "v1", door: "outer", lock: "released" });
    clock.advance(200);
    expect(building.door("v1", "outer")?.bolt()).toBe("retracted");
    hub.stop("interlock");
    expect(act({ type: "moveDoor", vestibule: "v1", door: "outer", action: "open" })).toMatchObject({
      done: false,
      reason: "locked",
    });
    clock.advance(200);
    expect(building.door("v1", "outer")?.bolt()).toBe("thrown");
  });

  test("a lock obeys only who holds its lines", () => {
    const { building, join, controller } = site();
    join("interlock").send({ type: "attachLines" });
    controller.send({ type: "commandLock", vestibule: "v1", door: "outer", lock: "released" });
    expect(building.door("v1", "outer")?.lock()).toBe("secured");
  });

  test("an interlock that takes over gets the edges, the one before no more", () => {
    const { hub, join, act } = site();
    const first = join("interlock");
    first.send({ type: "attachLines" });
    hub.stop("interlock");
    const second = join("interlock");
    second.send({ type: "attachLines" });
    act({ type: "setInput", name: "inner.rex", active: true });
    expect(first.heard.map(({ type }) => type)).toEqual(["linesAttached"]);
    expect(second.heard.map(({ type }) => type)).toEqual(["linesAttached", "reading"]);
  });
});

describe("scenes", () => {
  test("are given to vision when it attaches and when they change; it may be restarted", () => {
    const { hub, join, act } = site();
    const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
    expect(
      act({ type: "setScene", camera: "street", scene: { kind: "picture", jpeg, label: "1001" } }).done,
    ).toBe(true);
    const vision = join("vision");
    vision.send({ type: "attachCameras" });
    expect(vision.heard).toEqual([
      { type: "scene", camera: "street", scene: { kind: "picture", jpeg, label: "1001" } },
      { type: "scene", camera: "inside", scene: { kind: "empty" } },
    ]);
    act({ type: "setScene", camera: "inside", scene: { kind: "dark" } });
    expect(vision.heard.at(-1)).toEqual({ type: "scene", camera: "inside", scene: { kind: "dark" } });
    hub.stop("vision");
    const again = join("vision");
    again.send({ type: "attachCameras" });
    expect(again.heard.at(-1)).toEqual({ type: "scene", camera: "inside", scene: { kind: "dark" } });
  });
});

describe("actions", () => {
  test.each<[string, BuildingAction]>([
    ["camera", { type: "setScene", camera: "roof", scene: { kind: "dark" } }],
    ["door's vestibule", { type: "moveDoor", vestibule: "v9", door: "outer", action: "open" }],
    ["reader", { type: "presentCard", vestibule: "v1", accessPoint: "inner-exit", number: "1001" }],
    ["keypad", { type: "pressKeys", vestibule: "v1", accessPoint: "inner-exit", keys: "1234#" }],
    ["input", { type: "setInput", name: "outer.window", active: true }],
    ["input of every object", { type: "setInput", name: "__proto__", active: true }],
  ])("an unknown %s is refused by name", (_, action) => {
    const { act } = site();
    expect(act(action)).toMatchObject({ done: false, reason: "unknownName" });
  });

  test("every reader has a keypad, and its keys go to whoever listens", () => {
    const { act, controller } = site();
    controller.send({ type: "attachReaders" });
    const press: BuildingAction = {
      type: "pressKeys",
      vestibule: "v1",
      accessPoint: "outer-entry",
      keys: "1234#",
    };
    expect(act(press)).toEqual({ done: true });
    expect(controller.heard.filter(({ type }) => type === "keys")).toMatchObject([
      { keys: { vestibule: "v1", accessPoint: "outer-entry", keys: "1234#" } },
    ]);
  });

  test("outputs are readable by name", () => {
    const { building, act } = site();
    building.commandLock("v1", "outer", "released");
    expect(act({ type: "readOutputs" })).toEqual({
      done: true,
      outputs: {
        "outer.lock": "released",
        "outer.lamp": "green",
        "inner.lock": "secured",
        "inner.lamp": "red",
        buzzer: "off",
        "output.siren": "off",
      },
    });
  });

  test("with several door pairs names begin with the pair's", () => {
    const { building, act } = site(twoPairs);
    expect(act({ type: "setInput", name: "outer.contact", active: true }).done).toBe(false);
    expect(act({ type: "setInput", name: "v2.outer.contact", active: true }).done).toBe(true);
    expect(building.door("v1", "outer")?.contact()).toBe("closed");
    expect(building.door("v2", "outer")?.contact()).toBe("open");
    const outputs = act({ type: "readOutputs" });
    expect(outputs.done && Object.keys(outputs.outputs ?? {})).toContain("v2.inner.lock");
  });

  test("a card presented while nobody listens is taken all the same, and lost", () => {
    const { join, act, controller } = site();
    const card: BuildingAction = {
      type: "presentCard",
      vestibule: "v1",
      accessPoint: "outer-entry",
      number: "1001",
    };
    expect(act(card).done).toBe(true);
    controller.send({ type: "attachReaders" });
    act(card);
    expect(controller.heard.filter(({ type }) => type === "card")).toHaveLength(1);
    expect(join("vision").heard).toEqual([]);
  });
});
