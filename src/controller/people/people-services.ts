import type { PeopleServices } from "../../ports/services/people-services.ts";
import type { Chronicle } from "../chronicle.ts";
import type { ControllerOptions } from "../controller-options.ts";
import { PeopleImport } from "./import/people-import.ts";
import type { People } from "./people.ts";

export function peopleServices(
  { directory, clock, site }: ControllerOptions,
  people: People,
  chronicle: Chronicle,
): PeopleServices {
  const lists = new PeopleImport({
    directory,
    clock,
    levels: () => people.levels(),
    timeZone: site.timeZone,
    record: (entries) => chronicle.require(entries),
  });
  return {
    setCardStatus: async (...change) => people.setCardStatus(...change),
    setPin: (...change) => people.setPin(...change),
    removePin: async (...change) => people.removePin(...change),
    importPeople: (file, { dryRun }, operator) => lists.run(file, dryRun, operator),
  };
}
