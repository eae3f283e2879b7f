import "./schedules.css";
import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Tooltip } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { calendarOf } from "../../../domain/access/access.ts";
import { Antd } from "../../shell/antd.tsx";
import { markOf, type Schedule } from "../documents.ts";
import { freeName, isName } from "../names.ts";
import { RuleFrame } from "../rule-frame.tsx";
import { holidaySource, levelSource, scheduleSource } from "../rule-sources.ts";
import { useSiteDay } from "../site-day.ts";
import { ruleKey, useRuleDraft } from "../use-rule-draft.ts";
import { OpenNow, ScheduleEditor } from "./schedule-editor.tsx";
import { weekText } from "./week-text.ts";

/** When people may pass, week by week. */
export function SchedulesPage() {
  return (
    <Antd>
      <Schedules />
    </Antd>
  );
}

function Schedules() {
  const { t } = useTranslation();
  const draft = useRuleDraft(scheduleSource);
  const [search, setSearch] = useSearchParams();
  const schedules = draft.draft ?? [];
  const { now, levels, holidays } = useSurroundings();
  const index = Math.max(
    0,
    schedules.findIndex(({ name }) => name === search.get("schedule")),
  );
  const chosen = schedules[index];
  const choose = (name: string): void => setSearch({ schedule: name }, { replace: true });
  const usedBy = (name: string): readonly string[] =>
    levels
      .filter(({ schedule, modes = [] }) => schedule === name || modes.some((one) => one.schedule === name))
      .map((level) => level.name);
  const add = (like: Omit<Schedule, "name">): void => {
    const name = freeName("schedule", schedules);
    draft.edit([...schedules, { ...like, name }]);
    choose(name);
  };
  const put = (schedule: Schedule): void => {
    draft.edit(schedules.map((one, at) => (at === index ? schedule : one)));
    if (schedule.name !== chosen?.name) choose(schedule.name);
  };
  const others = schedules.filter((_, at) => at !== index);
  const isNew = !(draft.base?.document ?? []).some(({ name }) => name === chosen?.name);
  const nameFault =
    chosen === undefined || isName(chosen.name)
      ? others.some(({ name }) => name === chosen?.name)
        ? t("rulePages.schedules.nameTaken")
        : ""
      : t("rulePages.schedules.nameRule");
  return (
    <RuleFrame
      title={t("rulePages.schedules.title")}
      lead={t("rulePages.schedules.lead", { zone: now?.zone ?? "…" })}
      draft={draft}
      actions={
        <Button type="primary" onClick={() => add({ spans: [] })}>
          {t("rulePages.schedules.add")}
        </Button>
      }
    >
      {chosen === undefined ? (
        <Empty description={t("rulePages.schedules.none")} />
      ) : (
        <div className="schedules">
          <nav className="rules-panel" aria-label={t("rulePages.schedules.list")}>
            <ul className="schedule-list">
              {schedules.map((schedule) => (
                <li key={schedule.name}>
                  <button
                    type="button"
                    className="schedule-item"
                    aria-current={schedule === chosen}
                    onClick={() => choose(schedule.name)}
                  >
                    <strong>{schedule.name}</strong>
                    <OpenNow schedule={schedule} now={now} />
                    <span className="rules-soft">{weekText(schedule.spans, t)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </nav>
          <div className="schedule-main">
            <ScheduleEditor
              key={index}
              schedule={chosen}
              usedBy={usedBy(chosen.name)}
              onRename={isNew && draft.may ? (name) => put({ ...chosen, name }) : undefined}
              nameFault={nameFault}
              now={now}
              holidays={holidays}
              readOnly={!draft.may}
              onChange={put}
            />
            {draft.may ? (
              <div className="rules-actions">
                <Button onClick={() => add(withoutName(chosen))}>{t("rulePages.schedules.copy")}</Button>
                <RemoveButton usedBy={usedBy(chosen.name)} onRemove={() => draft.edit(others)} />
              </div>
            ) : null}
          </div>
        </div>
      )}
    </RuleFrame>
  );
}

function RemoveButton(props: { readonly usedBy: readonly string[]; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  const used = props.usedBy.length > 0;
  const why = used
    ? t("rulePages.schedules.removeUsed", { levels: props.usedBy.join(t("rulePages.and")) })
    : "";
  return (
    <Tooltip title={why}>
      <Button danger disabled={used} onClick={props.onRemove}>
        {t("rulePages.schedules.remove")}
      </Button>
    </Tooltip>
  );
}

const withoutName = ({ name: _name, ...rest }: Schedule): Omit<Schedule, "name"> => rest;

/** What time it is at the site, and who goes by which schedule. */
function useSurroundings() {
  const holidays = useQuery({
    queryKey: ruleKey(holidaySource.kind),
    queryFn: ({ signal }) => holidaySource.read(signal),
  });
  const levels = useQuery({
    queryKey: ruleKey(levelSource.kind),
    queryFn: ({ signal }) => levelSource.read(signal),
  });
  const kindOf = useMemo(() => calendarOf((holidays.data?.document ?? []).map(markOf)), [holidays.data]);
  return {
    now: useSiteDay(kindOf),
    levels: levels.data?.document ?? [],
    holidays: holidays.data?.document ?? [],
  };
}
