import { useTranslation } from "react-i18next";
import type { Draft } from "../model.ts";
import { SelectField } from "./fields.tsx";
import { type Fields, fieldsOf, textOf, withField } from "./read.ts";
import { SectionFrame } from "./section-frame.tsx";

/** Which time the site's schedules mean. */
export function ClockSection({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation();
  return (
    <SectionFrame<Fields>
      title={t("commissioning.step.clock.name")}
      section="clock"
      draft={draft}
      value={fieldsOf(draft.sections.clock)}
    >
      {(value, change) => (
        <SelectField
          search
          label={t("commissioning.setup.timeZone")}
          value={textOf(value["timeZone"]) || "Asia/Shanghai"}
          choices={timeZones.map((zone) => ({ value: zone, label: zone }))}
          onChange={(zone) => change(withField(value, "timeZone", zone))}
        />
      )}
    </SectionFrame>
  );
}

const timeZones: readonly string[] = Intl.supportedValuesOf("timeZone");
