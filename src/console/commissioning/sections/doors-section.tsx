import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { type DoorName, doorNames } from "../../../domain/names.ts";
import type { Draft } from "../model.ts";
import { ChoiceField, NumberField } from "./fields.tsx";
import { type Fields, fieldsOf, listOf, numberOf, textOf, withField } from "./read.ts";
import { SectionFrame } from "./section-frame.tsx";

/** Each door: which lock, what is fitted, how long. */
export function DoorsSection({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation();
  return (
    <SectionFrame<readonly Fields[]>
      title={t("commissioning.step.doors.name")}
      section="doors"
      draft={draft}
      value={listOf(draft.sections.doors)}
    >
      {(pairs, change) => (
        <>
          {pairs.map((pair, index) => (
            <DoorPair
              key={textOf(pair["id"])}
              pair={pair}
              onChange={(next) => change(pairs.with(index, next))}
              onRemove={pairs.length < 2 ? undefined : () => change(pairs.toSpliced(index, 1))}
            />
          ))}
          {pairs.length < 8 ? (
            <Button size="large" onClick={() => change([...pairs, { id: freeId(pairs), doors: {} }])}>
              {t("commissioning.setup.addVestibule")}
            </Button>
          ) : null}
        </>
      )}
    </SectionFrame>
  );
}

function freeId(pairs: readonly Fields[]): string {
  const taken = new Set(pairs.map((pair) => pair["id"]));
  const number = Array.from({ length: 9 }, (_, index) => index + 1).find((next) => !taken.has(`v${next}`));
  return `v${number ?? 9}`;
}

function DoorPair(props: {
  readonly pair: Fields;
  readonly onChange: (pair: Fields) => void;
  readonly onRemove: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const { pair, onChange, onRemove } = props;
  const doors = fieldsOf(pair["doors"]);
  const id = textOf(pair["id"]);
  return (
    <fieldset className="commission-pair">
      <legend>{t("commissioning.setup.vestibule", { id })}</legend>
      <div className="commission-two">
        {doorNames.map((door) => (
          <OneDoor
            key={door}
            name={door}
            door={fieldsOf(doors[door])}
            onChange={(next) => onChange({ ...pair, doors: { ...doors, [door]: next } })}
          />
        ))}
      </div>
      <NumberField
        label={t("commissioning.setup.settleTime")}
        unit={t("commissioning.setup.seconds")}
        min={0}
        max={5}
        placeholder={0.5}
        value={numberOf(pair["settleTime"])}
        onChange={(seconds) => onChange(withField(pair, "settleTime", seconds))}
      />
      {onRemove === undefined ? null : (
        <Button size="large" onClick={onRemove}>
          {t("commissioning.setup.removeVestibule", { id })}
        </Button>
      )}
    </fieldset>
  );
}

function OneDoor(props: {
  readonly name: DoorName;
  readonly door: Fields;
  readonly onChange: (door: Fields) => void;
}) {
  const { t } = useTranslation();
  const { door, onChange } = props;
  const unit = t("commissioning.setup.seconds");
  return (
    <section className="commission-door" aria-label={t(`door.${props.name}`)}>
      <h3>{t(`door.${props.name}`)}</h3>
      <ChoiceField
        label={t("commissioning.setup.lock")}
        value={textOf(door["lock"]) || "fail-secure"}
        choices={[
          {
            value: "fail-secure",
            label: t("commissioning.setup.failSecure"),
            hint: t("commissioning.setup.failSecureHint"),
          },
          {
            value: "fail-safe",
            label: t("commissioning.setup.failSafe"),
            hint: t("commissioning.setup.failSafeHint"),
          },
        ]}
        onChange={(lock) => onChange({ ...door, lock })}
      />
      {(["bolt", "rex"] as const).map((part) => (
        <ChoiceField
          key={part}
          label={t(`commissioning.setup.${part}`)}
          value={textOf(door[part]) || "unfitted"}
          choices={(["fitted", "unfitted"] as const).map((value) => ({
            value,
            label: t(`commissioning.setup.${value}`),
          }))}
          onChange={(fitted) => onChange({ ...door, [part]: fitted })}
        />
      ))}
      <NumberField
        label={t("commissioning.setup.releaseTime")}
        unit={unit}
        min={2}
        max={30}
        placeholder={5}
        value={numberOf(door["releaseTime"])}
        onChange={(seconds) => onChange(withField(door, "releaseTime", seconds))}
      />
      <NumberField
        label={t("commissioning.setup.heldOpenTime")}
        unit={unit}
        min={5}
        max={300}
        placeholder={15}
        value={numberOf(door["heldOpenTime"])}
        onChange={(seconds) => onChange(withField(door, "heldOpenTime", seconds))}
      />
    </section>
  );
}
