import { Alert, Button, Checkbox, Input, Modal, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type VerificationMode, verificationModes } from "../../../domain/access/policy.ts";
import { accessPointNames } from "../../../domain/names.ts";
import { useSite } from "../../live/use-site.ts";
import { useLanguage } from "../../texts/use-language.ts";
import type { AccessLevel } from "../documents.ts";

const livenessLevels = ["off", "passive", "challenge"] as const;

interface LevelEditorProps {
  readonly level: AccessLevel;
  readonly schedules: readonly string[];
  /** Of a level that nobody can have yet. */
  readonly renamable: boolean;
  readonly onChange: (level: AccessLevel) => void;
  readonly onClose: () => void;
}

/** One access level: where, when, verified how. */
export function LevelEditor({ level, schedules, renamable, onChange, onClose }: LevelEditorProps) {
  const { t } = useTranslation();
  const modeOptions = verificationModes.map((mode) => ({ value: mode, label: t(`rulePages.mode.${mode}`) }));
  const change = (part: Partial<AccessLevel>): void => onChange({ ...level, ...part });
  const setLiveness = (liveness: AccessLevel["liveness"] | ""): void => {
    const { liveness: _before, ...rest } = level;
    onChange(liveness === "" || liveness === undefined ? rest : { ...rest, liveness });
  };
  return (
    <Modal
      open
      width={720}
      title={t("rulePages.levels.editTitle", { name: level.name })}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t("rulePages.levels.done")}
        </Button>
      }
    >
      <div className="level-form">
        {renamable ? (
          <label>
            <span>{t("rulePages.levels.name")}</span>
            <Input
              value={level.name}
              maxLength={32}
              aria-describedby="level-name-rule"
              onChange={({ target }) => change({ name: target.value })}
            />
            <small id="level-name-rule" className="rules-soft">
              {t("rulePages.schedules.nameRule")}
            </small>
          </label>
        ) : null}
        <Places level={level} onChange={change} />
        <Field label={t("rulePages.levels.schedule")} id="level-schedule">
          <Select
            id="level-schedule"
            value={level.schedule}
            onChange={(schedule) => change({ schedule })}
            options={[
              { value: "always", label: t("rulePages.levels.always") },
              ...schedules.map((name) => ({ value: name, label: name })),
            ]}
          />
        </Field>
        <Field label={t("rulePages.levels.mode")} id="level-mode">
          <Select
            id="level-mode"
            value={level.mode}
            onChange={(mode) => change({ mode })}
            options={modeOptions}
          />
        </Field>
        {level.mode.includes("face") ? null : (
          <Alert type="warning" showIcon title={t("rulePages.levels.noFace")} />
        )}
        <Exceptions level={level} schedules={schedules} modes={modeOptions} onChange={onChange} />
        <Field label={t("rulePages.levels.liveness")} id="level-liveness">
          <Select
            id="level-liveness"
            value={level.liveness ?? ""}
            onChange={setLiveness}
            options={[
              { value: "" as const, label: t("rulePages.levels.livenessAsDoor") },
              ...livenessLevels.map((one) => ({ value: one, label: t(`rulePages.liveness.${one}`) })),
            ]}
          />
        </Field>
      </div>
    </Modal>
  );
}

function Field(props: { readonly label: string; readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="level-field">
      <label htmlFor={props.id}>{props.label}</label>
      {props.children}
    </div>
  );
}

type Change = (part: Partial<AccessLevel>) => void;

function Places({ level, onChange }: { readonly level: AccessLevel; readonly onChange: Change }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const vestibules = useSite().state?.vestibules ?? [];
  const ids = vestibules.map(({ id }) => id);
  return (
    <>
      <fieldset>
        <legend>{t("rulePages.levels.places")}</legend>
        <Checkbox
          checked={level.accessPoints === "all"}
          onChange={({ target }) =>
            onChange({ accessPoints: target.checked ? "all" : [...accessPointNames] })
          }
        >
          {t("rulePages.levels.allPoints")}
        </Checkbox>
        {level.accessPoints === "all" ? null : (
          <Checkbox.Group
            value={level.accessPoints}
            onChange={(accessPoints) => onChange({ accessPoints })}
            options={accessPointNames.map((name) => ({ value: name, label: t(`accessPoint.${name}`) }))}
          />
        )}
      </fieldset>
      <fieldset>
        <legend>{t("rulePages.levels.vestibules")}</legend>
        <Checkbox
          checked={level.vestibules === "all"}
          onChange={({ target }) => onChange({ vestibules: target.checked ? "all" : ids })}
        >
          {t("rulePages.levels.allVestibules")}
        </Checkbox>
        {typeof level.vestibules === "string" ? null : (
          <Checkbox.Group
            value={level.vestibules}
            onChange={(chosen) => onChange({ vestibules: chosen })}
            options={vestibules.map(({ id, name }) => ({ value: id, label: name[language] }))}
          />
        )}
      </fieldset>
    </>
  );
}

/** `modes`: what is asked for instead while another schedule is open. */
function Exceptions(props: {
  readonly level: AccessLevel;
  readonly schedules: readonly string[];
  readonly modes: readonly { readonly value: VerificationMode; readonly label: string }[];
  readonly onChange: (level: AccessLevel) => void;
}) {
  const { t } = useTranslation();
  const { level, schedules } = props;
  const list = level.modes ?? [];
  const put = (modes: NonNullable<AccessLevel["modes"]>): void => {
    const { modes: _before, ...rest } = level;
    props.onChange(modes.length === 0 ? rest : { ...rest, modes });
  };
  const [first] = schedules;
  return (
    <fieldset>
      <legend>{t("rulePages.levels.modes")}</legend>
      <p className="rules-soft">{t("rulePages.levels.modesAbout")}</p>
      {list.map((one, index) => (
        // Exceptions have no name: the place in the list is what they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div className="level-exception" key={index}>
          <Select
            aria-label={t("rulePages.levels.schedule")}
            value={one.schedule}
            onChange={(schedule) =>
              put(list.map((each, at) => (at === index ? { ...each, schedule } : each)))
            }
            options={schedules.map((name) => ({ value: name, label: name }))}
          />
          <Select
            aria-label={t("rulePages.levels.mode")}
            value={one.mode}
            onChange={(mode) => put(list.map((each, at) => (at === index ? { ...each, mode } : each)))}
            options={[...props.modes]}
          />
          <Button
            aria-label={t("rulePages.levels.removeMode")}
            onClick={() => put(list.filter((_, at) => at !== index))}
          >
            ×
          </Button>
        </div>
      ))}
      <Button
        disabled={first === undefined || list.length >= 8}
        onClick={() =>
          first === undefined ? undefined : put([...list, { schedule: first, mode: "card+face+pin" }])
        }
      >
        {t("rulePages.levels.addMode")}
      </Button>
    </fieldset>
  );
}
