import { Button, Input, Segmented, Tag } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type DayKind, dayKinds, isWithin } from "../../../domain/access/schedule.ts";
import type { Holiday, Schedule } from "../documents.ts";
import { markOf } from "../documents.ts";
import type { SiteDay } from "../site-day.ts";
import { type Block, blocksOf, clock, rowsOf, spansOf } from "./blocks.ts";
import { DayCopy } from "./day-copy.tsx";
import { DayEffect } from "./day-effect.tsx";
import { minuteSpans } from "./open-now.ts";
import { SpanPanel } from "./span-panel.tsx";
import { WeekForm } from "./week-form.tsx";
import { WeekGrid } from "./week-grid.tsx";

export interface ScheduleEditorProps {
  readonly schedule: Schedule;
  /** Levels by name that go by it. */
  readonly usedBy: readonly string[];
  /** Of a new one; undefined: others may go by it already. */
  readonly onRename: ((name: string) => void) | undefined;
  readonly nameFault: string;
  readonly now: SiteDay | null;
  /** Days that are not their weekday. */
  readonly holidays: readonly Holiday[];
  readonly readOnly: boolean;
  readonly onChange: (schedule: Schedule) => void;
}

/** One schedule: its name, who must be in first, and its week. */
export function ScheduleEditor(props: ScheduleEditorProps) {
  const { t } = useTranslation();
  const { schedule, now, readOnly } = props;
  const [view, setView] = useState<"grid" | "form">(() =>
    window.matchMedia("(max-width: 700px)").matches ? "form" : "grid",
  );
  const [chosen, setChosen] = useState<Block | null>(null);
  const typingRef = useRef<HTMLInputElement>(null);
  const [all, setAll] = useState(false);
  const blocks = blocksOf(schedule.spans);
  const used = new Set<DayKind>(all ? dayKinds : props.holidays.map((one) => markOf(one).as));
  const rows = rowsOf(blocks, used);
  const held =
    chosen !== null && blocks.some((one) => JSON.stringify(one) === JSON.stringify(chosen)) ? chosen : null;
  const change = (next: readonly Block[], then: Block | null = null): void => {
    setChosen(then);
    props.onChange({ ...schedule, spans: spansOf(next) });
  };
  const rename = (firstPerson: string): void => {
    const { firstPerson: _before, ...rest } = schedule;
    props.onChange(firstPerson === "" ? rest : { ...rest, firstPerson });
  };
  return (
    <section className="rules-panel schedule-editor" aria-labelledby="schedule-name">
      <div className="schedule-head">
        <h3 id="schedule-name">{schedule.name}</h3>
        <OpenNow schedule={schedule} now={now} />
        {now === null ? null : (
          <span className="rules-soft">{t("rulePages.schedules.now", { time: clock(now.minute) })}</span>
        )}
      </div>
      <div className="schedule-facts">
        {props.onRename === undefined ? null : (
          <label>
            <span>{t("rulePages.schedules.name")}</span>
            <Input
              value={schedule.name}
              maxLength={32}
              status={props.nameFault === "" ? "" : "error"}
              aria-describedby="schedule-name-rule"
              onChange={({ target }) => props.onRename?.(target.value)}
            />
            <small id="schedule-name-rule">
              {props.nameFault === "" ? t("rulePages.schedules.nameRule") : props.nameFault}
            </small>
          </label>
        )}
        <label>
          <span>{t("rulePages.schedules.firstPerson")}</span>
          <Input
            value={schedule.firstPerson ?? ""}
            maxLength={32}
            disabled={readOnly}
            aria-describedby="schedule-first-rule"
            onChange={({ target }) => rename(target.value.trim())}
          />
          <small id="schedule-first-rule">{t("rulePages.schedules.firstPersonAbout")}</small>
        </label>
        <div>
          <span>{t("rulePages.schedules.usedBy")}</span>
          <p>
            {props.usedBy.length === 0
              ? t("rulePages.schedules.unused")
              : props.usedBy.map((level) => <Tag key={level}>{level}</Tag>)}
          </p>
        </div>
      </div>
      {readOnly ? null : (
        <Segmented<"grid" | "form">
          aria-label={t("rulePages.schedules.view")}
          value={view}
          onChange={(next) => setView(next)}
          options={[
            { value: "grid", label: t("rulePages.schedules.grid") },
            { value: "form", label: t("rulePages.schedules.form") },
          ]}
        />
      )}
      {view === "form" && !readOnly ? (
        <WeekForm
          key={JSON.stringify(schedule.spans)}
          rows={rows}
          blocks={blocks}
          onChange={(next) => change(next)}
        />
      ) : (
        <>
          <WeekGrid
            rows={rows}
            blocks={blocks}
            chosen={held}
            now={now}
            readOnly={readOnly}
            onChange={change}
            onChoose={setChosen}
            onType={() => {
              // After whatever chose it has been drawn.
              setTimeout(() => typingRef.current?.select(), 0);
            }}
          />
          {readOnly ? null : held === null ? (
            <p className="rules-soft">{t("rulePages.schedules.chosenNone")}</p>
          ) : (
            <>
              <SpanPanel
                key={JSON.stringify(held)}
                blocks={blocks}
                block={held}
                fieldRef={typingRef}
                onChange={change}
              />
              <DayCopy blocks={blocks} day={held.day} onChange={(next) => change(next, held)} />
            </>
          )}
        </>
      )}
      {readOnly || rows.length === dayKinds.length ? null : (
        <Button type="link" className="week-more" onClick={() => setAll(true)}>
          {t("rulePages.schedules.moreDays")}
        </Button>
      )}
      {now === null ? null : <DayEffect spans={schedule.spans} holidays={props.holidays} today={now.date} />}
    </section>
  );
}

export function OpenNow(props: { readonly schedule: Schedule; readonly now: SiteDay | null }) {
  const { t } = useTranslation();
  const { schedule, now } = props;
  if (now === null) return null;
  const open = isWithin({ name: schedule.name, spans: minuteSpans(schedule.spans) }, now);
  if (!open) return <Tag>{t("rulePages.schedules.closedNow")}</Tag>;
  return (
    <Tag color="success">
      {schedule.firstPerson === undefined
        ? t("rulePages.schedules.openNow")
        : t("rulePages.schedules.openFirst", { group: schedule.firstPerson })}
    </Tag>
  );
}
