import "./reports.css";
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Antd } from "../shell/antd.tsx";
import { FiguresPanel } from "./figures-panel.tsx";
import { FilesPanel } from "./files-panel.tsx";
import { PastPresence } from "./past-presence.tsx";
import { PeriodBar } from "./period-bar.tsx";
import { useAsked } from "./use-period.ts";

const tabs = ["figures", "inside", "files"] as const;

/** What happened: in charts, as tables, in files to take along. */
export function ReportsPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const [asked, change] = useAsked();
  const tab = tabs.find((one) => one === search.get("tab")) ?? "figures";
  const content = {
    figures: (
      <>
        <PeriodBar asked={asked} onChange={change} of="figures" />
        <FiguresPanel asked={asked} />
      </>
    ),
    inside: <PastPresence asked={asked} />,
    files: (
      <>
        <PeriodBar asked={asked} onChange={change} of="files" />
        <FilesPanel asked={asked} />
      </>
    ),
  };
  return (
    <Antd>
      <div className="reports-page">
        <h2>{t("shell.page.reports")}</h2>
        <p className="panel-lead">{t("reports.lead")}</p>
        <Tabs
          activeKey={tab}
          onChange={(wanted) => change({ tab: wanted })}
          destroyOnHidden
          items={tabs.map((key) => ({ key, label: t(`reports.tab.${key}`), children: content[key] }))}
        />
      </div>
    </Antd>
  );
}
