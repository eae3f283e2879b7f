import { expect, test } from "vitest";
import type { AlarmRecord } from "../domain/alarm/alarm.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { AlarmDesk } from "./alarm-desk.ts";

const place = { vestibule: "v1", door: "outer" } as const;
const condition = { alarm: "DoorForcedOpen", place, detail: null } as const;
const id = "v1.outer.DoorForcedOpen";

function deskWithForcedDoor() {
  const clock = new VirtualClock();
  const desk = new AlarmDesk(clock);
  const told: AlarmRecord[] = [];
  desk.listen((alarm) => told.push(alarm));
  desk.apply(desk.plan([{ ...condition, is: "seen" }]));
  const acknowledge = (): void => {
    const at = { at: clock.now(), wall: clock.wall() };
    desk.apply(desk.decide({ type: "Acknowledged", ...at, id, by: "wang", comment: "guard has looked" }));
  };
  return { desk, told, acknowledge, last: () => told.at(-1) };
}

test("who ends an alarm by acknowledging it, and what they wrote, is told with its end", () => {
  const { desk, acknowledge, last } = deskWithForcedDoor();
  desk.apply(desk.plan([{ ...condition, is: "gone" }]));
  acknowledge();
  expect(last()).toMatchObject({
    phase: "normal",
    acknowledged: { by: "wang", comment: "guard has looked" },
  });
  expect(desk.open()).toEqual([]);
});

test("an alarm acknowledged before its cause went is told so when it ends", () => {
  const { desk, acknowledge, last } = deskWithForcedDoor();
  acknowledge();
  desk.apply(desk.plan([{ ...condition, is: "gone" }]));
  expect(last()).toMatchObject({ phase: "normal", acknowledged: { by: "wang" } });
});
