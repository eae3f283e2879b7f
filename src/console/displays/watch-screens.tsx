import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { listWatchScreens } from "../api/client.ts";
import { PairWatchScreen } from "./pair-watch-screen.tsx";
import { WatchScreenTable } from "./watch-screen-table.tsx";

/** Whether one is in use is seen without pressing anything. */
const askedAgainAfter = 5_000;

/** The screens that watch with nobody signed in. */
export function WatchScreens() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["watch screens"],
    queryFn: ({ signal }) => listWatchScreens({ signal, watching: true }),
    refetchInterval: askedAgainAfter,
  });
  const changed = (): void => void queries.invalidateQueries({ queryKey: ["watch screens"] });
  return (
    <section className="watch-screens">
      <Typography.Title level={2}>{t("watchScreens.title")}</Typography.Title>
      <p>{t("watchScreens.lead")}</p>
      <p>{t("watchScreens.open", { address: new URL("/watch", location.href).href })}</p>
      <Typography.Title level={3}>{t("watchScreens.pair")}</Typography.Title>
      <PairWatchScreen
        onPaired={({ name, isWaiting }) => {
          void message.success(t(isWaiting ? "watchScreens.waiting" : "watchScreens.paired", { name }));
          changed();
        }}
        onChanged={changed}
      />
      {error === null ? null : (
        <Alert
          type="error"
          showIcon
          title={t("watchScreens.failed")}
          action={<Button onClick={() => void refetch()}>{t("doorDisplays.again")}</Button>}
        />
      )}
      <WatchScreenTable screens={data?.screens ?? []} loading={isPending} onChanged={changed} />
    </section>
  );
}
