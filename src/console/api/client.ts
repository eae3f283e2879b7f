// Made by node scripts/api-client.ts from the API's description b98b8a84eaf41a87; change the routes instead.
export interface AcknowledgeAlarmData {
  acknowledged: {
    at: string;
    by: string;
    comment: string;
  } | null;
  comments: {
    at: string;
    by: string;
    text: string;
  }[];
  /**
   * How often it has been seen since it was last normal
   * @min -9007199254740991
   * @max 9007199254740991
   */
  count: number;
  detail: string | null;
  evidence: string[];
  id: string;
  /** Whether it is acknowledged only with a comment */
  needsComment: boolean;
  phase:
    | "active-unacknowledged"
    | "active-acknowledged"
    | "returned-unacknowledged"
    | "normal";
  place: {
    accessPoint?: string;
    camera?: string;
    door?: string;
    vestibule?: string;
  };
  priority: "critical" | "high" | "medium" | "low";
  /** Whether it may be shelved at all */
  shelvable: boolean;
  /** Put aside by somebody: it counts, and demands nobody's attention */
  shelved: {
    at: string;
    by: string;
    reason: string;
    until: string;
  } | null;
  since: string;
  type: string;
  vestibule: string | null;
}

export interface AcknowledgeAlarmParams {
  /** @pattern ^[A-Za-z0-9._-]{1,128}$ */
  id: string;
}

export type AcknowledgeAlarmPayload = {
  /**
   * @maxLength 500
   * @default ""
   */
  comment?: string;
} | null;

export interface ActivateCardData {
  /** Presented under duress (A5) */
  duress: boolean;
  format: string;
  issuedAt: string;
  label: string | null;
  number: string;
  status: "active" | "lost" | "suspended" | "expired" | "revoked";
}

export interface ActivateCardParams {
  /**
   * @pattern ^[\x21-\x7e]{1,64}$
   * @example "1001"
   */
  number: string;
}

export interface AddCardholderData {
  accessLevels: string[];
  /** From the times this person was recognised; null while there are too few of them */
  ageing: {
    /** The templates grow old: enrol anew */
    ageing: boolean;
    /** Growth of the distance in 100 days, as a share of the threshold */
    growth: number;
    /** The middle of the last distances, as a share of the threshold */
    now: number;
  } | null;
  cards: {
    /** Presented under duress (A5) */
    duress: boolean;
    format: string;
    issuedAt: string;
    label: string | null;
    number: string;
    status: "active" | "lost" | "suspended" | "expired" | "revoked";
  }[];
  /** To the use of their face; null: none is on record */
  consent: {
    at: string;
    form: "atDesk" | "onPaper";
    language: "en" | "zh";
    /** Who heard it */
    operator: string;
    /** The version of the wording that was agreed to */
    wording: string;
  } | null;
  createdAt: string;
  /** Whether the photos will do, and what one more should show */
  enrolment: {
    enough: boolean;
    /** What to do, in English and Chinese */
    missing: {
      en: string;
      what: string;
      zh: string;
    }[];
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    photos: number;
  };
  groups: string[];
  hasPin: boolean;
  /** Of a visitor: whom they come to */
  host: string | null;
  id: string;
  kind: "staff" | "visitor";
  name: string;
  note: string | null;
  /** Personnel number */
  number: string | null;
  /** The operator's account that is this person's own */
  operator: string | null;
  photos: {
    /** How the person looks on it; photos of one appearance make one template */
    appearance: string;
    id: string;
    quality: Partial<Record<string, number>>;
    takenAt: string;
  }[];
  status: "active" | "suspended" | "left";
  validFrom: string | null;
  validUntil: string | null;
}

export interface AddCardholderPayload {
  /**
   * @maxItems 32
   * @default []
   */
  accessLevels?: string[];
  /**
   * @maxItems 32
   * @default []
   */
  groups?: string[];
  /** Of a visitor: the cardholder they come to */
  host?: string | null;
  /**
   * A visitor needs a host and an end within a day (A7)
   * @default "staff"
   */
  kind?: "staff" | "visitor";
  /**
   * @minLength 1
   * @maxLength 120
   */
  name: string;
  note?: string | null;
  /** Personnel number; one person's only */
  number?: string | null;
  /** The operator's account that is this person's own (T43) */
  operator?: string | null;
  validFrom?: string | null;
  validUntil?: string | null;
}

/** `csrfToken` may be sent back as `X-Vestibule-CSRF` */
export interface AddPasskeyData {
  csrfToken: string;
  mustChangePassword: boolean;
  mustSetUpSecondFactor?: boolean;
  role:
    | "administrator"
    | "securityOfficer"
    | "enrolmentClerk"
    | "auditor"
    | "installer";
  username: string;
}

export interface AddPasskeyPayload {
  credential: {
    /** @default {} */
    clientExtensionResults?: Record<string, any>;
    /**
     * @minLength 1
     * @maxLength 1024
     */
    id: string;
    /**
     * @minLength 1
     * @maxLength 1024
     */
    rawId: string;
    response: {
      /** @maxLength 8192 */
      clientDataJSON: string;
      [key: string]: any;
    };
    type: "public-key";
    [key: string]: any;
  };
  /**
   * @minLength 1
   * @maxLength 40
   */
  name: string;
}

export interface ApplyDraftData {
  hash: string;
}

export interface ApplyDraftPayload {
  /** @pattern ^[0-9a-f]{64}$ */
  hash: string;
  /**
   * @minLength 1
   * @maxLength 300
   */
  reason: string;
}

export interface AskDoctorData {
  findings: {
    area: string;
    seen: {
      en: string;
      zh: string;
    };
    subject: string;
    todo?: {
      en: string;
      zh: string;
    };
    tried: {
      en: string;
      zh: string;
    };
    verdict: "good" | "doubtful" | "bad";
  }[];
}

/** @format binary */
export type AttendanceAsCsvData = File;

export interface AttendanceAsCsvParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

export interface AttendanceAsJsonData {
  columns: {
    label: string;
    name: string;
  }[];
  /** What it was made from: names and values, as they stand behind the rows of a file */
  facts: [string, string][];
  /** The newest record when it was made */
  position: {
    hash: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
  };
  rows: string[][];
  totals: [string, string][];
}

export interface AttendanceAsJsonParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

/** @format binary */
export type AttendanceAsPdfData = File;

export interface AttendanceAsPdfParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

export interface BeginCommissioningData {
  begun: {
    /** ISO 8601, UTC */
    at: string;
    operator: string;
  } | null;
  boots: {
    machine: string;
    node: string;
    version: string;
  };
  draft: {
    differs: boolean;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    faults: number;
  };
  ended: {
    /** ISO 8601, UTC */
    at: string;
    comment: string;
    operator: string;
  } | null;
  file: string;
  /** Of the configuration that runs */
  hash: string;
  /** Whether this service may write the file that it runs by */
  mayApply: boolean;
  report: {
    /** ISO 8601, UTC */
    at: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
  } | null;
  running: {
    /** What the person is to do now; null: nothing, wait */
    asked: {
      en: string;
      zh: string;
    } | null;
    done: {
      asked: {
        en: string;
        zh: string;
      };
      seen: {
        en: string;
        zh: string;
      };
      /** doubtful: it works, with a remark */
      verdict: "passed" | "doubtful" | "failed";
    }[];
    id: string;
    operator: string;
    /** What was seen last */
    seen: {
      en: string;
      zh: string;
    } | null;
    /** ISO 8601, UTC */
    since: string;
    step: {
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      number: number;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      of: number;
    } | null;
    /** ISO 8601, UTC */
    until: string | null;
  } | null;
  /** uncommissioned: no site file yet, no line is taken; underWay: cards open nothing until it is ended */
  state: "uncommissioned" | "underWay" | "inService";
  /** In the order of the work */
  tests: {
    /** What it takes, before it is begun */
    about: {
      en: string;
      zh: string;
    };
    accessPoint:
      | "outer-entry"
      | "inner-entry"
      | "inner-exit"
      | "outer-exit"
      | null;
    camera: string | null;
    door: "outer" | "inner" | null;
    id: string;
    kind:
      | "board"
      | "line"
      | "trial"
      | "relay"
      | "reader"
      | "keypad"
      | "camera"
      | "person"
      | "clock"
      | "broker"
      | "demonstration";
    /** Left out, and why: an open point of the report */
    leftOut: {
      /** ISO 8601, UTC */
      at: string;
      operator: string;
      reason: string;
    } | null;
    line: string | null;
    result: {
      /** ISO 8601, UTC */
      at: string;
      figures: Partial<Record<string, any>>;
      /** What exactly: inOrder, contactsSwapped, … */
      finding: string;
      operator: string;
      seen: {
        en: string;
        zh: string;
      };
      /**
       * The record that says so
       * @min -9007199254740991
       * @max 9007199254740991
       */
      seq: number;
      steps: {
        asked: {
          en: string;
          zh: string;
        };
        seen: {
          en: string;
          zh: string;
        };
        /** doubtful: it works, with a remark */
        verdict: "passed" | "doubtful" | "failed";
      }[];
      todo: {
        en: string;
        zh: string;
      } | null;
      /** doubtful: it works, with a remark */
      verdict: "passed" | "doubtful" | "failed";
    } | null;
    /** outdated: what it was about has been changed since */
    state: "untried" | "outdated" | "passed" | "doubtful" | "failed";
    step:
      | "board"
      | "lines"
      | "doors"
      | "readers"
      | "cameras"
      | "clock"
      | "broker"
      | "interlock";
    title: {
      en: string;
      zh: string;
    };
    vestibule: string | null;
  }[];
}

export interface BeginPairingData {
  code: string;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  expiresInSeconds: number;
}

/** For the browser: PublicKeyCredential options as JSON */
export interface BeginPasskeyData {
  challenge: string;
  [key: string]: any;
}

/** For the browser: PublicKeyCredential options as JSON */
export interface BeginPasskeyLogInData {
  challenge: string;
  [key: string]: any;
}

export interface BeginPasskeyPayload {
  /**
   * @minLength 1
   * @maxLength 64
   */
  code?: string;
  /**
   * @minLength 1
   * @maxLength 256
   */
  password: string;
}

export interface BeginSecondFactorData {
  /** The address as a QR picture, SVG */
  picture: string;
  /** To be typed where the picture cannot be read */
  secret: string;
  uri: string;
}

export interface BeginSecondFactorPayload {
  /**
   * @minLength 1
   * @maxLength 256
   */
  password: string;
}

export interface BeginWatchPairingData {
  code: string;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  expiresInSeconds: number;
}

export interface BlackenCameraData {
  detail?: string;
  done: true;
}

export interface BlackenCameraParams {
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  id: string;
}

export interface CancelTestData {
  begun: {
    /** ISO 8601, UTC */
    at: string;
    operator: string;
  } | null;
  boots: {
    machine: string;
    node: string;
    version: string;
  };
  draft: {
    differs: boolean;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    faults: number;
  };
  ended: {
    /** ISO 8601, UTC */
    at: string;
    comment: string;
    operator: string;
  } | null;
  file: string;
  /** Of the configuration that runs */
  hash: string;
  /** Whether this service may write the file that it runs by */
  mayApply: boolean;
  report: {
    /** ISO 8601, UTC */
    at: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
  } | null;
  running: {
    /** What the person is to do now; null: nothing, wait */
    asked: {
      en: string;
      zh: string;
    } | null;
    done: {
      asked: {
        en: string;
        zh: string;
      };
      seen: {
        en: string;
        zh: string;
      };
      /** doubtful: it works, with a remark */
      verdict: "passed" | "doubtful" | "failed";
    }[];
    id: string;
    operator: string;
    /** What was seen last */
    seen: {
      en: string;
      zh: string;
    } | null;
    /** ISO 8601, UTC */
    since: string;
    step: {
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      number: number;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      of: number;
    } | null;
    /** ISO 8601, UTC */
    until: string | null;
  } | null;
  /** uncommissioned: no site file yet, no line is taken; underWay: cards open nothing until it is ended */
  state: "uncommissioned" | "underWay" | "inService";
  /** In the order of the work */
  tests: {
    /** What it takes, before it is begun */
    about: {
      en: string;
      zh: string;
    };
    accessPoint:
      | "outer-entry"
      | "inner-entry"
      | "inner-exit"
      | "outer-exit"
      | null;
    camera: string | null;
    door: "outer" | "inner" | null;
    id: string;
    kind:
      | "board"
      | "line"
      | "trial"
      | "relay"
      | "reader"
      | "keypad"
      | "camera"
      | "person"
      | "clock"
      | "broker"
      | "demonstration";
    /** Left out, and why: an open point of the report */
    leftOut: {
      /** ISO 8601, UTC */
      at: string;
      operator: string;
      reason: string;
    } | null;
    line: string | null;
    result: {
      /** ISO 8601, UTC */
      at: string;
      figures: Partial<Record<string, any>>;
      /** What exactly: inOrder, contactsSwapped, … */
      finding: string;
      operator: string;
      seen: {
        en: string;
        zh: string;
      };
      /**
       * The record that says so
       * @min -9007199254740991
       * @max 9007199254740991
       */
      seq: number;
      steps: {
        asked: {
          en: string;
          zh: string;
        };
        seen: {
          en: string;
          zh: string;
        };
        /** doubtful: it works, with a remark */
        verdict: "passed" | "doubtful" | "failed";
      }[];
      todo: {
        en: string;
        zh: string;
      } | null;
      /** doubtful: it works, with a remark */
      verdict: "passed" | "doubtful" | "failed";
    } | null;
    /** outdated: what it was about has been changed since */
    state: "untried" | "outdated" | "passed" | "doubtful" | "failed";
    step:
      | "board"
      | "lines"
      | "doors"
      | "readers"
      | "cameras"
      | "clock"
      | "broker"
      | "interlock";
    title: {
      en: string;
      zh: string;
    };
    vestibule: string | null;
  }[];
}

export interface ChangeCardholderData {
  accessLevels: string[];
  /** From the times this person was recognised; null while there are too few of them */
  ageing: {
    /** The templates grow old: enrol anew */
    ageing: boolean;
    /** Growth of the distance in 100 days, as a share of the threshold */
    growth: number;
    /** The middle of the last distances, as a share of the threshold */
    now: number;
  } | null;
  cards: {
    /** Presented under duress (A5) */
    duress: boolean;
    format: string;
    issuedAt: string;
    label: string | null;
    number: string;
    status: "active" | "lost" | "suspended" | "expired" | "revoked";
  }[];
  /** To the use of their face; null: none is on record */
  consent: {
    at: string;
    form: "atDesk" | "onPaper";
    language: "en" | "zh";
    /** Who heard it */
    operator: string;
    /** The version of the wording that was agreed to */
    wording: string;
  } | null;
  createdAt: string;
  /** Whether the photos will do, and what one more should show */
  enrolment: {
    enough: boolean;
    /** What to do, in English and Chinese */
    missing: {
      en: string;
      what: string;
      zh: string;
    }[];
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    photos: number;
  };
  groups: string[];
  hasPin: boolean;
  /** Of a visitor: whom they come to */
  host: string | null;
  id: string;
  kind: "staff" | "visitor";
  name: string;
  note: string | null;
  /** Personnel number */
  number: string | null;
  /** The operator's account that is this person's own */
  operator: string | null;
  photos: {
    /** How the person looks on it; photos of one appearance make one template */
    appearance: string;
    id: string;
    quality: Partial<Record<string, number>>;
    takenAt: string;
  }[];
  status: "active" | "suspended" | "left";
  validFrom: string | null;
  validUntil: string | null;
}

export interface ChangeCardholderParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export interface ChangeCardholderPayload {
  /** @maxItems 32 */
  accessLevels?: string[];
  /** @maxItems 32 */
  groups?: string[];
  host?: string | null;
  kind?: "staff" | "visitor";
  /**
   * @minLength 1
   * @maxLength 120
   */
  name?: string;
  note?: string | null;
  number?: string | null;
  operator?: string | null;
  status?: "active" | "suspended" | "left";
  validFrom?: string | null;
  validUntil?: string | null;
}

export interface ChangeDoorRulesData {
  /** The interlock takes the times up once nothing is released or open there */
  awaited: boolean;
  /**
   * @min 5
   * @max 300
   */
  heldOpenTime?: number;
  /**
   * @min 0
   * @max 60
   */
  heldOpenWarning?: number;
  /** null: one person is enough (A1) */
  multiPerson?: {
    /**
     * How many different cardholders, each fully verified (A1)
     * @min 2
     * @max 16
     */
    count: number;
    /**
     * entry: on the way in only; both: nobody leaves alone either
     * @default "entry"
     */
    directions: "entry" | "both";
    /**
     * One of each of these groups, by different people
     * @maxItems 16
     * @default []
     */
    groups: string[];
    /**
     * How long the next one may take; access.multiPersonWindow unless given
     * @min 5
     * @max 120
     */
    window?: number;
  } | null;
  /**
   * @min 2
   * @max 30
   */
  releaseTime?: number;
  /**
   * @min 0
   * @max 5
   */
  relockDelay?: number;
  relockOnOpen?: boolean;
  remoteGrant?: boolean;
  /**
   * 0: the site's file
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
}

export interface ChangeDoorRulesParams {
  door: "outer" | "inner";
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  vestibule: string;
}

export interface ChangeDoorRulesPayload {
  /**
   * @min 5
   * @max 300
   */
  heldOpenTime?: number;
  /**
   * @min 0
   * @max 60
   */
  heldOpenWarning?: number;
  /** null: one person is enough (A1) */
  multiPerson?: {
    /**
     * How many different cardholders, each fully verified (A1)
     * @min 2
     * @max 16
     */
    count: number;
    /**
     * entry: on the way in only; both: nobody leaves alone either
     * @default "entry"
     */
    directions?: "entry" | "both";
    /**
     * One of each of these groups, by different people
     * @maxItems 16
     * @default []
     */
    groups?: string[];
    /**
     * How long the next one may take; access.multiPersonWindow unless given
     * @min 5
     * @max 120
     */
    window?: number;
  } | null;
  /**
   * Why, for whoever reads the record a year later
   * @maxLength 500
   */
  reason?: string;
  /**
   * @min 2
   * @max 30
   */
  releaseTime?: number;
  /**
   * @min 0
   * @max 5
   */
  relockDelay?: number;
  relockOnOpen?: boolean;
  remoteGrant?: boolean;
  /**
   * Of the rule as it was read: refused with 412 where another holds by now; If-Match says the same
   * @min 0
   * @max 9007199254740991
   */
  version?: number;
}

export interface ChangeDraftData {
  /** Against what runs */
  differences: {
    after: any;
    before: any;
    path: string;
  }[];
  faults: {
    expected: string;
    found: string;
    path: string;
    remedy: {
      en: string;
      zh: string;
    };
    section:
      | "site"
      | "board"
      | "lines"
      | "doors"
      | "cameras"
      | "readers"
      | "clock"
      | "broker"
      | null;
  }[];
  hash: string;
  /** The board's profile with this site's lines */
  profileYaml: string | null;
  sections: Partial<
    Record<
      | "site"
      | "board"
      | "lines"
      | "doors"
      | "cameras"
      | "readers"
      | "clock"
      | "broker",
      any
    >
  >;
  /** As it would be written, with comments */
  yaml: string;
}

export interface ChangeDraftParams {
  section:
    | "site"
    | "board"
    | "lines"
    | "doors"
    | "cameras"
    | "readers"
    | "clock"
    | "broker";
}

export interface ChangeDraftPayload {
  value: any;
}

/** `csrfToken` may be sent back as `X-Vestibule-CSRF` */
export interface ChangePasswordData {
  csrfToken: string;
  mustChangePassword: boolean;
  mustSetUpSecondFactor?: boolean;
  role:
    | "administrator"
    | "securityOfficer"
    | "enrolmentClerk"
    | "auditor"
    | "installer";
  username: string;
}

export interface ChangePasswordPayload {
  /**
   * @minLength 1
   * @maxLength 256
   */
  current: string;
  /**
   * @minLength 1
   * @maxLength 256
   */
  next: string;
}

export interface ChangeSettingsData {
  access?: {
    duress?: {
      policy?: "grant" | "grantOuterHoldInner" | "deny";
    };
    /**
     * @min 10
     * @max 3600
     */
    lockoutTime?: number;
    /**
     * @min 1
     * @max 5
     */
    maxFailures?: number;
    /**
     * @min 5
     * @max 120
     */
    multiPersonWindow?: number;
    /**
     * @min 5
     * @max 60
     */
    pinTimeout?: number;
    /**
     * @min 10
     * @max 300
     */
    remoteWindow?: number;
    /**
     * @min 0
     * @max 10
     */
    sameCardTime?: number;
  };
  /** face.liveness of the site's file */
  liveness?: "off" | "passive" | "challenge";
  /**
   * 0: the site's file
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
  vestibules?: Partial<
    Record<
      string,
      {
        /** A second entry without an exit. soft: let in and recorded; hard: refused (A3) */
        antiPassback?: "off" | "soft" | "hard";
        /** null: they are not counted */
        countFaces?: string | null;
        /**
         * @min 30
         * @max 900
         */
        dwellTime?: number;
        /** By access point; null: the site's */
        liveness?: Partial<
          Record<
            "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit",
            "off" | "passive" | "challenge" | null
          >
        >;
        occupancy?: {
          /**
           * @min 0
           * @max 10000
           */
          secureMax?: number;
          secureMin?: 0 | number;
          /**
           * @min 0
           * @max 16
           */
          vestibuleMax?: number;
        };
        /**
         * @min 10
         * @max 600
         */
        overrideTime?: number;
      }
    >
  >;
}

export interface ChangeSettingsPayload {
  access?: {
    duress?: {
      policy?: "grant" | "grantOuterHoldInner" | "deny";
    };
    /**
     * @min 10
     * @max 3600
     */
    lockoutTime?: number;
    /**
     * @min 1
     * @max 5
     */
    maxFailures?: number;
    /**
     * @min 5
     * @max 120
     */
    multiPersonWindow?: number;
    /**
     * @min 5
     * @max 60
     */
    pinTimeout?: number;
    /**
     * @min 10
     * @max 300
     */
    remoteWindow?: number;
    /**
     * @min 0
     * @max 10
     */
    sameCardTime?: number;
  };
  /** face.liveness of the site's file */
  liveness?: "off" | "passive" | "challenge";
  /**
   * Why, for whoever reads the record a year later
   * @maxLength 500
   */
  reason?: string;
  /**
   * Of the rule as it was read: refused with 412 where another holds by now; If-Match says the same
   * @min 0
   * @max 9007199254740991
   */
  version?: number;
  vestibules?: Partial<
    Record<
      string,
      {
        /** A second entry without an exit. soft: let in and recorded; hard: refused (A3) */
        antiPassback?: "off" | "soft" | "hard";
        /** null: they are not counted */
        countFaces?: string | null;
        /**
         * @min 30
         * @max 900
         */
        dwellTime?: number;
        /** By access point; null: the site's */
        liveness?: Partial<
          Record<
            "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit",
            "off" | "passive" | "challenge" | null
          >
        >;
        occupancy?: {
          /**
           * @min 0
           * @max 10000
           */
          secureMax?: number;
          secureMin?: 0 | number;
          /**
           * @min 0
           * @max 16
           */
          vestibuleMax?: number;
        };
        /**
         * @min 10
         * @max 600
         */
        overrideTime?: number;
      }
    >
  >;
}

export interface ChangeWatchScreenData {
  /** Whether it is shown that somebody acts under duress (never at the box itself) */
  duress: boolean;
  id: string;
  /** To the minute */
  lastSeenAt: string | null;
  name: string;
  /** Whether it is being told what happens */
  online: boolean;
  pairedAt: string;
  pairedBy: string;
  pictures: boolean;
  vestibules: string[] | null;
}

export interface ChangeWatchScreenParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export interface ChangeWatchScreenPayload {
  duress?: boolean;
  /**
   * @minLength 1
   * @maxLength 60
   */
  name?: string;
  /** The pictures kept with the alarms that it shows */
  pictures?: boolean;
  /** The door pairs it shows beside what is the site's; null: all there are, and will be */
  vestibules?: string[] | null;
}

export interface CommentOnAlarmData {
  acknowledged: {
    at: string;
    by: string;
    comment: string;
  } | null;
  comments: {
    at: string;
    by: string;
    text: string;
  }[];
  /**
   * How often it has been seen since it was last normal
   * @min -9007199254740991
   * @max 9007199254740991
   */
  count: number;
  detail: string | null;
  evidence: string[];
  id: string;
  /** Whether it is acknowledged only with a comment */
  needsComment: boolean;
  phase:
    | "active-unacknowledged"
    | "active-acknowledged"
    | "returned-unacknowledged"
    | "normal";
  place: {
    accessPoint?: string;
    camera?: string;
    door?: string;
    vestibule?: string;
  };
  priority: "critical" | "high" | "medium" | "low";
  /** Whether it may be shelved at all */
  shelvable: boolean;
  /** Put aside by somebody: it counts, and demands nobody's attention */
  shelved: {
    at: string;
    by: string;
    reason: string;
    until: string;
  } | null;
  since: string;
  type: string;
  vestibule: string | null;
}

export interface CommentOnAlarmParams {
  /** @pattern ^[A-Za-z0-9._-]{1,128}$ */
  id: string;
}

export interface CommentOnAlarmPayload {
  /** @maxLength 500 */
  text: string;
}

export interface ConfirmApprovalData {
  decided: "confirmed" | "rejected";
  /** What only the one who confirmed is told: the second half of a one-time password */
  forConfirmer?: Partial<Record<string, any>>;
}

export interface ConfirmApprovalParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export type ConfirmApprovalPayload = {
  /**
   * @maxLength 500
   * @default ""
   */
  comment?: string;
} | null;

export interface ConfirmSecondFactorData {
  csrfToken: string;
  mustChangePassword: boolean;
  mustSetUpSecondFactor?: boolean;
  /** Shown once; each is good for one sign-in */
  recoveryCodes: string[];
  role:
    | "administrator"
    | "securityOfficer"
    | "enrolmentClerk"
    | "auditor"
    | "installer";
  username: string;
}

export interface ConfirmSecondFactorPayload {
  /**
   * @minLength 1
   * @maxLength 64
   */
  code: string;
}

/** @format binary */
export type DenialsAsCsvData = File;

export interface DenialsAsCsvParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

export interface DenialsAsJsonData {
  columns: {
    label: string;
    name: string;
  }[];
  /** What it was made from: names and values, as they stand behind the rows of a file */
  facts: [string, string][];
  /** The newest record when it was made */
  position: {
    hash: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
  };
  rows: string[][];
  totals: [string, string][];
}

export interface DenialsAsJsonParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

/** @format binary */
export type DenialsAsPdfData = File;

export interface DenialsAsPdfParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

export interface DiscardDraftData {
  /** Against what runs */
  differences: {
    after: any;
    before: any;
    path: string;
  }[];
  faults: {
    expected: string;
    found: string;
    path: string;
    remedy: {
      en: string;
      zh: string;
    };
    section:
      | "site"
      | "board"
      | "lines"
      | "doors"
      | "cameras"
      | "readers"
      | "clock"
      | "broker"
      | null;
  }[];
  hash: string;
  /** The board's profile with this site's lines */
  profileYaml: string | null;
  sections: Partial<
    Record<
      | "site"
      | "board"
      | "lines"
      | "doors"
      | "cameras"
      | "readers"
      | "clock"
      | "broker",
      any
    >
  >;
  /** As it would be written, with comments */
  yaml: string;
}

export interface DiscoverCamerasData {
  devices: {
    address: string;
    hardware: string | null;
    name: string | null;
  }[];
}

export interface EndCommissioningData {
  begun: {
    /** ISO 8601, UTC */
    at: string;
    operator: string;
  } | null;
  boots: {
    machine: string;
    node: string;
    version: string;
  };
  draft: {
    differs: boolean;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    faults: number;
  };
  ended: {
    /** ISO 8601, UTC */
    at: string;
    comment: string;
    operator: string;
  } | null;
  file: string;
  /** Of the configuration that runs */
  hash: string;
  /** Whether this service may write the file that it runs by */
  mayApply: boolean;
  report: {
    /** ISO 8601, UTC */
    at: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
  } | null;
  running: {
    /** What the person is to do now; null: nothing, wait */
    asked: {
      en: string;
      zh: string;
    } | null;
    done: {
      asked: {
        en: string;
        zh: string;
      };
      seen: {
        en: string;
        zh: string;
      };
      /** doubtful: it works, with a remark */
      verdict: "passed" | "doubtful" | "failed";
    }[];
    id: string;
    operator: string;
    /** What was seen last */
    seen: {
      en: string;
      zh: string;
    } | null;
    /** ISO 8601, UTC */
    since: string;
    step: {
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      number: number;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      of: number;
    } | null;
    /** ISO 8601, UTC */
    until: string | null;
  } | null;
  /** uncommissioned: no site file yet, no line is taken; underWay: cards open nothing until it is ended */
  state: "uncommissioned" | "underWay" | "inService";
  /** In the order of the work */
  tests: {
    /** What it takes, before it is begun */
    about: {
      en: string;
      zh: string;
    };
    accessPoint:
      | "outer-entry"
      | "inner-entry"
      | "inner-exit"
      | "outer-exit"
      | null;
    camera: string | null;
    door: "outer" | "inner" | null;
    id: string;
    kind:
      | "board"
      | "line"
      | "trial"
      | "relay"
      | "reader"
      | "keypad"
      | "camera"
      | "person"
      | "clock"
      | "broker"
      | "demonstration";
    /** Left out, and why: an open point of the report */
    leftOut: {
      /** ISO 8601, UTC */
      at: string;
      operator: string;
      reason: string;
    } | null;
    line: string | null;
    result: {
      /** ISO 8601, UTC */
      at: string;
      figures: Partial<Record<string, any>>;
      /** What exactly: inOrder, contactsSwapped, … */
      finding: string;
      operator: string;
      seen: {
        en: string;
        zh: string;
      };
      /**
       * The record that says so
       * @min -9007199254740991
       * @max 9007199254740991
       */
      seq: number;
      steps: {
        asked: {
          en: string;
          zh: string;
        };
        seen: {
          en: string;
          zh: string;
        };
        /** doubtful: it works, with a remark */
        verdict: "passed" | "doubtful" | "failed";
      }[];
      todo: {
        en: string;
        zh: string;
      } | null;
      /** doubtful: it works, with a remark */
      verdict: "passed" | "doubtful" | "failed";
    } | null;
    /** outdated: what it was about has been changed since */
    state: "untried" | "outdated" | "passed" | "doubtful" | "failed";
    step:
      | "board"
      | "lines"
      | "doors"
      | "readers"
      | "cameras"
      | "clock"
      | "broker"
      | "interlock";
    title: {
      en: string;
      zh: string;
    };
    vestibule: string | null;
  }[];
}

export interface EndCommissioningPayload {
  /**
   * @maxLength 1000
   * @default ""
   */
  comment?: string;
  /**
   * @maxItems 50
   * @default []
   */
  openPoints?: string[];
}

export type EndSessionData = any;

export interface EndSessionParams {
  /** @pattern ^[0-9a-f]{16}$ */
  id: string;
}

export interface EnrolPhotoData {
  /** How the person looks on it; photos of one appearance make one template */
  appearance: string;
  id: string;
  quality: Partial<Record<string, number>>;
  takenAt: string;
}

export interface EnrolPhotoParams {
  /**
   * How the person looks on it, e.g. glasses; at most three of one person
   * @default "usual"
   * @pattern ^[a-z][a-z0-9-]{0,31}$
   */
  appearance?: string;
  /**
   * Cardholders who look alike and are other people: recorded with who said so
   * @pattern ^[A-Za-z0-9_-]{1,64}(,[A-Za-z0-9_-]{1,64}){0,7}$
   */
  distinctFrom?: string;
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

/** @format binary */
export type EnrolPhotoPayload = File;

/** @format binary */
export type EventsAsCsvData = File;

export interface EventsAsCsvParams {
  accessPoint?: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit";
  /**
   * Only records after this sequence number; before it with the newest first
   * @min 0
   * @max 9007199254740991
   */
  after?: number;
  /**
   * @pattern ^[\x21-\x7e]{1,64}$
   * @example "1001"
   */
  card?: string;
  /**
   * Whose record it is, as a host or in a group too
   * @pattern ^[A-Za-z0-9_-]{1,64}$
   */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /**
   * Of the columns' names; without it, by Accept-Language
   * @example "zh"
   */
  lang?: "en" | "zh";
  /** The same as order=newest */
  newest?: string;
  /**
   * Who did it; `token:NAME` for a program
   * @minLength 1
   * @maxLength 80
   */
  operator?: string;
  /**
   * Which come first
   * @default "oldest"
   */
  order?: "oldest" | "newest";
  /** @pattern ^[a-z][A-Za-z0-9]{0,47}$ */
  reason?: string;
  /**
   * Recorded at or before
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
  /**
   * One type, or any of several with commas between them
   * @pattern ^[A-Za-z]{1,64}(?:,[A-Za-z]{1,64}){0,299}$
   */
  type?: string;
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  vestibule?: string;
}

export interface ExplainEventData {
  decision: {
    /** What the same input comes to now */
    decided: {
      type: string;
      [key: string]: any;
    }[];
    /** All that it was decided on */
    input: Partial<Record<string, any>>;
    recorded: {
      type: string;
      [key: string]: any;
    }[];
    /** Of people, or of the doors */
    rules: "access" | "interlock";
    /** What of the rules bore on it; `reference` begins `rules` of a RulesInForce, or names the vestibule */
    rulesInForce: {
      reference: string;
      [key: string]: any;
    };
    /** Whether the two are the same */
    same: boolean;
    /** The records that the decision came to */
    seqs: number[];
  } | null;
  event: {
    accessPoint: string | null;
    cardholder: string | null;
    door: string | null;
    hash: string;
    reason: string | null;
    schema: 1;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
    time: string;
    type: string;
    vestibule: string | null;
    [key: string]: any;
  };
  /** Why there is no decision to be asked again */
  notAgain:
    | "olderRelease"
    | "startMissing"
    | "inputsLost"
    | "rulesUnknown"
    | "noDecision"
    | null;
  /** What is on record of the same passage, oldest first */
  passage: {
    accessPoint: string | null;
    cardholder: string | null;
    door: string | null;
    hash: string;
    reason: string | null;
    schema: 1;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
    time: string;
    type: string;
    vestibule: string | null;
    [key: string]: any;
  }[];
}

export interface ExplainEventParams {
  /**
   * @min 1
   * @max 9007199254740991
   */
  seq: number;
}

export type ExportCardholdersData = string;

export interface ExportCardholdersParams {
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  accessLevel?: string;
  /** Whether their photos will do; nobody's photos at all are lacking too */
  enrolment?: "enough" | "lacking";
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  group?: string;
  kind?: "staff" | "visitor";
  /**
   * Part of a name, of a card's or a personnel number; or an id
   * @minLength 1
   * @maxLength 120
   */
  search?: string;
  status?: "active" | "suspended" | "left";
}

export interface FindReadersData {
  readers: {
    device: string;
    kind: "serial" | "hid" | "pcsc";
    name: string | null;
  }[];
}

export interface GetAccessLevelsData {
  /** @maxItems 256 */
  accessLevels: {
    accessPoints:
      | "all"
      | ("outer-entry" | "inner-entry" | "inner-exit" | "outer-exit")[];
    /** At least this for whoever has the level; where the access point asks for more, that counts */
    liveness?: "off" | "passive" | "challenge";
    /**
     * `card` and `card+pin` are explicit choices and audited; `face+remote`: an operator looks and grants
     * @default "card+face"
     */
    mode: "card+face" | "card+face+pin" | "card+pin" | "card" | "face+remote";
    /**
     * In place of `mode` while one of these schedules is open; several open ones ask for all they name
     * @maxItems 8
     * @minItems 1
     */
    modes?: {
      mode: "card+face" | "card+face+pin" | "card+pin" | "card" | "face+remote";
      /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
      schedule: string;
    }[];
    /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
    name: string;
    /** @default "always" */
    schedule: "always" | string;
    /** @default "all" */
    vestibules: "all" | string[];
  }[];
  /** How many cardholders have each; those nobody has are left out */
  holders: Partial<Record<string, number>>;
  /**
   * 0: the site's file
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
}

export interface GetAlarmData {
  acknowledged: {
    at: string;
    by: string;
    comment: string;
  } | null;
  /** That may show it, the nearest first */
  cameras: string[];
  /** Who is behind it, where a record says so */
  cause: {
    event: {
      accessPoint: string | null;
      cardholder: string | null;
      door: string | null;
      hash: string;
      reason: string | null;
      schema: 1;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      seq: number;
      time: string;
      type: string;
      vestibule: string | null;
      [key: string]: any;
    };
    /** Of the same passage, by their SHA-256 */
    pictures: string[];
  } | null;
  comments: {
    at: string;
    by: string;
    text: string;
  }[];
  /**
   * How often it has been seen since it was last normal
   * @min -9007199254740991
   * @max 9007199254740991
   */
  count: number;
  detail: string | null;
  evidence: string[];
  history: {
    accessPoint: string | null;
    cardholder: string | null;
    door: string | null;
    hash: string;
    reason: string | null;
    schema: 1;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
    time: string;
    type: string;
    vestibule: string | null;
    [key: string]: any;
  }[];
  id: string;
  /** Whether it is acknowledged only with a comment */
  needsComment: boolean;
  phase:
    | "active-unacknowledged"
    | "active-acknowledged"
    | "returned-unacknowledged"
    | "normal";
  place: {
    accessPoint?: string;
    camera?: string;
    door?: string;
    vestibule?: string;
  };
  priority: "critical" | "high" | "medium" | "low";
  /** Whether it may be shelved at all */
  shelvable: boolean;
  /** Put aside by somebody: it counts, and demands nobody's attention */
  shelved: {
    at: string;
    by: string;
    reason: string;
    until: string;
  } | null;
  since: string;
  type: string;
  vestibule: string | null;
}

export interface GetAlarmParams {
  /** @pattern ^[A-Za-z0-9._-]{1,128}$ */
  id: string;
}

/** @format binary */
export type GetApprovalPictureData = File;

export interface GetApprovalPictureParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export interface GetCardholderData {
  accessLevels: string[];
  /** From the times this person was recognised; null while there are too few of them */
  ageing: {
    /** The templates grow old: enrol anew */
    ageing: boolean;
    /** Growth of the distance in 100 days, as a share of the threshold */
    growth: number;
    /** The middle of the last distances, as a share of the threshold */
    now: number;
  } | null;
  cards: {
    /** Presented under duress (A5) */
    duress: boolean;
    format: string;
    issuedAt: string;
    label: string | null;
    number: string;
    status: "active" | "lost" | "suspended" | "expired" | "revoked";
  }[];
  /** To the use of their face; null: none is on record */
  consent: {
    at: string;
    form: "atDesk" | "onPaper";
    language: "en" | "zh";
    /** Who heard it */
    operator: string;
    /** The version of the wording that was agreed to */
    wording: string;
  } | null;
  createdAt: string;
  /** Whether the photos will do, and what one more should show */
  enrolment: {
    enough: boolean;
    /** What to do, in English and Chinese */
    missing: {
      en: string;
      what: string;
      zh: string;
    }[];
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    photos: number;
  };
  groups: string[];
  hasPin: boolean;
  /** Of a visitor: whom they come to */
  host: string | null;
  id: string;
  kind: "staff" | "visitor";
  name: string;
  note: string | null;
  /** Personnel number */
  number: string | null;
  /** The operator's account that is this person's own */
  operator: string | null;
  photos: {
    /** How the person looks on it; photos of one appearance make one template */
    appearance: string;
    id: string;
    quality: Partial<Record<string, number>>;
    takenAt: string;
  }[];
  status: "active" | "suspended" | "left";
  validFrom: string | null;
  validUntil: string | null;
}

export interface GetCardholderParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export interface GetCheckpointData {
  /** A C2SP signed note: origin, size, root, an empty line, signatures */
  note: string;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  size: number;
  /** The newest that the witness has cosigned */
  witnessed: {
    cosignatures: string;
    note: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    size: number;
  } | null;
}

/** @format binary */
export type GetCommissionedSiteData = File;

export interface GetCommissioningData {
  begun: {
    /** ISO 8601, UTC */
    at: string;
    operator: string;
  } | null;
  boots: {
    machine: string;
    node: string;
    version: string;
  };
  draft: {
    differs: boolean;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    faults: number;
  };
  ended: {
    /** ISO 8601, UTC */
    at: string;
    comment: string;
    operator: string;
  } | null;
  file: string;
  /** Of the configuration that runs */
  hash: string;
  /** Whether this service may write the file that it runs by */
  mayApply: boolean;
  report: {
    /** ISO 8601, UTC */
    at: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
  } | null;
  running: {
    /** What the person is to do now; null: nothing, wait */
    asked: {
      en: string;
      zh: string;
    } | null;
    done: {
      asked: {
        en: string;
        zh: string;
      };
      seen: {
        en: string;
        zh: string;
      };
      /** doubtful: it works, with a remark */
      verdict: "passed" | "doubtful" | "failed";
    }[];
    id: string;
    operator: string;
    /** What was seen last */
    seen: {
      en: string;
      zh: string;
    } | null;
    /** ISO 8601, UTC */
    since: string;
    step: {
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      number: number;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      of: number;
    } | null;
    /** ISO 8601, UTC */
    until: string | null;
  } | null;
  /** uncommissioned: no site file yet, no line is taken; underWay: cards open nothing until it is ended */
  state: "uncommissioned" | "underWay" | "inService";
  /** In the order of the work */
  tests: {
    /** What it takes, before it is begun */
    about: {
      en: string;
      zh: string;
    };
    accessPoint:
      | "outer-entry"
      | "inner-entry"
      | "inner-exit"
      | "outer-exit"
      | null;
    camera: string | null;
    door: "outer" | "inner" | null;
    id: string;
    kind:
      | "board"
      | "line"
      | "trial"
      | "relay"
      | "reader"
      | "keypad"
      | "camera"
      | "person"
      | "clock"
      | "broker"
      | "demonstration";
    /** Left out, and why: an open point of the report */
    leftOut: {
      /** ISO 8601, UTC */
      at: string;
      operator: string;
      reason: string;
    } | null;
    line: string | null;
    result: {
      /** ISO 8601, UTC */
      at: string;
      figures: Partial<Record<string, any>>;
      /** What exactly: inOrder, contactsSwapped, … */
      finding: string;
      operator: string;
      seen: {
        en: string;
        zh: string;
      };
      /**
       * The record that says so
       * @min -9007199254740991
       * @max 9007199254740991
       */
      seq: number;
      steps: {
        asked: {
          en: string;
          zh: string;
        };
        seen: {
          en: string;
          zh: string;
        };
        /** doubtful: it works, with a remark */
        verdict: "passed" | "doubtful" | "failed";
      }[];
      todo: {
        en: string;
        zh: string;
      } | null;
      /** doubtful: it works, with a remark */
      verdict: "passed" | "doubtful" | "failed";
    } | null;
    /** outdated: what it was about has been changed since */
    state: "untried" | "outdated" | "passed" | "doubtful" | "failed";
    step:
      | "board"
      | "lines"
      | "doors"
      | "readers"
      | "cameras"
      | "clock"
      | "broker"
      | "interlock";
    title: {
      en: string;
      zh: string;
    };
    vestibule: string | null;
  }[];
}

/** @format binary */
export type GetCommissioningNoteData = File;

/** @format binary */
export type GetCommissioningReportData = File;

/** @format binary */
export type GetCommissioningReportJsonData = File;

export interface GetCommissioningReportParams {
  /** @default "en" */
  language?: "en" | "zh";
}

export interface GetConsentWordingData {
  /** Without it nobody's photo is enrolled: 409 `consent-missing` */
  required: boolean;
  wording: {
    en: string;
    version: string;
    zh: string;
  };
}

export interface GetDisplayData {
  accessPoint: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit";
  clock: {
    time: string;
    timeZone: string;
  };
  hint: "stepCloser" | "oneAtATime" | "moreLight" | "faceCamera" | null;
  /** Whether `GET /display/mirror` has pictures now */
  mirror: boolean;
  /** Of whoever is let in, as far as the site lets strangers read it */
  name: string | null;
  /** Which of how many people, or requests to move */
  progress: {
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    of: number;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    step: number;
  } | null;
  /** Milliseconds until it goes away by itself */
  remaining: number | null;
  settings: {
    appearance: "auto" | "light" | "dark";
    languages: ("zh" | "en")[];
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    sound: number;
  };
  site: {
    en: string;
    zh: string;
  };
  text:
    | "ready"
    | "wait"
    | "look"
    | "turnLeft"
    | "turnRight"
    | "blink"
    | "openMouth"
    | "enterPin"
    | "nextPerson"
    | "waitForHost"
    | "waitForStaff"
    | "welcome"
    | "tryAgain"
    | "askStaff"
    | "closeDoor"
    | "occupied"
    | "closed"
    | "doorOpen"
    | "keepClear"
    | "outOfService";
  vestibule: {
    en: string;
    zh: string;
  };
}

export interface GetDoorRulesData {
  /** The interlock takes the times up once nothing is released or open there */
  awaited: boolean;
  /**
   * @min 5
   * @max 300
   */
  heldOpenTime?: number;
  /**
   * @min 0
   * @max 60
   */
  heldOpenWarning?: number;
  /** null: one person is enough (A1) */
  multiPerson?: {
    /**
     * How many different cardholders, each fully verified (A1)
     * @min 2
     * @max 16
     */
    count: number;
    /**
     * entry: on the way in only; both: nobody leaves alone either
     * @default "entry"
     */
    directions: "entry" | "both";
    /**
     * One of each of these groups, by different people
     * @maxItems 16
     * @default []
     */
    groups: string[];
    /**
     * How long the next one may take; access.multiPersonWindow unless given
     * @min 5
     * @max 120
     */
    window?: number;
  } | null;
  /**
   * @min 2
   * @max 30
   */
  releaseTime?: number;
  /**
   * @min 0
   * @max 5
   */
  relockDelay?: number;
  relockOnOpen?: boolean;
  remoteGrant?: boolean;
  /**
   * 0: the site's file
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
}

export interface GetDoorRulesParams {
  door: "outer" | "inner";
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  vestibule: string;
}

export interface GetDraftData {
  /** Against what runs */
  differences: {
    after: any;
    before: any;
    path: string;
  }[];
  faults: {
    expected: string;
    found: string;
    path: string;
    remedy: {
      en: string;
      zh: string;
    };
    section:
      | "site"
      | "board"
      | "lines"
      | "doors"
      | "cameras"
      | "readers"
      | "clock"
      | "broker"
      | null;
  }[];
  hash: string;
  /** The board's profile with this site's lines */
  profileYaml: string | null;
  sections: Partial<
    Record<
      | "site"
      | "board"
      | "lines"
      | "doors"
      | "cameras"
      | "readers"
      | "clock"
      | "broker",
      any
    >
  >;
  /** As it would be written, with comments */
  yaml: string;
}

/** @format binary */
export type GetEvidenceData = File;

export interface GetEvidenceParams {
  /** @pattern ^[0-9a-f]{64}$ */
  hash: string;
}

export interface GetFiguresData {
  /** How often, and how long until somebody acknowledged it */
  alarms: {
    /** Milliseconds; null where there was none */
    p95: number | null;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    acknowledged: number;
    alarm: string;
    /** Milliseconds; null where there was none */
    longest: number | null;
    /** Milliseconds; null where there was none */
    median: number | null;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    raised: number;
  }[];
  cameras: {
    /** Share of the period without a fault, 0 to 1 */
    available: number;
    camera: string;
    intervals: {
      /** It had begun before the period */
      before: boolean;
      fault: "CameraLost" | "CameraFrozen" | "CameraCovered";
      from: string;
      /** Null: it lasts to the end of the period */
      to: string | null;
    }[];
    /**
     * Intervals beyond those listed
     * @min -9007199254740991
     * @max 9007199254740991
     */
    omitted: number;
  }[];
  denials: {
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    count: number;
    reason: string;
  }[];
  from: string;
  madeAt: string;
  passages: {
    accessPoint: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit";
    /** The same by the hour of the site's day, 0 to 23 */
    byHour: number[];
    /**
     * Let through and did not go
     * @min -9007199254740991
     * @max 9007199254740991
     */
    notTaken: number;
    /** People who passed, in each of `steps` */
    taken: number[];
    vestibule: string;
  }[];
  /** The journal's newest record when they were made */
  position: {
    hash: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
  };
  /** Similarities of 1:1 comparisons, of each model by itself */
  scores: {
    binWidth: number;
    faceMismatch: number[];
    granted: number[];
    /** Similarity at the left edge of the first bin */
    low: number;
    model: string;
    /** In the order in which they were in force */
    thresholds: {
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      comparisons: number;
      similarity: number;
    }[];
  }[];
  step: "hour" | "day";
  /** When each hour or day of the site begins */
  steps: string[];
  timeZone: string;
  to: string;
  /**
   * Records read for it, each checked against its hash and the one before
   * @min -9007199254740991
   * @max 9007199254740991
   */
  verified: number;
  /** From the card, of whoever came last of a group, to the released door */
  waiting: {
    /** Milliseconds; null where there was none */
    p95: number | null;
    /**
     * Longer than the last bin
     * @min -9007199254740991
     * @max 9007199254740991
     */
    beyond: number;
    /** Milliseconds */
    binWidth: number;
    bins: number[];
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    count: number;
    /** Milliseconds; null where there was none */
    median: number | null;
  };
}

export interface GetFiguresParams {
  door?: "outer" | "inner";
  /**
   * The period's begin; what lies in the future has no figures
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from: string;
  /**
   * Its end; without it, now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  vestibule?: string;
}

export interface GetHealthData {
  alive: true;
}

export interface GetHolidaysData {
  /** @maxItems 400 */
  holidays: (
    | string
    | {
        /** Whose spans count on it; a weekday's: it is worked as one. `holiday` where left out */
        as?:
          | "monday"
          | "tuesday"
          | "wednesday"
          | "thursday"
          | "friday"
          | "saturday"
          | "sunday"
          | "holiday"
          | "halfDay"
          | "yearEnd"
          | "special";
        /**
         * @format date
         * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))$
         */
        date: string;
        /**
         * Whoever reads the calendar a year later knows what it was
         * @minLength 1
         * @maxLength 60
         * @pattern ^[^\p{Cc}]*$
         */
        name?: string;
        /** Comes back every year from then on; a day with its own date goes before it */
        yearly?: boolean;
      }
  )[];
  /**
   * 0: the site's file
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
}

export interface GetJournalKeyData {
  key: string;
}

export interface GetLinesData {
  lines: {
    /** Milliseconds since the wire's level changed last */
    changedAgo: number | null;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    changes: number;
    chip: string | null;
    direction: "in" | "out";
    line: string | null;
    name: string;
    /** As the wire says; of an output what was commanded */
    raw:
      | "open"
      | "closed"
      | "thrown"
      | "retracted"
      | "pressed"
      | "idle"
      | "active"
      | "present"
      | "absent"
      | "good"
      | "low"
      | "secured"
      | "released"
      | "fault"
      | "unread";
    /** As it counts, debounced */
    steady:
      | "open"
      | "closed"
      | "thrown"
      | "retracted"
      | "pressed"
      | "idle"
      | "active"
      | "present"
      | "absent"
      | "good"
      | "low"
      | "secured"
      | "released"
      | "fault"
      | "unread";
    terminal: string | null;
  }[];
}

export type GetMetricsData = string;

export type GetOutputsData = Partial<Record<string, string>>;

/** @format binary */
export type GetPhotoData = File;

export interface GetPhotoParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  photo: string;
}

/** @format binary */
export type GetProbeData = File;

export interface GetProbeParams {
  /**
   * @pattern ^[\x21-\x7e]{1,64}$
   * @example "1001"
   */
  number: string;
}

export interface GetReadinessData {
  ready: boolean;
  /** What is not as it must be */
  waiting: string[];
}

export interface GetSchedulesData {
  /** @maxItems 256 */
  schedules: {
    /**
     * A group: each span stays closed for others until one of it has entered (A2)
     * @pattern ^[a-z][a-z0-9-]{0,31}$
     */
    firstPerson?: string;
    /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
    name: string;
    /**
     * `to` earlier than `from` runs over midnight; spans may overlap
     * @maxItems 64
     */
    spans: {
      /** @minItems 1 */
      days: (
        | "monday"
        | "tuesday"
        | "wednesday"
        | "thursday"
        | "friday"
        | "saturday"
        | "sunday"
        | "holiday"
        | "halfDay"
        | "yearEnd"
        | "special"
      )[];
      /** @pattern ^([01]\d|2[0-3]):[0-5]\d$|^24:00$ */
      from: string;
      /** @pattern ^([01]\d|2[0-3]):[0-5]\d$|^24:00$ */
      to: string;
    }[];
  }[];
  /**
   * 0: the site's file
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
}

export interface GetSecondFactorData {
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  recoveryCodesLeft: number;
  /** Whether the role signs in with a second factor */
  required: boolean;
  setUp: boolean;
}

/** `csrfToken` may be sent back as `X-Vestibule-CSRF` */
export interface GetSessionData {
  csrfToken: string;
  mustChangePassword: boolean;
  mustSetUpSecondFactor?: boolean;
  role:
    | "administrator"
    | "securityOfficer"
    | "enrolmentClerk"
    | "auditor"
    | "installer";
  username: string;
}

export interface GetSettingsData {
  access?: {
    duress?: {
      policy?: "grant" | "grantOuterHoldInner" | "deny";
    };
    /**
     * @min 10
     * @max 3600
     */
    lockoutTime?: number;
    /**
     * @min 1
     * @max 5
     */
    maxFailures?: number;
    /**
     * @min 5
     * @max 120
     */
    multiPersonWindow?: number;
    /**
     * @min 5
     * @max 60
     */
    pinTimeout?: number;
    /**
     * @min 10
     * @max 300
     */
    remoteWindow?: number;
    /**
     * @min 0
     * @max 10
     */
    sameCardTime?: number;
  };
  /** face.liveness of the site's file */
  liveness?: "off" | "passive" | "challenge";
  /**
   * 0: the site's file
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
  vestibules?: Partial<
    Record<
      string,
      {
        /** A second entry without an exit. soft: let in and recorded; hard: refused (A3) */
        antiPassback?: "off" | "soft" | "hard";
        /** null: they are not counted */
        countFaces?: string | null;
        /**
         * @min 30
         * @max 900
         */
        dwellTime?: number;
        /** By access point; null: the site's */
        liveness?: Partial<
          Record<
            "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit",
            "off" | "passive" | "challenge" | null
          >
        >;
        occupancy?: {
          /**
           * @min 0
           * @max 10000
           */
          secureMax?: number;
          secureMin?: 0 | number;
          /**
           * @min 0
           * @max 16
           */
          vestibuleMax?: number;
        };
        /**
         * @min 10
         * @max 600
         */
        overrideTime?: number;
      }
    >
  >;
}

/** @format binary */
export type GetSnapshotData = File;

export interface GetSnapshotParams {
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  id: string;
}

export interface GetStateData {
  /** Null where the site's file has no `backup:` */
  backup: {
    /** The newest that succeeded; `record` is the last record in it */
    last: {
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      bytes: number;
      madeAt: string;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      record: number;
    } | null;
    /** When the next is due */
    next: string | null;
    /** None succeeded for longer than the site's file allows */
    overdue: boolean;
    running: boolean;
  } | null;
  cameras: {
    /** Seconds by which the camera's own clock is ahead; null where it tells none */
    clock: {
      measured: string;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      offset: number;
    } | null;
    detail: string | null;
    health: string[];
    id: string;
    state: "starting" | "live" | "lost";
  }[];
  clock: {
    monotonic: number;
    timeZone: string;
    wall: string;
  };
  /** While cards open nothing: no site yet, or an installer tries the doors. Absent: in service */
  commissioning?: "uncommissioned" | "underWay";
  journal: {
    /**
     * The oldest record that is kept: those before it were pruned
     * @min -9007199254740991
     * @max 9007199254740991
     */
    first: number;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    last: number;
    /** How the journal is signed, and who outside has seen it */
    proofs?: {
      /**
       * Up to which record the journal is signed
       * @min -9007199254740991
       * @max 9007199254740991
       */
      signed: number;
      /** Null where the site's file has no `witness:` */
      witness: {
        /** When it did, as it says */
        at: string | null;
        detail: string | null;
        /** Up to which record the witness has cosigned last */
        size: number | null;
        state: "good" | "waiting" | "old" | "forked";
      } | null;
    };
    storage: "ok" | "failed";
  };
  mqtt:
    | {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        delivered: number;
        phase: "connecting";
      }
    | {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        delivered: number;
        phase: "online";
        since: string;
      }
    | {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        delivered: number;
        detail: string;
        phase: "offline";
        since: string;
      };
  processes: {
    controller: {
      /** For vision: model and backend in use, and why what would be preferred is not */
      detail?: Partial<Record<string, any>>;
      pid: number | null;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      restarts: number;
      since: string;
      state: "starting" | "running" | "lost";
    };
    interlock: {
      /** For vision: model and backend in use, and why what would be preferred is not */
      detail?: Partial<Record<string, any>>;
      pid: number | null;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      restarts: number;
      since: string;
      state: "starting" | "running" | "lost";
    };
    vision: {
      /** For vision: model and backend in use, and why what would be preferred is not */
      detail?: Partial<Record<string, any>>;
      pid: number | null;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      restarts: number;
      since: string;
      state: "starting" | "running" | "lost";
    };
  };
  /** As far as they have told how they are */
  readers: {
    accessPoint: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit";
    detail: string | null;
    powerFault: boolean;
    state: "online" | "lost";
    tampered: boolean;
    vestibule: string;
  }[];
  site: {
    id: string;
    name: {
      en: string;
      zh: string;
    };
  };
  /** Who can be compared with the models in use; null until vision has said which those are */
  templates: {
    /**
     * Photos whose templates are still to be computed
     * @min -9007199254740991
     * @max 9007199254740991
     */
    due: number;
    /**
     * Cardholders with a photo
     * @min -9007199254740991
     * @max 9007199254740991
     */
    enrolled: number;
    models: string[];
    /** Under way after the models have changed */
    recomputing: {
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      done: number;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      of: number;
      secondsLeft: number | null;
    } | null;
    /**
     * Photos that give no template of these models
     * @min -9007199254740991
     * @max 9007199254740991
     */
    refused: number;
    /**
     * Of them: who has no template of the models in use, and is not let in by face
     * @min -9007199254740991
     * @max 9007199254740991
     */
    without: number;
  } | null;
  vestibules: {
    /** Which camera sees who stands there */
    cameras: Partial<
      Record<
        "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit",
        string
      >
    >;
    /** What holds for the whole door pair and its box; null while the interlock is silent */
    condition: {
      /** What bridges a failure of the mains is good for it */
      battery: boolean;
      /** Somebody has been between the doors for too long */
      detained: boolean;
      /** Latched until an operator resets it */
      emergency: boolean;
      /** The fire panel's contact as read */
      fire: "active" | "inactive" | "fault";
      /** By an operator, by a switch: each ends by itself */
      lockdown: {
        input: boolean;
        order: boolean;
      };
      /** Mains power is there */
      mains: boolean;
      /** Doors are released by two operators */
      overridden: boolean;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      people: number;
      /** An override that waits for a second operator */
      proposal: {
        doors: "outer" | "inner" | "both";
        id: string;
        operator: string;
        /** Monotonic milliseconds, as `clock.monotonic` */
        until: number;
      } | null;
      /** The housing is open */
      tampered: boolean;
      /** Both doors are open and nothing explains it */
      violated: boolean;
    } | null;
    displays: Partial<
      Record<
        "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit",
        {
          hint: "stepCloser" | "oneAtATime" | "moreLight" | "faceCamera" | null;
          /** While the person is asked to move: which of how many requests */
          progress?: {
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            of: number;
            /**
             * @min -9007199254740991
             * @max 9007199254740991
             */
            step: number;
          };
          text:
            | "ready"
            | "wait"
            | "look"
            | "turnLeft"
            | "turnRight"
            | "blink"
            | "openMouth"
            | "enterPin"
            | "nextPerson"
            | "waitForHost"
            | "waitForStaff"
            | "welcome"
            | "tryAgain"
            | "askStaff"
            | "closeDoor"
            | "occupied"
            | "closed"
            | "doorOpen"
            | "keepClear";
          until: number | null;
        }
      >
    >;
    doors: {
      inner: {
        /** The most pressing open alarm of this door */
        alarm: string | null;
        bolt: "thrown" | "retracted" | "fault" | "unfitted" | "unread";
        contact: "open" | "closed" | "fault" | "unread";
        lock: "secured" | "released";
        secure: boolean;
        /** Monotonic milliseconds, as `clock.monotonic` */
        since: number;
      };
      outer: {
        /** The most pressing open alarm of this door */
        alarm: string | null;
        bolt: "thrown" | "retracted" | "fault" | "unfitted" | "unread";
        contact: "open" | "closed" | "fault" | "unread";
        lock: "secured" | "released";
        secure: boolean;
        /** Monotonic milliseconds, as `clock.monotonic` */
        since: number;
      };
    };
    id: string;
    /** How many may be where (A4); 0: no such limit */
    limits: {
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      secureMax: number;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      secureMin: number;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      vestibuleMax: number;
    };
    /** What each access point with a camera asks for at the least; `off`: a picture may pass for a face */
    liveness: Partial<
      Record<
        "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit",
        "off" | "passive" | "challenge"
      >
    >;
    /** The weightiest of what holds */
    mode: "normal" | "degraded" | "override" | "lockdown" | "emergency";
    name: {
      en: string;
      zh: string;
    };
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    occupancy: number;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    occupancySecure: number;
    passage: {
      accessPoint: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit";
      cardholder: string | null;
      id: string;
      /** What has to be shown here besides the card, or instead of it */
      mode: "card+face" | "card+face+pin" | "card+pin" | "card" | "face+remote";
      /**
       * How many pass together
       * @min -9007199254740991
       * @max 9007199254740991
       */
      of: number;
      /** When this one's card was read; monotonic milliseconds, as `clock.monotonic` */
      since: number;
      /** `waiting`: verified, others are still to come; `counting`: faces between the doors */
      step:
        | "verifying"
        | "waiting"
        | "counting"
        | "releasing"
        | "released"
        | "open";
      /** Those of whom everything has been shown, in the order in which they came */
      verified: (string | null)[];
      /** What is still asked of whoever is being verified; the first of them is waited for */
      wants: ("face" | "pin" | "remote")[];
    } | null;
  }[];
}

export interface GetVersionData {
  /** The whole that held with it; of `site-file`: what the file said */
  after: any;
  /** The second operator, where two were asked for */
  approver: string | null;
  at: string;
  /** The whole that held before, as GET of its kind shows it */
  before: any;
  /** Against the version before it, or the site's file */
  differences: {
    after: any;
    before: any;
    path: string;
  }[];
  /** As it is kept: what it does not say stands as in the site's file */
  document: any;
  /** With this version the site's file held again */
  fromFile: boolean;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  id: number;
  inForce: boolean;
  kind: string;
  /**
   * Differences that are not listed
   * @min -9007199254740991
   * @max 9007199254740991
   */
  more: number;
  /** Null: the site's file */
  operator: string | null;
  reason: string;
  /**
   * Counts within its kind
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
  /** As it was recorded; null where no record tells of it */
  weakens:
    | {
        en: string;
        zh: string;
      }[]
    | null;
  /**
   * Of them a few are told
   * @min -9007199254740991
   * @max 9007199254740991
   */
  weakensInAll: number;
}

export interface GetVersionParams {
  /**
   * @min 1
   * @max 9007199254740991
   */
  id: number;
}

export interface GetWatchData {
  /** Whether it is shown duress here: chosen, and not at the box itself */
  duress: boolean;
  name: string;
  /** All that it may ever do */
  rights: string[];
  /** The door pairs it shows; null: all */
  vestibules: string[] | null;
}

export interface GiveConsentData {
  accessLevels: string[];
  /** From the times this person was recognised; null while there are too few of them */
  ageing: {
    /** The templates grow old: enrol anew */
    ageing: boolean;
    /** Growth of the distance in 100 days, as a share of the threshold */
    growth: number;
    /** The middle of the last distances, as a share of the threshold */
    now: number;
  } | null;
  cards: {
    /** Presented under duress (A5) */
    duress: boolean;
    format: string;
    issuedAt: string;
    label: string | null;
    number: string;
    status: "active" | "lost" | "suspended" | "expired" | "revoked";
  }[];
  /** To the use of their face; null: none is on record */
  consent: {
    at: string;
    form: "atDesk" | "onPaper";
    language: "en" | "zh";
    /** Who heard it */
    operator: string;
    /** The version of the wording that was agreed to */
    wording: string;
  } | null;
  createdAt: string;
  /** Whether the photos will do, and what one more should show */
  enrolment: {
    enough: boolean;
    /** What to do, in English and Chinese */
    missing: {
      en: string;
      what: string;
      zh: string;
    }[];
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    photos: number;
  };
  groups: string[];
  hasPin: boolean;
  /** Of a visitor: whom they come to */
  host: string | null;
  id: string;
  kind: "staff" | "visitor";
  name: string;
  note: string | null;
  /** Personnel number */
  number: string | null;
  /** The operator's account that is this person's own */
  operator: string | null;
  photos: {
    /** How the person looks on it; photos of one appearance make one template */
    appearance: string;
    id: string;
    quality: Partial<Record<string, number>>;
    takenAt: string;
  }[];
  status: "active" | "suspended" | "left";
  validFrom: string | null;
  validUntil: string | null;
}

export interface GiveConsentParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export interface GiveConsentPayload {
  /** atDesk: agreed to before the operator; onPaper: signed, and kept outside of this box */
  form: "atDesk" | "onPaper";
  language: "en" | "zh";
  /**
   * The version that the person has read
   * @maxLength 32
   */
  wording: string;
}

export interface GrantData {
  /** `waiting`: recorded, somebody or something else is still waited for; `looking`: the camera compares now, the records tell how it ends */
  outcome: "granted" | "denied" | "waiting" | "looking";
  passage: string;
  /** With `denied` */
  reason: string | null;
}

export interface GrantParams {
  door: "outer" | "inner";
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  vestibule: string;
}

export interface GrantPayload {
  /** Where both sides wait */
  accessPoint?: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit";
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  /** @default false */
  deny?: boolean;
  /** @maxLength 500 */
  reason: string;
}

/** `csrfToken` may be sent back as `X-Vestibule-CSRF` */
export interface HandOverData {
  csrfToken: string;
  mustChangePassword: boolean;
  mustSetUpSecondFactor?: boolean;
  role:
    | "administrator"
    | "securityOfficer"
    | "enrolmentClerk"
    | "auditor"
    | "installer";
  username: string;
}

export interface HandOverPayload {
  /**
   * Of the authenticator app, or a recovery code
   * @minLength 1
   * @maxLength 64
   */
  code?: string;
  /**
   * @maxLength 1000
   * @default ""
   */
  note?: string;
  /**
   * @minLength 1
   * @maxLength 256
   */
  password: string;
  /**
   * @minLength 1
   * @maxLength 64
   */
  username: string;
}

export interface HoldInputData {
  detail?: string;
  done: true;
}

export interface HoldInputParams {
  /** @pattern ^[a-z][a-z0-9.-]{0,63}$ */
  name: string;
}

export interface HoldInputPayload {
  active: boolean | null;
}

export interface ImportCardholdersData {
  sha256: string;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  cards: number;
  faults: {
    column:
      | "name"
      | "number"
      | "kind"
      | "groups"
      | "accessLevels"
      | "cards"
      | "validFrom"
      | "validUntil"
      | "host"
      | null;
    message: {
      en: string;
      zh: string;
    };
    /**
     * As a spreadsheet numbers it; the header is 1
     * @min -9007199254740991
     * @max 9007199254740991
     */
    row: number;
    value: string | null;
  }[];
  /** False: a dry run, or nothing was taken because of the faults */
  imported: boolean;
  /** A thousand are listed; there are more */
  moreFaults: boolean;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  people: number;
}

export interface ImportCardholdersParams {
  /**
   * Only look, change nothing
   * @default "false"
   */
  dryRun?: "true" | "false";
}

/** @format binary */
export type ImportCardholdersPayload = File;

/** @format binary */
export type InsideAsCsvData = File;

export interface InsideAsCsvParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

export interface InsideAsJsonData {
  columns: {
    label: string;
    name: string;
  }[];
  /** What it was made from: names and values, as they stand behind the rows of a file */
  facts: [string, string][];
  /** The newest record when it was made */
  position: {
    hash: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
  };
  rows: string[][];
  totals: [string, string][];
}

export interface InsideAsJsonParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

/** @format binary */
export type InsideAsPdfData = File;

export interface InsideAsPdfParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

export interface IssueCardData {
  /** Presented under duress (A5) */
  duress: boolean;
  format: string;
  issuedAt: string;
  label: string | null;
  number: string;
  status: "active" | "lost" | "suspended" | "expired" | "revoked";
}

export interface IssueCardParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export interface IssueCardPayload {
  /**
   * A duress card: lets in, and tells the centre (A5)
   * @default false
   */
  duress?: boolean;
  /**
   * @default "raw"
   * @pattern ^[a-z0-9-]{1,32}$
   */
  format?: string;
  /**
   * What the card is called, e.g. the one at home
   * @minLength 1
   * @maxLength 64
   */
  label?: string;
  /** @pattern ^[\x21-\x7e]{1,64}$ */
  number: string;
}

export interface KeepSecretData {
  file: string;
}

export interface KeepSecretParams {
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  name: string;
}

export interface KeepSecretPayload {
  /**
   * @minLength 1
   * @maxLength 512
   * @pattern ^[\x20-\x7e]+$
   */
  secret: string;
}

export interface LeaveTestOutData {
  begun: {
    /** ISO 8601, UTC */
    at: string;
    operator: string;
  } | null;
  boots: {
    machine: string;
    node: string;
    version: string;
  };
  draft: {
    differs: boolean;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    faults: number;
  };
  ended: {
    /** ISO 8601, UTC */
    at: string;
    comment: string;
    operator: string;
  } | null;
  file: string;
  /** Of the configuration that runs */
  hash: string;
  /** Whether this service may write the file that it runs by */
  mayApply: boolean;
  report: {
    /** ISO 8601, UTC */
    at: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
  } | null;
  running: {
    /** What the person is to do now; null: nothing, wait */
    asked: {
      en: string;
      zh: string;
    } | null;
    done: {
      asked: {
        en: string;
        zh: string;
      };
      seen: {
        en: string;
        zh: string;
      };
      /** doubtful: it works, with a remark */
      verdict: "passed" | "doubtful" | "failed";
    }[];
    id: string;
    operator: string;
    /** What was seen last */
    seen: {
      en: string;
      zh: string;
    } | null;
    /** ISO 8601, UTC */
    since: string;
    step: {
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      number: number;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      of: number;
    } | null;
    /** ISO 8601, UTC */
    until: string | null;
  } | null;
  /** uncommissioned: no site file yet, no line is taken; underWay: cards open nothing until it is ended */
  state: "uncommissioned" | "underWay" | "inService";
  /** In the order of the work */
  tests: {
    /** What it takes, before it is begun */
    about: {
      en: string;
      zh: string;
    };
    accessPoint:
      | "outer-entry"
      | "inner-entry"
      | "inner-exit"
      | "outer-exit"
      | null;
    camera: string | null;
    door: "outer" | "inner" | null;
    id: string;
    kind:
      | "board"
      | "line"
      | "trial"
      | "relay"
      | "reader"
      | "keypad"
      | "camera"
      | "person"
      | "clock"
      | "broker"
      | "demonstration";
    /** Left out, and why: an open point of the report */
    leftOut: {
      /** ISO 8601, UTC */
      at: string;
      operator: string;
      reason: string;
    } | null;
    line: string | null;
    result: {
      /** ISO 8601, UTC */
      at: string;
      figures: Partial<Record<string, any>>;
      /** What exactly: inOrder, contactsSwapped, … */
      finding: string;
      operator: string;
      seen: {
        en: string;
        zh: string;
      };
      /**
       * The record that says so
       * @min -9007199254740991
       * @max 9007199254740991
       */
      seq: number;
      steps: {
        asked: {
          en: string;
          zh: string;
        };
        seen: {
          en: string;
          zh: string;
        };
        /** doubtful: it works, with a remark */
        verdict: "passed" | "doubtful" | "failed";
      }[];
      todo: {
        en: string;
        zh: string;
      } | null;
      /** doubtful: it works, with a remark */
      verdict: "passed" | "doubtful" | "failed";
    } | null;
    /** outdated: what it was about has been changed since */
    state: "untried" | "outdated" | "passed" | "doubtful" | "failed";
    step:
      | "board"
      | "lines"
      | "doors"
      | "readers"
      | "cameras"
      | "clock"
      | "broker"
      | "interlock";
    title: {
      en: string;
      zh: string;
    };
    vestibule: string | null;
  }[];
}

export interface LeaveTestOutParams {
  /** @pattern ^[a-z][A-Za-z0-9.-]{0,119}$ */
  id: string;
}

export interface LeaveTestOutPayload {
  reason: string | null;
}

export interface LiftLockdownData {
  /** By an operator, by a switch: the doors are locked down while either is so */
  lockdown: {
    input: boolean;
    order: boolean;
  };
  /** False where the storage has failed: it is recorded as soon as that takes records again */
  recorded: boolean;
}

export interface LiftLockdownParams {
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  vestibule: string;
}

export interface ListAlarmsData {
  alarms: {
    acknowledged: {
      at: string;
      by: string;
      comment: string;
    } | null;
    comments: {
      at: string;
      by: string;
      text: string;
    }[];
    /**
     * How often it has been seen since it was last normal
     * @min -9007199254740991
     * @max 9007199254740991
     */
    count: number;
    detail: string | null;
    evidence: string[];
    id: string;
    /** Whether it is acknowledged only with a comment */
    needsComment: boolean;
    phase:
      | "active-unacknowledged"
      | "active-acknowledged"
      | "returned-unacknowledged"
      | "normal";
    place: {
      accessPoint?: string;
      camera?: string;
      door?: string;
      vestibule?: string;
    };
    priority: "critical" | "high" | "medium" | "low";
    /** Whether it may be shelved at all */
    shelvable: boolean;
    /** Put aside by somebody: it counts, and demands nobody's attention */
    shelved: {
      at: string;
      by: string;
      reason: string;
      until: string;
    } | null;
    since: string;
    type: string;
    vestibule: string | null;
  }[];
}

export interface ListAlarmsParams {
  priority?: "critical" | "high" | "medium" | "low";
  /** Only those that are shelved, or are not */
  shelved?: string;
  /** `normal` only of shelved ones: others are over then */
  state?:
    | "active-unacknowledged"
    | "active-acknowledged"
    | "returned-unacknowledged"
    | "normal";
}

export interface ListApprovalsData {
  approvals: {
    action:
      | "removeCardholder"
      | "enrolPhoto"
      | "addOperator"
      | "changeOperator"
      | "removeOperator"
      | "resetPassword"
      | "removeSecondFactor"
      | "changeDoor"
      | "changeAccessLevels"
      | "changeSchedules"
      | "changeHolidays"
      | "changeConfiguration"
      | "revertConfiguration"
      | "applyDraft"
      | "showDuress";
    after: Partial<Record<string, any>> | null;
    before: Partial<Record<string, any>> | null;
    id: string;
    /** GET /approvals/ID/picture shows what is to be confirmed */
    picture: boolean;
    proposedAt: string;
    proposedBy: string;
    /** Why the proposer wants it; empty where none was given */
    reason: string;
    subject: {
      cardholder?: string;
      /** For those who may see people */
      cardholderName?: string;
      door?: string;
      name?: string;
      operator?: string;
      vestibule?: string;
    };
    until: string;
    /** What security loses by it, in words */
    weakens: {
      en: string;
      zh: string;
    }[];
  }[];
  inForce: boolean;
}

export interface ListBackupsData {
  /** Why the directory cannot be read */
  fault: string | null;
  /** In the configured directory, newest first */
  files: {
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    bytes: number;
    file: string;
    madeAt: string;
  }[];
  /** The newest that succeeded; `record` is the last record in it */
  last: {
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    bytes: number;
    madeAt: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    record: number;
  } | null;
  /** When the next is due */
  next: string | null;
  /** None succeeded for longer than the site's file allows */
  overdue: boolean;
  running: boolean;
}

export interface ListBoardsData {
  boards: {
    /** Whether this machine has its chips; null: not to be told */
    fits: boolean | null;
    id: string;
    /** By name, as the section `lines` takes them */
    lines: Partial<Record<string, any>>;
    name: string;
    notes: string | null;
  }[];
}

/** `next`: `after` of the page that follows */
export interface ListCardholdersData {
  cardholders: {
    accessLevels: string[];
    cards: {
      /** Presented under duress (A5) */
      duress: boolean;
      format: string;
      issuedAt: string;
      label: string | null;
      number: string;
      status: "active" | "lost" | "suspended" | "expired" | "revoked";
    }[];
    /** To the use of their face; null: none is on record */
    consent: {
      at: string;
      form: "atDesk" | "onPaper";
      language: "en" | "zh";
      /** Who heard it */
      operator: string;
      /** The version of the wording that was agreed to */
      wording: string;
    } | null;
    createdAt: string;
    /** Whether the photos will do, and what one more should show */
    enrolment: {
      enough: boolean;
      /** What to do, in English and Chinese */
      missing: {
        en: string;
        what: string;
        zh: string;
      }[];
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      photos: number;
    };
    groups: string[];
    hasPin: boolean;
    /** Of a visitor: whom they come to */
    host: string | null;
    id: string;
    kind: "staff" | "visitor";
    name: string;
    note: string | null;
    /** Personnel number */
    number: string | null;
    /** The operator's account that is this person's own */
    operator: string | null;
    photos: {
      /** How the person looks on it; photos of one appearance make one template */
      appearance: string;
      id: string;
      quality: Partial<Record<string, number>>;
      takenAt: string;
    }[];
    status: "active" | "suspended" | "left";
    validFrom: string | null;
    validUntil: string | null;
  }[];
  next: string | null;
}

export interface ListCardholdersParams {
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  accessLevel?: string;
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  after?: string;
  /** Whether their photos will do; nobody's photos at all are lacking too */
  enrolment?: "enough" | "lacking";
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  group?: string;
  kind?: "staff" | "visitor";
  /**
   * @min 1
   * @max 500
   * @default 100
   */
  limit?: number;
  /**
   * Part of a name, of a card's or a personnel number; or an id
   * @minLength 1
   * @maxLength 120
   */
  search?: string;
  status?: "active" | "suspended" | "left";
}

export interface ListDisplaysData {
  displays: {
    accessPoint: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit";
    /** Whether the site's file has that access point */
    fitted: boolean;
    id: string;
    /** To the minute */
    lastSeenAt: string | null;
    name: string;
    /** Whether it is being told what to show */
    online: boolean;
    pairedAt: string;
    pairedBy: string;
    vestibule: string;
  }[];
}

export interface ListEventsData {
  events: {
    accessPoint: string | null;
    cardholder: string | null;
    door: string | null;
    hash: string;
    reason: string | null;
    schema: 1;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
    time: string;
    type: string;
    vestibule: string | null;
    [key: string]: any;
  }[];
  /** Whether that page has something already */
  more: boolean;
  /**
   * `after` of the page that follows, now or once there is more
   * @min -9007199254740991
   * @max 9007199254740991
   */
  next: number;
}

export interface ListEventsParams {
  accessPoint?: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit";
  /**
   * Only records after this sequence number; before it with the newest first
   * @min 0
   * @max 9007199254740991
   */
  after?: number;
  /**
   * @pattern ^[\x21-\x7e]{1,64}$
   * @example "1001"
   */
  card?: string;
  /**
   * Whose record it is, as a host or in a group too
   * @pattern ^[A-Za-z0-9_-]{1,64}$
   */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /**
   * @min 1
   * @max 1000
   * @default 100
   */
  limit?: number;
  /** The same as order=newest */
  newest?: string;
  /**
   * Who did it; `token:NAME` for a program
   * @minLength 1
   * @maxLength 80
   */
  operator?: string;
  /**
   * Which come first
   * @default "oldest"
   */
  order?: "oldest" | "newest";
  /** @pattern ^[a-z][A-Za-z0-9]{0,47}$ */
  reason?: string;
  /**
   * Recorded at or before
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
  /**
   * One type, or any of several with commas between them
   * @pattern ^[A-Za-z]{1,64}(?:,[A-Za-z]{1,64}){0,299}$
   */
  type?: string;
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  vestibule?: string;
}

export interface ListGroupsData {
  groups: {
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    members: number;
    name: string;
    usedBy: {
      door: string | null;
      /** A door's multi-person rule (A1), or a schedule's first person (A2) */
      kind: "door" | "schedule";
      schedule: string | null;
      vestibule: string | null;
    }[];
  }[];
}

export interface ListOperatorsData {
  operators: {
    createdAt: string;
    disabled: boolean;
    mustChangePassword: boolean;
    role:
      | "administrator"
      | "securityOfficer"
      | "enrolmentClerk"
      | "auditor"
      | "installer";
    /** An authenticator app or a passkey is set up */
    secondFactor: boolean;
    username: string;
  }[];
}

export interface ListPasskeysData {
  available: boolean;
  passkeys: {
    createdAt: string;
    id: string;
    name: string;
  }[];
}

export interface ListPresenceData {
  /** The `after` of the next page */
  next: string | null;
  people: {
    area: "vestibule" | "secure";
    cardholder: string;
    since: string;
    vestibule: string | null;
  }[];
  /**
   * People inside, on all pages
   * @min -9007199254740991
   * @max 9007199254740991
   */
  total: number;
  vestibules: {
    /** By their cards */
    known: {
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      secure: number;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      vestibule: number;
    };
    /** A door has stood open to anybody since; null: nothing speaks against the figures */
    uncertainSince: string | null;
    /** Who passed by a button; below zero: as many of the known have left, and nobody knows who */
    unknown: {
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      secure: number;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      vestibule: number;
    };
    vestibule: string;
  }[];
}

export interface ListPresenceParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  after?: string;
  /**
   * @min 1
   * @max 1000
   * @default 200
   */
  limit?: number;
}

export interface ListSessionsData {
  sessions: {
    address: string;
    current: boolean;
    id: string;
    lastSeenAt: string;
    openedAt: string;
    username: string;
  }[];
}

export interface ListTokensData {
  tokens: {
    createdAt: string;
    expiresAt: string;
    id: string;
    /** To the minute */
    lastUsedAt: string | null;
    maker: string;
    name: string;
    /** What it was given; never more in effect than its maker has now */
    rights: string[];
  }[];
}

/** `next`: `before` of the page that follows */
export interface ListVersionsData {
  next: number | null;
  versions: {
    /** The second operator, where two were asked for */
    approver: string | null;
    at: string;
    /** With this version the site's file held again */
    fromFile: boolean;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    id: number;
    kind: string;
    /** Null: the site's file */
    operator: string | null;
    reason: string;
    /**
     * Counts within its kind
     * @min -9007199254740991
     * @max 9007199254740991
     */
    version: number;
    /** As it was recorded; null where no record tells of it */
    weakens:
      | {
          en: string;
          zh: string;
        }[]
      | null;
    /**
     * Of them a few are told
     * @min -9007199254740991
     * @max 9007199254740991
     */
    weakensInAll: number;
  }[];
}

export interface ListVersionsParams {
  /**
   * @min 1
   * @max 9007199254740991
   */
  before?: number;
  /**
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** @pattern ^(access-levels|schedules|holidays|settings|site-file|doors\/[a-z][a-z0-9-]{0,31}\/(outer|inner))$ */
  kind?: string;
  /**
   * @min 1
   * @max 500
   * @default 100
   */
  limit?: number;
  /**
   * Who made or confirmed it
   * @minLength 1
   * @maxLength 64
   */
  operator?: string;
  /**
   * Made before this
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

/** Whose waiting ends first comes first */
export interface ListWaitingData {
  waiting: {
    accessPoint: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit";
    cardholder: string | null;
    passage: string;
    /** After this they are refused */
    secondsLeft: number;
    vestibule: string;
  }[];
}

export interface ListWatchScreensData {
  screens: {
    /** Whether it is shown that somebody acts under duress (never at the box itself) */
    duress: boolean;
    id: string;
    /** To the minute */
    lastSeenAt: string | null;
    name: string;
    /** Whether it is being told what happens */
    online: boolean;
    pairedAt: string;
    pairedBy: string;
    pictures: boolean;
    vestibules: string[] | null;
  }[];
}

export interface LockDownData {
  /** By an operator, by a switch: the doors are locked down while either is so */
  lockdown: {
    input: boolean;
    order: boolean;
  };
  /** False where the storage has failed: it is recorded as soon as that takes records again */
  recorded: boolean;
}

export interface LockDownParams {
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  vestibule: string;
}

export interface LockDownPayload {
  /** @maxLength 500 */
  reason: string;
}

/** `csrfToken` may be sent back as `X-Vestibule-CSRF` */
export interface LogInData {
  csrfToken: string;
  mustChangePassword: boolean;
  mustSetUpSecondFactor?: boolean;
  role:
    | "administrator"
    | "securityOfficer"
    | "enrolmentClerk"
    | "auditor"
    | "installer";
  username: string;
}

export interface LogInPayload {
  /**
   * Of the authenticator app, or a recovery code
   * @minLength 1
   * @maxLength 64
   */
  code?: string;
  /**
   * @minLength 1
   * @maxLength 256
   */
  password: string;
  /**
   * @minLength 1
   * @maxLength 64
   */
  username: string;
}

/** `csrfToken` may be sent back as `X-Vestibule-CSRF` */
export interface LogInWithPasskeyData {
  csrfToken: string;
  mustChangePassword: boolean;
  mustSetUpSecondFactor?: boolean;
  role:
    | "administrator"
    | "securityOfficer"
    | "enrolmentClerk"
    | "auditor"
    | "installer";
  username: string;
}

export interface LogInWithPasskeyPayload {
  credential: {
    /** @default {} */
    clientExtensionResults?: Record<string, any>;
    /**
     * @minLength 1
     * @maxLength 1024
     */
    id: string;
    /**
     * @minLength 1
     * @maxLength 1024
     */
    rawId: string;
    response: {
      /** @maxLength 8192 */
      clientDataJSON: string;
      [key: string]: any;
    };
    type: "public-key";
    [key: string]: any;
  };
}

export type LogOutData = any;

export interface LookAtPictureData {
  /** What to do, in English and Chinese */
  advice: {
    en: string;
    what: string;
    zh: string;
  }[];
  /** Of the largest face, in pixels of the picture */
  box: {
    height: number;
    width: number;
    x: number;
    y: number;
  } | null;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  faces: number;
  /** It would do as a photo */
  good: boolean;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  height: number;
  quality: Partial<Record<string, number>> | null;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  width: number;
}

/** @format binary */
export type LookAtPicturePayload = File;

export interface MakeBackupData {
  /** The newest that succeeded; `record` is the last record in it */
  last: {
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    bytes: number;
    madeAt: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    record: number;
  } | null;
  /** When the next is due */
  next: string | null;
  /** None succeeded for longer than the site's file allows */
  overdue: boolean;
  running: boolean;
}

export interface MakeTokenData {
  createdAt: string;
  expiresAt: string;
  id: string;
  /** To the minute */
  lastUsedAt: string | null;
  maker: string;
  name: string;
  /** What it was given; never more in effect than its maker has now */
  rights: string[];
  secret: string;
}

export interface MakeTokenPayload {
  /**
   * At most a year ahead
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  expires: string;
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  name: string;
  /**
   * @maxItems 27
   * @minItems 1
   */
  rights: (
    | "seeState"
    | "seeEvents"
    | "seeAlarms"
    | "seeDuress"
    | "acknowledgeAlarms"
    | "shelveAlarms"
    | "commentAlarms"
    | "seeEvidence"
    | "seeCameras"
    | "operateDoors"
    | "seePeople"
    | "seePhotos"
    | "changePeople"
    | "reportLoss"
    | "resetPerson"
    | "deletePeople"
    | "seeReports"
    | "verifyJournal"
    | "seeBackups"
    | "makeBackups"
    | "seeRules"
    | "changeRules"
    | "manageDisplays"
    | "seeOperators"
    | "seeApprovals"
    | "seeCommissioning"
    | "simulate"
  )[];
}

export interface MoveDoorData {
  detail?: string;
  done: true;
}

export interface MoveDoorParams {
  /** @pattern ^[a-z][a-z0-9.-]{0,63}$ */
  door: string;
}

export interface MoveDoorPayload {
  action: "open" | "close" | "force" | "prop";
}

export interface NamePeopleData {
  /** By id; who is registered no more is not in it */
  names: Partial<Record<string, string>>;
}

export interface NamePeopleParams {
  /**
   * @pattern ^[A-Za-z0-9_-]{1,64}(?:,[A-Za-z0-9_-]{1,64}){0,99}$
   * @example "01JD3F,01JE77"
   */
  ids: string;
}

/** @format binary */
export type OpenDisplayMirrorData = File;

export type OpenDisplayStreamData = string;

export type OpenStreamData = string;

export interface OpenStreamParams {
  /**
   * @min 0
   * @max 9007199254740991
   */
  after?: number;
  /** Asked as the paired screen that watches; elsewhere the header `X-Vestibule-Screen: 1` */
  screen?: "1";
}

export interface OverrideData {
  operators: string[];
  overridden: "outer" | "inner" | "both";
  /** False where the storage has failed: it is recorded as soon as that takes records again */
  recorded: boolean;
  until: string;
}

export interface OverrideParams {
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  vestibule: string;
}

export interface OverridePayload {
  doors: "outer" | "inner" | "both";
  /** @maxLength 500 */
  reason: string;
}

export interface PairDisplayData {
  accessPoint: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit";
  /** Whether the site's file has that access point */
  fitted: boolean;
  id: string;
  /** To the minute */
  lastSeenAt: string | null;
  name: string;
  /** Whether it is being told what to show */
  online: boolean;
  pairedAt: string;
  pairedBy: string;
  vestibule: string;
}

export interface PairDisplayPayload {
  accessPoint: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit";
  /** @pattern ^[A-Za-z0-9 -]{1,32}$ */
  code: string;
  /**
   * @minLength 1
   * @maxLength 60
   */
  name: string;
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  vestibule: string;
}

export interface PairWatchScreenData {
  /** Whether it is shown that somebody acts under duress (never at the box itself) */
  duress: boolean;
  id: string;
  /** To the minute */
  lastSeenAt: string | null;
  name: string;
  /** Whether it is being told what happens */
  online: boolean;
  pairedAt: string;
  pairedBy: string;
  pictures: boolean;
  vestibules: string[] | null;
}

export interface PairWatchScreenPayload {
  /** @pattern ^[A-Za-z0-9 -]{1,32}$ */
  code: string;
  /**
   * @minLength 1
   * @maxLength 60
   */
  name: string;
  /**
   * The pictures kept with the alarms that it shows
   * @default false
   */
  pictures?: boolean;
  /**
   * The door pairs it shows beside what is the site's; null: all there are, and will be
   * @default null
   */
  vestibules?: string[] | null;
}

/** @format binary */
export type PassagesAsCsvData = File;

export interface PassagesAsCsvParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

export interface PassagesAsJsonData {
  columns: {
    label: string;
    name: string;
  }[];
  /** What it was made from: names and values, as they stand behind the rows of a file */
  facts: [string, string][];
  /** The newest record when it was made */
  position: {
    hash: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
  };
  rows: string[][];
  totals: [string, string][];
}

export interface PassagesAsJsonParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

/** @format binary */
export type PassagesAsPdfData = File;

export interface PassagesAsPdfParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

export interface PresentCardData {
  detail?: string;
  done: true;
}

export interface PresentCardPayload {
  /** @pattern ^[a-z][a-z0-9.-]{0,63}$ */
  accessPoint: string;
  /** @pattern ^[\x21-\x7e]{1,64}$ */
  number: string;
}

export interface PressKeysData {
  detail?: string;
  done: true;
}

export interface PressKeysPayload {
  /** @pattern ^[a-z][a-z0-9.-]{0,63}$ */
  accessPoint: string;
  /** @pattern ^[0-9*#]{1,32}$ */
  keys: string;
}

export interface PreviewChangeData {
  /** The whole that would */
  after: any;
  /** The whole that holds */
  before: any;
  /** Why it could not hold; then nothing else is said */
  faults: {
    expected: string;
    found: string;
    path: string;
    remedy: {
      en: string;
      zh: string;
    };
  }[];
  /** Cardholders who would lose an access level, by level */
  losing: Partial<Record<string, number>>;
  /** It would change nothing */
  same: boolean;
  /** It would wait for a second operator */
  secondOperator: boolean;
  /**
   * 0: the site's file
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
  /** What security would lose, in words; `where` as `v1/inner`, a name, a date, or empty */
  weakens: {
    en: string;
    rule: string;
    where: string;
    zh: string;
  }[];
}

export interface PreviewChangePayload {
  change: any;
  /** @pattern ^(access-levels|schedules|holidays|settings|doors\/[a-z][a-z0-9-]{0,31}\/(outer|inner))$ */
  kind: string;
}

export interface PreviewRevertData {
  /** The whole that would */
  after: any;
  /** The whole that holds */
  before: any;
  /** Why it could not hold; then nothing else is said */
  faults: {
    expected: string;
    found: string;
    path: string;
    remedy: {
      en: string;
      zh: string;
    };
  }[];
  /** Cardholders who would lose an access level, by level */
  losing: Partial<Record<string, number>>;
  /** It would change nothing */
  same: boolean;
  /** It would wait for a second operator */
  secondOperator: boolean;
  /**
   * 0: the site's file
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
  /** What security would lose, in words; `where` as `v1/inner`, a name, a date, or empty */
  weakens: {
    en: string;
    rule: string;
    where: string;
    zh: string;
  }[];
}

export interface PreviewRevertParams {
  /**
   * @min 1
   * @max 9007199254740991
   */
  id: number;
}

export interface ProbeCameraData {
  device: Partial<Record<string, any>>;
  streams: {
    codec: string | null;
    framesPerSecond: number | null;
    height: number | null;
    suggested: boolean;
    token: string;
    width: number | null;
  }[];
  /** A camera's `source` as the section `cameras` takes it, without the password */
  suggestion: Partial<Record<string, any>> | null;
}

export interface ProbeCameraPayload {
  /** @pattern ^[A-Za-z0-9.:[\]/_-]{1,200}$ */
  address: string;
  /** @maxLength 128 */
  password?: string;
  /**
   * @minLength 1
   * @maxLength 64
   */
  username?: string;
}

export interface ProveConsistencyData {
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  from: number;
  fromRoot: string;
  /** Base64; RFC 6962 */
  proof: string[];
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  to: number;
  toRoot: string;
}

export interface ProveConsistencyParams {
  /**
   * @min 0
   * @max 9007199254740991
   */
  from: number;
  /**
   * @min 0
   * @max 9007199254740991
   */
  to: number;
}

export interface ProveInclusionData {
  /** The leaf: its hash is SHA-256 over a zero byte and this text */
  leaf: string;
  /** Base64; RFC 6962 */
  proof: string[];
  root: string;
  /** Hexadecimal: with the record it gives the leaf's last line */
  salt?: string;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  seq: number;
  /**
   * @min -9007199254740991
   * @max 9007199254740991
   */
  size: number;
}

export interface ProveInclusionParams {
  /**
   * @min 0
   * @max 9007199254740991
   */
  seq: number;
  /**
   * Default: the newest checkpoint's
   * @min 0
   * @max 9007199254740991
   */
  size?: number;
}

export interface PutAccessLevelsData {
  /** @maxItems 256 */
  accessLevels: {
    accessPoints:
      | "all"
      | ("outer-entry" | "inner-entry" | "inner-exit" | "outer-exit")[];
    /** At least this for whoever has the level; where the access point asks for more, that counts */
    liveness?: "off" | "passive" | "challenge";
    /**
     * `card` and `card+pin` are explicit choices and audited; `face+remote`: an operator looks and grants
     * @default "card+face"
     */
    mode: "card+face" | "card+face+pin" | "card+pin" | "card" | "face+remote";
    /**
     * In place of `mode` while one of these schedules is open; several open ones ask for all they name
     * @maxItems 8
     * @minItems 1
     */
    modes?: {
      mode: "card+face" | "card+face+pin" | "card+pin" | "card" | "face+remote";
      /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
      schedule: string;
    }[];
    /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
    name: string;
    /** @default "always" */
    schedule: "always" | string;
    /** @default "all" */
    vestibules: "all" | string[];
  }[];
  /** How many cardholders have each; those nobody has are left out */
  holders: Partial<Record<string, number>>;
  /**
   * 0: the site's file
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
}

export interface PutAccessLevelsPayload {
  /** @maxItems 256 */
  accessLevels: {
    accessPoints:
      | "all"
      | ("outer-entry" | "inner-entry" | "inner-exit" | "outer-exit")[];
    /** At least this for whoever has the level; where the access point asks for more, that counts */
    liveness?: "off" | "passive" | "challenge";
    /**
     * `card` and `card+pin` are explicit choices and audited; `face+remote`: an operator looks and grants
     * @default "card+face"
     */
    mode?: "card+face" | "card+face+pin" | "card+pin" | "card" | "face+remote";
    /**
     * In place of `mode` while one of these schedules is open; several open ones ask for all they name
     * @maxItems 8
     * @minItems 1
     */
    modes?: {
      mode: "card+face" | "card+face+pin" | "card+pin" | "card" | "face+remote";
      /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
      schedule: string;
    }[];
    /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
    name: string;
    /** @default "always" */
    schedule?: "always" | string;
    /** @default "all" */
    vestibules?: "all" | string[];
  }[];
  /** Also where cardholders lose a level by it; without, 409 `levels-in-use` says how many */
  force?: boolean;
  /**
   * Why, for whoever reads the record a year later
   * @maxLength 500
   */
  reason?: string;
  /**
   * Of the rule as it was read: refused with 412 where another holds by now; If-Match says the same
   * @min 0
   * @max 9007199254740991
   */
  version?: number;
}

export interface PutHolidaysData {
  /** @maxItems 400 */
  holidays: (
    | string
    | {
        /** Whose spans count on it; a weekday's: it is worked as one. `holiday` where left out */
        as?:
          | "monday"
          | "tuesday"
          | "wednesday"
          | "thursday"
          | "friday"
          | "saturday"
          | "sunday"
          | "holiday"
          | "halfDay"
          | "yearEnd"
          | "special";
        /**
         * @format date
         * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))$
         */
        date: string;
        /**
         * Whoever reads the calendar a year later knows what it was
         * @minLength 1
         * @maxLength 60
         * @pattern ^[^\p{Cc}]*$
         */
        name?: string;
        /** Comes back every year from then on; a day with its own date goes before it */
        yearly?: boolean;
      }
  )[];
  /**
   * 0: the site's file
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
}

export interface PutHolidaysPayload {
  /** Also where cardholders lose a level by it; without, 409 `levels-in-use` says how many */
  force?: boolean;
  /** @maxItems 400 */
  holidays: (
    | string
    | {
        /** Whose spans count on it; a weekday's: it is worked as one. `holiday` where left out */
        as?:
          | "monday"
          | "tuesday"
          | "wednesday"
          | "thursday"
          | "friday"
          | "saturday"
          | "sunday"
          | "holiday"
          | "halfDay"
          | "yearEnd"
          | "special";
        /**
         * @format date
         * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))$
         */
        date: string;
        /**
         * Whoever reads the calendar a year later knows what it was
         * @minLength 1
         * @maxLength 60
         * @pattern ^[^\p{Cc}]*$
         */
        name?: string;
        /** Comes back every year from then on; a day with its own date goes before it */
        yearly?: boolean;
      }
  )[];
  /**
   * Why, for whoever reads the record a year later
   * @maxLength 500
   */
  reason?: string;
  /**
   * Of the rule as it was read: refused with 412 where another holds by now; If-Match says the same
   * @min 0
   * @max 9007199254740991
   */
  version?: number;
}

export interface PutOperatorData {
  approval?: {
    action:
      | "removeCardholder"
      | "enrolPhoto"
      | "addOperator"
      | "changeOperator"
      | "removeOperator"
      | "resetPassword"
      | "removeSecondFactor"
      | "changeDoor"
      | "changeAccessLevels"
      | "changeSchedules"
      | "changeHolidays"
      | "changeConfiguration"
      | "revertConfiguration"
      | "applyDraft"
      | "showDuress";
    after: Partial<Record<string, any>> | null;
    before: Partial<Record<string, any>> | null;
    id: string;
    /** GET /approvals/ID/picture shows what is to be confirmed */
    picture: boolean;
    proposedAt: string;
    proposedBy: string;
    /** Why the proposer wants it; empty where none was given */
    reason: string;
    subject: {
      cardholder?: string;
      /** For those who may see people */
      cardholderName?: string;
      door?: string;
      name?: string;
      operator?: string;
      vestibule?: string;
    };
    until: string;
    /** What security loses by it, in words */
    weakens: {
      en: string;
      zh: string;
    }[];
  };
  is: "added" | "changed" | "unchanged" | "removed" | "reset" | "waiting";
  /** Shown once; while it waits only the first half, whoever confirms is told the second */
  oneTimePassword?: string;
  username: string;
}

export interface PutOperatorParams {
  /** @pattern ^[a-z][a-z0-9._-]{1,31}$ */
  username: string;
}

export interface PutOperatorPayload {
  disabled?: boolean;
  /** Required for a new account */
  role?:
    | "administrator"
    | "securityOfficer"
    | "enrolmentClerk"
    | "auditor"
    | "installer";
}

export interface PutOperatorsData {
  operators: {
    approval?: {
      action:
        | "removeCardholder"
        | "enrolPhoto"
        | "addOperator"
        | "changeOperator"
        | "removeOperator"
        | "resetPassword"
        | "removeSecondFactor"
        | "changeDoor"
        | "changeAccessLevels"
        | "changeSchedules"
        | "changeHolidays"
        | "changeConfiguration"
        | "revertConfiguration"
        | "applyDraft"
        | "showDuress";
      after: Partial<Record<string, any>> | null;
      before: Partial<Record<string, any>> | null;
      id: string;
      /** GET /approvals/ID/picture shows what is to be confirmed */
      picture: boolean;
      proposedAt: string;
      proposedBy: string;
      /** Why the proposer wants it; empty where none was given */
      reason: string;
      subject: {
        cardholder?: string;
        /** For those who may see people */
        cardholderName?: string;
        door?: string;
        name?: string;
        operator?: string;
        vestibule?: string;
      };
      until: string;
      /** What security loses by it, in words */
      weakens: {
        en: string;
        zh: string;
      }[];
    };
    is: "added" | "changed" | "unchanged" | "removed" | "reset" | "waiting";
    /** Shown once; while it waits only the first half, whoever confirms is told the second */
    oneTimePassword?: string;
    username: string;
  }[];
}

export interface PutOperatorsPayload {
  /** @maxItems 50 */
  operators: {
    disabled?: boolean;
    /** Required for a new account */
    role?:
      | "administrator"
      | "securityOfficer"
      | "enrolmentClerk"
      | "auditor"
      | "installer";
    /** @pattern ^[a-z][a-z0-9._-]{1,31}$ */
    username: string;
  }[];
}

export interface PutSchedulesData {
  /** @maxItems 256 */
  schedules: {
    /**
     * A group: each span stays closed for others until one of it has entered (A2)
     * @pattern ^[a-z][a-z0-9-]{0,31}$
     */
    firstPerson?: string;
    /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
    name: string;
    /**
     * `to` earlier than `from` runs over midnight; spans may overlap
     * @maxItems 64
     */
    spans: {
      /** @minItems 1 */
      days: (
        | "monday"
        | "tuesday"
        | "wednesday"
        | "thursday"
        | "friday"
        | "saturday"
        | "sunday"
        | "holiday"
        | "halfDay"
        | "yearEnd"
        | "special"
      )[];
      /** @pattern ^([01]\d|2[0-3]):[0-5]\d$|^24:00$ */
      from: string;
      /** @pattern ^([01]\d|2[0-3]):[0-5]\d$|^24:00$ */
      to: string;
    }[];
  }[];
  /**
   * 0: the site's file
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
}

export interface PutSchedulesPayload {
  /** Also where cardholders lose a level by it; without, 409 `levels-in-use` says how many */
  force?: boolean;
  /**
   * Why, for whoever reads the record a year later
   * @maxLength 500
   */
  reason?: string;
  /** @maxItems 256 */
  schedules: {
    /**
     * A group: each span stays closed for others until one of it has entered (A2)
     * @pattern ^[a-z][a-z0-9-]{0,31}$
     */
    firstPerson?: string;
    /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
    name: string;
    /**
     * `to` earlier than `from` runs over midnight; spans may overlap
     * @maxItems 64
     */
    spans: {
      /** @minItems 1 */
      days: (
        | "monday"
        | "tuesday"
        | "wednesday"
        | "thursday"
        | "friday"
        | "saturday"
        | "sunday"
        | "holiday"
        | "halfDay"
        | "yearEnd"
        | "special"
      )[];
      /** @pattern ^([01]\d|2[0-3]):[0-5]\d$|^24:00$ */
      from: string;
      /** @pattern ^([01]\d|2[0-3]):[0-5]\d$|^24:00$ */
      to: string;
    }[];
  }[];
  /**
   * Of the rule as it was read: refused with 412 where another holds by now; If-Match says the same
   * @min 0
   * @max 9007199254740991
   */
  version?: number;
}

export interface RejectApprovalData {
  decided: "confirmed" | "rejected";
  /** What only the one who confirmed is told: the second half of a one-time password */
  forConfirmer?: Partial<Record<string, any>>;
}

export interface RejectApprovalParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export type RejectApprovalPayload = {
  /**
   * @maxLength 500
   * @default ""
   */
  comment?: string;
} | null;

export interface ReleaseInputData {
  detail?: string;
  done: true;
}

export interface ReleaseInputParams {
  /** @pattern ^[a-z][a-z0-9.-]{0,63}$ */
  name: string;
}

/** Nothing is changed yet: a second operator confirms it, POST /approvals/ID/confirm */
export interface RemoveCardholderData {
  approval: {
    action:
      | "removeCardholder"
      | "enrolPhoto"
      | "addOperator"
      | "changeOperator"
      | "removeOperator"
      | "resetPassword"
      | "removeSecondFactor"
      | "changeDoor"
      | "changeAccessLevels"
      | "changeSchedules"
      | "changeHolidays"
      | "changeConfiguration"
      | "revertConfiguration"
      | "applyDraft"
      | "showDuress";
    after: Partial<Record<string, any>> | null;
    before: Partial<Record<string, any>> | null;
    id: string;
    /** GET /approvals/ID/picture shows what is to be confirmed */
    picture: boolean;
    proposedAt: string;
    proposedBy: string;
    /** Why the proposer wants it; empty where none was given */
    reason: string;
    subject: {
      cardholder?: string;
      /** For those who may see people */
      cardholderName?: string;
      door?: string;
      name?: string;
      operator?: string;
      vestibule?: string;
    };
    until: string;
    /** What security loses by it, in words */
    weakens: {
      en: string;
      zh: string;
    }[];
  };
}

export interface RemoveCardholderParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export interface RemoveOperatorData {
  approval?: {
    action:
      | "removeCardholder"
      | "enrolPhoto"
      | "addOperator"
      | "changeOperator"
      | "removeOperator"
      | "resetPassword"
      | "removeSecondFactor"
      | "changeDoor"
      | "changeAccessLevels"
      | "changeSchedules"
      | "changeHolidays"
      | "changeConfiguration"
      | "revertConfiguration"
      | "applyDraft"
      | "showDuress";
    after: Partial<Record<string, any>> | null;
    before: Partial<Record<string, any>> | null;
    id: string;
    /** GET /approvals/ID/picture shows what is to be confirmed */
    picture: boolean;
    proposedAt: string;
    proposedBy: string;
    /** Why the proposer wants it; empty where none was given */
    reason: string;
    subject: {
      cardholder?: string;
      /** For those who may see people */
      cardholderName?: string;
      door?: string;
      name?: string;
      operator?: string;
      vestibule?: string;
    };
    until: string;
    /** What security loses by it, in words */
    weakens: {
      en: string;
      zh: string;
    }[];
  };
  is: "added" | "changed" | "unchanged" | "removed" | "reset" | "waiting";
  /** Shown once; while it waits only the first half, whoever confirms is told the second */
  oneTimePassword?: string;
  username: string;
}

export interface RemoveOperatorParams {
  /** @pattern ^[a-z][a-z0-9._-]{1,31}$ */
  username: string;
}

export type RemovePasskeyData = any;

export interface RemovePasskeyParams {
  /** @pattern ^[A-Za-z0-9_-]{1,1024}$ */
  id: string;
}

export type RemovePhotoData = any;

export interface RemovePhotoParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  photo: string;
}

export type RemovePinData = any;

export interface RemovePinParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export type RemoveSecondFactorData = any;

export interface RemoveSecondFactorOfData {
  approval?: {
    action:
      | "removeCardholder"
      | "enrolPhoto"
      | "addOperator"
      | "changeOperator"
      | "removeOperator"
      | "resetPassword"
      | "removeSecondFactor"
      | "changeDoor"
      | "changeAccessLevels"
      | "changeSchedules"
      | "changeHolidays"
      | "changeConfiguration"
      | "revertConfiguration"
      | "applyDraft"
      | "showDuress";
    after: Partial<Record<string, any>> | null;
    before: Partial<Record<string, any>> | null;
    id: string;
    /** GET /approvals/ID/picture shows what is to be confirmed */
    picture: boolean;
    proposedAt: string;
    proposedBy: string;
    /** Why the proposer wants it; empty where none was given */
    reason: string;
    subject: {
      cardholder?: string;
      /** For those who may see people */
      cardholderName?: string;
      door?: string;
      name?: string;
      operator?: string;
      vestibule?: string;
    };
    until: string;
    /** What security loses by it, in words */
    weakens: {
      en: string;
      zh: string;
    }[];
  };
  is: "added" | "changed" | "unchanged" | "removed" | "reset" | "waiting";
  /** Shown once; while it waits only the first half, whoever confirms is told the second */
  oneTimePassword?: string;
  username: string;
}

export interface RemoveSecondFactorOfParams {
  /** @pattern ^[a-z][a-z0-9._-]{1,31}$ */
  username: string;
}

export interface RemoveSecondFactorPayload {
  /**
   * @minLength 1
   * @maxLength 64
   */
  code: string;
  /**
   * @minLength 1
   * @maxLength 256
   */
  password: string;
}

export interface RenameDisplayData {
  accessPoint: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit";
  /** Whether the site's file has that access point */
  fitted: boolean;
  id: string;
  /** To the minute */
  lastSeenAt: string | null;
  name: string;
  /** Whether it is being told what to show */
  online: boolean;
  pairedAt: string;
  pairedBy: string;
  vestibule: string;
}

export interface RenameDisplayParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export interface RenameDisplayPayload {
  /**
   * @minLength 1
   * @maxLength 60
   */
  name: string;
}

export interface ReplaceCardData {
  /** Presented under duress (A5) */
  duress: boolean;
  format: string;
  issuedAt: string;
  label: string | null;
  number: string;
  status: "active" | "lost" | "suspended" | "expired" | "revoked";
}

export interface ReplaceCardParams {
  /**
   * @pattern ^[\x21-\x7e]{1,64}$
   * @example "1001"
   */
  number: string;
}

export interface ReplaceCardPayload {
  /** @pattern ^[\x21-\x7e]{1,64}$ */
  number: string;
}

export interface ReportCardLostData {
  /** Presented under duress (A5) */
  duress: boolean;
  format: string;
  issuedAt: string;
  label: string | null;
  number: string;
  status: "active" | "lost" | "suspended" | "expired" | "revoked";
}

export interface ReportCardLostParams {
  /**
   * @pattern ^[\x21-\x7e]{1,64}$
   * @example "1001"
   */
  number: string;
}

export interface ResetEmergencyData {
  /** False where the storage has failed: it is recorded as soon as that takes records again */
  recorded: boolean;
  reset: true;
}

export interface ResetEmergencyParams {
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  vestibule: string;
}

export interface ResetEmergencyPayload {
  /** @maxLength 500 */
  comment: string;
}

export interface ResetPasswordData {
  approval?: {
    action:
      | "removeCardholder"
      | "enrolPhoto"
      | "addOperator"
      | "changeOperator"
      | "removeOperator"
      | "resetPassword"
      | "removeSecondFactor"
      | "changeDoor"
      | "changeAccessLevels"
      | "changeSchedules"
      | "changeHolidays"
      | "changeConfiguration"
      | "revertConfiguration"
      | "applyDraft"
      | "showDuress";
    after: Partial<Record<string, any>> | null;
    before: Partial<Record<string, any>> | null;
    id: string;
    /** GET /approvals/ID/picture shows what is to be confirmed */
    picture: boolean;
    proposedAt: string;
    proposedBy: string;
    /** Why the proposer wants it; empty where none was given */
    reason: string;
    subject: {
      cardholder?: string;
      /** For those who may see people */
      cardholderName?: string;
      door?: string;
      name?: string;
      operator?: string;
      vestibule?: string;
    };
    until: string;
    /** What security loses by it, in words */
    weakens: {
      en: string;
      zh: string;
    }[];
  };
  is: "added" | "changed" | "unchanged" | "removed" | "reset" | "waiting";
  /** Shown once; while it waits only the first half, whoever confirms is told the second */
  oneTimePassword?: string;
  username: string;
}

export interface ResetPasswordParams {
  /** @pattern ^[a-z][a-z0-9._-]{1,31}$ */
  username: string;
}

export interface ResetPresenceData {
  reset: true;
}

export interface ResetPresencePayload {
  all?: true;
  /** Left out: not known; the next passage is let through and tells it */
  area?: "outside" | "vestibule" | "secure";
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  /** @maxLength 500 */
  reason: string;
  /**
   * Left out: where the person was seen last
   * @pattern ^[a-z][a-z0-9-]{0,31}$
   */
  vestibule?: string;
}

export interface RevertToVersionData {
  kind: string;
  reverted: true;
  /**
   * 0: the site's file
   * @min -9007199254740991
   * @max 9007199254740991
   */
  version: number;
}

export interface RevertToVersionParams {
  /**
   * @min 1
   * @max 9007199254740991
   */
  id: number;
}

export type RevertToVersionPayload = {
  force?: boolean;
  /**
   * Why, for whoever reads the record a year later
   * @maxLength 500
   */
  reason?: string;
} | null;

export interface RevokeCardData {
  /** Presented under duress (A5) */
  duress: boolean;
  format: string;
  issuedAt: string;
  label: string | null;
  number: string;
  status: "active" | "lost" | "suspended" | "expired" | "revoked";
}

export interface RevokeCardParams {
  /**
   * @pattern ^[\x21-\x7e]{1,64}$
   * @example "1001"
   */
  number: string;
}

export type RevokeTokenData = any;

export interface RevokeTokenParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

/** @format binary */
export type RightsAsCsvData = File;

export interface RightsAsCsvParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

export interface RightsAsJsonData {
  columns: {
    label: string;
    name: string;
  }[];
  /** What it was made from: names and values, as they stand behind the rows of a file */
  facts: [string, string][];
  /** The newest record when it was made */
  position: {
    hash: string;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    seq: number;
  };
  rows: string[][];
  totals: [string, string][];
}

export interface RightsAsJsonParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

/** @format binary */
export type RightsAsPdfData = File;

export interface RightsAsPdfParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  cardholder?: string;
  door?: "outer" | "inner";
  /**
   * Recorded at or after; without it, from the first record on
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  from?: string;
  /** Without it, by Accept-Language */
  lang?: "en" | "zh";
  /** Passages only; rex: the exit button */
  mode?:
    | "card+face"
    | "card+face+pin"
    | "card+pin"
    | "card"
    | "face+remote"
    | "rex";
  /**
   * Recorded at or before; without it, up to now
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  to?: string;
}

export type SetPinData = any;

export interface SetPinParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export interface SetPinPayload {
  /** @maxLength 64 */
  duressPin?: string;
  /** @maxLength 64 */
  pin: string;
}

export interface SetSceneData {
  detail?: string;
  done: true;
}

export interface SetSceneParams {
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  id: string;
  obeys?: string;
  /** with a picture as the body; in JSON it stands there */
  presented?: "live" | "print" | "screen";
}

/** `person`, `persons`: by card number; nobody is `persons: []`. People are alive: they sway, breathe and blink. `presented`: `live` (default), or the first one's picture held up as a `print` or on a `screen`. `obeys` (default true): they do what the display asks of them */
export type SetScenePayload =
  | {
      obeys?: boolean;
      /** @pattern ^[\x21-\x7e]{1,64}$ */
      person: string;
      presented?: "live" | "print" | "screen";
    }
  | {
      obeys?: boolean;
      /** @maxItems 4 */
      persons: string[];
      presented?: "live" | "print" | "screen";
    }
  | {
      frozen: true;
    }
  | {
      unplugged: true;
    };

export interface ShelveAlarmData {
  acknowledged: {
    at: string;
    by: string;
    comment: string;
  } | null;
  comments: {
    at: string;
    by: string;
    text: string;
  }[];
  /**
   * How often it has been seen since it was last normal
   * @min -9007199254740991
   * @max 9007199254740991
   */
  count: number;
  detail: string | null;
  evidence: string[];
  id: string;
  /** Whether it is acknowledged only with a comment */
  needsComment: boolean;
  phase:
    | "active-unacknowledged"
    | "active-acknowledged"
    | "returned-unacknowledged"
    | "normal";
  place: {
    accessPoint?: string;
    camera?: string;
    door?: string;
    vestibule?: string;
  };
  priority: "critical" | "high" | "medium" | "low";
  /** Whether it may be shelved at all */
  shelvable: boolean;
  /** Put aside by somebody: it counts, and demands nobody's attention */
  shelved: {
    at: string;
    by: string;
    reason: string;
    until: string;
  } | null;
  since: string;
  type: string;
  vestibule: string | null;
}

export interface ShelveAlarmParams {
  /** @pattern ^[A-Za-z0-9._-]{1,128}$ */
  id: string;
}

export interface ShelveAlarmPayload {
  /**
   * @min 1
   * @max 10080
   */
  minutes?: number;
  /**
   * @minLength 1
   * @maxLength 500
   */
  reason: string;
  /**
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  until?: string;
}

export interface StartTestData {
  /** What the person is to do now; null: nothing, wait */
  asked: {
    en: string;
    zh: string;
  } | null;
  done: {
    asked: {
      en: string;
      zh: string;
    };
    seen: {
      en: string;
      zh: string;
    };
    /** doubtful: it works, with a remark */
    verdict: "passed" | "doubtful" | "failed";
  }[];
  id: string;
  operator: string;
  /** What was seen last */
  seen: {
    en: string;
    zh: string;
  } | null;
  /** ISO 8601, UTC */
  since: string;
  step: {
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    number: number;
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    of: number;
  } | null;
  /** ISO 8601, UTC */
  until: string | null;
}

export interface StartTestParams {
  /** @pattern ^[a-z][A-Za-z0-9.-]{0,119}$ */
  id: string;
}

export type StartTestPayload = {
  /**
   * Of test `clock`: what the person's own clock shows
   * @format date-time
   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|([+-](?:[01]\d|2[0-3]):[0-5]\d)))$
   */
  shownTime?: string;
} | null;

export interface StepClockData {
  detail?: string;
  done: true;
}

export interface StepClockPayload {
  /**
   * @min -31622400
   * @max 31622400
   */
  stepSeconds: number;
}

export interface SuspendCardData {
  /** Presented under duress (A5) */
  duress: boolean;
  format: string;
  issuedAt: string;
  label: string | null;
  number: string;
  status: "active" | "lost" | "suspended" | "expired" | "revoked";
}

export interface SuspendCardParams {
  /**
   * @pattern ^[\x21-\x7e]{1,64}$
   * @example "1001"
   */
  number: string;
}

export interface SwapWiresData {
  detail?: string;
  done: true;
}

export interface SwapWiresPayload {
  /** @maxItems 3 */
  swapped: ("contacts" | "locks" | "bolts")[];
}

export type UnpairDisplayData = any;

export interface UnpairDisplayParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export type UnpairWatchScreenData = any;

export interface UnpairWatchScreenParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

export interface UnshelveAlarmData {
  acknowledged: {
    at: string;
    by: string;
    comment: string;
  } | null;
  comments: {
    at: string;
    by: string;
    text: string;
  }[];
  /**
   * How often it has been seen since it was last normal
   * @min -9007199254740991
   * @max 9007199254740991
   */
  count: number;
  detail: string | null;
  evidence: string[];
  id: string;
  /** Whether it is acknowledged only with a comment */
  needsComment: boolean;
  phase:
    | "active-unacknowledged"
    | "active-acknowledged"
    | "returned-unacknowledged"
    | "normal";
  place: {
    accessPoint?: string;
    camera?: string;
    door?: string;
    vestibule?: string;
  };
  priority: "critical" | "high" | "medium" | "low";
  /** Whether it may be shelved at all */
  shelvable: boolean;
  /** Put aside by somebody: it counts, and demands nobody's attention */
  shelved: {
    at: string;
    by: string;
    reason: string;
    until: string;
  } | null;
  since: string;
  type: string;
  vestibule: string | null;
}

export interface UnshelveAlarmParams {
  /** @pattern ^[A-Za-z0-9._-]{1,128}$ */
  id: string;
}

export type VerifyJournalData =
  | {
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      first: number;
      head: string;
      intact: true;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      last: number;
      /**
       * @min -9007199254740991
       * @max 9007199254740991
       */
      records: number;
      /**
       * Up to which record a good signature of the journal's key stands
       * @min -9007199254740991
       * @max 9007199254740991
       */
      signed?: number;
      /** Up to which record, and when, the configured witness has cosigned */
      witnessed?: {
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        posixSeconds: number;
        /**
         * @min -9007199254740991
         * @max 9007199254740991
         */
        size: number;
      };
    }
  | {
      detail: string;
      fault: "hash" | "gap" | "unreadable" | "tree" | "signature";
      intact: false;
      /**
       * The first record that is not what was written
       * @min -9007199254740991
       * @max 9007199254740991
       */
      seq: number;
    };

/** @format binary */
export type WatchCameraData = File;

export interface WatchCameraParams {
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  id: string;
}

export interface WithdrawConsentData {
  accessLevels: string[];
  /** From the times this person was recognised; null while there are too few of them */
  ageing: {
    /** The templates grow old: enrol anew */
    ageing: boolean;
    /** Growth of the distance in 100 days, as a share of the threshold */
    growth: number;
    /** The middle of the last distances, as a share of the threshold */
    now: number;
  } | null;
  cards: {
    /** Presented under duress (A5) */
    duress: boolean;
    format: string;
    issuedAt: string;
    label: string | null;
    number: string;
    status: "active" | "lost" | "suspended" | "expired" | "revoked";
  }[];
  /** To the use of their face; null: none is on record */
  consent: {
    at: string;
    form: "atDesk" | "onPaper";
    language: "en" | "zh";
    /** Who heard it */
    operator: string;
    /** The version of the wording that was agreed to */
    wording: string;
  } | null;
  createdAt: string;
  /** Whether the photos will do, and what one more should show */
  enrolment: {
    enough: boolean;
    /** What to do, in English and Chinese */
    missing: {
      en: string;
      what: string;
      zh: string;
    }[];
    /**
     * @min -9007199254740991
     * @max 9007199254740991
     */
    photos: number;
  };
  groups: string[];
  hasPin: boolean;
  /** Of a visitor: whom they come to */
  host: string | null;
  id: string;
  kind: "staff" | "visitor";
  name: string;
  note: string | null;
  /** Personnel number */
  number: string | null;
  /** The operator's account that is this person's own */
  operator: string | null;
  photos: {
    /** How the person looks on it; photos of one appearance make one template */
    appearance: string;
    id: string;
    quality: Partial<Record<string, number>>;
    takenAt: string;
  }[];
  status: "active" | "suspended" | "left";
  validFrom: string | null;
  validUntil: string | null;
}

export interface WithdrawConsentParams {
  /** @pattern ^[A-Za-z0-9_-]{1,64}$ */
  id: string;
}

import { type CallOptions, call, segment } from "./call.ts";

/** Whether the controller answers at all. `GET /healthz` */
export const getHealth = (options?: CallOptions): Promise<GetHealthData> =>
  call({ method: "GET", path: `/healthz` }, options);

/** Whether doors are under control, the journal is written, and the start is over. `GET /readyz` */
export const getReadiness = (
  options?: CallOptions,
): Promise<GetReadinessData> =>
  call({ method: "GET", path: `/readyz` }, options);

/** Figures for Prometheus. `GET /metrics` */
export const getMetrics = (options?: CallOptions): Promise<GetMetricsData> =>
  call({ method: "GET", path: `/metrics` }, options);

/** Log in. `POST /api/v1/session` */
export const logIn = (
  data: LogInPayload,
  options?: CallOptions,
): Promise<LogInData> =>
  call({ method: "POST", path: `/api/v1/session`, body: data }, options);

/** Who is logged in. `GET /api/v1/session` */
export const getSession = (options?: CallOptions): Promise<GetSessionData> =>
  call({ method: "GET", path: `/api/v1/session` }, options);

/** Log out. `DELETE /api/v1/session` */
export const logOut = (options?: CallOptions): Promise<LogOutData> =>
  call({ method: "DELETE", path: `/api/v1/session` }, options);

/** Change the own password. `POST /api/v1/session/password` */
export const changePassword = (
  data: ChangePasswordPayload,
  options?: CallOptions,
): Promise<ChangePasswordData> =>
  call(
    { method: "POST", path: `/api/v1/session/password`, body: data },
    options,
  );

/** Hand the shift over to the operator who comes in. `POST /api/v1/session/handover` */
export const handOver = (
  data: HandOverPayload,
  options?: CallOptions,
): Promise<HandOverData> =>
  call(
    { method: "POST", path: `/api/v1/session/handover`, body: data },
    options,
  );

/** The sessions in force: one's own, for the administrator everybody's. `GET /api/v1/sessions` */
export const listSessions = (
  options?: CallOptions,
): Promise<ListSessionsData> =>
  call({ method: "GET", path: `/api/v1/sessions` }, options);

/** End a session. `DELETE /api/v1/sessions/{id}` */
export const endSession = (
  { id }: EndSessionParams,
  options?: CallOptions,
): Promise<EndSessionData> =>
  call({ method: "DELETE", path: `/api/v1/sessions/${segment(id)}` }, options);

/** The own second factor. `GET /api/v1/session/second-factor` */
export const getSecondFactor = (
  options?: CallOptions,
): Promise<GetSecondFactorData> =>
  call({ method: "GET", path: `/api/v1/session/second-factor` }, options);

/** Begin to set up an authenticator app. `POST /api/v1/session/second-factor` */
export const beginSecondFactor = (
  data: BeginSecondFactorPayload,
  options?: CallOptions,
): Promise<BeginSecondFactorData> =>
  call(
    { method: "POST", path: `/api/v1/session/second-factor`, body: data },
    options,
  );

/** Remove the own second factor. `DELETE /api/v1/session/second-factor` */
export const removeSecondFactor = (
  data: RemoveSecondFactorPayload,
  options?: CallOptions,
): Promise<RemoveSecondFactorData> =>
  call(
    { method: "DELETE", path: `/api/v1/session/second-factor`, body: data },
    options,
  );

/** Put the authenticator app in force with its first code. `POST /api/v1/session/second-factor/confirm` */
export const confirmSecondFactor = (
  data: ConfirmSecondFactorPayload,
  options?: CallOptions,
): Promise<ConfirmSecondFactorData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/session/second-factor/confirm`,
      body: data,
    },
    options,
  );

/** The own passkeys. `GET /api/v1/session/passkeys` */
export const listPasskeys = (
  options?: CallOptions,
): Promise<ListPasskeysData> =>
  call({ method: "GET", path: `/api/v1/session/passkeys` }, options);

/** Register a passkey. `POST /api/v1/session/passkeys` */
export const addPasskey = (
  data: AddPasskeyPayload,
  options?: CallOptions,
): Promise<AddPasskeyData> =>
  call(
    { method: "POST", path: `/api/v1/session/passkeys`, body: data },
    options,
  );

/** Begin to register a passkey. `POST /api/v1/session/passkeys/options` */
export const beginPasskey = (
  data: BeginPasskeyPayload,
  options?: CallOptions,
): Promise<BeginPasskeyData> =>
  call(
    { method: "POST", path: `/api/v1/session/passkeys/options`, body: data },
    options,
  );

/** Remove a passkey of one's own. `DELETE /api/v1/session/passkeys/{id}` */
export const removePasskey = (
  { id }: RemovePasskeyParams,
  options?: CallOptions,
): Promise<RemovePasskeyData> =>
  call(
    { method: "DELETE", path: `/api/v1/session/passkeys/${segment(id)}` },
    options,
  );

/** Begin to sign in with a passkey. `POST /api/v1/session/passkey-options` */
export const beginPasskeyLogIn = (
  options?: CallOptions,
): Promise<BeginPasskeyLogInData> =>
  call({ method: "POST", path: `/api/v1/session/passkey-options` }, options);

/** Sign in with a passkey. `POST /api/v1/session/passkey` */
export const logInWithPasskey = (
  data: LogInWithPasskeyPayload,
  options?: CallOptions,
): Promise<LogInWithPasskeyData> =>
  call(
    { method: "POST", path: `/api/v1/session/passkey`, body: data },
    options,
  );

/** The operators' accounts. `GET /api/v1/operators` */
export const listOperators = (
  options?: CallOptions,
): Promise<ListOperatorsData> =>
  call({ method: "GET", path: `/api/v1/operators` }, options);

/** Add or change accounts, one after the other. `PUT /api/v1/operators` */
export const putOperators = (
  data: PutOperatorsPayload,
  options?: CallOptions,
): Promise<PutOperatorsData> =>
  call({ method: "PUT", path: `/api/v1/operators`, body: data }, options);

/** Add an account, or change its role or whether it may log in. `PUT /api/v1/operators/{username}` */
export const putOperator = (
  { username }: PutOperatorParams,
  data: PutOperatorPayload,
  options?: CallOptions,
): Promise<PutOperatorData> =>
  call(
    {
      method: "PUT",
      path: `/api/v1/operators/${segment(username)}`,
      body: data,
    },
    options,
  );

/** Remove an account with its sessions, second factor and tokens. `DELETE /api/v1/operators/{username}` */
export const removeOperator = (
  { username }: RemoveOperatorParams,
  options?: CallOptions,
): Promise<RemoveOperatorData> =>
  call(
    { method: "DELETE", path: `/api/v1/operators/${segment(username)}` },
    options,
  );

/** Give an operator a one-time password. `POST /api/v1/operators/{username}/reset-password` */
export const resetPassword = (
  { username }: ResetPasswordParams,
  options?: CallOptions,
): Promise<ResetPasswordData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/operators/${segment(username)}/reset-password`,
    },
    options,
  );

/** Remove the second factor of an operator who has lost it. `DELETE /api/v1/operators/{username}/second-factor` */
export const removeSecondFactorOf = (
  { username }: RemoveSecondFactorOfParams,
  options?: CallOptions,
): Promise<RemoveSecondFactorOfData> =>
  call(
    {
      method: "DELETE",
      path: `/api/v1/operators/${segment(username)}/second-factor`,
    },
    options,
  );

/** The programs' tokens. `GET /api/v1/tokens` */
export const listTokens = (options?: CallOptions): Promise<ListTokensData> =>
  call({ method: "GET", path: `/api/v1/tokens` }, options);

/** Make a token. `POST /api/v1/tokens` */
export const makeToken = (
  data: MakeTokenPayload,
  options?: CallOptions,
): Promise<MakeTokenData> =>
  call({ method: "POST", path: `/api/v1/tokens`, body: data }, options);

/** Revoke a token. `DELETE /api/v1/tokens/{id}` */
export const revokeToken = (
  { id }: RevokeTokenParams,
  options?: CallOptions,
): Promise<RevokeTokenData> =>
  call({ method: "DELETE", path: `/api/v1/tokens/${segment(id)}` }, options);

/** Doors, passages, processes, cameras and links as they are now. `GET /api/v1/state` */
export const getState = (options?: CallOptions): Promise<GetStateData> =>
  call({ method: "GET", path: `/api/v1/state` }, options);

/** What a search in the record finds, as CSV. `GET /api/v1/events.csv` */
export const eventsAsCsv = (
  query: EventsAsCsvParams = {},
  options?: CallOptions,
): Promise<EventsAsCsvData> =>
  call({ method: "GET", path: `/api/v1/events.csv`, query }, options);

/** What has happened, from the journal. `GET /api/v1/events` */
export const listEvents = (
  query: ListEventsParams = {},
  options?: CallOptions,
): Promise<ListEventsData> =>
  call({ method: "GET", path: `/api/v1/events`, query }, options);

/** Why something was decided. `GET /api/v1/events/{seq}/why` */
export const explainEvent = (
  { seq }: ExplainEventParams,
  options?: CallOptions,
): Promise<ExplainEventData> =>
  call({ method: "GET", path: `/api/v1/events/${segment(seq)}/why` }, options);

/** Server-sent events: `state`, `alarm`, `event` and `beat`. `GET /api/v1/stream` */
export const openStream = (
  query: OpenStreamParams = {},
  options?: CallOptions,
): Promise<OpenStreamData> =>
  call({ method: "GET", path: `/api/v1/stream`, query }, options);

/** The alarms that are not over, not acknowledged, or shelved. `GET /api/v1/alarms` */
export const listAlarms = (
  query: ListAlarmsParams = {},
  options?: CallOptions,
): Promise<ListAlarmsData> =>
  call({ method: "GET", path: `/api/v1/alarms`, query }, options);

/** An open alarm with what is on record of it, newest first. `GET /api/v1/alarms/{id}` */
export const getAlarm = (
  { id }: GetAlarmParams,
  options?: CallOptions,
): Promise<GetAlarmData> =>
  call({ method: "GET", path: `/api/v1/alarms/${segment(id)}` }, options);

/** Acknowledge an alarm. `POST /api/v1/alarms/{id}/acknowledge` */
export const acknowledgeAlarm = (
  { id }: AcknowledgeAlarmParams,
  data: AcknowledgeAlarmPayload,
  options?: CallOptions,
): Promise<AcknowledgeAlarmData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/alarms/${segment(id)}/acknowledge`,
      body: data,
    },
    options,
  );

/** Put an alarm aside for a while. `POST /api/v1/alarms/{id}/shelve` */
export const shelveAlarm = (
  { id }: ShelveAlarmParams,
  data: ShelveAlarmPayload,
  options?: CallOptions,
): Promise<ShelveAlarmData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/alarms/${segment(id)}/shelve`,
      body: data,
    },
    options,
  );

/** Take a shelved alarm back. `DELETE /api/v1/alarms/{id}/shelve` */
export const unshelveAlarm = (
  { id }: UnshelveAlarmParams,
  options?: CallOptions,
): Promise<UnshelveAlarmData> =>
  call(
    { method: "DELETE", path: `/api/v1/alarms/${segment(id)}/shelve` },
    options,
  );

/** Write down what you know of an alarm. `POST /api/v1/alarms/{id}/comments` */
export const commentOnAlarm = (
  { id }: CommentOnAlarmParams,
  data: CommentOnAlarmPayload,
  options?: CallOptions,
): Promise<CommentOnAlarmData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/alarms/${segment(id)}/comments`,
      body: data,
    },
    options,
  );

/** What waits for a second operator. `GET /api/v1/approvals` */
export const listApprovals = (
  options?: CallOptions,
): Promise<ListApprovalsData> =>
  call({ method: "GET", path: `/api/v1/approvals` }, options);

/** The picture that a second operator has to look at. `GET /api/v1/approvals/{id}/picture` */
export const getApprovalPicture = (
  { id }: GetApprovalPictureParams,
  options?: CallOptions,
): Promise<GetApprovalPictureData> =>
  call(
    { method: "GET", path: `/api/v1/approvals/${segment(id)}/picture` },
    options,
  );

/** Confirm what another operator has proposed; it is done at once. `POST /api/v1/approvals/{id}/confirm` */
export const confirmApproval = (
  { id }: ConfirmApprovalParams,
  data: ConfirmApprovalPayload,
  options?: CallOptions,
): Promise<ConfirmApprovalData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/approvals/${segment(id)}/confirm`,
      body: data,
    },
    options,
  );

/** Reject what another operator has proposed, or take back one's own. `POST /api/v1/approvals/{id}/reject` */
export const rejectApproval = (
  { id }: RejectApprovalParams,
  data: RejectApprovalPayload,
  options?: CallOptions,
): Promise<RejectApprovalData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/approvals/${segment(id)}/reject`,
      body: data,
    },
    options,
  );

/** Lock down: no door is released until it is lifted. `POST /api/v1/vestibules/{vestibule}/lockdown` */
export const lockDown = (
  { vestibule }: LockDownParams,
  data: LockDownPayload,
  options?: CallOptions,
): Promise<LockDownData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/vestibules/${segment(vestibule)}/lockdown`,
      body: data,
    },
    options,
  );

/** Lift an ordered lockdown. `DELETE /api/v1/vestibules/{vestibule}/lockdown` */
export const liftLockdown = (
  { vestibule }: LiftLockdownParams,
  options?: CallOptions,
): Promise<LiftLockdownData> =>
  call(
    {
      method: "DELETE",
      path: `/api/v1/vestibules/${segment(vestibule)}/lockdown`,
    },
    options,
  );

/** Release doors whatever the other one does; takes two operators. `POST /api/v1/vestibules/{vestibule}/override` */
export const override = (
  { vestibule }: OverrideParams,
  data: OverridePayload,
  options?: CallOptions,
): Promise<OverrideData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/vestibules/${segment(vestibule)}/override`,
      body: data,
    },
    options,
  );

/** Reset an emergency release. `POST /api/v1/vestibules/{vestibule}/reset-emergency` */
export const resetEmergency = (
  { vestibule }: ResetEmergencyParams,
  data: ResetEmergencyPayload,
  options?: CallOptions,
): Promise<ResetEmergencyData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/vestibules/${segment(vestibule)}/reset-emergency`,
      body: data,
    },
    options,
  );

/** A door's rules in force; times in seconds. `GET /api/v1/vestibules/{vestibule}/doors/{door}` */
export const getDoorRules = (
  { vestibule, door }: GetDoorRulesParams,
  options?: CallOptions,
): Promise<GetDoorRulesData> =>
  call(
    {
      method: "GET",
      path: `/api/v1/vestibules/${segment(vestibule)}/doors/${segment(door)}`,
    },
    options,
  );

/** Change what is given of a door's rules; times in seconds. `PATCH /api/v1/vestibules/{vestibule}/doors/{door}` */
export const changeDoorRules = (
  { vestibule, door }: ChangeDoorRulesParams,
  data: ChangeDoorRulesPayload,
  options?: CallOptions,
): Promise<ChangeDoorRulesData> =>
  call(
    {
      method: "PATCH",
      path: `/api/v1/vestibules/${segment(vestibule)}/doors/${segment(door)}`,
      body: data,
    },
    options,
  );

/** Access levels in force. `GET /api/v1/access-levels` */
export const getAccessLevels = (
  options?: CallOptions,
): Promise<GetAccessLevelsData> =>
  call({ method: "GET", path: `/api/v1/access-levels` }, options);

/** Put access levels, all of them. `PUT /api/v1/access-levels` */
export const putAccessLevels = (
  data: PutAccessLevelsPayload,
  options?: CallOptions,
): Promise<PutAccessLevelsData> =>
  call({ method: "PUT", path: `/api/v1/access-levels`, body: data }, options);

/** Schedules in force. `GET /api/v1/schedules` */
export const getSchedules = (
  options?: CallOptions,
): Promise<GetSchedulesData> =>
  call({ method: "GET", path: `/api/v1/schedules` }, options);

/** Put schedules, all of them. `PUT /api/v1/schedules` */
export const putSchedules = (
  data: PutSchedulesPayload,
  options?: CallOptions,
): Promise<PutSchedulesData> =>
  call({ method: "PUT", path: `/api/v1/schedules`, body: data }, options);

/** Holidays in force. `GET /api/v1/holidays` */
export const getHolidays = (options?: CallOptions): Promise<GetHolidaysData> =>
  call({ method: "GET", path: `/api/v1/holidays` }, options);

/** Put holidays, all of them. `PUT /api/v1/holidays` */
export const putHolidays = (
  data: PutHolidaysPayload,
  options?: CallOptions,
): Promise<PutHolidaysData> =>
  call({ method: "PUT", path: `/api/v1/holidays`, body: data }, options);

/** Settings in force that may be changed while the site runs; times in seconds. `GET /api/v1/configuration/settings` */
export const getSettings = (options?: CallOptions): Promise<GetSettingsData> =>
  call({ method: "GET", path: `/api/v1/configuration/settings` }, options);

/** Change what is given of the settings; times in seconds. `PATCH /api/v1/configuration/settings` */
export const changeSettings = (
  data: ChangeSettingsPayload,
  options?: CallOptions,
): Promise<ChangeSettingsData> =>
  call(
    { method: "PATCH", path: `/api/v1/configuration/settings`, body: data },
    options,
  );

/** Who changed which rule, when and why; newest first. `GET /api/v1/configuration/versions` */
export const listVersions = (
  query: ListVersionsParams = {},
  options?: CallOptions,
): Promise<ListVersionsData> =>
  call(
    { method: "GET", path: `/api/v1/configuration/versions`, query },
    options,
  );

/** One version of a rule, and what it changed. `GET /api/v1/configuration/versions/{id}` */
export const getVersion = (
  { id }: GetVersionParams,
  options?: CallOptions,
): Promise<GetVersionData> =>
  call(
    { method: "GET", path: `/api/v1/configuration/versions/${segment(id)}` },
    options,
  );

/** Let an earlier version of a rule hold again, as a new version. `POST /api/v1/configuration/versions/{id}/revert` */
export const revertToVersion = (
  { id }: RevertToVersionParams,
  data: RevertToVersionPayload,
  options?: CallOptions,
): Promise<RevertToVersionData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/configuration/versions/${segment(id)}/revert`,
      body: data,
    },
    options,
  );

/** What a change of a rule would come to; nothing is changed. `POST /api/v1/configuration/preview` */
export const previewChange = (
  data: PreviewChangePayload,
  options?: CallOptions,
): Promise<PreviewChangeData> =>
  call(
    { method: "POST", path: `/api/v1/configuration/preview`, body: data },
    options,
  );

/** What it would come to if an earlier version held again; nothing is changed. `POST /api/v1/configuration/versions/{id}/preview` */
export const previewRevert = (
  { id }: PreviewRevertParams,
  options?: CallOptions,
): Promise<PreviewRevertData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/configuration/versions/${segment(id)}/preview`,
    },
    options,
  );

/** Who waits at a door for an operator. `GET /api/v1/waiting` */
export const listWaiting = (options?: CallOptions): Promise<ListWaitingData> =>
  call({ method: "GET", path: `/api/v1/waiting` }, options);

/** Grant, or refuse, whoever waits for an operator at this door. `POST /api/v1/vestibules/{vestibule}/doors/{door}/grant` */
export const grant = (
  { vestibule, door }: GrantParams,
  data: GrantPayload,
  options?: CallOptions,
): Promise<GrantData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/vestibules/${segment(vestibule)}/doors/${segment(door)}/grant`,
      body: data,
    },
    options,
  );

/** The people registered. `GET /api/v1/cardholders` */
export const listCardholders = (
  query: ListCardholdersParams = {},
  options?: CallOptions,
): Promise<ListCardholdersData> =>
  call({ method: "GET", path: `/api/v1/cardholders`, query }, options);

/** Register a person. `POST /api/v1/cardholders` */
export const addCardholder = (
  data: AddCardholderPayload,
  options?: CallOptions,
): Promise<AddCardholderData> =>
  call({ method: "POST", path: `/api/v1/cardholders`, body: data }, options);

/** One person. `GET /api/v1/cardholders/{id}` */
export const getCardholder = (
  { id }: GetCardholderParams,
  options?: CallOptions,
): Promise<GetCardholderData> =>
  call({ method: "GET", path: `/api/v1/cardholders/${segment(id)}` }, options);

/** Change what is given. `PATCH /api/v1/cardholders/{id}` */
export const changeCardholder = (
  { id }: ChangeCardholderParams,
  data: ChangeCardholderPayload,
  options?: CallOptions,
): Promise<ChangeCardholderData> =>
  call(
    { method: "PATCH", path: `/api/v1/cardholders/${segment(id)}`, body: data },
    options,
  );

/** Remove a person with photos and templates. `DELETE /api/v1/cardholders/{id}` */
export const removeCardholder = (
  { id }: RemoveCardholderParams,
  options?: CallOptions,
): Promise<RemoveCardholderData> =>
  call(
    { method: "DELETE", path: `/api/v1/cardholders/${segment(id)}` },
    options,
  );

/** Enrol a photo. `POST /api/v1/cardholders/{id}/photos` */
export const enrolPhoto = (
  { id, ...query }: EnrolPhotoParams,
  data: EnrolPhotoPayload,
  options?: CallOptions,
): Promise<EnrolPhotoData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/cardholders/${segment(id)}/photos`,
      query,
      body: data,
    },
    options,
  );

/** An enrolled picture. `GET /api/v1/cardholders/{id}/photos/{photo}` */
export const getPhoto = (
  { id, photo }: GetPhotoParams,
  options?: CallOptions,
): Promise<GetPhotoData> =>
  call(
    {
      method: "GET",
      path: `/api/v1/cardholders/${segment(id)}/photos/${segment(photo)}`,
    },
    options,
  );

/** Remove a photo and its template. `DELETE /api/v1/cardholders/{id}/photos/{photo}` */
export const removePhoto = (
  { id, photo }: RemovePhotoParams,
  options?: CallOptions,
): Promise<RemovePhotoData> =>
  call(
    {
      method: "DELETE",
      path: `/api/v1/cardholders/${segment(id)}/photos/${segment(photo)}`,
    },
    options,
  );

/** Issue a card. `POST /api/v1/cardholders/{id}/cards` */
export const issueCard = (
  { id }: IssueCardParams,
  data: IssueCardPayload,
  options?: CallOptions,
): Promise<IssueCardData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/cardholders/${segment(id)}/cards`,
      body: data,
    },
    options,
  );

/** Report a card lost (A8). `POST /api/v1/cards/{number}/report-lost` */
export const reportCardLost = (
  { number }: ReportCardLostParams,
  options?: CallOptions,
): Promise<ReportCardLostData> =>
  call(
    { method: "POST", path: `/api/v1/cards/${segment(number)}/report-lost` },
    options,
  );

/** Suspend a card. `POST /api/v1/cards/{number}/suspend` */
export const suspendCard = (
  { number }: SuspendCardParams,
  options?: CallOptions,
): Promise<SuspendCardData> =>
  call(
    { method: "POST", path: `/api/v1/cards/${segment(number)}/suspend` },
    options,
  );

/** Make a suspended card active again. `POST /api/v1/cards/{number}/activate` */
export const activateCard = (
  { number }: ActivateCardParams,
  options?: CallOptions,
): Promise<ActivateCardData> =>
  call(
    { method: "POST", path: `/api/v1/cards/${segment(number)}/activate` },
    options,
  );

/** Revoke a card, for good. `POST /api/v1/cards/{number}/revoke` */
export const revokeCard = (
  { number }: RevokeCardParams,
  options?: CallOptions,
): Promise<RevokeCardData> =>
  call(
    { method: "POST", path: `/api/v1/cards/${segment(number)}/revoke` },
    options,
  );

/** Replace a card; the cardholder's photos stay. `POST /api/v1/cards/{number}/replace` */
export const replaceCard = (
  { number }: ReplaceCardParams,
  data: ReplaceCardPayload,
  options?: CallOptions,
): Promise<ReplaceCardData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/cards/${segment(number)}/replace`,
      body: data,
    },
    options,
  );

/** Set a person's PIN. `PUT /api/v1/cardholders/{id}/pin` */
export const setPin = (
  { id }: SetPinParams,
  data: SetPinPayload,
  options?: CallOptions,
): Promise<SetPinData> =>
  call(
    {
      method: "PUT",
      path: `/api/v1/cardholders/${segment(id)}/pin`,
      body: data,
    },
    options,
  );

/** Take a person's PIN away. `DELETE /api/v1/cardholders/{id}/pin` */
export const removePin = (
  { id }: RemovePinParams,
  options?: CallOptions,
): Promise<RemovePinData> =>
  call(
    { method: "DELETE", path: `/api/v1/cardholders/${segment(id)}/pin` },
    options,
  );

/** What people agree to before their face is enrolled. `GET /api/v1/enrolment/consent` */
export const getConsentWording = (
  options?: CallOptions,
): Promise<GetConsentWordingData> =>
  call({ method: "GET", path: `/api/v1/enrolment/consent` }, options);

/** Record that a person agreed to the use of their face. `PUT /api/v1/cardholders/{id}/consent` */
export const giveConsent = (
  { id }: GiveConsentParams,
  data: GiveConsentPayload,
  options?: CallOptions,
): Promise<GiveConsentData> =>
  call(
    {
      method: "PUT",
      path: `/api/v1/cardholders/${segment(id)}/consent`,
      body: data,
    },
    options,
  );

/** Withdraw a person's consent; photos and templates are deleted with it. `DELETE /api/v1/cardholders/{id}/consent` */
export const withdrawConsent = (
  { id }: WithdrawConsentParams,
  options?: CallOptions,
): Promise<WithdrawConsentData> =>
  call(
    { method: "DELETE", path: `/api/v1/cardholders/${segment(id)}/consent` },
    options,
  );

/** How a picture would turn out as a photo. `POST /api/v1/enrolment/look` */
export const lookAtPicture = (
  data: LookAtPicturePayload,
  options?: CallOptions,
): Promise<LookAtPictureData> =>
  call({ method: "POST", path: `/api/v1/enrolment/look`, body: data }, options);

/** Groups of people: how many are in each, and which rules ask for it. `GET /api/v1/groups` */
export const listGroups = (options?: CallOptions): Promise<ListGroupsData> =>
  call({ method: "GET", path: `/api/v1/groups` }, options);

/** Register everybody in a list, or nobody. `POST /api/v1/cardholders/import` */
export const importCardholders = (
  query: ImportCardholdersParams,
  data: ImportCardholdersPayload,
  options?: CallOptions,
): Promise<ImportCardholdersData> =>
  call(
    { method: "POST", path: `/api/v1/cardholders/import`, query, body: data },
    options,
  );

/** Everybody registered, as the import takes them. `GET /api/v1/cardholders.csv` */
export const exportCardholders = (
  query: ExportCardholdersParams = {},
  options?: CallOptions,
): Promise<ExportCardholdersData> =>
  call({ method: "GET", path: `/api/v1/cardholders.csv`, query }, options);

/** Names of people by id. `GET /api/v1/person-names` */
export const namePeople = (
  query: NamePeopleParams,
  options?: CallOptions,
): Promise<NamePeopleData> =>
  call({ method: "GET", path: `/api/v1/person-names`, query }, options);

/** Who is inside now. `GET /api/v1/presence` */
export const listPresence = (
  query: ListPresenceParams = {},
  options?: CallOptions,
): Promise<ListPresenceData> =>
  call({ method: "GET", path: `/api/v1/presence`, query }, options);

/** Say where a person is, or that it is not known. `POST /api/v1/presence/reset` */
export const resetPresence = (
  data: ResetPresencePayload,
  options?: CallOptions,
): Promise<ResetPresenceData> =>
  call({ method: "POST", path: `/api/v1/presence/reset`, body: data }, options);

/** A captured picture or clip, by its SHA-256. `GET /api/v1/evidence/{hash}` */
export const getEvidence = (
  { hash }: GetEvidenceParams,
  options?: CallOptions,
): Promise<GetEvidenceData> =>
  call({ method: "GET", path: `/api/v1/evidence/${segment(hash)}` }, options);

/** Recompute the journal's hash chain and tree, and check what was signed. `GET /api/v1/journal/verify` */
export const verifyJournal = (
  options?: CallOptions,
): Promise<VerifyJournalData> =>
  call({ method: "GET", path: `/api/v1/journal/verify` }, options);

/** The public key that the journal is signed with, as NAME+ID+KEY. `GET /api/v1/journal/key` */
export const getJournalKey = (
  options?: CallOptions,
): Promise<GetJournalKeyData> =>
  call({ method: "GET", path: `/api/v1/journal/key` }, options);

/** The newest signed state of the journal, and the newest that a witness has cosigned. `GET /api/v1/journal/checkpoint` */
export const getCheckpoint = (
  options?: CallOptions,
): Promise<GetCheckpointData> =>
  call({ method: "GET", path: `/api/v1/journal/checkpoint` }, options);

/** That a record is among those of a signed state. `GET /api/v1/journal/proof/inclusion` */
export const proveInclusion = (
  query: ProveInclusionParams,
  options?: CallOptions,
): Promise<ProveInclusionData> =>
  call(
    { method: "GET", path: `/api/v1/journal/proof/inclusion`, query },
    options,
  );

/** That one state of the journal goes on from another. `GET /api/v1/journal/proof/consistency` */
export const proveConsistency = (
  query: ProveConsistencyParams,
  options?: CallOptions,
): Promise<ProveConsistencyData> =>
  call(
    { method: "GET", path: `/api/v1/journal/proof/consistency`, query },
    options,
  );

/** Who passed which door when, verified how, as CSV. `GET /api/v1/reports/passages.csv` */
export const passagesAsCsv = (
  query: PassagesAsCsvParams = {},
  options?: CallOptions,
): Promise<PassagesAsCsvData> =>
  call({ method: "GET", path: `/api/v1/reports/passages.csv`, query }, options);

/** Who passed which door when, verified how, as PDF. `GET /api/v1/reports/passages.pdf` */
export const passagesAsPdf = (
  query: PassagesAsPdfParams = {},
  options?: CallOptions,
): Promise<PassagesAsPdfData> =>
  call({ method: "GET", path: `/api/v1/reports/passages.pdf`, query }, options);

/** Who passed which door when, verified how, as JSON. `GET /api/v1/reports/passages.json` */
export const passagesAsJson = (
  query: PassagesAsJsonParams = {},
  options?: CallOptions,
): Promise<PassagesAsJsonData> =>
  call(
    { method: "GET", path: `/api/v1/reports/passages.json`, query },
    options,
  );

/** Who was denied where and why, and how often, as CSV. `GET /api/v1/reports/denials.csv` */
export const denialsAsCsv = (
  query: DenialsAsCsvParams = {},
  options?: CallOptions,
): Promise<DenialsAsCsvData> =>
  call({ method: "GET", path: `/api/v1/reports/denials.csv`, query }, options);

/** Who was denied where and why, and how often, as PDF. `GET /api/v1/reports/denials.pdf` */
export const denialsAsPdf = (
  query: DenialsAsPdfParams = {},
  options?: CallOptions,
): Promise<DenialsAsPdfData> =>
  call({ method: "GET", path: `/api/v1/reports/denials.pdf`, query }, options);

/** Who was denied where and why, and how often, as JSON. `GET /api/v1/reports/denials.json` */
export const denialsAsJson = (
  query: DenialsAsJsonParams = {},
  options?: CallOptions,
): Promise<DenialsAsJsonData> =>
  call({ method: "GET", path: `/api/v1/reports/denials.json`, query }, options);

/** Who is inside, now or at the end of the period, as CSV. `GET /api/v1/reports/inside.csv` */
export const insideAsCsv = (
  query: InsideAsCsvParams = {},
  options?: CallOptions,
): Promise<InsideAsCsvData> =>
  call({ method: "GET", path: `/api/v1/reports/inside.csv`, query }, options);

/** Who is inside, now or at the end of the period, as PDF. `GET /api/v1/reports/inside.pdf` */
export const insideAsPdf = (
  query: InsideAsPdfParams = {},
  options?: CallOptions,
): Promise<InsideAsPdfData> =>
  call({ method: "GET", path: `/api/v1/reports/inside.pdf`, query }, options);

/** Who is inside, now or at the end of the period, as JSON. `GET /api/v1/reports/inside.json` */
export const insideAsJson = (
  query: InsideAsJsonParams = {},
  options?: CallOptions,
): Promise<InsideAsJsonData> =>
  call({ method: "GET", path: `/api/v1/reports/inside.json`, query }, options);

/** First in, last out and time inside, per person and day, as CSV. `GET /api/v1/reports/attendance.csv` */
export const attendanceAsCsv = (
  query: AttendanceAsCsvParams = {},
  options?: CallOptions,
): Promise<AttendanceAsCsvData> =>
  call(
    { method: "GET", path: `/api/v1/reports/attendance.csv`, query },
    options,
  );

/** First in, last out and time inside, per person and day, as PDF. `GET /api/v1/reports/attendance.pdf` */
export const attendanceAsPdf = (
  query: AttendanceAsPdfParams = {},
  options?: CallOptions,
): Promise<AttendanceAsPdfData> =>
  call(
    { method: "GET", path: `/api/v1/reports/attendance.pdf`, query },
    options,
  );

/** First in, last out and time inside, per person and day, as JSON. `GET /api/v1/reports/attendance.json` */
export const attendanceAsJson = (
  query: AttendanceAsJsonParams = {},
  options?: CallOptions,
): Promise<AttendanceAsJsonData> =>
  call(
    { method: "GET", path: `/api/v1/reports/attendance.json`, query },
    options,
  );

/** Who may pass where, when and how, as CSV. `GET /api/v1/reports/rights.csv` */
export const rightsAsCsv = (
  query: RightsAsCsvParams = {},
  options?: CallOptions,
): Promise<RightsAsCsvData> =>
  call({ method: "GET", path: `/api/v1/reports/rights.csv`, query }, options);

/** Who may pass where, when and how, as PDF. `GET /api/v1/reports/rights.pdf` */
export const rightsAsPdf = (
  query: RightsAsPdfParams = {},
  options?: CallOptions,
): Promise<RightsAsPdfData> =>
  call({ method: "GET", path: `/api/v1/reports/rights.pdf`, query }, options);

/** Who may pass where, when and how, as JSON. `GET /api/v1/reports/rights.json` */
export const rightsAsJson = (
  query: RightsAsJsonParams = {},
  options?: CallOptions,
): Promise<RightsAsJsonData> =>
  call({ method: "GET", path: `/api/v1/reports/rights.json`, query }, options);

/** What happened in a period, in figures: for charts. `GET /api/v1/figures` */
export const getFigures = (
  query: GetFiguresParams,
  options?: CallOptions,
): Promise<GetFiguresData> =>
  call({ method: "GET", path: `/api/v1/figures`, query }, options);

/** When the last backup was made, when the next is due, and which files there are. `GET /api/v1/backups` */
export const listBackups = (options?: CallOptions): Promise<ListBackupsData> =>
  call({ method: "GET", path: `/api/v1/backups` }, options);

/** Begin a backup now, to where and for whom the site's file says. `POST /api/v1/backups` */
export const makeBackup = (options?: CallOptions): Promise<MakeBackupData> =>
  call({ method: "POST", path: `/api/v1/backups` }, options);

/** The newest picture of a camera. `GET /api/v1/cameras/{id}/snapshot` */
export const getSnapshot = (
  { id }: GetSnapshotParams,
  options?: CallOptions,
): Promise<GetSnapshotData> =>
  call(
    { method: "GET", path: `/api/v1/cameras/${segment(id)}/snapshot` },
    options,
  );

/** What a camera sees, a few pictures a second. `GET /api/v1/cameras/{id}/live` */
export const watchCamera = (
  { id }: WatchCameraParams,
  options?: CallOptions,
): Promise<WatchCameraData> =>
  call({ method: "GET", path: `/api/v1/cameras/${segment(id)}/live` }, options);

/** A code for a screen that belongs to no door yet. `POST /api/v1/display/pairing` */
export const beginPairing = (
  options?: CallOptions,
): Promise<BeginPairingData> =>
  call({ method: "POST", path: `/api/v1/display/pairing` }, options);

/** What this screen is to show now. `GET /api/v1/display` */
export const getDisplay = (options?: CallOptions): Promise<GetDisplayData> =>
  call({ method: "GET", path: `/api/v1/display` }, options);

/** Server-sent events: `screen`, whole each time. `GET /api/v1/display/stream` */
export const openDisplayStream = (
  options?: CallOptions,
): Promise<OpenDisplayStreamData> =>
  call({ method: "GET", path: `/api/v1/display/stream` }, options);

/** Whoever stands there, as the camera of this access point sees them. `GET /api/v1/display/mirror` */
export const openDisplayMirror = (
  options?: CallOptions,
): Promise<OpenDisplayMirrorData> =>
  call({ method: "GET", path: `/api/v1/display/mirror` }, options);

/** The screens at the doors. `GET /api/v1/displays` */
export const listDisplays = (
  options?: CallOptions,
): Promise<ListDisplaysData> =>
  call({ method: "GET", path: `/api/v1/displays` }, options);

/** Say which access point the screen that shows this code belongs to. `POST /api/v1/displays` */
export const pairDisplay = (
  data: PairDisplayPayload,
  options?: CallOptions,
): Promise<PairDisplayData> =>
  call({ method: "POST", path: `/api/v1/displays`, body: data }, options);

/** Call a display something else. `PATCH /api/v1/displays/{id}` */
export const renameDisplay = (
  { id }: RenameDisplayParams,
  data: RenameDisplayPayload,
  options?: CallOptions,
): Promise<RenameDisplayData> =>
  call(
    { method: "PATCH", path: `/api/v1/displays/${segment(id)}`, body: data },
    options,
  );

/** Unpair a display: from now on it shows a code. `DELETE /api/v1/displays/{id}` */
export const unpairDisplay = (
  { id }: UnpairDisplayParams,
  options?: CallOptions,
): Promise<UnpairDisplayData> =>
  call({ method: "DELETE", path: `/api/v1/displays/${segment(id)}` }, options);

/** A code for a screen that is to watch with nobody signed in. `POST /api/v1/watch/pairing` */
export const beginWatchPairing = (
  options?: CallOptions,
): Promise<BeginWatchPairingData> =>
  call({ method: "POST", path: `/api/v1/watch/pairing` }, options);

/** Which screen this is, and what it may show. `GET /api/v1/watch` */
export const getWatch = (options?: CallOptions): Promise<GetWatchData> =>
  call({ method: "GET", path: `/api/v1/watch` }, options);

/** The screens that watch with nobody signed in. `GET /api/v1/watch-screens` */
export const listWatchScreens = (
  options?: CallOptions,
): Promise<ListWatchScreensData> =>
  call({ method: "GET", path: `/api/v1/watch-screens` }, options);

/** Let the screen that shows this code watch with nobody signed in. `POST /api/v1/watch-screens` */
export const pairWatchScreen = (
  data: PairWatchScreenPayload,
  options?: CallOptions,
): Promise<PairWatchScreenData> =>
  call({ method: "POST", path: `/api/v1/watch-screens`, body: data }, options);

/** Call a screen something else, or let it show more or less. `PATCH /api/v1/watch-screens/{id}` */
export const changeWatchScreen = (
  { id }: ChangeWatchScreenParams,
  data: ChangeWatchScreenPayload,
  options?: CallOptions,
): Promise<ChangeWatchScreenData> =>
  call(
    {
      method: "PATCH",
      path: `/api/v1/watch-screens/${segment(id)}`,
      body: data,
    },
    options,
  );

/** Take a screen's pairing back: at once it is told nothing more. `DELETE /api/v1/watch-screens/{id}` */
export const unpairWatchScreen = (
  { id }: UnpairWatchScreenParams,
  options?: CallOptions,
): Promise<UnpairWatchScreenData> =>
  call(
    { method: "DELETE", path: `/api/v1/watch-screens/${segment(id)}` },
    options,
  );

/** How far commissioning is: every test in the order of the work, and the one under way. `GET /api/v1/commissioning` */
export const getCommissioning = (
  options?: CallOptions,
): Promise<GetCommissioningData> =>
  call({ method: "GET", path: `/api/v1/commissioning` }, options);

/** Begin: from now on cards open nothing, until it is ended. `POST /api/v1/commissioning/begin` */
export const beginCommissioning = (
  options?: CallOptions,
): Promise<BeginCommissioningData> =>
  call({ method: "POST", path: `/api/v1/commissioning/begin` }, options);

/** End it, with what remains to be done; the report is made, and cards work again. `POST /api/v1/commissioning/end` */
export const endCommissioning = (
  data: EndCommissioningPayload,
  options?: CallOptions,
): Promise<EndCommissioningData> =>
  call(
    { method: "POST", path: `/api/v1/commissioning/end`, body: data },
    options,
  );

/** The site's file as it is being written, section by section, with every fault. `GET /api/v1/commissioning/draft` */
export const getDraft = (options?: CallOptions): Promise<GetDraftData> =>
  call({ method: "GET", path: `/api/v1/commissioning/draft` }, options);

/** Back to what runs. `DELETE /api/v1/commissioning/draft` */
export const discardDraft = (
  options?: CallOptions,
): Promise<DiscardDraftData> =>
  call({ method: "DELETE", path: `/api/v1/commissioning/draft` }, options);

/** Write one section. `PUT /api/v1/commissioning/draft/{section}` */
export const changeDraft = (
  { section }: ChangeDraftParams,
  data: ChangeDraftPayload,
  options?: CallOptions,
): Promise<ChangeDraftData> =>
  call(
    {
      method: "PUT",
      path: `/api/v1/commissioning/draft/${segment(section)}`,
      body: data,
    },
    options,
  );

/** Write the file, and start the processes again by it. `POST /api/v1/commissioning/apply` */
export const applyDraft = (
  data: ApplyDraftPayload,
  options?: CallOptions,
): Promise<ApplyDraftData> =>
  call(
    { method: "POST", path: `/api/v1/commissioning/apply`, body: data },
    options,
  );

/** A camera's or broker's password, into a file that the draft may name. `PUT /api/v1/commissioning/secrets/{name}` */
export const keepSecret = (
  { name }: KeepSecretParams,
  data: KeepSecretPayload,
  options?: CallOptions,
): Promise<KeepSecretData> =>
  call(
    {
      method: "PUT",
      path: `/api/v1/commissioning/secrets/${segment(name)}`,
      body: data,
    },
    options,
  );

/** Boards this program is prepared for, and which of them this machine is. `GET /api/v1/commissioning/boards` */
export const listBoards = (options?: CallOptions): Promise<ListBoardsData> =>
  call({ method: "GET", path: `/api/v1/commissioning/boards` }, options);

/** Every line as the interlock reads it now; to be asked five times a second. `GET /api/v1/commissioning/lines` */
export const getLines = (options?: CallOptions): Promise<GetLinesData> =>
  call({ method: "GET", path: `/api/v1/commissioning/lines` }, options);

/** Ask the network for ONVIF cameras; takes some seconds. `POST /api/v1/commissioning/cameras/discover` */
export const discoverCameras = (
  options?: CallOptions,
): Promise<DiscoverCamerasData> =>
  call(
    { method: "POST", path: `/api/v1/commissioning/cameras/discover` },
    options,
  );

/** Ask one ONVIF camera what it has, and which of its streams to take. `POST /api/v1/commissioning/cameras/probe` */
export const probeCamera = (
  data: ProbeCameraPayload,
  options?: CallOptions,
): Promise<ProbeCameraData> =>
  call(
    { method: "POST", path: `/api/v1/commissioning/cameras/probe`, body: data },
    options,
  );

/** Devices of this machine that may be card readers. `GET /api/v1/commissioning/readers` */
export const findReaders = (options?: CallOptions): Promise<FindReadersData> =>
  call({ method: "GET", path: `/api/v1/commissioning/readers` }, options);

/** What `vestibule doctor` finds, asked of the running service. `GET /api/v1/commissioning/doctor` */
export const askDoctor = (options?: CallOptions): Promise<AskDoctorData> =>
  call({ method: "GET", path: `/api/v1/commissioning/doctor` }, options);

/** Begin a test; what it asks for and sees stands in `running` of the commissioning. `POST /api/v1/commissioning/tests/{id}/start` */
export const startTest = (
  { id }: StartTestParams,
  data: StartTestPayload,
  options?: CallOptions,
): Promise<StartTestData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/commissioning/tests/${segment(id)}/start`,
      body: data,
    },
    options,
  );

/** Leave a test out, and say why: an open point of the report. Null takes it up again. `PUT /api/v1/commissioning/tests/{id}/left-out` */
export const leaveTestOut = (
  { id }: LeaveTestOutParams,
  data: LeaveTestOutPayload,
  options?: CallOptions,
): Promise<LeaveTestOutData> =>
  call(
    {
      method: "PUT",
      path: `/api/v1/commissioning/tests/${segment(id)}/left-out`,
      body: data,
    },
    options,
  );

/** Break off the test that is under way; nothing is recorded as its result. `POST /api/v1/commissioning/tests/cancel` */
export const cancelTest = (options?: CallOptions): Promise<CancelTestData> =>
  call({ method: "POST", path: `/api/v1/commissioning/tests/cancel` }, options);

/** The commissioning report. `GET /api/v1/commissioning/report.pdf` */
export const getCommissioningReport = (
  query: GetCommissioningReportParams = {},
  options?: CallOptions,
): Promise<GetCommissioningReportData> =>
  call(
    { method: "GET", path: `/api/v1/commissioning/report.pdf`, query },
    options,
  );

/** The same, for programs. `GET /api/v1/commissioning/report.json` */
export const getCommissioningReportJson = (
  options?: CallOptions,
): Promise<GetCommissioningReportJsonData> =>
  call({ method: "GET", path: `/api/v1/commissioning/report.json` }, options);

/** Its signature by the journal's key. `GET /api/v1/commissioning/report.note` */
export const getCommissioningNote = (
  options?: CallOptions,
): Promise<GetCommissioningNoteData> =>
  call({ method: "GET", path: `/api/v1/commissioning/report.note` }, options);

/** The configuration file that was commissioned. `GET /api/v1/commissioning/site.yaml` */
export const getCommissionedSite = (
  options?: CallOptions,
): Promise<GetCommissionedSiteData> =>
  call({ method: "GET", path: `/api/v1/commissioning/site.yaml` }, options);

/** Present a card. `POST /api/v1/simulator/cards` */
export const presentCard = (
  data: PresentCardPayload,
  options?: CallOptions,
): Promise<PresentCardData> =>
  call(
    { method: "POST", path: `/api/v1/simulator/cards`, body: data },
    options,
  );

/** Press keys; # ends. `POST /api/v1/simulator/keys` */
export const pressKeys = (
  data: PressKeysPayload,
  options?: CallOptions,
): Promise<PressKeysData> =>
  call({ method: "POST", path: `/api/v1/simulator/keys`, body: data }, options);

/** Move a door, or break it open. `POST /api/v1/simulator/doors/{door}` */
export const moveDoor = (
  { door }: MoveDoorParams,
  data: MoveDoorPayload,
  options?: CallOptions,
): Promise<MoveDoorData> =>
  call(
    {
      method: "POST",
      path: `/api/v1/simulator/doors/${segment(door)}`,
      body: data,
    },
    options,
  );

/** Hold an input, whatever the physics say. `PUT /api/v1/simulator/inputs/{name}` */
export const holdInput = (
  { name }: HoldInputParams,
  data: HoldInputPayload,
  options?: CallOptions,
): Promise<HoldInputData> =>
  call(
    {
      method: "PUT",
      path: `/api/v1/simulator/inputs/${segment(name)}`,
      body: data,
    },
    options,
  );

/** Return an input to physics. `DELETE /api/v1/simulator/inputs/{name}` */
export const releaseInput = (
  { name }: ReleaseInputParams,
  options?: CallOptions,
): Promise<ReleaseInputData> =>
  call(
    { method: "DELETE", path: `/api/v1/simulator/inputs/${segment(name)}` },
    options,
  );

/** Mix up wires of the outer and the inner door. `PUT /api/v1/simulator/wiring` */
export const swapWires = (
  data: SwapWiresPayload,
  options?: CallOptions,
): Promise<SwapWiresData> =>
  call(
    { method: "PUT", path: `/api/v1/simulator/wiring`, body: data },
    options,
  );

/** Every output and its level. `GET /api/v1/simulator/outputs` */
export const getOutputs = (options?: CallOptions): Promise<GetOutputsData> =>
  call({ method: "GET", path: `/api/v1/simulator/outputs` }, options);

/** The wall clock jumps. `POST /api/v1/simulator/clock` */
export const stepClock = (
  data: StepClockPayload,
  options?: CallOptions,
): Promise<StepClockData> =>
  call(
    { method: "POST", path: `/api/v1/simulator/clock`, body: data },
    options,
  );

/** Put a person, several, or any picture before a camera. `PUT /api/v1/simulator/cameras/{id}/scene` */
export const setScene = (
  { id, ...query }: SetSceneParams,
  data: SetScenePayload,
  options?: CallOptions,
): Promise<SetSceneData> =>
  call(
    {
      method: "PUT",
      path: `/api/v1/simulator/cameras/${segment(id)}/scene`,
      query,
      body: data,
    },
    options,
  );

/** The camera goes black. `DELETE /api/v1/simulator/cameras/{id}/scene` */
export const blackenCamera = (
  { id }: BlackenCameraParams,
  options?: CallOptions,
): Promise<BlackenCameraData> =>
  call(
    {
      method: "DELETE",
      path: `/api/v1/simulator/cameras/${segment(id)}/scene`,
    },
    options,
  );

/** A demo cardholder as a camera would see them. `GET /api/v1/simulator/probes/{number}` */
export const getProbe = (
  { number }: GetProbeParams,
  options?: CallOptions,
): Promise<GetProbeData> =>
  call(
    { method: "GET", path: `/api/v1/simulator/probes/${segment(number)}` },
    options,
  );
