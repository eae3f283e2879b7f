import { Alert, Button, Checkbox, Flex, Modal, Radio } from "antd";
import { type ChangeEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../texts/use-language.ts";
import { useNameOf } from "../../texts/use-name-of.ts";
import type { Person } from "../people-queries.ts";
import { frameOf } from "./frame.ts";
import { guideOf, type Said } from "./guide.ts";
import { Mirror } from "./mirror.tsx";
import { type Pose, poseOf, posesOf } from "./poses.ts";
import { type Enrolment, useEnrolment } from "./use-enrolment.ts";
import { type GuideState, useGuide } from "./use-guide.ts";
import { useWebcam, type WebcamState } from "./use-webcam.ts";

/** What a photo is taken with: the vision process makes it as small as it is kept. */
const photoWidth = 1_920;
const photoQuality = 0.92;
/** Good looks in a row before a photo is taken by itself. */
const looksBeforeAuto = 2;

/** Photos by the desk's camera, with a guide, or uploaded; several, until they are enough. */
export function PhotoBooth({ person }: { readonly person: Person }) {
  const { t } = useTranslation();
  const [appearance, setAppearance] = useState<"usual" | "glasses">("usual");
  const [auto, setAuto] = useState(false);
  const webcam = useWebcam();
  const enrolment = useEnrolment(person.id, appearance);
  const on = webcam.state.is === "on";
  const guide = useGuide(webcam.video, on && !enrolment.working && enrolment.alike === null);
  const said = useSaid(guide);
  const good = on && !enrolment.working && said?.is === "good";
  const todo = posesOf(
    person.photos.map(({ quality }) => quality),
    person.enrolment.missing.map(({ what }) => what),
  ).filter(({ done }) => !done);
  const take = async (): Promise<void> => {
    const photo = webcam.video.current && (await frameOf(webcam.video.current, photoWidth, photoQuality));
    if (photo) await enrolment.enrol(photo);
  };
  useAutoShutter(
    auto && good,
    guide,
    todo.map(({ pose }) => pose),
    take,
  );
  return (
    <div className="booth">
      <h4>{t("cardholders.booth.heading")}</h4>
      <WebcamNotice state={webcam.state} />
      {on ? (
        <>
          <GuideWords guide={guide} said={said} working={enrolment.working} />
          <Mirror video={webcam.video} look={guide.is === "seen" ? guide.look : null} good={good} />
        </>
      ) : null}
      <Poses person={person} />
      <Radio.Group
        aria-label={t("cardholders.photo.appearance")}
        value={appearance}
        onChange={(event) => setAppearance(event.target.value)}
        options={(["usual", "glasses"] as const).map((value) => ({
          value,
          label: t(`cardholders.photo.appearanceName.${value}`),
        }))}
      />
      <Flex wrap gap="small" align="center" className="part-actions">
        {on ? (
          <>
            <Button type="primary" disabled={!good} loading={enrolment.working} onClick={() => void take()}>
              {t("cardholders.booth.take")}
            </Button>
            <Button onClick={webcam.stop}>{t("cardholders.booth.stop")}</Button>
            <Checkbox checked={auto} onChange={(event) => setAuto(event.target.checked)}>
              {t("cardholders.booth.auto")}
            </Checkbox>
          </>
        ) : (
          <Button loading={webcam.state.is === "asking"} onClick={() => void webcam.start()}>
            {t("cardholders.booth.start")}
          </Button>
        )}
        <UploadPhoto working={enrolment.working} onChoose={(photo) => void enrolment.enrol(photo)} />
      </Flex>
      <output className="booth-said">
        {enrolment.working ? t("cardholders.booth.working") : null}
        {enrolment.said === null ? null : (
          <Alert type={enrolment.said.kind} showIcon role="presentation" title={enrolment.said.text} />
        )}
      </output>
      <AlikeQuestion of={enrolment} />
    </div>
  );
}

function useSaid(guide: GuideState): Said | null {
  const language = useLanguage();
  return guide.is === "seen" ? guideOf(guide.look, language) : null;
}

/** Takes a photo by itself once two looks in a row were good and show what is still missing. */
function useAutoShutter(
  on: boolean,
  guide: GuideState,
  todo: readonly (Pose | "withoutGlasses")[],
  take: () => Promise<void>,
): void {
  const inARow = useRef(0);
  const onLook = useEffectEvent((seen: GuideState) => {
    const pose = seen.is === "seen" ? poseOf(seen.look.quality?.["yaw"]) : undefined;
    const wanted = pose !== undefined && (todo.includes(pose) || todo.includes("withoutGlasses"));
    inARow.current = on && wanted ? inARow.current + 1 : 0;
    if (inARow.current < looksBeforeAuto) return;
    inARow.current = 0;
    void take();
  });
  useEffect(() => onLook(guide), [guide]);
}

function WebcamNotice({ state }: { readonly state: WebcamState }) {
  const { t } = useTranslation();
  if (state.is === "asking") return <output>{t("cardholders.booth.asking")}</output>;
  if (state.is !== "failed") return null;
  const { why, detail } = state;
  return <Alert type="warning" showIcon title={t(`cardholders.booth.${why}`, { detail })} />;
}

function GuideWords(props: {
  readonly guide: GuideState;
  readonly said: Said | null;
  readonly working: boolean;
}) {
  const { t } = useTranslation();
  const { guide, said } = props;
  const words = (): string => {
    if (props.working) return t("cardholders.booth.working");
    if (guide.is !== "seen") return t(`cardholders.booth.${guide.is}`);
    if (said === null) return "";
    return said.is === "advice" ? said.text : t(`cardholders.booth.${said.is}`);
  };
  return (
    <output className="guide-words" data-good={said?.is === "good"}>
      {words()}
    </output>
  );
}

/** What the photos show, what comes next, and whether they are enough. */
function Poses({ person }: { readonly person: Person }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { enrolment, photos } = person;
  const poses = posesOf(
    photos.map(({ quality }) => quality),
    enrolment.missing.map(({ what }) => what),
  );
  const next = poses.find(({ done }) => !done)?.pose ?? "more";
  return (
    <div className="poses">
      {enrolment.enough ? (
        <p className="poses-enough">✓ {t("cardholders.photo.enough")}</p>
      ) : (
        <p>
          <strong>{t("cardholders.booth.next")}:</strong> {t(`cardholders.booth.pose.${next}`)}
          {" · "}
          {t("cardholders.photo.missing")}:{" "}
          {enrolment.missing.map((one) => one[language]).join(language === "zh" ? "；" : "; ")}
        </p>
      )}
      <ul aria-label={t("cardholders.booth.poses")}>
        {poses.map(({ pose, done }) => (
          <li key={pose} data-done={done}>
            <span aria-hidden="true">{done ? "✓" : "○"}</span> {t(`cardholders.booth.pose.${pose}`)}{" "}
            <small>({t(done ? "cardholders.booth.done" : "cardholders.booth.open")})</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

function UploadPhoto(props: { readonly working: boolean; readonly onChoose: (photo: File) => void }) {
  const { t } = useTranslation();
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const photo = event.target.files?.[0];
    if (photo !== undefined) props.onChoose(photo);
    // The same file again is another attempt.
    event.target.value = "";
  };
  return (
    <label className="upload-photo">
      {t("cardholders.booth.upload")}
      <input type="file" accept="image/jpeg,image/png" disabled={props.working} onChange={choose} />
    </label>
  );
}

/** One face must not become two people unnoticed, nor two people who look alike one. */
function AlikeQuestion({ of: { alike, enrol, dropAlike } }: { readonly of: Enrolment }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  if (alike === null) return null;
  return (
    <Modal
      open
      title={t("cardholders.booth.alikeTitle")}
      okText={t("cardholders.booth.distinct")}
      okButtonProps={{ danger: true }}
      cancelText={t("cardholders.booth.cancel")}
      onCancel={dropAlike}
      onOk={() => void enrol(alike.photo, alike.others)}
    >
      <p>{t("cardholders.booth.alike", { names: alike.others.map(nameOf).join(", ") })}</p>
      <p>{t("cardholders.booth.alikeHow")}</p>
    </Modal>
  );
}
