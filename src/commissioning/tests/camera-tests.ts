import { type FaceQuality, type QualityAdvice, qualityFaults } from "../../domain/biometric/quality.ts";
import { defaultVerificationPolicy, enrolmentLimits } from "../../domain/biometric/verification-policy.ts";
import type { Said } from "../../ports/services/commissioning-services.ts";
import type { PictureLook } from "../../ports/vision-link.ts";
import { said, same } from "../said.ts";
import type { TestOutcome, TestRun, TestSession } from "../test-session.ts";

type SeenLook = Extract<PictureLook, { readonly is: "seen" }>;

const pictureTime = 5_000;
const standingTime = 30_000;
/** From the first face on: time to step nearer or to move the lamp, as the advice says. */
const adviceTime = 10_000;
/** One lucky frame is no place to stand. */
const looksNeeded = 3;
/** As the installer's guide asks for. */
const wantedFace = 100;

const cameraOf = ({ options }: TestSession): string => {
  if (options.test.camera === undefined) throw new Error(`${options.test.id} is about no camera`);
  return options.test.camera;
};

/** The camera gives a picture, and nothing is wrong with it. */
export const cameraTest: TestRun = async (session) => {
  const id = cameraOf(session);
  const state = () => session.hooks.services.state().cameras.find((camera) => camera.id === id);
  await session.until(
    () => (state()?.state === "live" && state()?.health.length === 0 ? true : undefined),
    pictureTime,
  );
  const now = state();
  if (now?.state !== "live" || now.health.length > 0) {
    const why = [now?.detail, ...(now?.health ?? [])].filter((part) => typeof part === "string").join(", ");
    return {
      verdict: "failed",
      finding: "noPicture",
      seen: same(why === "" ? (now?.state ?? "unknown") : why),
      todo: said(
        "check address, stream, user and password; then lens and light",
        "请检查地址、码流、用户名和密码，再检查镜头与光线。",
      ),
    };
  }
  const picture = await session.hooks.services.snapshot(id);
  const look = picture && (await session.hooks.services.people.enrolment.look(picture));
  const figures = look?.is === "seen" ? { width: look.width, height: look.height } : {};
  if (picture === undefined)
    return {
      verdict: "failed",
      finding: "noPicture",
      seen: said("it gives no picture", "没有画面"),
      todo: null,
    };
  return {
    verdict: "passed",
    finding: "picture",
    seen:
      look?.is === "seen"
        ? said(`a picture of ${look.width}×${look.height}`, `画面 ${look.width}×${look.height}`)
        : said("a picture", "有画面"),
    figures,
  };
};

/** Somebody stands where people will: is the face large, lit and sharp enough, and does it look this way? */
export const personTest: TestRun = async (session) => {
  const id = cameraOf(session);
  session.ask(
    said(
      `${id}: stand where people will stand, and look into the camera`,
      `${id}：请站在刷卡位置并看向摄像机`,
    ),
    standingTime,
  );
  const looks: SeenLook[] = [];
  const { clock } = session.options;
  let end = clock.now() + standingTime;
  while (!isGoodEnough(looks) && clock.now() < end) {
    await session.until(() => undefined, 200);
    const picture = await session.hooks.services.snapshot(id);
    const look = picture && (await session.hooks.services.people.enrolment.look(picture));
    if (look?.is !== "seen") continue;
    if (look.faces !== 1 || look.quality === null || look.box === null) {
      session.say(
        look.faces > 1 ? said("several faces", "有多张人脸") : said("no face yet", "尚未检测到人脸"),
      );
      continue;
    }
    if (looks.length === 0) end = Math.min(end, clock.now() + adviceTime);
    looks.push(look);
    session.say(liveAdvice(look));
  }
  return looks.length < looksNeeded ? nobody : judged(looks.slice(-looksNeeded));
};

/** The last looks leave nothing to be wished for: who stands there need not stand on. */
const isGoodEnough = (looks: readonly SeenLook[]): boolean =>
  looks.length >= looksNeeded &&
  looks.slice(-looksNeeded).every((look) => judged([look]).verdict === "passed");

/** While somebody stands there and somebody else turns the camera or the lamp: what this picture lacks. */
function liveAdvice(look: SeenLook): Said {
  const { seen, todo = null } = judged([look]);
  return todo === null ? seen : said(`${seen.en}. ${todo.en}`, `${seen.zh}。${todo.zh}`);
}

const nobody: TestOutcome = {
  verdict: "failed",
  finding: "noFace",
  seen: said("no face was seen clearly", "未清晰检测到人脸"),
  todo: said(
    "turn the camera to where people stand; light from the front, nobody else in the picture",
    "请将摄像机对准站位，光线来自正面，画面中不得有其他人。",
  ),
};

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** By the middle of the looks, so that one blink decides nothing. */
function judged(looks: readonly SeenLook[]): TestOutcome {
  const of = (figure: string): number => middle(looks.map(({ quality }) => quality?.[figure] ?? Number.NaN));
  const quality: FaceQuality = {
    eyeDistance: of("eyeDistance"),
    sharpness: of("sharpness"),
    brightness: of("brightness"),
    contrast: of("contrast"),
    yaw: of("yaw"),
    roll: of("roll"),
  };
  const faceWidth = Math.round(middle(looks.map(({ box }) => box?.width ?? 0)));
  const share = middle(looks.map(({ box, width }) => (box?.width ?? 0) / width));
  const atDoor = qualityFaults(quality, defaultVerificationPolicy.quality);
  const better = qualityFaults(quality, enrolmentLimits.quality);
  const isSmall = faceWidth < wantedFace;
  const faults = atDoor.length > 0 ? atDoor : better;
  const todo = [
    ...new Set([...(isSmall ? (["stepCloser"] as const) : []), ...faults.map(({ advice }) => advice)]),
  ];
  const figures = {
    faceWidth,
    sharePercent: round(share * 100),
    eyeDistance: round(quality.eyeDistance),
    brightness: round(quality.brightness),
    contrast: round(quality.contrast),
    sharpness: round(quality.sharpness),
    yaw: round(quality.yaw),
    roll: round(quality.roll),
  };
  return {
    verdict: atDoor.length > 0 ? "failed" : todo.length > 0 ? "doubtful" : "passed",
    finding: atDoor.length > 0 ? "notUsable" : todo.length > 0 ? "usable" : "good",
    seen: said(
      `face ${faceWidth} px wide, ${figures.sharePercent} % of the picture; light ${figures.brightness}, sharpness ${figures.sharpness}, turned ${figures.yaw}°`,
      `人脸宽 ${faceWidth} 像素，占画面 ${figures.sharePercent}%；亮度 ${figures.brightness}，清晰度 ${figures.sharpness}，偏转 ${figures.yaw}°`,
    ),
    todo:
      todo.length === 0
        ? null
        : said(
            todo.map((one) => remedies[one].en).join("; "),
            `${todo.map((one) => remedies[one].zh).join("；")}。`,
          ),
    figures,
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** For whoever sets up the camera, not for who stands before it. */
const remedies: Readonly<Record<QualityAdvice, Said>> = {
  stepCloser: said(
    "the face is small: mount the camera nearer, or take a longer lens; 100 pixels are wanted",
    "人脸偏小：请靠近安装或更换长焦镜头，人脸宽度宜不小于 100 像素",
  ),
  holdStill: said("the picture is blurred: focus, and a shorter exposure", "画面模糊：请对焦并缩短曝光时间"),
  moreLight: said("too dark: light from the front", "过暗：请增加正面光"),
  lessLight: said("too bright: less light, or a shorter exposure", "过亮：请减弱光线或缩短曝光"),
  evenLight: said(
    "uneven or flat light: light from the front, none from behind",
    "光线不均：请采用正面光，避免逆光",
  ),
  faceCamera: said(
    "the face is turned away: mount the camera at eye level beside the reader",
    "人脸偏转：请将摄像机装在读卡器旁、与眼同高",
  ),
  headUpright: said("the picture is tilted: turn the camera upright", "画面倾斜：请摆正摄像机"),
  tryAgain: said("try again", "请重试"),
};
