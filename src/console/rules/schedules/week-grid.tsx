import "./week-grid.css";
import { Button } from "antd";
import type { TFunction } from "i18next";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { DayKind } from "../../../domain/access/access.ts";
import type { SiteDay } from "../site-day.ts";
import {
  type Block,
  clock,
  movedTo,
  painted,
  removed,
  replaced,
  resizedTo,
  same,
  step,
  wholeDay,
} from "./blocks.ts";
import { useDragging } from "./use-dragging.ts";
import { WeekSpan } from "./week-span.tsx";

const hours = [0, 3, 6, 9, 12, 15, 18, 21, 24];

interface WeekGridProps {
  readonly rows: readonly DayKind[];
  readonly blocks: readonly Block[];
  readonly chosen: Block | null;
  readonly now: SiteDay | null;
  readonly readOnly: boolean;
  readonly onChange: (blocks: readonly Block[], chosen: Block | null) => void;
  readonly onChoose: (block: Block) => void;
  /** The chosen one is to be typed. */
  readonly onType: () => void;
}

/** A week in rows of 24 hours: painted, moved and stretched with the pointer, or with the keyboard. */
export function WeekGrid(props: WeekGridProps) {
  const { t } = useTranslation();
  const { blocks, readOnly } = props;
  const put = (block: Block | null, at: Block): void => {
    const next = block === null ? painted(blocks, at) : replaced(blocks, block, at);
    props.onChange(
      next,
      next.find((one) => one.day === at.day && one.from <= at.from && one.to >= at.to) ?? null,
    );
  };
  const {
    gridRef,
    dragged: shown,
    handlers,
  } = useDragging(({ block, at }) => put(block, at), props.onChoose);
  const refocusRef = useRefocus(props.chosen);
  const standing = shown?.block ?? null;
  const rest = standing === null ? blocks : removed(blocks, standing);
  const drawn = shown === null ? rest : [...rest, shown.at];

  const onKey = (event: KeyboardEvent, block: Block): void => {
    if (readOnly) return;
    const at = keyed(event, block, props.rows);
    if (event.key === "Enter") props.onType();
    else if (event.key === "Delete" || event.key === "Backspace")
      props.onChange(removed(blocks, block), null);
    else if (at !== undefined) {
      refocusRef.current = true;
      put(block, at);
    } else return;
    event.preventDefault();
  };

  return (
    <div className="week" data-dragging={shown !== null}>
      <p className="rules-soft week-help" id="week-help">
        {readOnly ? null : t("rulePages.schedules.gridHelp")}
      </p>
      <fieldset
        ref={gridRef}
        className="week-grid"
        aria-label={t("rulePages.schedules.week")}
        aria-describedby="week-help"
        {...(readOnly ? {} : handlers)}
      >
        <div className="week-hours" aria-hidden="true">
          {hours.map((hour) => (
            <span key={hour} style={{ left: `${(hour / 24) * 100}%` }}>
              {String(hour).padStart(2, "0")}
            </span>
          ))}
        </div>
        {props.rows.map((day) => (
          <div className="week-row" key={day} data-day={day}>
            <span className="week-day">{t(`rulePages.day.${day}`)}</span>
            <div className="week-track" data-track={day}>
              {drawn.flatMap((block) => (
                <WeekSpan
                  key={`${block.day} ${block.from}`}
                  block={block}
                  on={day}
                  chosen={props.chosen !== null && same(props.chosen, block)}
                  moving={shown !== null && same(shown.at, block)}
                  readOnly={readOnly}
                  onChoose={() => props.onChoose(block)}
                  onKeyDown={(event) => onKey(event, block)}
                />
              ))}
              {props.now?.day === day ? (
                <span
                  className="week-now"
                  style={{ left: `${(props.now.minute / wholeDay) * 100}%` }}
                  title={t("rulePages.schedules.now", { time: clock(props.now.minute) })}
                />
              ) : null}
            </div>
            {readOnly ? null : (
              <Button
                size="small"
                type="text"
                aria-label={t("rulePages.schedules.addSpan", { day: t(`rulePages.day.${day}`) })}
                onClick={() => put(null, freeOn(day, blocks))}
              >
                +
              </Button>
            )}
          </div>
        ))}
      </fieldset>
      <output className="visually-hidden">{shown === null ? "" : spokenOf(shown.at, t)}</output>
    </div>
  );
}

const spokenOf = ({ day, from, to }: Block, t: TFunction): string =>
  t("rulePages.schedules.painting", { day: t(`rulePages.day.${day}`), from: clock(from), to: clock(to) });

/** An hour where nothing is yet, from eight in the morning if that is free. */
function freeOn(day: DayKind, blocks: readonly Block[]): Block {
  const taken = blocks.filter((block) => block.day === day);
  const starts = Array.from({ length: 24 }, (_, hour) => ((hour + 8) % 24) * 60);
  const free = starts.find((from) => taken.every((block) => from + 60 < block.from || from > block.to));
  const from = free ?? 480;
  return { day, from, to: from + 60 };
}

function keyed(
  { key, shiftKey, ctrlKey }: KeyboardEvent,
  block: Block,
  rows: readonly DayKind[],
): Block | undefined {
  const by = { ArrowLeft: -step, ArrowRight: step }[key];
  if (by !== undefined) {
    if (shiftKey) return resizedTo(block, "to", block.to + by);
    if (ctrlKey) return resizedTo(block, "from", block.from + by);
    return movedTo(block, block.day, block.from + by);
  }
  const down = { ArrowUp: -1, ArrowDown: 1 }[key];
  const day = down === undefined ? undefined : rows[rows.indexOf(block.day) + down];
  return day === undefined ? undefined : movedTo(block, day, block.from);
}

/** A block that was moved with the keyboard is another element: the focus goes along. */
function useRefocus(chosen: Block | null) {
  const wantedRef = useRef(false);
  useEffect(() => {
    if (!wantedRef.current || chosen === null) return;
    wantedRef.current = false;
    document.querySelector<HTMLElement>('.week-span[aria-pressed="true"]')?.focus();
  }, [chosen]);
  return wantedRef;
}
