import type { PeopleServices } from "../../ports/services/people-services.ts";
import type { Chronicle } from "../chronicle.ts";
import type { ControllerOptions } from "../controller-options.ts";
import type { VisionClient } from "../vision-client.ts";
import { enrolmentServices } from "./enrolment-services.ts";
import { PeopleImport } from "./import/people-import.ts";
import type { People } from "./people.ts";

export function peopleServices(
  options: ControllerOptions,
  people: People,
  vision: VisionClient,
  chronicle: Chronicle,
): PeopleServices {
  const { directory, clock, site } = options;
  const lists = new PeopleImport({
    directory,
    clock,
    levels: () => people.levels(),
    timeZone: site.timeZone,
    record: (entries) => chronicle.require(entries),
  });
  return {
    enrolment: enrolmentServices(options, vision, chronicle),
    setCardStatus: async (...change) => people.setCardStatus(...change),
    setPin: (...change) => people.setPin(...change),
    removePin: async (...change) => people.removePin(...change),
    importPeople: (file, { dryRun }, operator) => lists.run(file, dryRun, operator),
  };
}
