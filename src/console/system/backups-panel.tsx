import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SiteState } from "../../ports/controller-services.ts";
import { listBackups, makeBackup } from "../api/client.ts";
import { Fact } from "../health/fact.tsx";
import { useMay } from "../live/use-site.ts";
import { useSiteTime } from "../texts/use-site-time.ts";
import { failureText } from "./failure.ts";
import { sizeText } from "./lengths.ts";
import { Panel } from "./panel.tsx";

export function BackupsPanel({ state: { backup } }: { readonly state: SiteState }) {
  const { t } = useTranslation();
  const { clock, date } = useSiteTime();
  const maySee = useMay("seeBackups");
  const mayMake = useMay("makeBackups");
  const making = useMutation({ mutationFn: () => makeBackup() });
  if (backup === null) {
    return (
      <Panel title={t("system.backups")}>
        <Fact good={false} mild>
          {t("system.noBackups")}
        </Fact>
      </Panel>
    );
  }
  const { last, next, running, overdue } = backup;
  const time = (iso: string): string => `${date(iso)} ${clock(iso)}`;
  const isUnderWay = running || making.isPending;
  return (
    <Panel title={t("system.backups")} wide>
      <Fact good={last !== null && !overdue}>
        {last === null
          ? t("system.backupNever")
          : t("system.backupLast", {
              ...{ time: time(last.madeAt), size: sizeText(last.bytes), record: last.record },
            })}
      </Fact>
      {overdue ? <Fact good={false}>{t("system.backupOverdue")}</Fact> : null}
      <p>{next === null ? t("system.backupNoNext") : t("system.backupNext", { time: time(next) })}</p>
      <div className="system-action">
        {mayMake ? (
          <button type="button" disabled={isUnderWay} onClick={() => making.mutate()}>
            {t("system.backupNow")}
          </button>
        ) : null}
        <output>
          {isUnderWay ? t("system.backupRunning") : null}
          {making.error === null ? null : <span className="failure">{failureText(t, making.error)}</span>}
        </output>
      </div>
      {maySee ? <Files key={last?.madeAt} /> : null}
    </Panel>
  );
}

function Files() {
  const { t } = useTranslation();
  const { clock, date } = useSiteTime();
  const { data, error } = useQuery({
    queryKey: ["backups"],
    staleTime: 0,
    queryFn: ({ signal }) => listBackups({ signal }),
  });
  if (error !== null) return <p className="failure">{failureText(t, error)}</p>;
  if (data === undefined) return null;
  if (data.fault !== null) return <Fact good={false}>{t("system.backupFault", { detail: data.fault })}</Fact>;
  if (data.files.length === 0) return <p className="empty">{t("system.noFiles")}</p>;
  return (
    <div className="system-table">
      <table>
        <thead>
          <tr>
            {(["file", "made", "size"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`system.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.files.map(({ file, madeAt, bytes }) => (
            <tr key={file}>
              <td>
                <code>{file}</code>
              </td>
              <td>
                {date(madeAt)} {clock(madeAt)}
              </td>
              <td>{sizeText(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
