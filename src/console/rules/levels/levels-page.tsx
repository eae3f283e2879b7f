import "./levels.css";
import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { calendarOf } from "../../../domain/access/access.ts";
import { accessPointNames } from "../../../domain/names.ts";
import { getAccessLevels } from "../../api/client.ts";
import { useMay } from "../../live/use-site.ts";
import { Antd } from "../../shell/antd.tsx";
import { type AccessLevel, markOf, type Schedule } from "../documents.ts";
import { freeName } from "../names.ts";
import { RuleFrame } from "../rule-frame.tsx";
import { holidaySource, levelSource, scheduleSource } from "../rule-sources.ts";
import { modesText, vestibulesText } from "../rule-words.ts";
import { OpenNow } from "../schedules/schedule-editor.tsx";
import { type SiteDay, useSiteDay } from "../site-day.ts";
import { ruleKey, useRuleDraft } from "../use-rule-draft.ts";
import { LevelEditor } from "./level-editor.tsx";

/** Which access points, when, verified how, and who has it. */
export function LevelsPage() {
  return (
    <Antd>
      <Levels />
    </Antd>
  );
}

function Levels() {
  const { t } = useTranslation();
  const draft = useRuleDraft(levelSource);
  const [editing, setEditing] = useState<number | null>(null);
  const { schedules, now } = useSurroundings();
  const holders = useQuery({
    queryKey: ["rules", "holders"],
    queryFn: async ({ signal }) => (await getAccessLevels({ signal })).holders ?? {},
  });
  const levels = draft.draft ?? [];
  const known = new Set((draft.base?.document ?? []).map(({ name }) => name));
  const add = (like: Omit<AccessLevel, "name">): void => {
    draft.edit([...levels, { ...like, name: freeName("level", levels) }]);
    setEditing(levels.length);
  };
  const edited = editing === null ? undefined : levels[editing];
  return (
    <RuleFrame
      title={t("rulePages.levels.title")}
      lead={t("rulePages.levels.lead")}
      draft={draft}
      actions={
        <Button
          type="primary"
          onClick={() =>
            add({ accessPoints: "all", vestibules: "all", schedule: "always", mode: "card+face" })
          }
        >
          {t("rulePages.levels.add")}
        </Button>
      }
    >
      {levels.length === 0 ? (
        <Empty description={t("rulePages.levels.none")} />
      ) : (
        <div className="rules-panel">
          <table className="levels" aria-label={t("rulePages.levels.matrix")}>
            <thead>
              <tr>
                <th scope="col">{t("rulePages.levels.name")}</th>
                {accessPointNames.map((name) => (
                  <th key={name} scope="col">
                    {t(`accessPoint.${name}`)}
                  </th>
                ))}
                <th scope="col">{t("rulePages.levels.vestibules")}</th>
                <th scope="col">{t("rulePages.levels.schedule")}</th>
                <th scope="col">{t("rulePages.levels.holders")}</th>
                {draft.may ? (
                  <th scope="col">
                    <span className="visually-hidden">{t("rulePages.levels.edit")}</span>
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {levels.map((level, index) => (
                <LevelRow
                  // A level that is being named anew is the same row.
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  key={index}
                  level={level}
                  schedule={schedules.find(({ name }) => name === level.schedule)}
                  now={now}
                  holders={holders.data === undefined ? null : (holders.data[level.name] ?? 0)}
                  actions={
                    draft.may ? (
                      <td aria-label={t("rulePages.levels.edit")}>
                        <div className="level-actions">
                          <Button onClick={() => setEditing(index)}>{t("rulePages.levels.edit")}</Button>
                          <Button onClick={() => add(withoutName(level))}>
                            {t("rulePages.levels.copy")}
                          </Button>
                          <Button danger onClick={() => draft.edit(levels.filter((_, at) => at !== index))}>
                            {t("rulePages.levels.remove")}
                          </Button>
                        </div>
                      </td>
                    ) : null
                  }
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {edited === undefined || editing === null ? null : (
        <LevelEditor
          level={edited}
          schedules={schedules.map(({ name }) => name)}
          renamable={!known.has(edited.name)}
          onChange={(level) => draft.edit(levels.map((one, at) => (at === editing ? level : one)))}
          onClose={() => setEditing(null)}
        />
      )}
    </RuleFrame>
  );
}

function LevelRow(props: {
  readonly level: AccessLevel;
  readonly schedule: Schedule | undefined;
  readonly now: SiteDay | null;
  /** Null while that is not known. */
  readonly holders: number | null;
  readonly actions: React.ReactNode;
}) {
  const { t } = useTranslation();
  const seesPeople = useMay("seePeople");
  const { level, schedule, holders } = props;
  const mode = t(`rulePages.mode.${level.mode}`);
  const count =
    holders === null
      ? "…"
      : holders === 0
        ? t("rulePages.levels.nobody")
        : t("rulePages.levels.people", { number: holders });
  return (
    <tr>
      <th scope="row">
        {level.name}{" "}
        {level.mode.includes("face") ? null : <Tag color="warning">{t(`rulePages.mode.${level.mode}`)}</Tag>}
      </th>
      {accessPointNames.map((name) => {
        const opens = level.accessPoints === "all" || level.accessPoints.includes(name);
        return (
          <td key={name} data-label={t(`accessPoint.${name}`)} data-opens={opens} className="level-cell">
            {opens ? (
              <>
                <span aria-hidden="true">✓ </span>
                {mode}
              </>
            ) : (
              <span className="rules-soft">– {t("rulePages.levels.opensNot")}</span>
            )}
          </td>
        );
      })}
      <td data-label={t("rulePages.levels.vestibules")}>{vestibulesText(level, t)}</td>
      <td data-label={t("rulePages.levels.schedule")}>
        <div className="level-when">
          <span>{level.schedule === "always" ? t("rulePages.levels.always") : level.schedule}</span>
          {schedule === undefined ? null : <OpenNow schedule={schedule} now={props.now} />}
          {level.modes === undefined ? null : <small>{modesText(level, t)}</small>}
          {level.liveness === undefined ? null : (
            <small>
              {t("rulePages.pair", {
                what: t("rulePages.levels.liveness"),
                value: t(`rulePages.liveness.${level.liveness}`),
              })}
            </small>
          )}
        </div>
      </td>
      <td data-label={t("rulePages.levels.holders")}>
        {seesPeople ? <Link to={`/cardholders?accessLevel=${level.name}`}>{count}</Link> : count}
      </td>
      {props.actions}
    </tr>
  );
}

const withoutName = ({ name: _name, ...rest }: AccessLevel): Omit<AccessLevel, "name"> => rest;

function useSurroundings() {
  const holidays = useQuery({
    queryKey: ruleKey(holidaySource.kind),
    queryFn: ({ signal }) => holidaySource.read(signal),
  });
  const schedules = useQuery({
    queryKey: ruleKey(scheduleSource.kind),
    queryFn: ({ signal }) => scheduleSource.read(signal),
  });
  const kindOf = useMemo(() => calendarOf((holidays.data?.document ?? []).map(markOf)), [holidays.data]);
  return { now: useSiteDay(kindOf), schedules: schedules.data?.document ?? [] };
}
