import "./demo-page.css";
import { useCallback, useState } from "react";
import type { VestibuleView } from "../../ports/controller-services.ts";
import { AccessPoints } from "../access-point/access-points.tsx";
import { AlarmList } from "../alarms/alarm-list.tsx";
import type { CardholderView } from "../api/site.ts";
import { BuildingPanel } from "../building/building-panel.tsx";
import { HealthStrip } from "../health/health-strip.tsx";
import type { SiteConnection } from "../live/site-connection.ts";
import { useMay, useSite, useSiteConnection } from "../live/use-site.ts";
import { ModeBanner } from "../operations/mode-banner.tsx";
import { OperationsPanel } from "../operations/operations-panel.tsx";
import { PeoplePanel } from "../people/people-panel.tsx";
import { RecordList } from "../record/record-list.tsx";
import { useSession } from "../shell/session-context.ts";
import { StoryControls } from "../story/story-controls.tsx";
import { TourPanel } from "../story/tour-panel.tsx";
import { useHint } from "../story/use-hint.ts";
import { useStory } from "../story/use-story.ts";
import { useTour } from "../story/use-tour.ts";
import { useWalkAlong } from "../story/use-walk-along.ts";
import { useNameOf } from "../texts/use-name-of.ts";

/** Where a newcomer tries a simulated door pair. */
export function DemoPage() {
  const site = useSite();
  const connection = useSiteConnection();
  const { username } = useSession();
  const vestibule = site.state?.vestibules[0];
  if (vestibule === undefined) return null;
  return (
    <>
      <Stage connection={connection} vestibule={vestibule} username={username} />
      {site.state === null ? null : <HealthStrip state={site.state} />}
    </>
  );
}

function Stage(props: {
  readonly connection: SiteConnection;
  readonly vestibule: VestibuleView;
  readonly username: string;
}) {
  const { connection, vestibule } = props;
  const site = useSite();
  const people = site.simulated ? castOf(site.cardholders) : [];
  const story = useStory(connection, vestibule.id);
  const [alarmsAsked, setAlarmsAsked] = useState(0);
  const askAlarms = useCallback(() => setAlarmsAsked((times) => times + 1), []);
  const tour = useTour(connection, story.actions, site.records, people, askAlarms);
  const hint = useHint(vestibule, tour.done);
  const nameOf = useNameOf();
  useWalkAlong(story, site.records, site.cardholders);
  return (
    <div className="demo" data-simulated={site.simulated} data-lost={site.connection === "lost"}>
      {site.simulated ? <TourPanel tour={tour} people={people} hint={hint} /> : null}
      <div className="demo-scene">
        <ModeBanner vestibule={vestibule} />
        <BuildingPanel vestibule={vestibule} records={site.records} people={people} story={story} />
        <AccessPoints
          vestibule={vestibule}
          cameras={site.state?.cameras ?? []}
          chosen={story.at}
          onChoose={story.actions.standAt}
        />
      </div>
      {site.simulated ? (
        <div className="demo-story">
          <StoryControls story={story} people={people} vestibule={vestibule} />
        </div>
      ) : null}
      <div className="demo-record">
        {useMay("seeAlarms") ? <AlarmList alarms={site.alarms} asked={alarmsAsked} /> : null}
        {useMay("operateDoors") ? (
          <OperationsPanel vestibule={vestibule} username={props.username} nameOf={nameOf} />
        ) : null}
        {useMay("seePeople") ? <PeoplePanel cardholders={site.cardholders} nameOf={nameOf} /> : null}
        {useMay("seeEvents") ? <RecordList records={site.records} nameOf={nameOf} /> : null}
      </div>
    </div>
  );
}

/** The demo's people; at a real door nobody is known to stand about. */
const castOf = (cardholders: readonly CardholderView[]): readonly CardholderView[] =>
  cardholders
    .filter(({ cards }) => cards.length > 0)
    .sort(byCard)
    .slice(0, 3);

const byCard = (a: CardholderView, b: CardholderView): number =>
  (a.cards[0]?.number ?? "").localeCompare(b.cards[0]?.number ?? "");
