import { accountTextsZh, rightTextsZh } from "./accounts-zh.ts";
import { alarmTextsZh } from "./alarms-zh.ts";
import { cameraTextsZh } from "./cameras-zh.ts";
import { cardholderTextsZh } from "./cardholders-zh.ts";
import { centreTextsZh } from "./centre-zh.ts";
import { commissioningTextsZh } from "./commissioning-zh.ts";
import { doorDisplayTextsZh } from "./door-displays-zh.ts";
import { doorScreenTextsZh } from "./door-screen-zh.ts";
import type { en } from "./en.ts";
import { eventsTextsZh } from "./events-zh.ts";
import { healthTextsZh } from "./health-zh.ts";
import { liveTextsZh } from "./live-zh.ts";
import { mimicTextsZh } from "./mimic-zh.ts";
import { operationTextsZh } from "./operations-zh.ts";
import { operatorTextsZh } from "./operators-zh.ts";
import { peopleNowTextsZh } from "./people-now-zh.ts";
import { recordTextsZh } from "./records-zh.ts";
import { reportTextsZh } from "./reports-zh.ts";
import { ruleFieldTextsZh } from "./rule-fields-zh.ts";
import { rulePageTextsZh } from "./rules-zh.ts";
import { sessionTextsZh } from "./session-zh.ts";
import { shellTextsZh } from "./shell-zh.ts";
import { systemTextsZh } from "./system-zh.ts";
import type { Translated } from "./translated.ts";
import { watchScreenTextsZh } from "./watch-screens-zh.ts";
import { watchTextsZh } from "./watch-zh.ts";
import { whyTextsZh } from "./why-zh.ts";

export const zh = {
  app: {
    name: "双门联动控制器",
    tagline: "两扇门，绝不同时打开",
    language: "English",
    languageLabel: "Switch to English",
    signOut: "退出登录",
    skip: "跳到操作区",
    demoBadge: "演示站点",
    lost: "连接已断开，每秒自动重试……",
    connecting: "正在连接……",
    nothingHere: "暂无内容",
  },
  operators: operatorTextsZh,
  accounts: accountTextsZh,
  rights: rightTextsZh,
  cameras: cameraTextsZh,
  cardholders: cardholderTextsZh,
  centre: centreTextsZh,
  commissioning: commissioningTextsZh,
  events: eventsTextsZh,
  live: liveTextsZh,
  watch: watchTextsZh,
  watchScreens: watchScreenTextsZh,
  peopleNow: peopleNowTextsZh,
  mimic: mimicTextsZh,
  session: sessionTextsZh,
  area: { outside: "街道", vestibule: "联动门内", secure: "金库" },
  door: { outer: "外门", inner: "内门" },
  theDoor: { outer: "外门", inner: "内门" },
  accessPoint: {
    "outer-entry": "外门·进",
    "inner-entry": "内门·进",
    "inner-exit": "内门·出",
    "outer-exit": "外门·出",
  },
  lock: { secured: "已上锁", released: "已开锁" },
  contact: { label: "门磁", open: "开", closed: "关", fault: "故障", unread: "尚未读取" },
  bolt: {
    label: "锁舌",
    thrown: "伸出",
    retracted: "缩回",
    fault: "故障",
    unfitted: "未安装",
    unread: "尚未读取",
  },
  secure: { label: "安全", yes: "是", no: "否" },
  display: {
    ready: "请刷卡",
    wait: "请稍候",
    look: "请看摄像机",
    turnLeft: "请向您的左侧转头",
    turnRight: "请向您的右侧转头",
    blink: "请眨一下眼",
    openMouth: "请张开嘴",
    enterPin: "请输入密码，按 # 确认",
    nextPerson: "请下一位刷卡",
    waitForHost: "请等候接待人",
    waitForStaff: "请稍候，工作人员正在核对",
    welcome: "欢迎，请推门",
    tryAgain: "请再试一次",
    askStaff: "请联系工作人员",
    closeDoor: "请关门",
    occupied: "里面有人，请稍候",
    closed: "暂停通行，请稍候",
    doorOpen: "门已打开，请推门离开",
    keepClear: "紧急情况，请勿进入",
  },
  displaySteps: "第 {{step}} 步，共 {{of}} 步",
  hint: {
    stepCloser: "请靠近一些",
    oneAtATime: "请单人通过",
    moreLight: "光线不足",
    faceCamera: "请正对摄像机",
  },
  building: {
    title: "联动门实时状态",
    picture: "侧视图：街道、外门、联动门内、内门、金库。",
    doorSays: "{{door}}:{{lock}},{{contact}}。",
    personAt: "{{name}}:{{area}}。",
    occupancy: "两门之间人数：{{number}}",
    bank: "银行",
    until: "开锁剩余 {{seconds}} 秒",
  },
  camera: {
    alt: "摄像机画面：{{accessPoint}}",
    none: "没有画面",
    frozen: "画面静止",
    covered: "画面被遮挡",
    lost: "摄像机失联",
    ahead: "时钟快 {{seconds}} 秒",
    behind: "时钟慢 {{seconds}} 秒",
  },
  point: {
    heading: "四个出入口",
    lead: "点击其中一个，站到那里。",
    choose: "站到这里",
    chosen: "您在这里",
    side: {
      "outer-entry": "街道一侧",
      "outer-exit": "门内，出去方向",
      "inner-entry": "门内，进入方向",
      "inner-exit": "金库一侧",
    },
  },
  story: {
    heading: "动手试试",
    where: "当前位置：{{accessPoint}}",
    who: "谁站在摄像机前？",
    card: "刷卡",
    keypad: "键盘",
    keypadAsked: "键盘：门口屏要求输入密码",
    keypadEnter: "确认",
    keypadClear: "清除",
    door: "操作门",
    people: {
      nobody: "没有人",
      two: "两个人",
      print: "举起照片",
      screen: "举起手机",
      frozen: "画面静止",
      dark: "遮住镜头",
    },
    cardOf: "{{name}}的卡",
    cardUnknown: "非法卡",
    action: { open: "推门", close: "让门关上", prop: "把门顶住", force: "用撬棍强行开门" },
    which: "哪扇门",
    box: {
      heading: "控制箱接线",
      fire: "火警",
      lockdown: "锁闭开关",
      tamper: "打开机箱",
      mains: "切断市电",
      battery: "电池耗尽",
      buzzerSounds: "蜂鸣器正在鸣响。",
      buzzerSilent: "蜂鸣器未鸣响。",
    },
    outcome: {
      locked: "{{theDoor}}已上锁，推不动。",
      alreadyOpen: "{{theDoor}}已经打开。",
      alreadyClosed: "{{theDoor}}已经关闭。",
      failed: "操作未成功：{{detail}}",
      unreachable: "控制器没有应答。",
    },
  },
  tour: {
    heading: "六件事，试一试",
    progress: "{{done}} / {{all}}",
    next: "下一步",
    showMe: "演示",
    showing: "请看……",
    restart: "重新开始",
    finished: "全部完成：您看到了双门互锁的拒绝、人脸比对、各种报警，以及完整的记录。",
    item: {
      goIn: {
        title: "以{{name}}的身份进门",
        how: "让{{name}}站在外门摄像机前，刷{{name}}的卡，然后推开外门。",
      },
      interlocked: {
        title: "同时开两扇门",
        how: "外门打开时，在内门刷卡。系统必须拒绝。",
      },
      mismatch: {
        title: "使用别人的卡",
        how: "让{{other}}站在摄像机前，刷{{name}}的卡。人脸与卡不符。",
      },
      heldOpen: {
        title: "开门不关",
        how: "开锁后把门顶住，稍等片刻：先是提醒，然后报警。",
      },
      forced: {
        title: "强行开门",
        how: "用撬棍强行打开一扇已上锁的门。人还没进来，报警已经发出。",
      },
      acknowledged: {
        title: "确认报警",
        how: "像值班人员一样，在报警旁写下所见情况并确认。",
      },
    },
    now: {
      outerOpen: "外门开着。现在去试内门：系统必须拒绝。",
      pushNow: "{{door}}已开锁，请在时间到之前推门！",
      verifying: "摄像机正在拍摄，只与这一位持卡人的人脸模板进行 1:1 比对……",
      propped: "门一直开着，十五秒后会怎样？",
    },
    done: "已完成",
    open: "待尝试",
  },
  record: {
    heading: "实时记录",
    lead: "每个决定先写入日志链，门才会动作。",
    details: "详情",
    seq: "第 {{seq}} 条",
    allRecords: "全部记录",
    important: "重要记录",
    filter: "显示哪些记录",
    score: "人脸距离 {{distance}}，阈值 {{threshold}}",
    vote: "第二识别模型：人脸距离 {{distance}}，阈值 {{threshold}}",
    scoreBetter: "同一人",
    scoreWorse: "其他人",
    evidence: "取证图像",
    noEvidence: "图像已不再保存。",
    timing: "耗时",
    timingMs: "{{ms}} 毫秒",
    facts: "记录内容",
    hash: "链哈希",
  },
  alarms: {
    heading: "报警",
    none: "没有未处理的报警。",
    since: "始于 {{time}}",
    times: "{{number}} 次",
    comment: "所见情况与处理",
    acknowledge: "确认",
    acknowledgedBy: "{{name}} 已确认：{{comment}}",
    needsComment: "请先填写处理说明。",
    evidence: "取证图像",
    announce: "报警：{{what}}，{{where}}",
    ...alarmTextsZh,
  },
  people: {
    heading: "人员与照片",
    summary: "已登记 {{number}} 人，其中 {{lacking}} 人照片不足",
    photos: "照片 {{number}} 张",
    enough: "已足够",
    ageing: "人脸与这些照片差异渐大，请重新注册。",
    addPhoto: "添加照片（JPEG 或 PNG）",
    working: "正在检查……",
    enrolled: "已注册。",
    noAnswer: "没有应答，请再试一次。",
    somebodyElses: "该人脸已注册：{{names}}。照片未保存。",
    distinct: "确为不同的人，仍要注册",
  },
  doorScreen: doorScreenTextsZh,
  doorDisplays: doorDisplayTextsZh,
  health: healthTextsZh,
  reports: reportTextsZh,
  system: systemTextsZh,
  shell: shellTextsZh,
  rulePages: rulePageTextsZh,
  ruleFields: ruleFieldTextsZh,
  why: whyTextsZh,
  ...operationTextsZh,
  ...recordTextsZh,
} as const satisfies Translated<typeof en>;
