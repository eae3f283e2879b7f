import "../accounts/accounts.css";
import "./cardholders.css";
import { Alert, Button, Flex, Table, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { useMay } from "../live/use-site.ts";
import { Antd } from "../shell/antd.tsx";
import { personName } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";
import { ImportList } from "./import-list.tsx";
import { NewPerson } from "./new-person.tsx";
import { PeopleFilters } from "./people-filters.tsx";
import { type PersonRow, usePeople } from "./people-queries.ts";
import { StatusTag } from "./status-tag.tsx";
import { type PeopleFilter, usePeopleView } from "./use-people-view.ts";

/** Everybody who is registered, however many: page by page from the server. */
export function CardholdersPage() {
  return (
    <Antd>
      <People />
    </Antd>
  );
}

function People() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const view = usePeopleView();
  const mayChange = useMay("changePeople");
  const [open, setOpen] = useState<"add" | "import" | null>(null);
  const { data, error, isPending, isPlaceholderData } = usePeople(view.filters, view.after);
  const next = data?.next ?? null;
  const anyFilter = Object.keys(view.filters).length > 0;
  return (
    <div className="admin-page">
      <Flex justify="space-between" align="center" wrap gap="small">
        <Typography.Title level={2}>{t("cardholders.heading")}</Typography.Title>
        <Flex wrap gap="small">
          {mayChange ? (
            <>
              <Button type="primary" onClick={() => setOpen("add")}>
                {t("cardholders.add.open")}
              </Button>
              <Button onClick={() => setOpen("import")}>{t("cardholders.import.open")}</Button>
            </>
          ) : null}
          <Button href={`/api/v1/cardholders.csv${queryOf(view.filters)}`} download="cardholders.csv">
            {t("cardholders.export")}
          </Button>
        </Flex>
      </Flex>
      <PeopleFilters view={view} />
      {error === null ? null : (
        <Alert type="error" showIcon title={t("cardholders.failed", { detail: error.message })} />
      )}
      <PeopleTable
        people={data?.cardholders ?? []}
        loading={isPending || isPlaceholderData}
        empty={t(anyFilter ? "cardholders.empty" : "cardholders.emptySite")}
      />
      <Flex justify="end" gap="small" className="people-pages">
        {view.after === undefined ? null : (
          <Button onClick={() => view.turnTo(undefined)}>{t("cardholders.first")}</Button>
        )}
        {next === null ? null : <Button onClick={() => view.turnTo(next)}>{t("cardholders.next")}</Button>}
      </Flex>
      {open === "add" ? (
        <NewPerson onClose={() => setOpen(null)} onAdded={(id) => void navigate(`/cardholders/${id}`)} />
      ) : null}
      {open === "import" ? <ImportList onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

function PeopleTable(props: {
  readonly people: readonly PersonRow[];
  readonly loading: boolean;
  readonly empty: string;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Table<PersonRow>
      className="people-table"
      dataSource={[...props.people]}
      rowKey="id"
      size="middle"
      loading={props.loading}
      pagination={false}
      locale={{ emptyText: props.loading ? " " : props.empty }}
      columns={[
        {
          title: t("cardholders.column.name"),
          rowScope: "row",
          render: (_, { id, name, kind }) => (
            <>
              <Link to={`/cardholders/${id}`}>{personName(name, language)}</Link>{" "}
              {kind === "visitor" ? <Tag>{t("cardholders.kind.visitor")}</Tag> : null}
            </>
          ),
        },
        { title: t("cardholders.column.number"), dataIndex: "number", responsive: ["md"] },
        {
          title: t("cardholders.column.groups"),
          render: (_, { groups }) => groups.join(", "),
          responsive: ["lg"],
        },
        {
          title: t("cardholders.column.levels"),
          render: (_, { accessLevels }) => accessLevels.join(", "),
          responsive: ["lg"],
        },
        {
          title: t("cardholders.column.cards"),
          render: (_, { cards }) =>
            cards
              .filter(({ status }) => status === "active")
              .map(({ number }) => number)
              .join(", "),
          responsive: ["md"],
        },
        { title: t("cardholders.column.status"), render: (_, { status }) => <StatusTag status={status} /> },
        { title: t("cardholders.column.photos"), render: (_, person) => <PhotosTag of={person} /> },
      ]}
    />
  );
}

function PhotosTag({ of: { enrolment } }: { readonly of: PersonRow }) {
  const { t } = useTranslation();
  if (enrolment.enough) return <Tag color="success">{t("cardholders.enrolment.enough")}</Tag>;
  return (
    <Tag color="warning">
      {t(enrolment.photos === 0 ? "cardholders.enrolment.none" : "cardholders.enrolment.lacking")}
    </Tag>
  );
}

function queryOf(filters: PeopleFilter): string {
  const query = new URLSearchParams(filters).toString();
  return query === "" ? "" : `?${query}`;
}
