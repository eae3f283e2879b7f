import type { CrossFault } from "./cross-fault.ts";
import { isLoopback } from "./loopback.ts";
import { shown } from "./path.ts";
import { requestsFaults } from "./requests-checks.ts";
import type { SiteDraft } from "./site-draft.ts";

/** What listens on the network and what is sent over it, and is unsafe only in combination. */
export function outsideFaults(draft: SiteDraft): CrossFault[] {
  return [
    ...httpFaults(draft),
    ...embeddedBrokerFaults(draft),
    ...externalBrokerFaults(draft),
    ...requestsFaults(draft),
  ];
}

function httpFaults({ http }: SiteDraft): CrossFault[] {
  if (http === undefined || http.tls !== undefined || isLoopback(http.host)) return [];
  return [
    {
      path: ["http", "host"],
      found: `${shown(http.host)} without TLS`,
      expected: "a loopback address such as 127.0.0.1, or http.tls",
      remedy: {
        en: "configure http.tls, or serve loopback and put a reverse proxy before it",
        zh: "未配置 TLS 时只能监听本机地址:请配置 http.tls 或使用反向代理。",
      },
    },
  ];
}

function embeddedBrokerFaults({ mqtt, http }: SiteDraft): CrossFault[] {
  if (mqtt?.broker !== "embedded") return [];
  const faults: CrossFault[] = [];
  if (!isLoopback(mqtt.host)) {
    faults.push({
      path: ["mqtt", "host"],
      found: shown(mqtt.host),
      expected: "a loopback address: the embedded broker asks nobody for a password",
      remedy: {
        en: "use broker: external with a real broker for the network",
        zh: "内置代理仅供本机使用,联网请使用外部 MQTT 代理。",
      },
    });
  }
  if (http !== undefined && mqtt.port !== 0 && mqtt.port === http.port) {
    faults.push({
      path: ["mqtt", "port"],
      found: `${mqtt.port}, the port of http`,
      expected: "a port of its own",
      remedy: { en: "change one of the two", zh: "端口与 http 冲突,请更换其一。" },
    });
  }
  return faults;
}

function externalBrokerFaults({ mqtt }: SiteDraft): CrossFault[] {
  if (mqtt?.broker !== "external") return [];
  const faults: CrossFault[] = [];
  const plain = mqtt.url.startsWith("mqtt://");
  const host = URL.parse(mqtt.url)?.hostname.replace(/^\[|\]$/g, "");
  if (host === undefined || host === "") {
    faults.push({
      path: ["mqtt", "url"],
      found: shown(mqtt.url),
      expected: "mqtts://host:8883",
      remedy: { en: "correct the address", zh: "MQTT 地址有误,请修改。" },
    });
  } else if (plain && mqtt.passwordFile !== undefined && !isLoopback(host)) {
    faults.push({
      path: ["mqtt", "url"],
      found: "a password over a connection anybody can read",
      expected: "mqtts:// wherever a password crosses the network",
      remedy: {
        en: "use mqtts:// and, for a private authority, caFile",
        zh: "密码不得明文传输,请改用 mqtts://。",
      },
    });
  }
  if (plain && (mqtt.caFile ?? mqtt.certificateFile ?? mqtt.keyFile) !== undefined) {
    faults.push({
      path: ["mqtt", "url"],
      found: "certificates with mqtt://, which does not use them",
      expected: "mqtts://",
      remedy: { en: "use mqtts://, or remove the certificates", zh: "使用证书须采用 mqtts:// 地址。" },
    });
  }
  if ((mqtt.certificateFile === undefined) !== (mqtt.keyFile === undefined)) {
    const present = mqtt.keyFile === undefined ? "certificateFile" : "keyFile";
    faults.push({
      path: ["mqtt", present],
      found: `${present} alone`,
      expected: "certificateFile and keyFile together",
      remedy: { en: "add the other one", zh: "证书与私钥须成对配置。" },
    });
  }
  return faults;
}
