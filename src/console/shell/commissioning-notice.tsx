import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { useMay, useSite } from "../live/use-site.ts";

/** While doors are commissioned, or there is no site yet, cards open nothing: whoever watches has to know. */
export function CommissioningNotice() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const under = useSite().state?.commissioning;
  const maySee = useMay("seeCommissioning");
  if (under === undefined || pathname === "/commissioning") return null;
  return (
    <output className="commissioning-notice">
      {t(`shell.commissioning.${under}`)}
      {maySee ? <Link to="/commissioning">{t("shell.commissioning.open")}</Link> : null}
    </output>
  );
}
