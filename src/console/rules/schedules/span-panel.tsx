import { Button, Input } from "antd";
import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Block, clock, cut, removed, replaced } from "./blocks.ts";
import { blockTyped, timeTyped } from "./times-text.ts";

interface SpanPanelProps {
  readonly blocks: readonly Block[];
  readonly block: Block;
  readonly fieldRef: RefObject<HTMLInputElement | null>;
  readonly onChange: (blocks: readonly Block[], chosen: Block | null) => void;
}

/** The chosen span to the minute, and a break in it: whatever can be dragged can be typed. */
export function SpanPanel({ blocks, block, fieldRef, onChange }: SpanPanelProps) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(clock(block.from));
  const [to, setTo] = useState(clock(block.to));
  const [pause, setPause] = useState({ from: "12:00", to: "13:00" });
  const [fault, setFault] = useState("");

  const take = (): void => {
    const typed = blockTyped(block.day, from, to);
    setFault(typed === undefined ? t("rulePages.schedules.notATime") : "");
    if (typed !== undefined) onChange(replaced(blocks, block, typed), typed);
  };
  const insertBreak = (): void => {
    const [begin, end] = [timeTyped(pause.from), timeTyped(pause.to)];
    const next = begin === undefined || end === undefined ? blocks : cut(blocks, block, begin, end);
    setFault(next === blocks ? t("rulePages.schedules.noBreak") : "");
    if (next !== blocks) onChange(next, null);
  };

  return (
    <div className="span-panel">
      <h4>{t("rulePages.schedules.chosen", { day: t(`rulePages.day.${block.day}`) })}</h4>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          take();
        }}
      >
        <label>
          <span>{t("rulePages.schedules.from")}</span>
          <Input
            value={from}
            maxLength={5}
            ref={(field) => {
              fieldRef.current = field?.input ?? null;
            }}
            onChange={({ target }) => setFrom(target.value)}
          />
        </label>
        <label>
          <span>{t("rulePages.schedules.to")}</span>
          <Input value={to} maxLength={5} onChange={({ target }) => setTo(target.value)} />
        </label>
        <Button htmlType="submit">{t("rulePages.schedules.take")}</Button>
        <Button danger onClick={() => onChange(removed(blocks, block), null)}>
          {t("rulePages.schedules.removeSpan")}
        </Button>
      </form>
      <p className="rules-soft">{t("rulePages.schedules.toRule")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          insertBreak();
        }}
      >
        <label>
          <span>{t("rulePages.schedules.breakFrom")}</span>
          <Input
            value={pause.from}
            maxLength={5}
            onChange={({ target }) => setPause({ ...pause, from: target.value })}
          />
        </label>
        <label>
          <span>{t("rulePages.schedules.breakTo")}</span>
          <Input
            value={pause.to}
            maxLength={5}
            onChange={({ target }) => setPause({ ...pause, to: target.value })}
          />
        </label>
        <Button htmlType="submit">{t("rulePages.schedules.insertBreak")}</Button>
      </form>
      <p className="failure" role="alert">
        {fault}
      </p>
    </div>
  );
}
