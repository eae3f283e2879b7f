import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AccessPointName, accessPointNames, doorOf } from "../../domain/names.ts";
import type { VestibuleView } from "../../ports/controller-services.ts";
import { decideRemotely } from "../api/vestibule.ts";
import { useOperationFailure } from "./use-operation-failure.ts";

/** Who stands at a door and waits for an operator to look: let in, or sent away, with a reason for the record. */
export function WaitingPeople(props: {
  readonly vestibule: VestibuleView;
  readonly nameOf: (cardholder: string) => string;
  /** What the camera there sees. */
  readonly pictureOf?: (accessPoint: AccessPointName) => ReactNode;
}) {
  return waitingAt(props.vestibule).map((accessPoint) => (
    <WaitingPerson key={accessPoint} accessPoint={accessPoint} {...props} />
  ));
}

export const waitingAt = ({ displays }: VestibuleView): readonly AccessPointName[] =>
  accessPointNames.filter((accessPoint) => displays[accessPoint]?.text === "waitForStaff");

const longestReason = 500;

function WaitingPerson(props: {
  readonly accessPoint: AccessPointName;
  readonly vestibule: VestibuleView;
  readonly nameOf: (cardholder: string) => string;
  readonly pictureOf?: (accessPoint: AccessPointName) => ReactNode;
}) {
  const { t } = useTranslation();
  const failureText = useOperationFailure();
  const [reason, setReason] = useState("");
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState("");
  const { accessPoint, vestibule, nameOf } = props;
  const { passage } = vestibule;
  const cardholder = passage?.accessPoint === accessPoint ? passage.cardholder : null;
  const who = cardholder === null ? t("waiting.somebody") : nameOf(cardholder);

  const decide = async (granted: boolean): Promise<void> => {
    if (reason.trim() === "") return setFailure(t("operations.needsReason"));
    setWorking(true);
    setFailure("");
    try {
      await decideRemotely(vestibule.id, doorOf(accessPoint), accessPoint, granted, reason.trim());
    } catch (error) {
      setFailure(failureText(error));
    }
    setWorking(false);
  };

  return (
    <div className="proposal waiting" aria-live="polite" aria-busy={working}>
      <p>{t("waiting.who", { who, accessPoint: t(`accessPoint.${accessPoint}`) })}</p>
      {props.pictureOf?.(accessPoint)}
      <input
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        placeholder={t("operations.why")}
        aria-label={t("operations.why")}
        maxLength={longestReason}
      />
      <div className="operation-answer">
        <button type="button" className="primary" disabled={working} onClick={() => void decide(true)}>
          {t("waiting.grant")}
        </button>
        <button type="button" disabled={working} onClick={() => void decide(false)}>
          {t("waiting.deny")}
        </button>
      </div>
      <p className="failure" role="alert">
        {failure}
      </p>
    </div>
  );
}
