import type { ControllerServices } from "../ports/controller-services.ts";
import { demoPeople, enrolmentPortraits } from "../simulation/demo-people.ts";

const operator = "demo";

/**
 * Enrols the demo's three people the way anybody is: photos through the quality gate, cards issued, all of it recorded.
 * Those who are there already are left alone; somebody half enrolled when the power went is completed.
 */
export async function enrolDemoPeople(
  services: ControllerServices,
  accessLevels: readonly string[],
  progress: (done: number, of: number) => void,
): Promise<void> {
  for (const [index, person] of demoPeople.entries()) {
    const known = services.directory.findByCard(person.card)?.cardholder;
    const cardholder =
      known ??
      (await services.addCardholder(
        { name: person.name, groups: [...person.groups], accessLevels },
        operator,
      ));
    if (known === undefined) await services.issueCard(cardholder.id, person.card, "raw", operator);
    const portraits = await enrolmentPortraits(person);
    for (const portrait of portraits.slice(cardholder.photos.length)) {
      const outcome = await services.enrolPhoto(cardholder.id, portrait, operator);
      if ("enrolled" in outcome && outcome.enrolled) continue;
      const why = "detail" in outcome ? outcome.detail : "it is somebody else's face";
      throw new Error(`the demo's portrait of card ${person.card} was refused: ${why}`);
    }
    progress(index + 1, demoPeople.length);
  }
}
