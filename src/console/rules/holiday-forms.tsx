import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Holiday, holidayOf } from "./documents.ts";
import { pastedList, rangeOf } from "./holiday-dates.ts";

const longestName = 60;
const longestList = 20_000;

/** Several days under one name, such as a Spring Festival. */
export function RangeForm(props: { readonly onAdd: (holidays: readonly Holiday[]) => void }) {
  const { t } = useTranslation();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState(false);
  const add = (): void => {
    const dates = rangeOf(from, to === "" ? from : to);
    setWrong(dates === undefined);
    if (dates === undefined) return;
    props.onAdd(dates.map((date) => holidayOf(date, name)));
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

/** The list as the authorities publish it, pasted. */
export function PasteForm(props: { readonly onAdd: (holidays: readonly Holiday[]) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const { holidays, bad } = pastedList(text);
  return (
    <form
      className="rules-panel holiday-form"
      aria-labelledby="paste-list"
      onSubmit={(event) => {
        event.preventDefault();
        props.onAdd(holidays);
        setText("");
      }}
    >
      <h3 id="paste-list">{t("rulePages.holidays.paste")}</h3>
      <Input.TextArea
        value={text}
        rows={4}
        maxLength={longestList}
        aria-labelledby="paste-list"
        aria-describedby="paste-rule"
        onChange={({ target }) => setText(target.value)}
      />
      <small id="paste-rule" className="rules-soft">
        {t("rulePages.holidays.pasteRule")}
      </small>
      <p className="failure" role="alert">
        {bad.length === 0
          ? ""
          : t("rulePages.holidays.pasteBad", { lines: bad.slice(0, 20).join(t("rulePages.and")) })}
      </p>
      <Button htmlType="submit" disabled={holidays.length === 0}>
        {t("rulePages.holidays.pasteTake", { number: holidays.length })}
      </Button>
    </form>
  );
}
