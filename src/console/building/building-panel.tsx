import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { doorNames } from "../../domain/names.ts";
import type { VestibuleView } from "../../ports/controller-services.ts";
import type { RecordView } from "../../ports/record-view.ts";
import type { CardholderView } from "../api/site.ts";
import type { Story } from "../story/use-story.ts";
import type { Language } from "../texts/person-name.ts";
import { labelName, personName } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";
import { BuildingDrawing } from "./building-drawing.tsx";
import { DoorFacts } from "./door-facts.tsx";
import type { Person } from "./person-figure.tsx";
import { type Whereabouts, whereabouts } from "./whereabouts.ts";

export function BuildingPanel(props: {
  readonly vestibule: VestibuleView;
  readonly records: readonly RecordView[];
  readonly people: readonly CardholderView[];
  readonly story: Story;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { vestibule, records, story } = props;
  const where = useMemo(() => whereabouts(records, story.placements), [records, story.placements]);
  const people = peopleAt(props.people, where, language);
  return (
    <section className="panel building-panel" aria-labelledby="building-heading">
      <div className="panel-head">
        <h2 id="building-heading">{t("building.title")}</h2>
        <span className="occupancy">{t("building.occupancy", { number: vestibule.occupancy })}</span>
      </div>
      <BuildingDrawing vestibule={vestibule} people={people} chosen={story.at} rattled={story.rattled} />
      <div className="door-row">
        {doorNames.map((name) => (
          <DoorFacts key={name} name={name} door={vestibule.doors[name]} />
        ))}
      </div>
    </section>
  );
}

const notSeenYet: Whereabouts = { area: "outside", at: null, jumps: 0 };

function peopleAt(
  cardholders: readonly CardholderView[],
  where: ReadonlyMap<string, Whereabouts>,
  language: Language,
): readonly Person[] {
  const people: Person[] = [];
  for (const { id, name: fullName } of cardholders) {
    const name = personName(fullName, language);
    const place = where.get(id) ?? notSeenYet;
    const queue = place.at === null ? 0 : people.filter((other) => other.where.at === place.at).length;
    people.push({ id, name, label: labelName(name), queue, where: place });
  }
  return people;
}
