import { type AccessPointName, type DoorName, doorNames } from "../domain/names.ts";
import type { CommissioningStep, Said, TestKind } from "../ports/services/commissioning-services.ts";
import type { CommissionedPoint, CommissionedSite, CommissionedVestibule } from "./commissioned-site.ts";
import { lineWords } from "./line-words.ts";
import { at, doorWords, pointWords, said } from "./said.ts";

/** A test that this site asks for. */
export interface PlannedTest {
  readonly id: string;
  readonly step: CommissioningStep;
  readonly kind: TestKind;
  readonly title: Said;
  readonly about: Said;
  readonly vestibule?: string;
  readonly door?: DoorName;
  readonly accessPoint?: AccessPointName;
  readonly camera?: string;
  readonly line?: string;
}

/** Every test, in the order of the work. `lines`: names of the inputs that the interlock reads. */
export function plannedTests(site: CommissionedSite, lines: readonly string[]): readonly PlannedTest[] {
  return [
    {
      id: "board",
      step: "board",
      kind: "board",
      title: said("Board and inputs", "主板与输入"),
      about: said("Every input that is wired is read.", "读取所有已接线的输入。"),
    },
    ...site.vestibules.flatMap((vestibule) => lineTests(vestibule, lines)),
    ...site.vestibules.flatMap(doorTests),
    ...site.vestibules.flatMap(({ id, accessPoints }) => accessPoints.flatMap((one) => readerTests(id, one))),
    ...site.cameras.flatMap((camera) => cameraTests(site, camera)),
    {
      id: "clock",
      step: "clock",
      kind: "clock",
      title: said("Clock and time zone", "时钟与时区"),
      about: said("Compared with the clock of whoever is at the screen.", "与操作者设备的时间比较。"),
    },
    {
      id: "broker",
      step: "broker",
      kind: "broker",
      title: said("Broker of the security centre", "监控中心 MQTT 服务器"),
      about: said("A message is published, and received back.", "发布一条消息并收回。"),
    },
    ...site.vestibules.map(
      ({ id }): PlannedTest => ({
        id: `demonstration.${id}`,
        step: "interlock",
        kind: "demonstration",
        title: at(id, said("the interlock, step by step", "逐步演示双门互锁")),
        about: said(
          "Both doors, one after the other: what the interlock allows, and what it refuses. Takes a card, and somebody at the doors.",
          "依次操作两扇门，演示互锁允许与拒绝的情形。需要一张卡和一名现场人员。",
        ),
        vestibule: id,
      }),
    ),
  ];
}

/** Contacts and bolts are proven with their doors. */
function lineTests({ id }: CommissionedVestibule, lines: readonly string[]): readonly PlannedTest[] {
  const own = lines.filter((line) => line.startsWith(`${id}.`));
  return own.flatMap((line): readonly PlannedTest[] => {
    const words = lineWords(line);
    if (words === undefined) return [];
    const { title, about } = words;
    return [
      { id: `line.${line}`, step: "lines", kind: "line", title: at(id, title), about, vestibule: id, line },
    ];
  });
}

const doorTests = ({ id }: CommissionedVestibule): readonly PlannedTest[] =>
  doorNames.flatMap((door): readonly PlannedTest[] => [
    {
      id: `trial.${id}.${door}`,
      step: "doors",
      kind: "trial",
      title: at(id, said(`${doorWords[door].en}: wires`, `${doorWords[door].zh}：接线`)),
      about: said(
        "The door is released under the interlock; open and close it. Swapped wires are found.",
        "在互锁保护下开锁，请打开并关闭该门，可发现接反的线。",
      ),
      vestibule: id,
      door,
    },
    {
      id: `relay.${id}.${door}`,
      step: "doors",
      kind: "relay",
      title: at(id, said(`${doorWords[door].en}: relay and bolt`, `${doorWords[door].zh}：继电器与锁舌`)),
      about: said(
        "The lock is released and secured; while the door stands open the other one must stay locked.",
        "电锁开锁再上锁；该门打开期间，另一扇门必须保持上锁。",
      ),
      vestibule: id,
      door,
    },
  ]);

function readerTests(vestibule: string, point: CommissionedPoint): readonly PlannedTest[] {
  if (!point.reader) return [];
  const common = { step: "readers", vestibule, accessPoint: point.name } as const;
  const words = pointWords[point.name];
  const reader: PlannedTest = {
    ...common,
    id: `reader.${vestibule}.${point.name}`,
    kind: "reader",
    title: at(vestibule, said(`reader at ${words.en}`, `读卡器：${words.zh}`)),
    about: said("Present any card there; it opens nothing.", "请在此处刷任意一张卡，不会开门。"),
  };
  const keypad: PlannedTest = {
    ...common,
    id: `keypad.${vestibule}.${point.name}`,
    kind: "keypad",
    title: at(vestibule, said(`keypad at ${words.en}`, `键盘：${words.zh}`)),
    about: said("Press some keys there.", "请在此处按几个键。"),
  };
  return point.keypad ? [reader, keypad] : [reader];
}

function cameraTests(site: CommissionedSite, camera: string): readonly PlannedTest[] {
  const watches = site.vestibules.flatMap(({ id, accessPoints }) =>
    accessPoints.filter((one) => one.camera === camera).map(({ name }) => [id, name] as const),
  );
  const [place] = watches;
  const common = {
    step: "cameras",
    camera,
    ...(place === undefined ? {} : { vestibule: place[0], accessPoint: place[1] }),
  } as const;
  const picture: PlannedTest = {
    ...common,
    id: `camera.${camera}`,
    kind: "camera",
    title: said(`${camera}: picture`, `${camera}：画面`),
    about: said("Its newest picture, and what is wrong with it.", "查看最新画面及其问题。"),
  };
  if (place === undefined) return [picture];
  return [
    picture,
    {
      ...common,
      id: `person.${camera}`,
      kind: "person",
      title: said(`${camera}: a person at the reader`, `${camera}：人员站位`),
      about: said(
        "Somebody stands where people will stand, and looks into the camera: size of the face, light, sharpness, angle.",
        "请一人站在刷卡位置并看向摄像机，检查人脸大小、光线、清晰度和角度。",
      ),
    },
  ];
}
