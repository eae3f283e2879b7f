import { Input, Radio, Select } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useSite } from "../live/use-site.ts";
import { useLanguage } from "../texts/use-language.ts";
import { PersonChoice } from "./person-choice.tsx";
import { type Asked, type AskedChange, periodNames } from "./use-period.ts";

/** Of which time, door and person. */
export function PeriodBar(props: {
  readonly asked: Asked;
  readonly onChange: (change: AskedChange) => void;
  /** Charts name nobody. */
  readonly of: "figures" | "files";
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const id = useId();
  const { asked, onChange } = props;
  const vestibules = useSite().state?.vestibules ?? [];
  const maySeePeople = useMay("seePeople");
  return (
    <form
      className="period-bar"
      aria-label={t("reports.period.label")}
      onSubmit={(event) => event.preventDefault()}
    >
      <Radio.Group
        aria-label={t("reports.period.label")}
        optionType="button"
        buttonStyle="solid"
        value={asked.period}
        onChange={({ target }) => {
          const own = target.value === "own" ? { from: asked.firstDay, to: asked.lastDay } : {};
          onChange({ period: target.value, ...own });
        }}
        options={periodNames.map((name) => ({ value: name, label: t(`reports.period.${name}`) }))}
      />
      {asked.period === "own" ? <OwnDays asked={asked} onChange={onChange} /> : null}
      <div className="period-field">
        <label htmlFor={`${id}-door`}>{t("reports.door.label")}</label>
        <Select
          id={`${id}-door`}
          value={asked.door ?? ""}
          onChange={(door) => onChange({ door })}
          options={[
            { value: "", label: t("reports.door.all") },
            ...(["outer", "inner"] as const).map((door) => ({ value: door, label: t(`door.${door}`) })),
          ]}
        />
      </div>
      {props.of === "figures" && vestibules.length > 1 ? (
        <div className="period-field">
          <label htmlFor={`${id}-vestibule`}>{t("reports.vestibule.label")}</label>
          <Select
            id={`${id}-vestibule`}
            value={asked.vestibule ?? ""}
            onChange={(vestibule) => onChange({ vestibule })}
            options={[
              { value: "", label: t("reports.vestibule.all") },
              ...vestibules.map((one) => ({ value: one.id, label: one.name[language] })),
            ]}
          />
        </div>
      ) : null}
      {props.of === "files" && maySeePeople ? (
        <PersonChoice chosen={asked.cardholder} onChoose={(person) => onChange({ person })} />
      ) : null}
      <p className="period-note">{t("reports.period.zone", { zone: asked.timeZone })}</p>
      {asked.range === null ? (
        <p className="failure" role="alert">
          {t("reports.period.wrong")}
        </p>
      ) : null}
    </form>
  );
}

function OwnDays({
  asked,
  onChange,
}: {
  readonly asked: Asked;
  readonly onChange: (change: AskedChange) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <>
      {(["from", "to"] as const).map((end) => (
        <div className="period-field" key={end}>
          <label htmlFor={`${id}-${end}`}>{t(`reports.period.${end}`)}</label>
          <Input
            id={`${id}-${end}`}
            type="date"
            max={asked.today}
            value={end === "from" ? asked.firstDay : asked.lastDay}
            onChange={({ target }) => onChange({ [end]: target.value })}
          />
        </div>
      ))}
    </>
  );
}
