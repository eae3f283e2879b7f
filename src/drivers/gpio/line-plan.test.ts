import { expect, test } from "vitest";
import { lineForTests, planForTests } from "./fake-line-driver.ts";
import { type GpioPlan, inputGroups, outputGroups } from "./line-plan.ts";

const namesOf = (groups: ReturnType<typeof outputGroups>) =>
  groups.map(({ lines }) => lines.map(({ name }) => name));

test("outputs are locks, buzzers and what alarms drive, inputs all others; a shared line is taken once", () => {
  const plan = planForTests("v1", "v2");
  expect(namesOf(outputGroups(plan))).toEqual([
    ["outer.lock", "inner.lock", "v2.outer.lock", "v2.inner.lock", "buzzer", "output.siren"],
  ]);
  const [inputs = []] = namesOf(inputGroups(plan));
  expect(inputs.filter((name) => name === "fire")).toHaveLength(1);
  expect(inputs).toHaveLength(2 * 6 + 5);
});

test("each chip's lines are a request of their own, and no request asks for more than the kernel gives", () => {
  const names = Array.from({ length: 8 }, (_, index) => `v${index + 1}`);
  const eight = inputGroups(planForTests(...names));
  expect(eight.map(({ lines }) => lines.length)).toEqual([8 * 6 + 5]);

  const many: GpioPlan = new Map(
    Array.from({ length: 20 }, (_, index) => {
      const door = (name: string) => ({
        lock: lineForTests(`${index}.${name}.lock`, { chip: index % 2 === 0 ? "a" : "b" }),
        contact: lineForTests(`${index}.${name}.contact`),
        bolt: lineForTests(`${index}.${name}.bolt`),
      });
      return [`v${index}`, { doors: { outer: door("outer"), inner: door("inner") } }];
    }),
  );
  expect(inputGroups(many).map(({ lines }) => lines.length)).toEqual([64, 16]);
  expect(outputGroups(many).map(({ chip, lines }) => [chip, lines.length])).toEqual([
    ["a", 20],
    ["b", 20],
  ]);
});
