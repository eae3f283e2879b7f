import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { GpioPlan } from "../../../src/drivers/gpio/line-plan.ts";
import { type SurveyedLine, surveyLines } from "../../../src/drivers/gpio/line-survey.ts";
import { driverKinds, driverOf, HeaderBoard } from "./header-board.ts";

// What `vestibule doctor` shows of each line.

describe.each(driverKinds)("%s", (kind) => {
  let board: HeaderBoard;

  beforeEach(async () => {
    board = await HeaderBoard.create(false);
  });

  afterEach(async () => {
    await board.chip.remove();
  });

  /** As doctor does it: looks once, and gives every line back. */
  async function surveyOf(plan: GpioPlan): Promise<readonly SurveyedLine[]> {
    await using driver = await driverOf(kind);
    return surveyLines(driver, plan);
  }
  const found = async (name: string): Promise<SurveyedLine | undefined> =>
    (await surveyOf(board.plan())).find(({ plan }) => plan.name === name);

  test("every configured line is found, with its live level", async () => {
    const all = await surveyOf(board.plan());
    expect(all).toHaveLength(15);
    expect(all.map(({ fault }) => fault)).toEqual(Array.from({ length: 15 }, () => undefined));
    expect(await found("outer.contact")).toMatchObject({ direction: "in", active: false });
    board.drive("outer.contact", true);
    expect(await found("outer.contact")).toMatchObject({ active: true });
    expect(await found("mains")).toMatchObject({ active: true });
  });

  test("no output is taken, and none moves", async () => {
    expect(await found("outer.lock")).toMatchObject({
      direction: "out",
      active: undefined,
      fault: undefined,
    });
    expect(board.isActive("outer.lock")).toBe(false);
  });

  test("a line that somebody holds is theirs, and says so", async () => {
    const other = await driverOf(kind);
    const contact = board.plan().get("v1")?.doors.outer.contact;
    if (contact === undefined) throw new Error("the plan has a contact");
    const nobody = { onEdge() {}, onGap() {}, onGone() {} };
    const held = other.takeInputs({ chip: contact.chip, lines: [contact] }, nobody);
    expect(await found("outer.contact")).toMatchObject({
      holder: kind === "sysfs" ? "sysfs" : "vestibule",
      active: undefined,
    });
    expect(await found("inner.contact")).toMatchObject({ holder: undefined, active: false });
    held[Symbol.dispose]();
    await other[Symbol.asyncDispose]();
  });

  test("a line that is not there is a fault of its own", async () => {
    const plan = board.plan().get("v1");
    if (plan === undefined) throw new Error("the plan has v1");
    const wrong = {
      ...plan,
      fire: { name: "fire", chip: "nowhere", line: { offset: 1 }, activeLow: false, pull: "up" } as const,
    };
    const all = await surveyOf(new Map([["v1", wrong]]));
    expect(all.filter(({ fault }) => fault !== undefined)).toMatchObject([
      { plan: { name: "fire" }, fault: expect.stringContaining("no chip has this label") },
    ]);
  });
});
