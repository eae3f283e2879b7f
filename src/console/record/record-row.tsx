import { memo, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordView } from "../../ports/record-view.ts";
import { localeOf } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";
import { Icon, type IconName } from "../theme/icons.tsx";
import { Why } from "../why/why.tsx";
import { RecordDetails } from "./record-details.tsx";
import { RecordLinks } from "./record-links.tsx";
import { sentence } from "./sentence.ts";

/** Records never change: a row is drawn once, however often the state does. */
export const RecordRow = memo(function RecordRow(props: {
  readonly record: RecordView;
  readonly evidence: string | null;
  readonly nameOf: (cardholder: string) => string;
  /** How a time is written; left out: as the clock of this machine has it. */
  readonly clock?: (iso: string) => string;
  /** Stands above the first record of a day. */
  readonly day?: string | null;
  readonly isMarked?: boolean;
  readonly markText?: string;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { record } = props;
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const [kind, icon] = kindOf(record);
  const clockHere = (iso: string): string => clockTime(iso, language);
  return (
    <li className="record-row" data-kind={kind} data-type={record.type} data-marked={props.isMarked === true}>
      {props.day === null || props.day === undefined ? null : <p className="record-day">{props.day}</p>}
      <button
        type="button"
        className="record-line"
        aria-expanded={open}
        aria-controls={detailsId}
        onClick={() => setOpen(!open)}
      >
        <Icon name={icon} />
        <span className="record-sentence">{sentence(t, record, props.nameOf)}</span>
        <time dateTime={record.time}>{(props.clock ?? clockHere)(record.time)}</time>
        <small>
          #{record.seq}
          {props.isMarked === true ? <span className="visually-hidden"> {props.markText}</span> : null}
        </small>
      </button>
      <div id={detailsId} hidden={!open}>
        {open ? (
          <>
            <RecordDetails record={record} evidence={props.evidence} />
            <Why seq={record.seq} nameOf={props.nameOf} />
            <RecordLinks record={record} />
          </>
        ) : null}
      </div>
    </li>
  );
});

type Kind = "good" | "bad" | "alarm" | "plain";

function kindOf({ type }: RecordView): readonly [Kind, IconName] {
  if (type === "AccessGranted" || type === "AccessTaken") return ["good", "granted"];
  if (refusing.has(type)) return ["bad", "denied"];
  if (alarming.has(type)) return ["alarm", "alarm"];
  if (type === "DoorReleased" || type === "PassageReleased") return ["good", "released"];
  if (type === "EmergencyDoorReleased" || type === "OverrideDoorReleased") return ["alarm", "released"];
  if (type === "DoorSecured") return ["plain", "locked"];
  if (type.startsWith("Door")) return ["plain", "door"];
  if (type.startsWith("Card")) return ["plain", "card"];
  if (type.startsWith("Operator")) return ["plain", "person"];
  return ["plain", type.startsWith("Verification") ? "look" : "note"];
}

const refusing: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessWithdrawn",
  "ReleaseRefused",
  "EgressDenied",
  "OverrideRefused",
  "EmergencyResetRefused",
]);

const alarming: ReadonlySet<string> = new Set([
  "AlarmRaised",
  "DoorForcedOpen",
  "DoorHeldOpen",
  "DoorHeldOpenWarning",
  "DoorFoundOpen",
  "LockFault",
  "ProcessLost",
  "RecordsDropped",
  "InterlockRecordsMissing",
  "EvidenceNotKept",
  "DiskNearlyFull",
  "ContactFault",
  "InterlockViolated",
  "EmergencyStarted",
  "LockdownStarted",
  "OverrideStarted",
  "PersonDetained",
  "TamperDetected",
  "MainsLost",
  "BatteryLow",
  "ControllerLost",
  "VisionLost",
  "CameraLost",
  "CameraFrozen",
  "CameraCovered",
  "CardLockedOut",
  "RepeatedDenials",
  "OperatorLoginFailed",
  "LivenessOff",
  "BackupFailed",
  "JournalRestored",
  "WitnessContradicted",
  "WitnessAheadOfBackup",
  "WitnessForgot",
  "DuplicateFaceFound",
  "TemplatesAgeing",
]);

function clockTime(iso: string, language: "en" | "zh"): string {
  return new Date(iso).toLocaleTimeString(localeOf(language));
}
