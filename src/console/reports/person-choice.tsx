import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { listCardholders } from "../api/client.ts";
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
  const search = useDeferredValue(typed.trim());
  const { data, isFetching } = useQuery({
    queryKey: ["reports", "people", search],
    queryFn: ({ signal }) =>
      listCardholders({ limit: mostShown, ...(search === "" ? {} : { search }) }, { signal }),
  });
  const found = (data?.cardholders ?? []).map((person) => ({
    value: person.id,
    label: personName(person.name, language),
  }));
  const { chosen } = props;
  const known = chosen === undefined || found.some(({ value }) => value === chosen);
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
          ...found,
        ]}
      />
    </div>
  );
}
