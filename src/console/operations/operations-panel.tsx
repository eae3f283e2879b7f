import "./operations.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OverriddenDoors } from "../../domain/interlock/interlock.ts";
import type { VestibuleView } from "../../ports/controller-services.ts";
import { liftLockdown, lockDown, override, resetEmergency } from "../api/vestibule.ts";
import { Icon } from "../theme/icons.tsx";
import { DoorChoice } from "./door-choice.tsx";
import { OperationForm } from "./operation-form.tsx";
import { WaitingPeople } from "./waiting-people.tsx";

type Operation = "lockdown" | "lift" | "override" | "reset";

/** What operators may do to the doors, and who waits for them. */
export function OperationsPanel(props: {
  readonly vestibule: VestibuleView;
  readonly username: string;
  readonly nameOf: (cardholder: string) => string;
}) {
  const { t } = useTranslation();
  const { vestibule, username } = props;
  return (
    <section className="panel operations" aria-labelledby="operations-heading">
      <h2 id="operations-heading">{t("operations.heading")}</h2>
      <WaitingPeople vestibule={vestibule} nameOf={props.nameOf} />
      <Operations vestibule={vestibule} username={username} />
    </section>
  );
}

/** Each asks once more, and why, before it is done. */
export function Operations(props: { readonly vestibule: VestibuleView; readonly username: string }) {
  const { t } = useTranslation();
  const { vestibule, username } = props;
  const [chosen, setChosen] = useState<Operation | null>(null);
  const [notice, setNotice] = useState("");
  const open = (operation: Operation): void => {
    setNotice("");
    setChosen(chosen === operation ? null : operation);
  };
  const done = (recorded: boolean): void => {
    setChosen(null);
    setNotice(recorded ? "" : t("operations.notRecorded"));
  };
  return (
    <>
      <Proposal vestibule={vestibule} username={username} onJoin={() => open("override")} />
      <div className="operation-buttons">
        {operationsFor(vestibule).map((operation) => (
          <button
            key={operation}
            type="button"
            data-operation={operation}
            aria-expanded={chosen === operation}
            onClick={() => open(operation)}
          >
            <Icon name={operationIcons[operation]} />
            {t(`operations.${operation}.button`)}
          </button>
        ))}
      </div>
      {chosen === null ? null : (
        <Chosen
          key={chosen}
          operation={chosen}
          vestibule={vestibule}
          onDone={done}
          onCancel={() => setChosen(null)}
        />
      )}
      <output className="operation-notice">{notice}</output>
    </>
  );
}

const operationIcons = { lockdown: "locked", lift: "again", override: "released", reset: "granted" } as const;

/** Only what could be done now; of a silent interlock whatever secures. */
function operationsFor({ condition }: VestibuleView): readonly Operation[] {
  if (condition === null) return ["lockdown", "lift"];
  const { lockdown, emergency } = condition;
  return [
    lockdown.order ? "lift" : "lockdown",
    ...(lockdown.order || lockdown.input ? [] : (["override"] as const)),
    ...(emergency ? (["reset"] as const) : []),
  ];
}

function Chosen(props: {
  readonly operation: Operation;
  readonly vestibule: VestibuleView;
  readonly onDone: (recorded: boolean) => void;
  readonly onCancel: () => void;
}) {
  const { operation, vestibule, onDone, onCancel } = props;
  const { id, condition } = vestibule;
  const [doors, setDoors] = useState<OverriddenDoors>(condition?.proposal?.doors ?? "both");
  const run = async (reason: string): Promise<void> => {
    const { recorded } = await actions[operation](id, reason, doors);
    onDone(recorded);
  };
  return (
    <OperationForm
      operation={operation}
      vestibule={id}
      asksWhy={operation !== "lift"}
      onConfirm={run}
      onCancel={onCancel}
    >
      {operation === "override" ? <DoorChoice doors={doors} onChoose={setDoors} /> : null}
    </OperationForm>
  );
}

const actions = {
  lockdown: (id: string, reason: string) => lockDown(id, reason),
  lift: (id: string) => liftLockdown(id),
  override: (id: string, reason: string, doors: OverriddenDoors) => override(id, doors, reason),
  reset: (id: string, comment: string) => resetEmergency(id, comment),
} as const;

/** An override that waits for somebody else: who asked, and that another one may join. */
function Proposal(props: {
  readonly vestibule: VestibuleView;
  readonly username: string;
  readonly onJoin: () => void;
}) {
  const { t } = useTranslation();
  const proposal = props.vestibule.condition?.proposal ?? null;
  if (proposal === null) return null;
  const doors = t(`doors.${proposal.doors}`);
  const own = proposal.operator === props.username;
  return (
    <div className="proposal" aria-live="polite">
      <p>
        {t(own ? "operations.proposedByYou" : "operations.proposedBy", { who: proposal.operator, doors })}
      </p>
      {own ? null : (
        <button type="button" className="primary" onClick={props.onJoin}>
          {t("operations.join")}
        </button>
      )}
    </div>
  );
}
