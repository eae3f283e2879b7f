/** A screen on a wall of the security centre, which watches with nobody signed in. */
export const watchTextsEn = {
  title: "Watch screen",
  useAsWall: "Use this screen as a wall screen",
  nobodyWatches: "Nobody watches at this screen.",
  notPaired: "It shows no alarm until it is paired.",
  takenBack: "Its pairing was taken back at {{time}}.",
  unreachable: "The controller does not answer. It is asked again every second.",
  pairTitle: "Pair this screen",
  pairLead:
    "Once it is paired it shows the alarms and the doors for as long as it is on, and nobody is signed in at it.",
  pairWhere:
    "At a console, under The box → Screens, type this code and say what it may show. It is good for ten minutes.",
  toSignIn: "To the sign-in",
  someDoors: "{{name}} · some door pairs only",
  nobody: "Nobody is signed in: sign in to acknowledge.",
  signIn: "Sign in here",
  signedIn: "{{name}} ({{role}}) is signed in here",
  left: {
    left: "{{name}} has signed out.",
    ended: "The session of {{name}} has ended.",
  },
  signInLead:
    "To acknowledge, comment and shelve. The screen watches on, whether or not somebody is signed in.",
  close: "Close",
  refused: {
    notReady: "This account is not set up yet: sign in at a console first.",
    seesLess: "This role may see less than this screen shows: it would be blind to that meanwhile.",
  },
} as const;
