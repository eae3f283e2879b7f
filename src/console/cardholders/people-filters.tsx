import { Button, Input, Select } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccessLevels, useGroups } from "./people-queries.ts";
import type { PeopleView } from "./use-people-view.ts";

/** A pause in typing: then it is asked for. */
const typingPauseMs = 300;

/** Whom the table shows; what is chosen stands in the address, so that it can be linked. */
export function PeopleFilters({ view }: { readonly view: PeopleView }) {
  const { t } = useTranslation();
  const { filters, change } = view;
  const groups = useGroups().data?.groups.map(({ name }) => name) ?? [];
  const levels = useAccessLevels();
  return (
    <search className="people-filters">
      <SearchField now={filters.search ?? ""} onSearch={(search) => change({ search })} />
      <Choice
        label={t("cardholders.filter.enrolment")}
        now={filters.enrolment}
        options={(["enough", "lacking"] as const).map((value) => [
          value,
          t(`cardholders.enrolment.${value}`),
        ])}
        onChoose={(enrolment) => change({ enrolment })}
      />
      <Choice
        label={t("cardholders.filter.status")}
        now={filters.status}
        options={(["active", "suspended", "left"] as const).map((value) => [
          value,
          t(`cardholders.status.${value}`),
        ])}
        onChoose={(status) => change({ status })}
      />
      <Choice
        label={t("cardholders.filter.kind")}
        now={filters.kind}
        options={(["staff", "visitor"] as const).map((value) => [value, t(`cardholders.kind.${value}`)])}
        onChoose={(kind) => change({ kind })}
      />
      <Choice
        label={t("cardholders.filter.group")}
        now={filters.group}
        options={groups.map((name) => [name, name])}
        onChoose={(group) => change({ group })}
      />
      <Choice
        label={t("cardholders.filter.level")}
        now={filters.accessLevel}
        options={levels.map((name) => [name, name])}
        onChoose={(accessLevel) => change({ accessLevel })}
      />
      {Object.keys(filters).length === 0 ? null : (
        <Button type="link" onClick={view.clear}>
          {t("cardholders.filter.clear")}
        </Button>
      )}
    </search>
  );
}

function SearchField(props: {
  readonly now: string;
  readonly onSearch: (search: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const { now, onSearch } = props;
  const [text, setText] = useState(now);
  const [shown, setShown] = useState(now);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pause.current), []);
  // Another address, by a link or the way back; not by what is being typed here.
  if (shown !== now) {
    setShown(now);
    if (text.trim() !== now) setText(now);
  }
  const type = (typed: string): void => {
    setText(typed);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => onSearch(typed.trim() === "" ? undefined : typed.trim()), typingPauseMs);
  };
  return (
    <label className="people-search">
      <span>{t("cardholders.search")}</span>
      <Input
        type="search"
        maxLength={120}
        value={text}
        placeholder={t("cardholders.searchHow")}
        onChange={(event) => type(event.target.value)}
      />
    </label>
  );
}

function Choice<Value extends string>(props: {
  readonly label: string;
  readonly now: Value | undefined;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChoose: (value: Value | undefined) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="people-choice">
      <span aria-hidden="true">{props.label}</span>
      <Select<Value | "">
        aria-label={props.label}
        value={props.now ?? ""}
        popupMatchSelectWidth={false}
        options={[
          { value: "", label: t("cardholders.filter.any") },
          ...props.options.map(([value, label]) => ({ value, label })),
        ]}
        onChange={(value) => props.onChoose(value === "" ? undefined : value)}
      />
    </div>
  );
}
