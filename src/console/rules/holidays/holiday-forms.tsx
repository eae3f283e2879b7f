import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { markText } from "../day-words.ts";
import { type Holiday, holidayOf } from "../documents.ts";
import { longestName } from "./calendar-import.ts";
import { rangeOf } from "./holiday-dates.ts";
import { type Marking, markedAs } from "./mark-chooser.tsx";

/** Several days under one name, such as a Spring Festival; of the kind that is chosen above the calendar. */
export function RangeForm(props: {
  readonly marking: Marking;
  readonly onAdd: (holidays: readonly Holiday[]) => void;
}) {
  const { t } = useTranslation();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState(false);
  const as = markedAs(props.marking);
  const { yearly } = props.marking;
  const add = (): void => {
    const dates = rangeOf(from, to === "" ? from : to);
    setWrong(dates === undefined);
    if (dates === undefined) return;
    props.onAdd(dates.map((date) => holidayOf({ date, as, yearly }, name)));
    setFrom("");
    setTo("");
    setName("");
  };
  return (
    <form
      className="rules-panel holiday-form"
      aria-labelledby="add-range"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <h3 id="add-range">{t("rulePages.holidays.addRange")}</h3>
      <p className="rules-soft">
        {t("rulePages.pair", { what: t("rulePages.holidays.as"), value: markText("", as, "", t) })}
        {yearly ? ` · ${t("rulePages.holidays.yearly")}` : ""}
      </p>
      <div className="holiday-fields">
        <label>
          <span>{t("rulePages.holidays.from")}</span>
          <Input type="date" value={from} required onChange={({ target }) => setFrom(target.value)} />
        </label>
        <label>
          <span>{t("rulePages.holidays.to")}</span>
          <Input type="date" value={to} min={from} onChange={({ target }) => setTo(target.value)} />
        </label>
        <label>
          <span>{t("rulePages.holidays.name")}</span>
          <Input
            value={name}
            maxLength={longestName}
            placeholder={t("rulePages.holidays.nameHint")}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <Button htmlType="submit">{t("rulePages.holidays.add")}</Button>
      </div>
      <p className="failure" role="alert">
        {wrong ? t("rulePages.holidays.rangeRule") : ""}
      </p>
    </form>
  );
}
