import { useId } from "react";
import { useTranslation } from "react-i18next";
import { accessPointNames, doorNames } from "../../domain/names.ts";
import { useMay, useSite } from "../live/use-site.ts";
import { recordGroups } from "../record/record-kinds.ts";
import { en } from "../texts/en.ts";
import { useLanguage } from "../texts/use-language.ts";
import type { EventFilters } from "./event-filters.ts";
import { PersonField } from "./person-field.tsx";

type Change = (change: Partial<EventFilters>) => void;

/** What to search by; each change searches at once, and stands in the address. */
export function FilterForm(props: { readonly filters: EventFilters; readonly onChange: Change }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state } = useSite();
  const seesPeople = useMay("seePeople");
  const { filters, onChange } = props;
  const vestibules = state?.vestibules ?? [];
  const place = filters.accessPoint ?? filters.door ?? "";
  const type = filters.what.startsWith("type:") ? filters.what : null;
  return (
    <search>
      <form className="event-filters" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label={t("events.what")}
          value={filters.what}
          onChoose={(what) => onChange({ what: what as EventFilters["what"] })} // one of the options below
          options={[
            ["important", t("record.important")],
            ["all", t("record.allRecords")],
            ...recordGroups.map((group) => [group, t(`events.group.${group}`)] as const),
            ...(type === null ? [] : [[type, type.slice("type:".length)] as const]),
          ]}
        />
        {seesPeople ? (
          <PersonField chosen={filters.person} onChoose={(person) => onChange({ person })} />
        ) : null}
        {vestibules.length > 1 ? (
          <Choice
            label={t("events.vestibule")}
            value={filters.vestibule ?? ""}
            onChoose={(vestibule) => onChange({ vestibule: vestibule || null })}
            options={[
              ["", t("events.any")],
              ...vestibules.map(({ id, name }) => [id, name[language]] as const),
            ]}
          />
        ) : null}
        <Choice
          label={t("events.place")}
          value={place}
          onChoose={(chosen) =>
            onChange({
              door: doorNames.find((name) => name === chosen) ?? null,
              accessPoint: accessPointNames.find((name) => name === chosen) ?? null,
            })
          }
          options={[
            ["", t("events.any")],
            ...doorNames.map((name) => [name, t(`door.${name}`)] as const),
            ...accessPointNames.map((name) => [name, t(`accessPoint.${name}`)] as const),
          ]}
        />
        <Choice
          label={t("events.reason")}
          value={filters.reason ?? ""}
          onChoose={(reason) => onChange({ reason: reason || null })}
          options={[
            ["", t("events.any")],
            ...reasons.map((reason) => [reason, t(`reason.${reason}`)] as const),
          ]}
        />
        <Text label={t("events.card")} value={filters.card} onType={(card) => onChange({ card })} />
        <Text
          label={t("events.from")}
          type="datetime-local"
          value={filters.from}
          onType={(from) => onChange({ from })}
        />
        <Text
          label={t("events.to")}
          type="datetime-local"
          value={filters.to}
          onType={(to) => onChange({ to })}
        />
        <Text
          label={t("events.seq")}
          type="number"
          value={filters.seq === null ? null : String(filters.seq)}
          onType={(seq) => onChange({ seq: seq === null ? null : Number(seq) })}
        />
      </form>
    </search>
  );
}

const reasons = Object.keys(en.reason) as readonly (keyof typeof en.reason)[]; // keys of a literal

function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly options: readonly (readonly [value: string, text: string])[];
}) {
  const id = useId();
  return (
    <div className="event-field">
      <label htmlFor={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={(event) => props.onChoose(event.target.value)}>
        {props.options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

function Text(props: {
  readonly label: string;
  readonly type?: "datetime-local" | "number";
  readonly value: string | null;
  readonly onType: (value: string | null) => void;
}) {
  const id = useId();
  return (
    <div className="event-field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        type={props.type ?? "text"}
        min={props.type === "number" ? 1 : undefined}
        value={props.value ?? ""}
        onChange={(event) => props.onType(event.target.value === "" ? null : event.target.value)}
        autoComplete="off"
      />
    </div>
  );
}
