export const shellTextsEn = {
  menu: "Menu",
  skip: "Skip to the page",
  loading: "One moment …",
  noPage: "There is no such page, or it is not for your role.",
  theme: { auto: "Auto", light: "Light", dark: "Dark" },
  themeLabel: "Colours: {{now}}. Change to {{next}}",
  group: {
    watch: "Watch",
    people: "People",
    rules: "Rules",
    records: "Records",
    box: "The box",
  },
  page: {
    centre: "Alarms",
    approvals: "Second operator",
    operators: "Operators",
    tokens: "Access tokens",
    account: "My account",
    doors: "Doors",
    demo: "Try it",
  },
} as const;
