import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { DayKind } from "../../../domain/access/access.ts";
import { type Block, clock, dayAfter, wholeDay } from "./blocks.ts";

/** One block as far as it lies on the row of `on`: all of it, its evening, or the rest in the morning after. */
export function WeekSpan(props: {
  readonly block: Block;
  readonly on: DayKind;
  readonly chosen: boolean;
  readonly moving: boolean;
  readonly readOnly: boolean;
  readonly onChoose: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}) {
  const { t } = useTranslation();
  const { block, on, chosen, moving } = props;
  const { day, from, to } = block;
  const overnight = to > wholeDay;
  const data = { "data-block": day, "data-from": from, "data-to": to };
  const edge = (which: "from" | "to") =>
    props.readOnly ? null : <span className="week-edge" data-edge={which} aria-hidden="true" />;
  const times = { day: t(`rulePages.day.${day}`), from: clock(from), to: clock(to) };
  if (day === on) {
    return (
      <button
        type="button"
        className="week-span"
        {...data}
        data-overnight={overnight}
        data-moving={moving}
        data-size={sizeOf(Math.min(to, wholeDay) - from)}
        aria-pressed={chosen}
        aria-label={t(overnight ? "rulePages.schedules.overnight" : "rulePages.schedules.span", times)}
        style={placed(from, Math.min(to, wholeDay))}
        onKeyDown={props.onKeyDown}
        // A pointer chooses when it is let go; this is for the keyboard and for what presses buttons by itself.
        onClick={(event) => (event.detail === 0 ? props.onChoose() : undefined)}
      >
        {edge("from")}
        <span className="week-times">
          {clock(from)}–
          <wbr />
          {clock(to)}
        </span>
        {overnight && dayAfter(day) !== undefined ? null : edge("to")}
      </button>
    );
  }
  if (!overnight || dayAfter(day) !== on) return null;
  return (
    <span
      className="week-span week-rest"
      {...data}
      data-rest="true"
      data-chosen={chosen}
      style={placed(0, to - wholeDay)}
      title={t("rulePages.schedules.rest", { day: t(`rulePages.day.${day}`) })}
    >
      {edge("to")}
    </span>
  );
}

/** In less than three hours the times stand below each other; in less than one there is room for none. */
const sizeOf = (minutes: number): string => (minutes < 60 ? "tiny" : minutes < 200 ? "short" : "long");

const placed = (from: number, to: number) => ({
  left: `${(from / wholeDay) * 100}%`,
  width: `${((to - from) / wholeDay) * 100}%`,
});
