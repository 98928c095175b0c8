import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openHome } from '../../e2e/support/home.ts';
import type { Home } from '../../e2e/support/home.ts';
import { hasPrograms, reportLeftOut } from '../../support/needs.ts';
import { openPacked } from '../../support/packed.ts';
import { openPerson, words } from '../harness/person.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

// Not every Node follows faketime.
const followsFaketime = (): boolean => {
  const args = ['-f', '2001-02-03 04:05:06', process.execPath, '-p', 'new Date().getFullYear()'];
  return spawnSync('faketime', args, { encoding: 'utf8' }).stdout === '2001\n';
};
const tests = 'clocks set back and summer time';
const canTell = hasPrograms(tests, 'faketime') && followsFaketime();
if (!canTell) reportLeftOut(tests, 'nothing can give this Node another time');

const at = (home: Home, zone: string, moment: string, args: readonly string[], input?: string) =>
  home.start('faketime', ['-f', moment, home.rupture, ...args], { input, env: { TZ: zone } });
const noteOf = (home: Home): string => readFileSync(join(home.folder, home.notes().at(-1) ?? ''), 'utf8');

const moments: readonly (readonly [zone: string, moment: string, day: string, offset: string])[] = [
  ['Europe/Berlin', '2026-03-29 01:59:58', '2026-03-29', '+01:00'],
  ['Europe/Berlin', '2026-03-29 03:00:02', '2026-03-29', '+02:00'],
  ['Europe/Berlin', '2026-10-25 00:30:00', '2026-10-25', '+02:00'],
  ['Europe/Berlin', '2026-10-25 23:59:58', '2026-10-25', '+01:00'],
  ['America/New_York', '2026-03-08 00:00:01', '2026-03-08', '-05:00'],
  ['America/New_York', '2026-11-01 23:30:00', '2026-11-01', '-05:00'],
  ['Pacific/Kiritimati', '2026-05-01 00:00:01', '2026-05-01', '+14:00'],
  ['Pacific/Niue', '2026-05-01 23:59:58', '2026-05-01', '-11:00'],
  ['Asia/Kathmandu', '2026-05-01 00:10:00', '2026-05-01', '+05:45'],
  ['America/St_Johns', '2026-07-01 23:50:00', '2026-07-01', '-02:30'],
  ['Australia/Lord_Howe', '2026-04-05 12:00:00', '2026-04-05', '+10:30'],
];

test.skipIf(!canTell).each(moments)(
  'in %s at %s the session is of that day, and stays so everywhere',
  (zone, moment, day, offset) => {
    const home = openHome(rupture);
    expect(at(home, zone, moment, ['reflect', '-m', words.now]).code).toBe(0);
    const note = noteOf(home);
    expect(note).toContain(`session: ${day}\n`);
    expect(/^created: (\S{10})\S*?([+-]\d\d:\d\d)$/m.exec(note)?.slice(1)).toEqual([day, offset]);
    for (const other of ['Pacific/Kiritimati', 'Pacific/Niue', 'UTC'])
      expect(home.run(['list', '--format', 'json'], { env: { TZ: other } }).out).toContain(
        `"session": "${day}"`,
      );
    process.stdout.write(`clock, ${zone} ${moment}: ${day} ${offset}\n`);
  },
);

test.skipIf(!canTell)(
  'yesterday and the age of a moment count calendar days across both clock changes',
  () => {
    for (const [moment, before, after] of [
      ['2026-03-29 12:00:00', '2026-03-28', '2026-03-30 00:30:00'],
      ['2026-10-25 12:00:00', '2026-10-24', '2026-10-26 00:30:00'],
    ] as const) {
      const home = openHome(rupture);
      at(home, 'Europe/Berlin', moment, ['reflect', '-m', words.now, '--date', 'yesterday']);
      expect(noteOf(home)).toContain(`session: ${before}\n`);
      expect(at(home, 'Europe/Berlin', after, ['summary', '--format', 'json']).out).toContain(
        '"age_days": 2',
      );
    }
  },
);

test.skipIf(!canTell)(
  'a clock that goes back a year loses no draft, breaks no lock and stops no command',
  async () => {
    const home = await openPerson(rupture, one => {
      mkdirSync(join(one.folder, '.rupture'), { recursive: true });
      // A lock of an ended run, from when the clock was a year ahead.
      writeFileSync(
        join(one.folder, '.rupture', 'lock'),
        JSON.stringify({ pid: 4_194_303, host: hostname(), start: Date.now() + 365 * 86_400_000, mark: 'x' }),
        { mode: 0o600 },
      );
    });
    const early = '2025-01-05 12:00:00';
    expect(at(home, 'UTC', early, ['mark', 'kaaaa2', 'repaired', '--note', words.now]).code).toBe(0);
    expect(at(home, 'UTC', early, ['reflect', '--resume'], '').code).toBe(0);
    expect(at(home, 'UTC', early, ['reflect', '-m', 'A year back.']).code).toBe(0);
    for (const args of [['summary'], ['list'], ['patterns'], ['undo']])
      expect([args, at(home, 'UTC', early, args).code]).toEqual([args, 0]);
    const all = home
      .notes()
      .map(name => readFileSync(join(home.folder, name), 'utf8'))
      .join('\n');
    for (const text of [words.planned, words.open, words.draft, words.now]) expect(all).toContain(text);
    process.stdout.write('clock, a year back: draft taken up, lock of the future put away, nothing lost\n');
  },
);

test.skipIf(!canTell)('detects a shifted session day (control)', () => {
  const wrong = spawnSync(
    'faketime',
    [
      '-f',
      '2026-05-01 00:00:01',
      process.execPath,
      '-e',
      'process.stdout.write(new Date().toISOString().slice(0, 10))',
    ],
    { encoding: 'utf8', env: { ...process.env, TZ: 'Pacific/Kiritimati' } },
  ).stdout;
  expect(wrong).toBe('2026-04-30');
  process.stdout.write('clock, control: a day that is taken from UTC is another one\n');
});
