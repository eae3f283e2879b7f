import type { Reading } from "../ports/door-hardware.ts";
import type { LineLevel } from "../ports/services/commissioning-finds.ts";
import type { Said } from "../ports/services/commissioning-services.ts";
import { doorWords, said } from "./said.ts";

export interface LineWords {
  readonly title: Said;
  readonly about: Said;
  /** What the person is to do, and to undo. */
  readonly move: Said;
  readonly back: Said;
}

/** Of an input that is tried by itself; undefined for a door's contact and bolt, which are proven with the door. */
export function lineWords(name: string): LineWords | undefined {
  const parts = name.split(".");
  const input = parts.at(-1) ?? "";
  const door = parts.find((part) => part === "outer" || part === "inner");
  if (input === "rex" && door !== undefined) {
    const { en, zh } = doorWords[door];
    return {
      title: said(`exit button, ${en}`, `出门按钮：${zh}`),
      about: said("Pressed, it is seen, and lets go of its door.", "按下时应被识别，并释放对应的门。"),
      move: said(`press the exit button of the ${en} for a second`, `请按住${zh}的出门按钮约一秒`),
      back: said("let go of it", "请松开按钮"),
    };
  }
  return boxWords[input];
}

const boxWords: Readonly<Record<string, LineWords>> = {
  fire: {
    title: said("fire input", "消防联动输入"),
    about: said(
      "The fire panel's contact; the doors are released as configured, until it is reset. An alarm is raised.",
      "消防联动触点动作后，按配置释放门，直至复位，并产生报警。",
    ),
    move: said("set off the fire panel's contact or the break-glass", "请触发消防联动触点或紧急破玻"),
    back: said("put it back", "请恢复"),
  },
  lockdown: {
    title: said("lockdown switch", "全部锁闭开关"),
    about: said("Switched on, every release is refused.", "接通后拒绝一切开锁。"),
    move: said("switch the lockdown on", "请接通全部锁闭开关"),
    back: said("switch it off", "请断开"),
  },
  tamper: {
    title: said("housing contact", "机箱防拆触点"),
    about: said("Open the controller's housing; an alarm is raised.", "打开控制器机箱，应产生报警。"),
    move: said("open the housing", "请打开机箱"),
    back: said("close it", "请关闭机箱"),
  },
  mains: {
    title: said("mains input", "市电输入"),
    about: said("Cut the mains; the box goes on from its battery.", "断开市电，设备应由电池供电。"),
    move: said("cut the mains", "请断开市电"),
    back: said("switch the mains on again", "请恢复市电"),
  },
  battery: {
    title: said("battery input", "电池输入"),
    about: said("Make the power supply say that its battery is low.", "使电源报告电池电量低。"),
    move: said("make the supply say that its battery is low", "请使电源报告电池电量低"),
    back: said("put it right again", "请恢复"),
  },
};

/** Whether what the input stands for is so: the button pressed, fire, no mains. */
export function isMoved({ input, value }: Reading): boolean {
  switch (input) {
    case "contact":
      return value === "open";
    case "bolt":
      return value === "retracted";
    case "fire":
      return value === "active";
    case "rex":
    case "lockdown":
    case "tamper":
      return value;
    case "mains":
    case "battery":
      return !value;
  }
}

/** In a word. */
export function levelOf(reading: Reading): LineLevel {
  switch (reading.input) {
    case "contact":
    case "bolt":
      return reading.value === "unfitted" ? "unread" : reading.value;
    case "rex":
      return reading.value ? "pressed" : "idle";
    case "fire":
      return reading.value === "inactive" ? "idle" : reading.value;
    case "lockdown":
      return reading.value ? "active" : "idle";
    case "tamper":
      return reading.value ? "open" : "closed";
    case "mains":
      return reading.value ? "present" : "absent";
    case "battery":
      return reading.value ? "good" : "low";
  }
}
