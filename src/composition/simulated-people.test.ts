import { expect, test } from "vitest";
import type { ChallengeAction } from "../domain/biometric/challenge.ts";
import { instant } from "../domain/time.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import type { VisionCommand, VisionMessage } from "../ports/vision-link.ts";
import { ProcessHub } from "../simulation/process-hub.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { readDisplays } from "./simulated-people.ts";

function door() {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  const controller = hub.start("controller");
  const heard: unknown[] = [];
  controller.onMessage((_, message) => heard.push(message));
  const performed: ChallengeAction[] = [];
  const audiences = new Map([
    ["street", { perform: (action: ChallengeAction) => void performed.push(action) }],
  ]);
  const vision: ProcessLink = readDisplays(hub.start("vision"), audiences, clock);
  const asked: unknown[] = [];
  vision.onMessage((_, message) => asked.push(message));
  const verify = (passage: string, camera: string) =>
    controller.send("vision", { type: "verify", passage, camera } as VisionCommand);
  const show = (passage: string, action: ChallengeAction) => {
    const step = { action, step: 1, of: 1, until: instant(5_000) };
    vision.send("controller", { type: "challenge", passage, step } satisfies VisionMessage);
  };
  return { clock, performed, heard, asked, verify, show, vision };
}

test("who stands before the camera of a challenge does it after reading it; the controller is told all the same", () => {
  const { clock, performed, heard, asked, verify, show } = door();
  verify("p1", "street");
  show("p1", "turnLeft");
  expect(performed).toEqual([]);
  clock.advance(1_000);
  expect(performed).toEqual(["turnLeft"]);
  expect([asked.length, heard]).toMatchObject([1, [{ type: "challenge", passage: "p1" }]]);
});

test("a challenge at another camera, an ended one, or one nobody knows of moves nobody", () => {
  const { clock, performed, verify, show, vision } = door();
  verify("p2", "vault");
  show("p2", "blink");
  show("p3", "blink");
  verify("p1", "street");
  vision.send("controller", { type: "challenge", passage: "p1", step: undefined });
  vision.send("controller", { type: "verdict", passage: "p1" });
  show("p1", "openMouth");
  clock.advance(2_000);
  expect(performed).toEqual([]);
});
