import "../accounts/accounts.css";
import "./displays.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { listDisplays } from "../api/client.ts";
import { useMay } from "../live/use-site.ts";
import { Antd } from "../shell/antd.tsx";
import { DisplayTable } from "./display-table.tsx";
import { PairDisplay } from "./pair-display.tsx";
import { WatchScreens } from "./watch-screens.tsx";

/** Whether one is in use is seen without pressing anything. */
const askedAgainAfter = 5_000;

/** The screens at which nobody types: at the doors, and those that watch. */
export function DisplaysPage() {
  const mayDisplays = useMay("manageDisplays");
  const mayWatch = useMay("manageWatchScreens");
  return (
    <Antd>
      <div className="admin-page displays-page">
        {mayDisplays ? <Displays /> : null}
        {mayWatch ? <WatchScreens /> : null}
      </div>
    </Antd>
  );
}

function Displays() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["displays"],
    queryFn: ({ signal }) => listDisplays({ signal }),
    refetchInterval: askedAgainAfter,
  });
  const changed = (): void => void queries.invalidateQueries({ queryKey: ["displays"] });
  return (
    <section>
      <Typography.Title level={2}>{t("doorDisplays.title")}</Typography.Title>
      <p>{t("doorDisplays.lead")}</p>
      <p>{t("doorDisplays.open", { address: new URL("/display", location.href).href })}</p>
      <Typography.Title level={3}>{t("doorDisplays.pair")}</Typography.Title>
      <PairDisplay
        onPaired={({ name }) => {
          void message.success(t("doorDisplays.paired", { name }));
          changed();
        }}
      />
      {error === null ? null : (
        <Alert
          type="error"
          showIcon
          title={t("doorDisplays.failed")}
          action={<Button onClick={() => void refetch()}>{t("doorDisplays.again")}</Button>}
        />
      )}
      <DisplayTable displays={data?.displays ?? []} loading={isPending} onChanged={changed} />
    </section>
  );
}
