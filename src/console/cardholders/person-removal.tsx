import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { removeCardholder } from "../api/client.ts";
import { Confirm } from "./confirm.tsx";
import { PersonPart, type PersonPartProps } from "./person-part.tsx";
import { isWaiting } from "./use-person-change.tsx";

/** What goes and what stays is said before; a second operator confirms it where four-eyes is in force. */
export function PersonRemoval(props: PersonPartProps & { readonly onRemoved: () => void }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const { person, name, run, onRemoved } = props;
  return (
    <PersonPart heading={t("cardholders.removal.heading")}>
      <p>{t("cardholders.removal.how")}</p>
      <p>{t("cardholders.removal.second")}</p>
      <Button danger onClick={() => setAsked(true)}>
        {t("cardholders.removal.remove", { name })}
      </Button>
      {asked ? (
        <Confirm
          title={t("cardholders.removal.ask", { name })}
          okText={t("cardholders.removal.remove", { name })}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            const outcome = await run(
              async () => (await removeCardholder({ id: person.id })) ?? "removed",
              () => t("cardholders.removal.removed"),
            );
            if (outcome !== undefined && !isWaiting(outcome)) onRemoved();
          }}
        >
          {t("cardholders.removal.how")}
        </Confirm>
      ) : null}
    </PersonPart>
  );
}
