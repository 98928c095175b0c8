import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cancelled } from '../../../src/errors.ts';
import { treeOf } from '../../storage/tree.ts';
import { answer, clockAt, finish, openPlace, run, seededChance } from '../../support/world.ts';
import type { Line, Place, Ran, Setting } from '../../support/world.ts';

let place: Place;
let random = seededChance();
beforeEach(() => {
  place = openPlace();
  random = seededChance();
});
afterEach(() => place.remove());

const go = (args: readonly string[], setting: Partial<Setting> = {}): Promise<Ran> =>
  run(args, { place, input: setting.script === undefined ? '' : undefined, chance: random, ...setting });
const keep = async (text: string, now = clockAt()): Promise<string> =>
  (await go(['reflect', '-m', text], { now })).out.trim();
const idIn = (path: string): string => /-([a-z0-9]{6})\.md$/.exec(path)?.[1] ?? '';
const below = (name: string): string[] =>
  existsSync(join(place.folder, '.rupture', name)) ? readdirSync(join(place.folder, '.rupture', name)) : [];
const sure = (yes: boolean): readonly Line[] => [['sure', answer(yes)]];

/** An editor that runs a line of sh on the file, `$1`. */
const editor = (line: string): Readonly<Record<string, string>> => {
  const path = join(place.home, 'my editor');
  writeFileSync(path, `#!/bin/sh\nPATH=/usr/bin:/bin\n${line}\n`);
  chmodSync(path, 0o755);
  return { EDITOR: `'${path}'` };
};

describe('undo reverts every command that writes:', () => {
  const twenty = clockAt('2026-03-20T19:00:00.000-05:00');
  const file = (text: string): Partial<Setting> => ({ input: text });
  const writes: readonly (readonly [
    string,
    (ids: readonly string[]) => readonly string[],
    Partial<Setting>?,
  ])[] = [
    ['reflect -m', () => ['reflect', '-m', 'Another one.']],
    [
      'reflect --answers',
      () => ['reflect', '--answers', '-'],
      file('sit: bothered\nwhat: They sighed.\nsize: 4\n'),
    ],
    [
      'reflect, with the way back in the earlier moment',
      () => ['reflect', '--answers', '-'],
      file('sit: bothered\nwhat: Again.\nkinds: [repeat]\nrepeat_of: ONE\n'),
    ],
    [
      'reflect, when a line was crossed',
      () => ['reflect', '--answers', '-'],
      file('sit: line\nwhat: They shouted.\n'),
    ],
    [
      'patterns, when a kind is added',
      () => ['patterns', '--bring'],
      {
        outIsTerminal: true,
        script: [
          ['look_together', answer('add')],
          ['hope', answer('That they ask.')],
        ],
      },
    ],
    [
      'prep',
      ([one = '']) => ['prep', one, '--answers', '-'],
      file('how: say\nopening_line: It is about the clock.\n'),
    ],
    [
      'prep of two',
      ([one = '', two = '']) => ['prep', one, two, '--answers', '-'],
      file('how: say\nput_on_list: true\n'),
    ],
    ['follow-up', ([one = '']) => ['follow-up', one, '--answers', '-'], file('came_up: i-said-it\n')],
    [
      'let-go',
      ([one = '']) => ['let-go', one, '--answers', '-'],
      file('ready: true\nlet_go_reason: smaller\nsize: 1\n'),
    ],
    ['reopen', ([, , three = '']) => ['reopen', three]],
    ['mark', ([one = '']) => ['mark', one, 'repaired', '--size', '1', '--note', 'We talked.']],
    ['edit', ([one = '']) => ['edit', one]],
    ['delete', ([one = '', two = '']) => ['delete', one, two, '--yes']],
    ['delete --all', () => ['delete', '--all', '--yes']],
    ['trash restore', () => ['trash', 'restore', 'last']],
  ];

  it.each(writes.map(([name, line, setting]) => [name, { line, setting: setting ?? {} }] as const))(
    '%s',
    async (_name, { line, setting }) => {
      const paths = [
        await keep('The clock.'),
        await keep('The joke.'),
        await keep('The bill.'),
        await keep('Gone.'),
      ];
      const ids = paths.map(idIn);
      // A kind named three times, for patterns.
      for (const path of paths.slice(0, 3))
        writeFileSync(path, readFileSync(path, 'utf8').replace('\ntitle:', '\nkinds: [dismissed]\ntitle:'));
      await go(['mark', ids[2] ?? '', 'let-go']);
      await go(['delete', ids[3] ?? '', '--yes']);
      const before = treeOf(place.folder);
      const ran = await go(line(ids), {
        now: twenty,
        env: editor('printf "\\nMine.\\n" >> "$1"'),
        ...setting,
        ...(setting.input === undefined ? {} : { input: setting.input.replace('ONE', ids[0] ?? '') }),
      });
      expect([ran.exit, ran.err]).toEqual([0, expect.anything()]);
      expect(treeOf(place.folder)).not.toEqual(before);
      const undone = await go(['undo'], { now: twenty });
      expect([undone.exit, undone.out]).toEqual([0, '']);
      expect(undone.err).toContain(`Took back what ${line(ids)[0]} did on 2026-03-20 at 19:00:`);
      expect(treeOf(place.folder)).toEqual(before);
    },
  );

  it('one after the other, down to an empty folder', async () => {
    const path = await keep('The clock.');
    await go(['mark', 'last', 'planned']);
    await go(['mark', 'last', 'raised', '--note', 'Said it.']);
    await go(['delete', 'last', '--yes']);
    for (let times = 0; times < 4; times++) expect((await go(['undo'])).exit).toBe(0);
    expect(existsSync(path)).toBe(false);
    expect((await go(['undo'])).err).toContain('nothing to take back');
  });

  it('a deletion that was restored by hand, and the restoring', async () => {
    const path = await keep('The clock.');
    await go(['delete', 'last', '--yes']);
    await go(['trash', 'restore', 'last']);
    expect((await go(['undo'])).exit).toBe(0);
    expect(existsSync(path)).toBe(false);
    expect((await go(['undo'])).exit).toBe(0);
    expect(existsSync(path)).toBe(true);
  });
});

describe('deleting', () => {
  it('shows titles on a terminal, and defaults to no', async () => {
    const path = await keep('The clock.');
    const ran = await go(['delete', 'last'], {
      script: [
        [
          'sure',
          screen => {
            expect([screen.kind, screen.given, screen.skippable, screen.words]).toEqual([
              'confirm',
              false,
              false,
              'Move to the trash?',
            ]);
            return answer(false);
          },
        ],
      ],
    });
    expect(ran.err).toContain('- The clock (');
    expect(ran.err).toContain('Nothing was removed.');
    expect(existsSync(path)).toBe(true);
    await go(['delete', 'last'], { script: [['sure', finish]] });
    expect(existsSync(path)).toBe(true);
    await go(['delete', 'last'], { script: sure(true) });
    expect(existsSync(path)).toBe(false);
  });

  it('is refused as a whole without a terminal, and touches nothing', async () => {
    await keep('The clock.');
    const before = treeOf(place.folder, []);
    const ran = await go(['delete', '--all', '--forever']);
    expect(ran.exit).toBe(2);
    expect(ran.err).not.toContain('The clock');
    expect(treeOf(place.folder, [])).toEqual(before);
  });

  it('deletes an unreadable note by its name, and leaves foreign files', async () => {
    const path = await keep('The clock.');
    writeFileSync(path, '---\nrupture: 1\nid: [');
    writeFileSync(join(place.folder, 'ideas.md'), '# Mine');
    expect((await go(['delete', idIn(path), '--yes'])).exit).toBe(0);
    expect(readdirSync(place.folder).filter(name => !name.startsWith('.'))).toEqual(['ideas.md']);
    await go(['undo']);
    expect(readFileSync(path, 'utf8')).toBe('---\nrupture: 1\nid: [');
    expect((await go(['delete', '--all', '--forever', '--yes'])).err).toContain('left as they are: ideas.md');
    expect(readdirSync(place.folder)).toEqual(['ideas.md']);
  });

  it('says in ten lines what became of twelve notes that are brought back', async () => {
    for (let at = 0; at < 12; at++) await keep(`Note ${at}.`);
    const before = treeOf(place.folder);
    await go(['delete', '--all', '--yes']);
    const { exit, err } = await go(['undo']);
    expect({ exit, after: treeOf(place.folder) }).toEqual({ exit: 0, after: before });
    expect([err.match(/ is back/g)?.length, /^- and 3 more$/m.test(err)]).toEqual([9, true]);
  });

  it('explains how to name a note whose id looks like a flag', async () => {
    mkdirSync(place.folder, { recursive: true });
    const text = (status: string): string =>
      `---\nrupture: 1\nid: "--all"\nsession: 2026-03-01\nstatus: ${status}\n---\n`;
    writeFileSync(join(place.folder, 'one.md'), text('open'));
    await keep('Another.');
    expect(
      (await go(['edit', '--', '--all'], { env: editor(': > "$1"') })).err.replace(/\s+/g, ' '),
    ).toContain('rupture delete -- --all removes it');
    writeFileSync(join(place.folder, 'one.md'), text('set-aside'));
    const apart = (await go(['prep', '--', '--all'])).err.replace(/\s+/g, ' ');
    expect(apart).toContain('rupture show -- --all opens it. rupture reopen -- --all puts it back');
    expect((await go(['delete', '--yes', '--', '--all'])).exit).toBe(0);
    expect(readdirSync(place.folder).filter(name => name.endsWith('.md'))).toHaveLength(1);
  });

  it('also deletes copies that a sync program has made', async () => {
    const path = await keep('The clock.');
    writeFileSync(path.replace('.md', ' (conflicted copy).md'), readFileSync(path));
    expect((await go(['delete', 'last', '--yes'])).err).toContain('2 files are in the trash');
    expect((await go(['trash', 'restore', 'last'])).exit).toBe(0);
    const second = await go(['trash', 'restore', 'last']);
    expect(second.exit).toBe(0);
    expect(second.err.replace(/\s+/g, ' ')).toContain('was left as it is');
  });

  it('names backups and synced folders', async () => {
    await keep('The clock.');
    expect((await go(['delete', 'last', '--yes'])).err).toContain(
      'Backups and synced folders may still hold copies.',
    );
  });
});

describe('editing', () => {
  it('saves the edited text byte for byte', async () => {
    const path = await keep('The clock.');
    writeFileSync(path, `\ufeff${readFileSync(path, 'utf8').replaceAll('\n', '\r\n')}no end`);
    const ran = await go(['edit', 'last'], {
      env: editor(
        `printf " of lines" >> "$1"; { stat -c %a "$1" "$(dirname "$1")" 2>/dev/null || stat -f %Lp "$1" "$(dirname "$1")"; } > ${join(place.home, 'modes')}`,
      ),
    });
    expect(readFileSync(join(place.home, 'modes'), 'utf8')).toBe('600\n700\n');
    expect([ran.exit, ran.err]).toEqual([0, `${idIn(path)}: changed.\n`]);
    expect(readFileSync(path, 'utf8')).toMatch(/^\ufeff---\r\nrupture: 1\r\n[^]*no end of lines$/);
    expect(below('editor')).toEqual([]);
  });

  it('leaves a status that was set by hand without a line of history', async () => {
    const path = await keep('The clock.');
    await go(['edit', 'last'], { env: editor('sed -i "s/^status: open/status: repaired/" "$1"') });
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('status: repaired\n');
    expect(text.match(/repaired/g)).toHaveLength(1);
  });

  it.each([
    ['an empty file', ': > "$1"', 1, 'was empty'],
    ['a failure, nothing written', 'exit 3', 1, 'ended with 3'],
    ['a kill, nothing written', 'kill -9 $$', 1, 'nothing was changed'],
    ['no file at all', 'rm "$1"', 1, 'left no text'],
  ])('%s leaves the file as it was and no copy', async (_name, line, exit, said) => {
    await keep('The clock.');
    const before = treeOf(place.folder);
    const ran = await go(['edit', 'last'], { env: editor(line) });
    expect([ran.exit, ran.err]).toEqual([exit, expect.stringContaining(said)]);
    expect(treeOf(place.folder)).toEqual(before);
    expect(below('editor')).toEqual([]);
  });

  it('an editor that returns immediately without a change gets a hint, and its copy stays', async () => {
    await keep('The clock.');
    const before = treeOf(place.folder);
    const ran = await go(['edit', 'last'], { env: editor(':') });
    const left = /(\/\S+\/text\.md)/.exec(ran.err.replaceAll('\n', ''))?.[1] ?? '';
    expect([ran.exit, ran.err.replaceAll('\n', ' ')]).toEqual([0, expect.stringContaining('--wait')]);
    expect(readFileSync(left, 'utf8')).toContain('The clock.');
    rmSync(dirname(left), { recursive: true });
    expect(treeOf(place.folder)).toEqual(before);
    // After a while, an unchanged text is intended.
    let ms = 0;
    const slow = await go(['edit', 'last'], {
      env: editor(':'),
      now: () => ({ ...clockAt()(), ms: (ms += 3000) }),
    });
    expect([slow.exit, slow.err, below('editor')]).toEqual([
      0,
      expect.stringContaining('nothing changed'),
      [],
    ]);
  });

  it.each([
    ['a failure', 'printf zebra >> "$1"; exit 3'],
    ['a kill', 'printf zebra >> "$1"; kill -9 $$'],
    ['bytes that are no text', 'printf "zebra\\377" >> "$1"'],
  ])('%s saves the written text, and says where', async (_name, line) => {
    await keep('The clock.');
    const before = treeOf(place.folder);
    const ran = await go(['edit', 'last'], { env: editor(line) });
    expect(ran.exit).toBe(1);
    expect(treeOf(place.folder)).toEqual(before);
    const left = /(\S+\/text\.md)/.exec(ran.err.replaceAll('\n', ''))?.[1] ?? '';
    expect(
      readFileSync(join(place.folder, '.rupture', 'editor', below('editor')[0] ?? '', 'text.md'), 'latin1'),
    ).toContain('zebra');
    expect(left).not.toBe('');
    expect((await go(['edit', 'last'], { env: editor(':') })).err).toContain('text.md');
  });

  it('a missing editor is named', async () => {
    await keep('The clock.');
    const ran = await go(['edit', 'last'], { env: { EDITOR: '/no/such --editor' } });
    expect([ran.exit, ran.err]).toEqual([1, expect.stringContaining('/no/such --editor')]);
  });

  it('the setting comes before VISUAL, and VISUAL before EDITOR', async () => {
    const path = await keep('The clock.');
    const { EDITOR = '' } = editor('echo right >> "$1"');
    await go(['edit', 'last'], { env: { VISUAL: EDITOR, EDITOR: '/no/such' } });
    await go(['config', 'set', 'editor', EDITOR]);
    await go(['edit', 'last'], { env: { VISUAL: '/no/such' } });
    expect(readFileSync(path, 'utf8').match(/right/g)).toHaveLength(2);
  });

  it.each([
    ['front matter that can not be read', 's/^status: open/status: [/', /Line \d+ of 2026-03-12-\w+\.md/],
    ['another id', 's/^id: .*/id: other1/', /Line 3 of .*the id is another one/],
    ['no id', '/^id: /d', /has no id/],
    ['a status that there is not', 's/^status: open/status: opne/', /Line \d+ of .*this status is not known/],
    ['no front matter', '/^---/d', /front matter/],
  ])('%s is named and set aside without a terminal', async (_name, script, said) => {
    await keep('The clock.');
    const before = treeOf(place.folder);
    const ran = await go(['edit', 'last'], { env: editor(`sed -i "${script}" "$1"; echo zebra >> "$1"`) });
    expect(ran.exit).toBe(1);
    expect(ran.err.replaceAll('\n', ' ')).toMatch(said);
    expect(treeOf(place.folder)).toEqual(before);
    expect(below('editor')).toEqual([]);
    expect(
      below('kept').map(name => readFileSync(join(place.folder, '.rupture', 'kept', name), 'utf8')),
    ).toEqual([expect.stringContaining('zebra')]);
    // The note is unchanged, so no message may say that it had changed.
    expect((await go(['doctor'])).out.replaceAll('\n', ' ')).toMatch(
      /is a text that was kept aside and did not go into a note\. Take over/,
    );
  });

  it('offers to continue editing, and accepts the corrected text', async () => {
    const path = await keep('The clock.');
    const env = editor(
      'if grep -q "status: opne" "$1"; then sed -i "s/opne/eased/" "$1"; else sed -i "s/^status: open/status: opne/" "$1"; echo zebra >> "$1"; fi',
    );
    const ran = await go(['edit', 'last'], {
      env,
      script: [
        [
          'edited',
          screen => {
            expect(screen.options.map(({ label }) => label)).toEqual([
              'Edit again',
              'Keep it aside',
              'Leave the file as it was',
            ]);
            expect(screen.given).toBe('again');
            return answer('again');
          },
        ],
      ],
    });
    expect(ran.exit).toBe(0);
    expect(readFileSync(path, 'utf8')).toMatch(/status: eased[^]*zebra/);
    expect([below('editor'), below('kept')]).toEqual([[], []]);
  });

  it.each([
    ['leave', 0, 0],
    ['aside', 1, 1],
  ])('or to %s', async (key, exit, kept) => {
    await keep('The clock.');
    const before = treeOf(place.folder);
    const ran = await go(['edit', 'last'], {
      env: editor('sed -i "s/^status: open/status: opne/" "$1"'),
      script: [['edited', answer(key)]],
    });
    expect([ran.exit, below('kept').length, below('editor')]).toEqual([exit, kept, []]);
    expect(treeOf(place.folder)).toEqual(before);
  });

  it('keeps the copy when the person leaves with Ctrl-C, and names it the next time', async () => {
    await keep('The clock.');
    const env = editor('sed -i "s/^status: open/status: opne/" "$1"');
    const ran = await go(['edit', 'last'], {
      env,
      script: [
        [
          'edited',
          () => {
            throw new Cancelled('SIGINT');
          },
        ],
      ],
    });
    expect([ran.exit, below('editor').length]).toEqual([130, 1]);
    expect((await go(['edit', 'last'], { env: editor(':') })).err.replaceAll('\n', '')).toContain(
      below('editor')[0],
    );
  });

  it('saves both texts if the file was changed elsewhere during the edit', async () => {
    const path = await keep('The clock.');
    const ran = await go(['edit', 'last'], { env: editor(`echo zebra >> "$1"; echo elsewhere >> ${path}`) });
    expect(ran.exit).toBe(5);
    expect(readFileSync(path, 'utf8')).toMatch(/elsewhere\n$/);
    expect(readFileSync(join(place.folder, '.rupture', 'kept', below('kept')[0] ?? ''), 'utf8')).toMatch(
      /zebra\n$/,
    );
    expect(below('editor')).toEqual([]);
    // We wrote nothing, so there is nothing to undo.
    expect((await go(['undo'])).exit).toBe(5);
  });

  it('can repair an unreadable file', async () => {
    const path = await keep('The clock.');
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, whole.replace('status: open', 'status: ['));
    const ran = await go(['edit', idIn(path)], { env: editor('sed -i "s/status: \\[/status: open/" "$1"') });
    expect([ran.exit, ran.err]).toEqual([0, expect.stringContaining('changed')]);
    expect(readFileSync(path, 'utf8')).toBe(whole);
  });
});

describe('the trash', () => {
  it('restores a file to its old folder', async () => {
    const path = await keep('The clock.');
    mkdirSync(join(place.folder, 'spring'));
    const moved = join(place.folder, 'spring', 'mine.md');
    writeFileSync(moved, readFileSync(path));
    await go(['delete', 'last', '--yes']);
    await go(['undo']);
    expect(existsSync(moved)).toBe(true);
  });

  it('is emptied when the person says so', async () => {
    await keep('The clock.');
    await go(['delete', 'last', '--yes']);
    await go(['trash', 'empty'], { script: sure(false) });
    expect((await go(['trash', 'list'])).out).toContain('The clock');
    await go(['trash', 'empty'], { script: sure(true) });
    expect((await go(['trash', 'list'])).out).toBe('');
    expect((await go(['undo'])).err).toContain('nothing to take back');
  });
});

describe('a session after midnight', () => {
  const night = clockAt('2026-03-13T01:30:00.000-05:00');
  const dayIn = (path: string): string => /(\d{4}-\d\d-\d\d)-\w{6}\.md$/.exec(path)?.[1] ?? '';

  it('belongs to the calendar day, unless the person sets when a day ends', async () => {
    expect(dayIn(await keep('It was late.', night))).toBe('2026-03-13');
    expect((await go(['config', 'set', 'day_ends', '4:00'])).err).toContain('4:00');
    const path = await keep('It was late again.', night);
    expect([dayIn(path), readFileSync(path, 'utf8')]).toEqual([
      '2026-03-12',
      expect.stringContaining('session: 2026-03-12\ncreated: 2026-03-13T01:30:00.000-05:00\n'),
    ]);
    expect(readFileSync(path, 'utf8')).toContain('  - 2026-03-12 open\n');
    // All relative days then count from it.
    expect(
      (await go(['reflect', '-m', 'Before that.', '--date', 'yesterday'], { now: night })).out,
    ).toContain('2026-03-11');
    expect((await go(['reflect', '-m', 'Ahead.', '--date', '2026-03-13'], { now: night })).exit).toBe(2);
    expect(dayIn(await keep('In the morning.', clockAt('2026-03-13T04:00:00.000-05:00')))).toBe('2026-03-13');
    expect((await go(['doctor'], { now: clockAt('2026-03-13T05:00:00.000-05:00') })).exit).toBe(0);
    await go(['config', 'unset', 'day_ends']);
    expect(dayIn(await keep('As ever.', night))).toBe('2026-03-13');
  });

  it.each(['12:00', '4 pm', 'late'])('an hour like %j is refused', async hour => {
    const ran = await go(['config', 'set', 'day_ends', hour]);
    expect([ran.exit, ran.err]).toEqual([2, expect.stringContaining(hour)]);
  });

  it('a broken hour in the settings is named by doctor, and help-now works', async () => {
    mkdirSync(place.config, { recursive: true });
    writeFileSync(join(place.config, 'config.json'), '{"day_ends": "late"}');
    expect((await go(['doctor'])).out).toContain('day_ends');
    expect((await go(['help-now'])).exit).toBe(0);
  });
});
