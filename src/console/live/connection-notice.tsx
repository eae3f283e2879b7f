import "./live.css";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Healed } from "./live-site.ts";
import { useSite } from "./use-site.ts";

/** Long enough to be read by whoever comes back to the desk within the minute. */
const healedShownMs = 60_000;

/** Whether what is shown is so now; and after a loss, that nothing is missing. */
export function ConnectionNotice() {
  const { t } = useTranslation();
  const { connection, healed } = useSite();
  const [closed, setClosed] = useState<Healed | null>(null);
  useEffect(() => {
    if (healed === null || connection !== "live") return;
    const timer = setTimeout(() => setClosed(healed), healedShownMs);
    return () => clearTimeout(timer);
  }, [healed, connection]);
  const told = connection === "live" && healed !== null && healed !== closed ? healed : null;
  return (
    <>
      <output className="connection" data-state={connection}>
        {connection === "lost" ? t("app.lost") : null}
        {connection === "connecting" ? t("app.connecting") : null}
      </output>
      <output className="connection-healed">
        {told === null ? null : (
          <>
            {t(told.left === 0 ? "live.healed" : "live.healedLeft", { ...told })}
            <button type="button" className="small quiet" onClick={() => setClosed(healed)}>
              {t("live.dismiss")}
            </button>
          </>
        )}
      </output>
    </>
  );
}
