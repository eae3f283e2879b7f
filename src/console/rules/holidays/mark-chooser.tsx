import { Checkbox, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type DayKind, weekdays } from "../../../domain/access/access.ts";
import { type MarkKind, markKinds } from "../day-words.ts";

/** What days are marked as from now on. */
export interface Marking {
  readonly kind: MarkKind;
  /** Of a make-up working day. */
  readonly worked: (typeof weekdays)[number];
  readonly yearly: boolean;
}

export const markedAs = ({ kind, worked }: Marking): DayKind => (kind === "worked" ? worked : kind);

/** The kinds of days with their colours and signs, to choose from; at the same time what explains the calendar. */
export function MarkChooser(props: {
  readonly marking: Marking;
  /** How many days of the year shown are of each kind. */
  readonly counts: Readonly<Record<MarkKind, number>>;
  readonly readOnly: boolean;
  readonly onChange: (marking: Marking) => void;
}) {
  const { t } = useTranslation();
  const { marking, counts, readOnly, onChange } = props;
  return (
    <fieldset className="mark-chooser">
      <legend>{t("rulePages.holidays.marking")}</legend>
      {markKinds.map((kind) => (
        <label key={kind} className="mark-choice" data-kind={kind}>
          <input
            type="radio"
            name="mark"
            disabled={readOnly}
            checked={!readOnly && marking.kind === kind}
            onChange={() => onChange({ ...marking, kind })}
          />
          <span className="mark-sign" aria-hidden="true">
            {t(`rulePages.holidays.mark.${kind}`)}
          </span>
          <span>{kind === "worked" ? t("rulePages.holidays.worked") : t(`rulePages.day.${kind}`)}</span>
          <span className="rules-soft">{counts[kind]}</span>
        </label>
      ))}
      {readOnly ? null : (
        <>
          {marking.kind === "worked" ? (
            <WorkedLike value={marking.worked} onChange={(worked) => onChange({ ...marking, worked })} />
          ) : null}
          <Checkbox
            checked={marking.yearly}
            onChange={({ target }) => onChange({ ...marking, yearly: target.checked })}
          >
            {t("rulePages.holidays.everyYear")}
          </Checkbox>
        </>
      )}
    </fieldset>
  );
}

/** The weekday whose times a make-up working day has. */
export function WorkedLike(props: {
  readonly value: (typeof weekdays)[number];
  readonly onChange: (day: (typeof weekdays)[number]) => void;
}) {
  const { t } = useTranslation();
  return (
    <Select
      aria-label={t("rulePages.holidays.workedLike")}
      value={props.value}
      onChange={props.onChange}
      options={weekdays.map((day) => ({
        value: day,
        label: t("rulePages.holidays.likeDay", { day: t(`rulePages.day.${day}`) }),
      }))}
    />
  );
}
