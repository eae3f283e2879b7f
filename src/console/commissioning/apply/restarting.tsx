import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Icon } from "../../theme/icons.tsx";
import type { Commissioning } from "../model.ts";
import { useRestart } from "./use-restart.ts";

/** Longer than a box takes that starts anew on a slow card. */
const longSeconds = 60;

/** In words, while nothing answers: what happens, how long it takes, and what it came to. */
export function Restarting(props: {
  readonly hash: string;
  readonly onBack: (commissioning: Commissioning) => void;
}) {
  const { t } = useTranslation();
  const restart = useRestart(props.hash);
  return (
    <section className="commission-card commission-restarting" aria-live="polite" data-restart={restart.is}>
      {restart.is === "waiting" ? (
        <>
          <h2>
            <Icon name="again" /> {t("commissioning.apply.restarting")}
          </h2>
          <p>{t("commissioning.apply.locked")}</p>
          <p className="commission-left" aria-live="off">
            {t("commissioning.apply.waited", { seconds: restart.seconds })}
          </p>
          {restart.seconds < longSeconds ? null : (
            <p className="commission-remark">{t("commissioning.apply.long", { seconds: longSeconds })}</p>
          )}
        </>
      ) : (
        <>
          <h2>
            <Icon name={restart.is === "back" ? "granted" : "denied"} />{" "}
            {t(`commissioning.apply.${restart.is}`)}
          </h2>
          <Button type="primary" size="large" onClick={() => props.onBack(restart.commissioning)}>
            {t("commissioning.apply.close")}
          </Button>
        </>
      )}
    </section>
  );
}
