import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type DayKind, dayKinds, weekdays } from "../../../domain/access/access.ts";
import { type Block, copiedDay } from "./blocks.ts";

/** One day's times for others as well. */
export function DayCopy(props: {
  readonly blocks: readonly Block[];
  readonly day: DayKind;
  readonly onChange: (blocks: readonly Block[]) => void;
}) {
  const { t } = useTranslation();
  const [to, setTo] = useState<readonly DayKind[]>([]);
  const others = dayKinds.filter((day) => day !== props.day);
  return (
    <div className="day-copy">
      <Select
        mode="multiple"
        aria-label={t("rulePages.schedules.copyDay")}
        placeholder={t("rulePages.schedules.copyDay")}
        value={[...to]}
        onChange={(days: DayKind[]) => setTo(days)}
        options={others.map((day) => ({ value: day, label: t(`rulePages.day.${day}`) }))}
      />
      <Button onClick={() => setTo(weekdays.slice(0, 5).filter((day) => day !== props.day))}>
        {t("rulePages.schedules.weekdays")}
      </Button>
      <Button
        disabled={to.length === 0}
        onClick={() => {
          props.onChange(copiedDay(props.blocks, props.day, to));
          setTo([]);
        }}
      >
        {t("rulePages.schedules.copyDo")}
      </Button>
    </div>
  );
}
