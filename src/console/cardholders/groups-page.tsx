import "../accounts/accounts.css";
import "./cardholders.css";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Drawer, Flex, Select, Table, Typography } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { changeCardholder, getCardholder, type ListGroupsData, listCardholders } from "../api/client.ts";
import { useMay, useSite } from "../live/use-site.ts";
import { Antd } from "../shell/antd.tsx";
import { personName } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useGroups } from "./people-queries.ts";
import { usePeopleSearch } from "./use-people-search.ts";
import { type RunChange, usePersonChange } from "./use-person-change.tsx";

type Group = ListGroupsData["groups"][number];
type Use = Group["usedBy"][number];

const mostShown = 200;

/** Which groups there are, who asks for them, and who is in them. */
export function GroupsPage() {
  return (
    <Antd>
      <Groups />
    </Antd>
  );
}

function Groups() {
  const { t } = useTranslation();
  const { data, error, isPending } = useGroups();
  const [address, setAddress] = useSearchParams();
  const { run, told } = usePersonChange();
  const open = address.get("group");
  return (
    <div className="admin-page">
      <Typography.Title level={2}>{t("cardholders.groups.heading")}</Typography.Title>
      <p>{t("cardholders.groups.lead")}</p>
      {error === null ? null : (
        <Alert type="error" showIcon title={t("cardholders.failed", { detail: error.message })} />
      )}
      {open === null ? told : null}
      <Table<Group>
        dataSource={[...(data?.groups ?? [])]}
        rowKey="name"
        loading={isPending}
        pagination={false}
        locale={{ emptyText: isPending ? " " : t("cardholders.groups.empty") }}
        columns={[
          {
            title: t("cardholders.groups.name"),
            rowScope: "row",
            render: (_, { name }) => (
              <Button
                type="link"
                aria-label={t("cardholders.groups.open", { name })}
                onClick={() => setAddress({ group: name })}
              >
                {name}
              </Button>
            ),
          },
          { title: t("cardholders.groups.members"), dataIndex: "members" },
          { title: t("cardholders.groups.usedBy"), render: (_, group) => <UsedBy group={group} /> },
        ]}
      />
      {open === null ? null : <Members group={open} run={run} told={told} onClose={() => setAddress({})} />}
    </div>
  );
}

function UsedBy({ group }: { readonly group: Group }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const site = useSite();
  if (group.usedBy.length === 0) return <>{t("cardholders.groups.unused")}</>;
  const words = ({ kind, vestibule, door, schedule }: Use): string => {
    if (kind === "schedule") return t("cardholders.groups.schedule", { schedule: schedule ?? "" });
    const pair = site.state?.vestibules.find(({ id }) => id === vestibule);
    const where = door === "outer" || door === "inner" ? t(`door.${door}`) : (door ?? "");
    return t("cardholders.groups.door", { vestibule: pair?.name[language] ?? vestibule ?? "", door: where });
  };
  return (
    <>
      <ul className="group-uses">
        {group.usedBy.map((use) => (
          <li key={words(use)}>{words(use)}</li>
        ))}
      </ul>
      {group.members === 0 ? (
        <Alert type="warning" showIcon role="note" title={t("cardholders.groups.nobody")} />
      ) : null}
    </>
  );
}

function Members(props: {
  readonly group: string;
  readonly run: RunChange;
  /** Beside the list it is about: behind it nobody would see it. */
  readonly told: ReactNode;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const mayChange = useMay("changePeople");
  const { group, run } = props;
  const { data } = useQuery({
    queryKey: ["cardholders", "members", group],
    queryFn: ({ signal }) => listCardholders({ group, limit: mostShown }, { signal }),
  });
  const remove = (id: string, name: string) =>
    run(
      () => changeGroups(id, (groups) => groups.filter((one) => one !== group)),
      () => t("cardholders.groups.removed", { name, group }),
    );
  return (
    <Drawer open title={t("cardholders.groups.open", { name: group })} onClose={props.onClose} size="large">
      <Flex vertical gap="middle">
        {mayChange ? <AddMember group={group} run={run} /> : null}
        {props.told}
        <ul className="group-members">
          {(data?.cardholders ?? []).map(({ id, name }) => {
            const shown = personName(name, language);
            return (
              <li key={id}>
                <Link to={`/cardholders/${id}`}>{shown}</Link>
                {mayChange ? (
                  <Button
                    size="small"
                    aria-label={t("cardholders.groups.removeLabel", { name: shown })}
                    onClick={() => void remove(id, shown)}
                  >
                    {t("cardholders.groups.remove")}
                  </Button>
                ) : null}
              </li>
            );
          })}
        </ul>
        {data === undefined || data.next === null ? null : <p>{t("cardholders.groups.more")}</p>}
        <Link to={`/cardholders?group=${encodeURIComponent(group)}`}>{t("cardholders.groups.list")}</Link>
      </Flex>
    </Drawer>
  );
}

function AddMember({ group, run }: { readonly group: string; readonly run: RunChange }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [typed, setTyped] = useState("");
  const { found = [] } = usePeopleSearch(typed, { limit: 20 });
  const candidates = found.filter(({ groups }) => !groups.includes(group));
  const add = (id: string) => {
    const name = personName(candidates.find((one) => one.id === id)?.name ?? "", language);
    return run(
      () => changeGroups(id, (groups) => [...groups, group]),
      () => t("cardholders.groups.added", { name, group }),
    );
  };
  return (
    <Select<string | null>
      aria-label={t("cardholders.groups.add")}
      placeholder={t("cardholders.groups.add")}
      showSearch={{ onSearch: setTyped, filterOption: false }}
      value={null}
      options={candidates.map(({ id, name, number }) => ({
        value: id,
        label: number === null ? personName(name, language) : `${personName(name, language)} (${number})`,
      }))}
      onChange={(id) => {
        if (id !== null) void add(id);
      }}
    />
  );
}

/** As they are on the server now: somebody else may have changed them since the list was read. */
async function changeGroups(id: string, change: (groups: readonly string[]) => readonly string[]) {
  const { groups } = await getCardholder({ id });
  return await changeCardholder({ id }, { groups: [...change(groups)] });
}
