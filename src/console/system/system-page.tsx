import "./system.css";
import { useTranslation } from "react-i18next";
import { useSite } from "../live/use-site.ts";
import { BackupsPanel } from "./backups-panel.tsx";
import { DoctorPanel } from "./doctor-panel.tsx";
import { JournalPanel } from "./journal-panel.tsx";
import {
  BrokerPanel,
  CamerasPanel,
  ClockPanel,
  ProcessesPanel,
  ReadersPanel,
  StoragePanel,
  TemplatesPanel,
} from "./live-panels.tsx";

/** The box itself: what it consists of, what it lives on, and what proves its record. */
export function SystemPage() {
  const { t } = useTranslation();
  const { state } = useSite();
  if (state === null) return <p className="empty">{t("app.connecting")}</p>;
  return (
    <div className="system-page">
      <h2>{t("shell.page.system")}</h2>
      <p className="panel-lead">{t("system.lead")}</p>
      <div className="system-grid">
        <ProcessesPanel state={state} />
        <ReadersPanel state={state} />
        <CamerasPanel state={state} />
        <BrokerPanel state={state} />
        <ClockPanel state={state} />
        <StoragePanel state={state} />
        <TemplatesPanel state={state} />
        <JournalPanel state={state} />
        <BackupsPanel state={state} />
        <DoctorPanel />
      </div>
    </div>
  );
}
