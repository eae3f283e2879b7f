import "../rules.css";
import "./changes.css";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Select, Spin, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { doorNames } from "../../../domain/names.ts";
import { type ListVersionsData, listVersions } from "../../api/client.ts";
import { useSite } from "../../live/use-site.ts";
import { Antd } from "../../shell/antd.tsx";
import { instantOf } from "../../texts/site-time.ts";
import { useSiteTime } from "../../texts/use-site-time.ts";
import { datePlus, isDate } from "../holidays/holiday-dates.ts";
import { kindText, listedKinds } from "../rule-words.ts";
import { useRuleNews } from "../use-rule-news.ts";
import { VersionDetail } from "./version-detail.tsx";

type Version = ListVersionsData["versions"][number];
const pageSize = 50;

/** Who changed which rule, when, why, and what became different. */
export function ChangesPage() {
  const [search] = useSearchParams();
  useRuleNews();
  const id = Number(search.get("version"));
  return (
    <Antd>
      <div className="rule-page">
        {Number.isInteger(id) && id > 0 ? <VersionDetail key={id} id={id} /> : <Versions />}
      </div>
    </Antd>
  );
}

function Versions() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const given = (name: string): string | undefined => search.get(name) ?? undefined;
  const [from, to] = [given("from"), given("to")];
  const { timeZone } = useSiteTime();
  const filter = {
    ...{ kind: given("kind"), operator: given("operator") },
    ...{ from: startOf(from, timeZone), to: startOf(to, timeZone, 1) },
  };
  const { data, isPending, isError, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ["rules", "versions", filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      listVersions(
        { ...present(filter), ...(pageParam !== undefined && { before: pageParam }), limit: pageSize },
        { signal },
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const versions = data?.pages.flatMap((page) => page.versions) ?? [];
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(window.location.search);
    if (value === "") next.delete(name);
    else next.set(name, value);
    setSearch(next, { replace: true });
  };
  return (
    <>
      <header className="rules-head">
        <div>
          <h2>{t("rulePages.changes.title")}</h2>
          <p>{t("rulePages.changes.lead")}</p>
        </div>
      </header>
      <Filters
        kind={filter.kind ?? ""}
        operator={filter.operator ?? ""}
        from={from ?? ""}
        to={to ?? ""}
        onSet={set}
      />
      <div className="rules-panel">
        {isError ? <p role="alert">{t("rulePages.failed", { detail: error.message })}</p> : null}
        {isPending ? <Spin description={t("rulePages.loading")} /> : null}
        {!isPending && versions.length === 0 ? (
          <p className="rules-soft">{t("rulePages.changes.none")}</p>
        ) : null}
        {versions.length === 0 ? null : <VersionTable versions={versions} />}
        {hasNextPage ? (
          <Button loading={isFetching} onClick={() => void fetchNextPage()}>
            {t("rulePages.changes.older")}
          </Button>
        ) : null}
      </div>
    </>
  );
}

/** The day's beginning at the site, `days` later. */
function startOf(date: string | undefined, timeZone: string, days = 0): string | undefined {
  if (date === undefined || !isDate(date)) return undefined;
  return new Date(instantOf(`${datePlus(date, days)}T00:00`, timeZone)).toISOString();
}

type Filter = Readonly<Record<"kind" | "operator" | "from" | "to", string | undefined>>;
const present = (filter: Filter) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));

function Filters(props: {
  readonly kind: string;
  readonly operator: string;
  readonly from: string;
  readonly to: string;
  readonly onSet: (name: string, value: string) => void;
}) {
  const { t } = useTranslation();
  const [operator, setOperator] = useState(props.operator);
  const vestibules = useSite().state?.vestibules ?? [];
  const doors = vestibules.flatMap(({ id }) => doorNames.map((door) => `doors/${id}/${door}`));
  return (
    <form
      className="changes-filters"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSet("operator", operator.trim());
      }}
    >
      <label>
        <span>{t("rulePages.changes.kind")}</span>
        <Select
          value={props.kind}
          aria-label={t("rulePages.changes.kind")}
          onChange={(kind) => props.onSet("kind", kind)}
          options={[
            { value: "", label: t("rulePages.changes.anyKind") },
            ...[...listedKinds, ...doors].map((kind) => ({ value: kind, label: kindText(kind, t) })),
          ]}
        />
      </label>
      <label>
        <span>{t("rulePages.changes.operator")}</span>
        <Input
          value={operator}
          maxLength={64}
          placeholder={t("rulePages.changes.operatorHint")}
          onChange={({ target }) => setOperator(target.value)}
          onBlur={() => props.onSet("operator", operator.trim())}
        />
      </label>
      <label>
        <span>{t("rulePages.changes.from")}</span>
        <Input type="date" value={props.from} onChange={({ target }) => props.onSet("from", target.value)} />
      </label>
      <label>
        <span>{t("rulePages.changes.to")}</span>
        <Input type="date" value={props.to} onChange={({ target }) => props.onSet("to", target.value)} />
      </label>
    </form>
  );
}

function VersionTable({ versions }: { readonly versions: readonly Version[] }) {
  const { t } = useTranslation();
  const { date, clock } = useSiteTime();
  return (
    <table className="versions">
      <thead>
        <tr>
          {(["when", "kind", "who", "why", "security"] as const).map((column) => (
            <th key={column} scope="col">
              {t(`rulePages.changes.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {versions.map((version) => (
          <tr key={version.id}>
            <td data-label={t("rulePages.changes.when")}>
              {date(version.at)} {clock(version.at)}
            </td>
            <th scope="row">
              <Link to={`/changes?version=${version.id}`}>
                {kindText(version.kind, t)}, {t("rulePages.changes.version")} {version.version}
              </Link>
              {version.fromFile ? <Tag>{t("rulePages.changes.fromFile")}</Tag> : null}
            </th>
            <td data-label={t("rulePages.changes.who")}>
              {version.operator ?? t("rulePages.changes.nobody")}
              {version.approver === null ? null : (
                <small>{t("rulePages.changes.confirmedBy", { name: version.approver })}</small>
              )}
            </td>
            <td data-label={t("rulePages.changes.why")}>
              {version.reason === "" ? (
                <span className="rules-soft">{t("rulePages.changes.noReason")}</span>
              ) : (
                version.reason
              )}
            </td>
            <td data-label={t("rulePages.changes.security")}>
              <SecurityTag version={version} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function SecurityTag({ version }: { readonly version: Pick<Version, "weakens" | "weakensInAll"> }) {
  const { t } = useTranslation();
  if (version.weakens === null) return <Tag>{t("rulePages.changes.unknown")}</Tag>;
  return version.weakensInAll > 0 ? (
    <Tag color="warning">{t("rulePages.changes.weaker")}</Tag>
  ) : (
    <Tag color="success">{t("rulePages.changes.notWeaker")}</Tag>
  );
}
