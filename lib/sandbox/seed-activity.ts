/** Tickets, notes, tasks and the like of the sample workspace. Times are hours before (negative: after) the moment of seeding. */

export interface SeedTicket {
  number: number;
  person: string;
  title: string;
  status: string;
  hoursAgo: number;
  priority?: string;
  type?: string;
  /** Index of the technician, or null while nobody has it. */
  tech?: number | null;
  /** Author: 'user', 'tech' (public reply), 'note' (internal). */
  comments: [author: 'user' | 'tech' | 'note', hoursAgo: number, text: string][];
}

export const HOSTILE_NOTE =
  '<p>Call notes</p><img src=x onerror="alert(1)"><script>alert(document.cookie)</script><a href="javascript:alert(2)">invoice</a>';

export const TICKETS: SeedTicket[] = [
  {
    number: 4821,
    person: 'dana',
    title: 'Printer offline again',
    status: 'Open',
    hoursAgo: 3,
    priority: 'High',
    tech: 0,
    comments: [
      [
        'user',
        3,
        'The front desk printer says offline again since this morning. We have patients waiting for their treatment plans.',
      ],
      ['tech', 2.5, 'Hi Dana, I can see the print server. Could you switch the printer off and on once?'],
      [
        'note',
        2.4,
        'Third time this month. The DHCP lease runs out, set a reservation. Ask sales whether they still plan to replace the device.',
      ],
      ['user', 2, 'Done, it printed one page and went offline again.'],
    ],
  },
  {
    number: 4812,
    person: 'dana',
    title: 'Password reset for the front desk account',
    status: 'Pending',
    hoursAgo: 52,
    tech: 1,
    comments: [
      ['user', 52, 'Nobody knows the password of the shared front desk account any more.'],
      ['tech', 50, 'I can reset it. Please call me, I do not send passwords by mail.'],
    ],
  },
  {
    number: 4790,
    person: 'dana',
    title: 'New hire: laptop and mailbox',
    status: 'Resolved',
    hoursAgo: 340,
    type: 'Request',
    tech: 0,
    comments: [
      ['user', 340, 'A new hygienist starts on Monday and needs a laptop and a mailbox.'],
      ['note', 330, 'Ordered from stock.'],
      ['tech', 260, 'Laptop is on its way, the mailbox is ready.'],
    ],
  },
  {
    number: 4755,
    person: 'dana',
    title: 'X-ray workstation is slow',
    status: 'Closed',
    hoursAgo: 900,
    tech: 1,
    comments: [['user', 900, 'Opening a picture takes a minute.']],
  },
  {
    number: 4820,
    person: 'oscar',
    title: 'Second monitor stays dark',
    status: 'Open',
    hoursAgo: 6,
    tech: 1,
    comments: [['user', 6, 'The left monitor is dark since the update.']],
  },
  {
    number: 4819,
    person: 'lena',
    title: 'Cannot open patient files at home',
    status: 'Open',
    hoursAgo: 9,
    tech: 0,
    comments: [['user', 9, 'VPN connects, but the share is missing.']],
  },
  {
    number: 4818,
    person: 'gloria',
    title: 'Name on the mailbox is wrong',
    status: 'Open',
    hoursAgo: 12,
    type: 'Request',
    tech: 1,
    comments: [['user', 12, 'I got married, please change the name shown in mail.']],
  },
  {
    number: 4817,
    person: 'marcus',
    title: 'Plotter driver after update',
    status: 'Open',
    hoursAgo: 20,
    tech: 0,
    comments: [['user', 20, 'The plotter prints only half of each plan.']],
  },
  {
    number: 4816,
    person: 'brightinfo',
    title: 'Phone line crackles',
    status: 'Open',
    hoursAgo: 24,
    tech: null,
    comments: [['user', 24, 'The desk phone crackles on every call.']],
  },
  {
    number: 4815,
    person: 'alex1',
    title: 'Scanner app logs me out',
    status: 'Open',
    hoursAgo: 28,
    tech: 1,
    comments: [['user', 28, 'Every ten minutes I have to log in again.']],
  },
  {
    number: 4814,
    person: 'hank',
    title: 'Forklift tablet does not charge',
    status: 'Open',
    hoursAgo: 30,
    tech: 0,
    comments: [['user', 30, 'The tablet on forklift two does not charge.']],
  },
  {
    number: 4813,
    person: 'layla',
    title: 'الطابعة لا تعمل',
    status: 'Open',
    hoursAgo: 40,
    tech: 1,
    comments: [['user', 40, 'الطابعة في المكتب لا تعمل منذ الصباح.']],
  },
  {
    number: 4811,
    person: 'yuki',
    title: 'メールが送信できません',
    status: 'Open',
    hoursAgo: 60,
    tech: 0,
    comments: [['user', 60, '今朝からメールが送信できません。']],
  },
  {
    number: 4810,
    person: 'wendy',
    title: 'Label printer needs paper size',
    status: 'Open',
    hoursAgo: 64,
    tech: 0,
    comments: [['user', 64, 'The labels come out shifted.']],
  },
  {
    number: 4809,
    person: 'peter',
    title: 'Hand over of admin accounts',
    status: 'Closed',
    hoursAgo: 2000,
    tech: 0,
    comments: [['user', 2000, 'I am leaving, please take over the accounts.']],
  },
  {
    number: 4808,
    person: 'hostile',
    title: '<script>alert("ticket")</script> Screen flickers <img src=x onerror=alert(4)>',
    status: 'Open',
    hoursAgo: 70,
    tech: 1,
    comments: [
      ['user', 70, '<b>Hello</b><iframe src="javascript:alert(5)"></iframe> my screen flickers.'],
      ['note', 69, HOSTILE_NOTE],
    ],
  },
  {
    number: 4807,
    person: 'verylong',
    title: `Everything is slow ${'and then it is slower '.repeat(24)}`,
    status: 'Open',
    hoursAgo: 75,
    tech: 0,
    comments: [['user', 75, `It started on Monday. ${'Then it became slower. '.repeat(400)}`]],
  },
  {
    number: 4806,
    person: 'samuel',
    title: 'Quarterly access review',
    status: 'Pending',
    hoursAgo: 80,
    type: 'Request',
    tech: 1,
    comments: [['user', 80, 'Please send the list of accounts for our review.']],
  },
  {
    number: 4805,
    person: 'noam',
    title: 'אין גישה לתיקייה המשותפת',
    status: 'Open',
    hoursAgo: 90,
    tech: 1,
    comments: [['user', 90, 'אין לי גישה לתיקייה המשותפת.']],
  },
  {
    number: 4804,
    person: 'eleni',
    title: 'Δεν ανοίγει το λογιστικό πρόγραμμα',
    status: 'Open',
    hoursAgo: 95,
    tech: 0,
    comments: [['user', 95, 'Το πρόγραμμα κλείνει αμέσως.']],
  },
  {
    number: 4803,
    person: 'olga',
    title: 'Не открывается база',
    status: 'Resolved',
    hoursAgo: 120,
    tech: 1,
    comments: [['user', 120, 'База не открывается после обновления.']],
  },
  {
    number: 4802,
    person: 'kenji',
    title: 'Old meeting room display',
    status: 'Closed',
    hoursAgo: 500,
    tech: 0,
    comments: [['user', 500, 'The display in room two shows no signal.']],
  },
  {
    number: 4801,
    person: 'mabel',
    title: 'Card terminal offline on Saturdays',
    status: 'Open',
    hoursAgo: 130,
    tech: 0,
    comments: [['user', 130, 'Every Saturday at ten the terminal loses the network.']],
  },
  {
    number: 4800,
    person: 'nora',
    title: 'Export to the bank fails',
    status: 'Waiting for vendor',
    hoursAgo: 140,
    tech: 1,
    comments: [['user', 140, 'The bank refuses the file.']],
  },
];

/** `due` in hours from now; overdue when negative. */
export const TASKS: [person: string, title: string, body: string, dueInHours: number, done: boolean][] = [
  [
    'dana',
    'Send renewal offer',
    'The contract ends in January. <b>Mention the new printer lease.</b>',
    -72,
    false,
  ],
  ['dana', 'Call back about the practice software', 'She asked for a quote for three seats.', -20, false],
  ['oscar', 'Ask for a review', '', 120, false],
  ['samuel', 'Prepare the yearly meeting', 'Bring the uptime report.', 200, false],
  ['samuel', 'Send the access list', '', -300, true],
  ['hostile', '<img src=x onerror=alert(6)> check order', '<script>alert(7)</script>', 10, false],
  ['mabel', 'Thank her for the cake', '', -5, false],
];

export const NOTES: [person: string, hoursAgo: number, body: string][] = [
  [
    'dana',
    30,
    '<p>Prefers to be called before <strong>10 am</strong>.&nbsp;Decides about all IT spending of the practice.</p>',
  ],
  ['dana', 200, 'Interested in a managed printer lease; wants to compare with the current costs first.'],
  ['dana', 420, HOSTILE_NOTE],
  ['dana', 1500, 'Met at the dental fair. Brought by a recommendation of Mabel Tanner.'],
  ['oscar', 50, 'Plays the cello. Very patient on the phone.'],
  ['hostile', 20, HOSTILE_NOTE],
  ['verylong', 25, 'A very long note. '.repeat(600)],
  ['samuel', 60, 'Wants reports as PDF only.'],
  ['yuki', 70, '日本語での連絡を希望。'],
];

/** Days from today's date (UTC), and time of day in the location's time zone. */
export const APPOINTMENTS: [
  person: string,
  title: string,
  day: number,
  time: string,
  minutes: number,
  status: string,
][] = [
  ['dana', 'Printer lease review', 2, '14:00:00', 30, 'confirmed'],
  ['samuel', 'Yearly meeting', 9, '10:30:00', 60, 'confirmed'],
  ['mabel', 'Site visit', -12, '09:00:00', 45, 'showed'],
];

export const CONVERSATIONS: [
  person: string,
  type: string,
  message: string,
  hoursAgo: number,
  unread: number,
][] = [
  ['dana', 'TYPE_EMAIL', 'Thanks, talk to you then!', 26, 1],
  ['oscar', 'TYPE_SMS', 'Works again, thank you', 40, 0],
  ['wendy', 'TYPE_SMS', 'Could you call me after four?', 8, 2],
  ['hostile', 'TYPE_EMAIL', '<script>alert(8)</script>', 12, 0],
  ['lead2', 'TYPE_LIVE_CHAT', 'Hello, do you also do websites?', 5, 1],
];
