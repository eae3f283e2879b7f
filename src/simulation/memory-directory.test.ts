import { expect, test } from "vitest";
import { type WallTime, wallTime } from "../domain/time.ts";
import { directoryContract } from "../ports/contracts/directory.contract.ts";
import { StorageFault } from "../ports/journal.ts";
import { MemoryDirectory } from "./memory-directory.ts";

directoryContract("memory", () => {
  let wall: WallTime = wallTime(0);
  const directory = new MemoryDirectory({ wall: () => wall });
  return {
    directory,
    setWall(time) {
      wall = time;
    },
    [Symbol.dispose]: () => directory[Symbol.dispose](),
  };
});

test("a failed write changes nothing", () => {
  const directory = new MemoryDirectory({ wall: () => wallTime(0) });
  const { id } = directory.add({ name: "Anna", groups: [], accessLevels: [] });
  directory.issueCard(id, "1001", "raw");
  directory.failNextWrite();
  expect(() => directory.replaceCard("1001", "1002")).toThrow(StorageFault);
  expect(directory.findByCard("1001")?.card.status).toBe("active");
  expect(directory.replaceCard("1001", "1002").status).toBe("active");
});
