import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type DayKind, dayKinds } from "../../../domain/access/access.ts";
import type { Block } from "./blocks.ts";
import { dayTyped, timesText } from "./times-text.ts";

type Typed = Readonly<Record<string, string>>;

const textsOf = (blocks: readonly Block[]): Typed =>
  Object.fromEntries(dayKinds.map((day) => [day, timesText(blocks.filter((block) => block.day === day))]));

/** The week as text, a line a day: for the keyboard, for a phone, and for whoever has it on paper. */
export function WeekForm(props: {
  readonly rows: readonly DayKind[];
  readonly blocks: readonly Block[];
  readonly onChange: (blocks: readonly Block[]) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(() => textsOf(props.blocks));
  const [unread, setUnread] = useState<readonly DayKind[]>([]);
  const take = (): void => {
    const days = dayKinds.map((day) => ({ day, blocks: dayTyped(day, typed[day] ?? "") }));
    const wrong = days.filter(({ blocks }) => blocks === undefined).map(({ day }) => day);
    setUnread(wrong);
    if (wrong.length > 0) return;
    const blocks = days.flatMap((one) => one.blocks ?? []);
    setTyped(textsOf(blocks));
    props.onChange(blocks);
  };
  return (
    <form
      className="week-form"
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <p className="rules-soft" id="week-form-rule">
        {t("rulePages.schedules.typedRule")}
      </p>
      {props.rows.map((day) => (
        <label key={day}>
          <span>{t(`rulePages.day.${day}`)}</span>
          <Input
            value={typed[day] ?? ""}
            placeholder={t("rulePages.schedules.never")}
            maxLength={300}
            aria-label={t("rulePages.schedules.typed", { day: t(`rulePages.day.${day}`) })}
            aria-describedby="week-form-rule"
            aria-invalid={unread.includes(day)}
            status={unread.includes(day) ? "error" : ""}
            onBlur={take}
            onChange={({ target }) => setTyped({ ...typed, [day]: target.value })}
          />
        </label>
      ))}
      <p className="failure" role="alert">
        {unread.length === 0
          ? ""
          : t("rulePages.schedules.notTyped", {
              days: unread.map((day) => t(`rulePages.day.${day}`)).join(t("rulePages.and")),
            })}
      </p>
      <Button htmlType="submit">{t("rulePages.schedules.take")}</Button>
    </form>
  );
}
