/** The locked screen, and how it is set up. */
export const lock = {
  title: 'Locked',
  intro:
    'Go on scanning: every scan is saved and carried out. Names and titles are shown again when somebody opens the screen.',
  newest: 'The newest scan',
  none: 'Nothing was scanned since it was locked.',
  saved: 'Saved',
  count: {
    one: (scans: string) => `${scans} scan of this shift is saved.`,
    other: (scans: string) => `${scans} scans of this shift are saved.`,
  },
  open: {
    title: 'Open the screen',
    staff: 'Who is at the desk',
    staffHint: 'Goes into every record from now on.',
    secret: { both: 'PIN or ReShare password', pin: 'PIN', password: 'ReShare password' },
    free: 'Neither a PIN nor a password is kept on this computer, so your name is enough.',
    unreachable:
      'No PIN is set on this computer, and ReShare does not answer: its password opens the screen when it does.',
    hint: 'Enter does nothing here, because a scanner sends it. Press F12.',
    button: 'Open',
  },
  key: 'F12',
  keyAbout: 'Locks the screen, and opens it again with your name and PIN',
  keys: { lock: 'Lock', open: 'Open' },
  settings: {
    title: 'Lock',
    intro: 'A locked screen shows nothing personal and goes on taking scans. F12 locks it at any time.',
    minutes: 'Lock after so many idle minutes',
    minutesHint: '0 means never by itself.',
    minutesMistake: 'A number from 0 to 240.',
    pin: 'New PIN',
    pinHint: {
      set: 'A PIN is set. Leave this empty to keep it.',
      none: 'None is set: the ReShare password opens the screen.',
    },
    pinMistake: '4 to 12 digits.',
    save: 'Save',
    forget: 'Forget the PIN',
    done: 'Saved.',
  },
};
