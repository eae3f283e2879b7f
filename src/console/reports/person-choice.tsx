import { Select } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeopleSearch } from "../cardholders/use-people-search.ts";
import { personName } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useNameOf } from "../texts/use-name-of.ts";

const mostShown = 20;

/** One of a hundred thousand people, found by what is typed. */
export function PersonChoice(props: {
  readonly chosen: string | undefined;
  readonly onChoose: (cardholder: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useNameOf();
  const id = useId();
  const [typed, setTyped] = useState("");
  const { search, found = [], isFetching } = usePeopleSearch(typed, { limit: mostShown });
  const offered = found.map(({ id: value, name }) => ({ value, label: personName(name, language) }));
  const { chosen } = props;
  const known = chosen === undefined || offered.some(({ value }) => value === chosen);
  return (
    <div className="period-field">
      <label htmlFor={id}>{t("reports.person.label")}</label>
      <Select
        id={id}
        className="person-choice"
        showSearch={{ filterOption: false, onSearch: setTyped }}
        loading={isFetching}
        value={chosen ?? ""}
        onChange={(value: string) => props.onChoose(value === "" ? undefined : value)}
        options={[
          ...(search === "" ? [{ value: "", label: t("reports.person.all") }] : []),
          ...(known ? [] : [{ value: chosen, label: nameOf(chosen) }]),
          ...offered,
        ]}
      />
    </div>
  );
}
