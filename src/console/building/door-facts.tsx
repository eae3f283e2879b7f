import { useTranslation } from "react-i18next";
import type { DoorName } from "../../domain/names.ts";
import type { DoorView } from "../../ports/controller-services.ts";
import { alarmTypeText } from "../alarms/alarm-texts.ts";
import { Icon } from "../theme/icons.tsx";

/** Never one word for a door: commanded lock, contact and bolt are three facts, and they may disagree. */
export function DoorFacts({ name, door }: { readonly name: DoorName; readonly door: DoorView }) {
  const { t } = useTranslation();
  return (
    <div
      className="door-facts"
      data-door={name}
      data-lock={door.lock}
      data-secure={door.secure}
      data-alarm={door.alarm !== null}
    >
      <h3>{t(`door.${name}`)}</h3>
      <span className="lock-pill" data-lock={door.lock}>
        <Icon name={door.lock === "secured" ? "locked" : "released"} />
        {t(`lock.${door.lock}`)}
      </span>
      <dl>
        <Fact
          label={t("contact.label")}
          value={t(`contact.${door.contact}`)}
          plain={door.contact === "closed"}
        />
        <Fact label={t("bolt.label")} value={t(`bolt.${door.bolt}`)} plain={door.bolt !== "fault"} />
        <Fact
          label={t("secure.label")}
          value={t(door.secure ? "secure.yes" : "secure.no")}
          plain={door.secure}
        />
      </dl>
      {door.alarm === null ? null : (
        <p className="door-alarm">
          <Icon name="alarm" />
          {alarmTypeText(t, door.alarm)}
        </p>
      )}
    </div>
  );
}

function Fact(props: { readonly label: string; readonly value: string; readonly plain: boolean }) {
  return (
    <div className="fact" data-plain={props.plain}>
      <dt>{props.label}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}
