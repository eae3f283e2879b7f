import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeDraft } from "../../api/client.ts";
import { isObject } from "../../api/http.ts";
import { type CommissioningTest, type Draft, type Line, meaningOf } from "../model.ts";
import { useKeep } from "../use-commissioning.ts";
import { useRefusalText } from "../use-refusal-text.ts";
import { useLineName } from "./live-lines.tsx";

/** Where one thing was moved and another line answered: the two change places in the configuration. */
export function LineExchange(props: {
  readonly test: CommissioningTest;
  readonly lines: readonly Line[];
  readonly draft: Draft | undefined;
}) {
  const { t } = useTranslation();
  const nameOf = useLineName();
  const refusalText = useRefusalText();
  const keep = useKeep();
  const [other, setOther] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const own = props.test.line;
  const section = props.draft?.sections.lines;
  if (own === null || section === undefined) return null;
  if (!isObject(section) || Object.keys(section).length === 0)
    return <p className="commission-fine">{t("commissioning.lines.byWire")}</p>;
  const alike = props.lines.filter(
    ({ name, direction }) => direction === "in" && name !== own && meaningOf(name) !== "fire",
  );
  const exchange = async (): Promise<void> => {
    if (other === null) return;
    const exchanged = exchangedLines(section, own, other);
    if (exchanged === undefined) return;
    try {
      keep.draft(await changeDraft({ section: "lines" }, { value: exchanged }));
      setSaid(t("commissioning.lines.exchanged"));
    } catch (error) {
      setSaid(refusalText(error));
    }
  };
  return (
    <details className="commission-more">
      <summary>{t("commissioning.lines.assign")}</summary>
      <p>{t("commissioning.lines.assignLead", { line: nameOf(own) })}</p>
      <div className="commission-actions">
        <Select
          size="large"
          aria-label={t("commissioning.lines.assignTo")}
          placeholder={t("commissioning.lines.assignTo")}
          value={other}
          onChange={setOther}
          options={alike.map(({ name }) => ({ value: name, label: nameOf(name) }))}
        />
        <Button size="large" disabled={other === null} onClick={() => void exchange()}>
          {t("commissioning.lines.exchange", {
            one: nameOf(own),
            other: other === null ? "…" : nameOf(other),
          })}
        </Button>
      </div>
      <output className="commission-saved">{said}</output>
    </details>
  );
}

/** The board's profile names the first door pair's lines without its id. */
export function exchangedLines(
  section: Readonly<Record<string, unknown>>,
  one: string,
  other: string,
): Readonly<Record<string, unknown>> | undefined {
  const keyOf = (name: string): string | undefined =>
    Object.hasOwn(section, name)
      ? name
      : Object.keys(section).find(
          (key) => name.endsWith(`.${key}`) && name.split(".").length === key.split(".").length + 1,
        );
  const first = keyOf(one);
  const second = keyOf(other);
  if (first === undefined || second === undefined) return undefined;
  return { ...section, [first]: section[second], [second]: section[first] };
}
