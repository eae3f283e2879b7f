import "./mimic.css";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { SiteState } from "../../ports/controller-services.ts";
import type { RecordView } from "../../ports/record-view.ts";
import { useMay, useSite } from "../live/use-site.ts";
import { useNameOf } from "../texts/use-name-of.ts";
import { useMonotonic } from "./use-clock.ts";
import { VestibuleMimic } from "./vestibule-mimic.tsx";

/** Every door pair of the site as it is now. */
export function MimicPage() {
  const { state } = useSite();
  return state === null ? null : <Mimics state={state} />;
}

function Mimics({ state }: { readonly state: SiteState }) {
  const { t } = useTranslation();
  const { alarms, records, connection } = useSite();
  const nameOf = useNameOf();
  const now = useMonotonic();
  const mayOperate = useMay("operateDoors");
  return (
    <>
      <div
        className="mimics"
        data-count={Math.min(state.vestibules.length, 4)}
        data-lost={connection !== "live"}
      >
        {state.vestibules.map((vestibule) => (
          <VestibuleMimic
            key={vestibule.id}
            vestibule={vestibule}
            alarms={alarms.filter(
              ({ place, shelved }) => place.vestibule === vestibule.id && shelved === null,
            )}
            last={records.find((record) => record.vestibule === vestibule.id && endsPassage.has(record.type))}
            now={now}
            nameOf={nameOf}
          />
        ))}
      </div>
      {mayOperate ? (
        <p className="mimics-operate">
          <Link to="/">{t("mimic.operate")}</Link>
        </p>
      ) : null}
    </>
  );
}

const endsPassage: ReadonlySet<RecordView["type"]> = new Set([
  "AccessTaken",
  "AccessDenied",
  "AccessNotTaken",
  "Egress",
  "EgressDenied",
]);
