import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeDraft } from "../../api/client.ts";
import { isObject } from "../../api/http.ts";
import type { Draft } from "../model.ts";
import { useKeep } from "../use-commissioning.ts";
import { useRefusalText } from "../use-refusal-text.ts";
import { exchangedLines } from "./exchanged-lines.ts";
import { useLineName } from "./live-lines.tsx";

/** Where one thing was moved and another line answered: the two may change places in the configuration. */
export function LineExchange(props: {
  readonly pairs: readonly (readonly [string, string])[];
  readonly draft: Draft | undefined;
  /** Whether what to do with the wires stands beside it already. */
  readonly isSaid?: boolean;
}) {
  const { t } = useTranslation();
  const nameOf = useLineName();
  const refusalText = useRefusalText();
  const keep = useKeep();
  const [said, setSaid] = useState("");
  const section = props.draft?.sections.lines;
  if (section === undefined || props.pairs.length === 0) return null;
  const lines = isObject(section) ? section : {};
  const exchanges = props.pairs.flatMap(([one, other]) => {
    const exchanged = exchangedLines(lines, one, other);
    return exchanged === undefined ? [] : [{ one, other, exchanged }];
  });
  const exchange = async (exchanged: unknown): Promise<void> => {
    try {
      keep.draft(await changeDraft({ section: "lines" }, { value: exchanged }));
      setSaid(t("commissioning.lines.exchanged"));
    } catch (error) {
      setSaid(refusalText(error));
    }
  };
  if (exchanges.length === 0)
    return props.isSaid === true ? null : (
      <p className="commission-todo">{t("commissioning.lines.byWire")}</p>
    );
  return (
    <div className="commission-block">
      <p className="commission-about">{t("commissioning.lines.byConfiguration")}</p>
      <div className="commission-actions">
        {exchanges.map(({ one, other, exchanged }) => (
          <Button key={one} size="large" onClick={() => void exchange(exchanged)}>
            {t("commissioning.lines.exchange", { one: nameOf(one), other: nameOf(other) })}
          </Button>
        ))}
      </div>
      <output className="commission-saved">{said}</output>
    </div>
  );
}
