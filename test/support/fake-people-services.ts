import { PeopleImport } from "../../src/controller/people/import/people-import.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { PeopleServices } from "../../src/ports/services/people-services.ts";
import type { MemoryDirectory } from "../../src/simulation/memory-directory.ts";
import type { MemoryJournal } from "../../src/simulation/memory-journal.ts";
import { fakeEnrolmentServices } from "./fake-enrolment-services.ts";

/** People's services over a directory in memory; a PIN is kept as it is told. */
export function fakePeopleServices(
  directory: MemoryDirectory,
  journal: MemoryJournal,
  clock: Clock,
): PeopleServices {
  const lists = new PeopleImport({
    directory,
    clock,
    levels: () => ["staff"],
    timeZone: "Asia/Shanghai",
    record: (entries) => void journal.append(entries),
  });
  return {
    enrolment: fakeEnrolmentServices(directory, journal, clock),
    setCardStatus: async (number, status) => directory.setCardStatus(number, status),
    setPin: async (id, pins) => directory.setPin(id, pins),
    removePin: async (id) => directory.setPin(id, undefined),
    importPeople: (file, { dryRun }, operator) => lists.run(file, dryRun, operator),
  };
}
