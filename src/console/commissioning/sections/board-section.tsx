import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type ListBoardsData, listBoards } from "../../api/client.ts";
import type { Draft } from "../model.ts";
import { ChoiceField, TextField } from "./fields.tsx";
import { type Fields, fieldsOf, textOf, withField } from "./read.ts";
import { SectionFrame } from "./section-frame.tsx";

type Board = ListBoardsData["boards"][number];

/** What this box is, and what the site is called. */
export function BoardSection({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation();
  const boards = useQuery({
    queryKey: ["commissioning", "boards"],
    queryFn: async ({ signal }) => (await listBoards({ signal })).boards,
  });
  return (
    <>
      <SectionFrame<Fields>
        title={t("commissioning.setup.board")}
        section="board"
        draft={draft}
        value={fieldsOf(draft.sections.board)}
      >
        {(value, change) => <BoardChoice value={value} boards={boards.data ?? []} onChange={change} />}
      </SectionFrame>
      <SectionFrame<Fields>
        title={t("commissioning.setup.site")}
        section="site"
        draft={draft}
        value={fieldsOf(draft.sections.site)}
      >
        {(value, change) => <SiteNames value={value} onChange={change} />}
      </SectionFrame>
    </>
  );
}

const idOf = (board: Fields): string =>
  board["kind"] === "simulated" ? "simulated" : textOf(board["profile"]).replace(/^.*\/|\.ya?ml$/g, "");

function BoardChoice(props: {
  readonly value: Fields;
  readonly boards: readonly Board[];
  readonly onChange: (value: Fields) => void;
}) {
  const { t } = useTranslation();
  const { value, boards, onChange } = props;
  const choose = (id: string): void =>
    onChange(id === "simulated" ? { kind: "simulated" } : { kind: "gpio", profile: id, driver: "auto" });
  const chosen = boards.find(({ id }) => id === idOf(value));
  return (
    <>
      <ChoiceField
        label={t("commissioning.setup.board")}
        value={idOf(value)}
        choices={boards.map(({ id, name, fits }) => ({
          value: id,
          label: name,
          hint: id === "simulated" ? undefined : t(fitsText(fits)),
        }))}
        onChange={choose}
      />
      {typeof chosen?.notes !== "string" ? null : (
        <details className="commission-more">
          <summary>{t("commissioning.setup.boardNotes")}</summary>
          <p>{chosen.notes}</p>
        </details>
      )}
      {value["kind"] === "gpio" ? (
        <ChoiceField
          label={t("commissioning.setup.driver")}
          value={textOf(value["driver"]) || "auto"}
          choices={[
            { value: "auto", label: t("commissioning.setup.driverAuto") },
            { value: "character-device", label: t("commissioning.setup.driverCharacterDevice") },
            { value: "sysfs", label: t("commissioning.setup.driverSysfs") },
          ]}
          onChange={(driver) => onChange({ ...value, driver })}
        />
      ) : null}
    </>
  );
}

const fitsText = (fits: boolean | null) =>
  fits === null
    ? "commissioning.setup.boardUnknown"
    : fits
      ? "commissioning.setup.boardFits"
      : "commissioning.setup.boardFitsNot";

function SiteNames(props: { readonly value: Fields; readonly onChange: (value: Fields) => void }) {
  const { t } = useTranslation();
  const name = fieldsOf(props.value["name"]);
  const rename = (language: "en" | "zh", text: string): void =>
    props.onChange({ ...props.value, name: { ...name, [language]: text } });
  return (
    <>
      <TextField
        label={t("commissioning.setup.siteId")}
        hint={t("commissioning.setup.siteIdHint")}
        value={textOf(props.value["id"])}
        onChange={(id) => props.onChange(withField(props.value, "id", id))}
      />
      <TextField
        label={t("commissioning.setup.nameEn")}
        value={textOf(name["en"])}
        onChange={(text) => rename("en", text)}
      />
      <TextField
        label={t("commissioning.setup.nameZh")}
        value={textOf(name["zh"])}
        onChange={(text) => rename("zh", text)}
      />
    </>
  );
}
