import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { beginCommissioning } from "../api/client.ts";
import { Icon } from "../theme/icons.tsx";
import type { Commissioning } from "./model.ts";
import { useKeep } from "./use-commissioning.ts";
import { useRefusalText } from "./use-refusal-text.ts";

/** What it means before it is begun: from then on cards open nothing. */
export function BeginPanel(props: {
  readonly commissioning: Commissioning;
  readonly mayCommission: boolean;
}) {
  const { t } = useTranslation();
  const keep = useKeep();
  const refusalText = useRefusalText();
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState("");
  const begin = async (): Promise<void> => {
    setWorking(true);
    setFailure("");
    try {
      keep.commissioning(await beginCommissioning());
    } catch (error) {
      setFailure(refusalText(error));
    } finally {
      setWorking(false);
    }
  };
  return (
    <section className="commission-card" aria-labelledby="begin-title">
      <h2 id="begin-title">{t("commissioning.begin.title")}</h2>
      <p className="commission-about">{t("commissioning.begin.lead")}</p>
      <p className="commission-remark">
        <Icon name="alarm" /> {t("commissioning.begin.cards")} {t("commissioning.begin.way")}
      </p>
      {props.commissioning.state === "inService" ? <p>{t("commissioning.begin.again")}</p> : null}
      <p className="failure" role="alert">
        {failure}
      </p>
      {props.mayCommission ? (
        <div className="commission-actions">
          <Button type="primary" size="large" loading={working} onClick={() => void begin()}>
            {t("commissioning.begin.button")}
          </Button>
        </div>
      ) : (
        <p className="commission-remark">{t("commissioning.begin.only")}</p>
      )}
    </section>
  );
}
