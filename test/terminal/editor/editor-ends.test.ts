import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCopyEditor, openTextEditor } from '../../../src/terminal/editor/external-editor.ts';

let place: string;
let folder: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'rupture-editor-'));
  folder = join(place, 'editor');
  mkdirSync(folder, { mode: 0o700 });
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const given = 'What was there.\n';
const env = { PATH: process.env['PATH'], TMPDIR: '/nowhere' };

/**
 * An editor that runs lines of sh on the file, `$1`; it notes what others may do with the file and its
 * folder.
 */
function editor(lines: string): string {
  const path = join(place, 'an editor');
  writeFileSync(
    path,
    `#!/bin/sh\numask 000\n{ stat -c %a "$1" "$(dirname "$1")" 2>/dev/null || stat -f %Lp "$1" "$(dirname "$1")"; } > '${place}/modes'\n${lines}\n`,
  );
  chmodSync(path, 0o700);
  return `'${path}'`;
}

/** Opens the text in both kinds of editor, one after the other, and returns both results. */
async function ends(
  lines: string,
): Promise<
  readonly { readonly is: string; readonly path: string | undefined; readonly left: readonly string[] }[]
> {
  const commands = [editor(lines)];
  const found = [];
  for (const open of [openTextEditor, openCopyEditor]) {
    const end = await open({ commands, folder, env, platform: process.platform })(given);
    const named = end.is === 'refused' ? end.params['path'] : undefined;
    const path = named === undefined ? undefined : String(named);
    found.push({
      is: end.is,
      path,
      left: readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map(name => name.split('/').at(-1) ?? '')
        .filter(name => !name.startsWith('rupture-')),
    });
    expect(readFileSync(join(place, 'modes'), 'utf8')).toBe('600\n700\n');
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  }
  return found;
}

const signals = [
  'HUP',
  'INT',
  'QUIT',
  'ILL',
  'TRAP',
  'ABRT',
  'BUS',
  'FPE',
  'KILL',
  'USR1',
  'SEGV',
  'USR2',
  'PIPE',
  'ALRM',
  'TERM',
  'XCPU',
  'XFSZ',
  'VTALRM',
  'PROF',
  'SYS',
];

describe.each(signals)('an editor that is ended by SIG%s', signal => {
  // Prevent core dumps with a text on disk.
  const end = `ulimit -c 0; kill -${signal} $$; sleep 5`;

  it('leaves nothing if it wrote nothing', async () => {
    expect(await ends(end)).toEqual([
      { is: 'refused', path: undefined, left: [] },
      { is: 'refused', path: undefined, left: [] },
    ]);
  });

  it('leaves its written file, which is named', async () => {
    const found = await ends(`echo 'Half a thought.' >> "$1"; ${end}`);
    expect(found.map(({ is, path, left }) => [is, path?.endsWith('/text.md'), left])).toEqual([
      ['refused', true, ['text.md']],
      ['refused', true, ['text.md']],
    ]);
  });

  it('leaves text in its own swap file, which is named', async () => {
    const found = await ends(`echo 'Half a thought.' > "$(dirname "$1")/.text.md.swp"; ${end}`);
    expect(found.map(({ is, path }) => [is, path?.endsWith('/.text.md.swp')])).toEqual([
      ['refused', true],
      ['refused', true],
    ]);
  });
});

describe('an editor that', () => {
  it.each([
    [
      'leaves its own files beside the text',
      'cp "$1" "$1~"; echo x > "$(dirname "$1")/.text.md.swp"; echo More. >> "$1"',
    ],
    ['writes a new file in the place of the old', 'echo More. > "$1.new"; mv "$1.new" "$1"'],
    ['changes nothing', ':'],
  ])('%s and exits with 0 returns its text and leaves nothing', async (_what, lines) => {
    const text = await openTextEditor({ commands: [editor(lines)], folder, env, platform: process.platform })(
      given,
    );
    if (text.is === 'text') text.done();
    const copy = await openCopyEditor({ commands: [editor(lines)], folder, env, platform: process.platform })(
      given,
    );
    if (copy.is === 'text') copy.remove();
    expect([text.is, copy.is, readdirSync(folder)]).toEqual(['text', 'text', []]);
  });

  it.each([
    ['ends badly', 'exit 3'],
    ['ends badly after a touch', 'touch "$1"; exit 1'],
    ['takes the file away', 'rm "$1"'],
  ])('%s and wrote nothing leaves nothing', async (_what, lines) => {
    expect((await ends(lines)).map(({ is, left }) => [is, left])).toEqual([
      ['refused', []],
      ['refused', []],
    ]);
  });

  it.each([
    ['gives back bytes that are no UTF-8', 'printf "Zo\\353" > "$1"'],
    ['ends badly with something written', 'echo More. >> "$1"; exit 1'],
    ['takes the file away and leaves another', 'mv "$1" "$1.bak"; echo More. >> "$1.bak"; true'],
  ])('%s leaves the file, which is named', async (_what, lines) => {
    const found = await ends(lines);
    expect(found.map(({ is, path, left }) => [is, left.includes(path?.split('/').at(-1) ?? '?')])).toEqual([
      ['refused', true],
      ['refused', true],
    ]);
  });
});

describe('a command in shell syntax', () => {
  // A script that prints its name and adds a line to its last argument.
  const program = (name: string): string => {
    mkdirSync(join(place, 'my ed'), { recursive: true });
    const path = join(place, 'my ed', name);
    writeFileSync(
      path,
      `#!/bin/sh\nfor last; do :; done; echo "$# $1" > '${place}/called'; echo mine >> "$last"\n`,
    );
    chmodSync(path, 0o700);
    return path;
  };
  const edit = async (command: string) => {
    const options = {
      commands: [command],
      folder,
      env: { ...env, HOME: place, ED: 'ed' },
      platform: process.platform,
    };
    const end = await openTextEditor(options)(given);
    return end.is === 'text' ? end.text : end.key;
  };

  it.each([
    ['an escaped blank', () => `${place}/my\\ ed/ed -w`],
    ['quotes', () => `"${place}/my ed/ed" -w`],
    ['a variable', () => '"$HOME/my ed/$ED" -w'],
    ['a home', () => '~/my\\ ed/ed -w'],
    ['an assignment', () => `X=1 '${place}/my ed/ed' -w`],
    ['two commands', () => `cd / && '${place}/my ed/ed' -w`],
  ])('is found: %s', async (_name, command) => {
    program('ed');
    expect(await edit(command())).toBe('What was there.\nmine');
    expect(readFileSync(join(place, 'called'), 'utf8')).toBe('2 -w\n');
  });

  it('is found if the whole command is the path of a file', async () => {
    expect(await edit(program('ed'))).toBe('What was there.\nmine');
  });

  it('has the flags that keep vim from leaving traces', async () => {
    program('vim');
    await edit('"$HOME/my ed/vim"');
    expect(readFileSync(join(place, 'called'), 'utf8')).toMatch(/^\d -n\n$/);
  });

  it('that does not exist is reported missing', async () => {
    expect([await edit('$HOME/none'), await edit('~/none -w'), await edit('none-of-that-name')]).toEqual([
      'editor_missing',
      'editor_missing',
      'editor_missing',
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that a signal ends counts as ended, not as failed', async () => {
    const path = program('ed');
    writeFileSync(path, '#!/bin/sh\nkill -TERM $$; sleep 5\n');
    expect(await edit('"$HOME/my ed/ed"')).toBe('editor_killed_unchanged');
  });
});

describe('an editor that returns immediately', () => {
  const clock = (after: number) => {
    const times = [0, after];
    return () => times.shift() ?? after;
  };
  const opened = [
    ['a text', openTextEditor],
    ['a copy', openCopyEditor],
  ] as const;

  it.each(opened)('without a change gets a hint, and its file stays: %s', async (_name, open) => {
    const commands = [editor(':')];
    const end = await open({ commands, folder, env, platform: process.platform, now: clock(300) })(given);
    const { path, ...params } = end.is === 'text' ? {} : end.params;
    expect([readFileSync(String(path), 'utf8'), params]).toEqual([given, { command: commands[0] }]);
    expect(end).toMatchObject(
      open === openTextEditor ? { is: 'refused', key: 'editor_at_once' } : { is: 'at-once' },
    );
  });

  it.each(opened)('with a change is treated like any editor: %s', async (_name, open) => {
    const end = await open({
      commands: [editor('echo mine >> "$1"')],
      folder,
      env,
      platform: process.platform,
      now: clock(300),
    })(given);
    expect(end.is === 'text' && end.text.trim()).toBe(`${given}mine`);
  });

  it.each(opened)(
    'gets no hint if it waits, has a waiting flag, or takes its time: %s',
    async (_name, open) => {
      const told = await open({
        commands: [`${editor(':')} --wait`],
        folder,
        env,
        platform: process.platform,
        now: clock(300),
      })(given);
      const slow = await open({
        commands: [editor(':')],
        folder,
        env,
        platform: process.platform,
        now: clock(5000),
      })(given);
      expect([told.is, slow.is]).toEqual(['text', 'text']);
    },
  );
});

describe('an editor that replaces the file with something else', () => {
  interface Left {
    readonly key: string;
    readonly path: string | undefined;
    readonly left: readonly string[];
  }
  const both = async (lines: string): Promise<readonly Left[]> => {
    const found = [];
    for (const open of [openTextEditor, openCopyEditor]) {
      const end = await open({ commands: [editor(lines)], folder, env, platform: process.platform })(given);
      if (end.is !== 'refused') throw new Error(`taken for a text: ${end.is}`);
      const { path } = end.params;
      found.push({
        key: end.key.replace(/^terminal\./, ''),
        path: path === undefined ? undefined : String(path),
        left: readdirSync(folder),
      });
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    }
    return found;
  };

  // The program must not block: reading the first two would never return.
  it.each([
    ['a pipe', 'rm "$1"; mkfifo "$1"'],
    ['a pipe with another one beside it', 'rm "$1"; mkfifo "$1" "$1.swp"'],
    [
      'a socket',
      'rm "$1"; node -e "require(\'net\').createServer().listen(process.argv[1], () => process.kill(process.pid, \'SIGKILL\'))" "$1"; true',
    ],
    ['an empty folder', 'rm "$1"; mkdir "$1"'],
    ['a link to a device', 'rm "$1"; ln -s /dev/zero "$1"'],
    ['a link to a file', 'echo elsewhere > "$(dirname "$1")/../../other"; rm "$1"; ln -s ../../other "$1"'],
    ['a link to nothing', 'rm "$1"; ln -s nowhere "$1"'],
  ])('is refused, and nothing stays: %s', async (_name, lines) => {
    const refused = { key: 'editor_not_file', path: undefined, left: [] };
    expect(await both(lines)).toEqual([refused, refused]);
  });

  it('is refused and named if it may contain words', async () => {
    for (const [lines, key] of [
      ['rm "$1"; mkdir "$1"; echo mine > "$1/part"', 'editor_not_file_kept'],
      ['mkfifo "$1.swp"; echo mine > "$1.new"; rm "$1"', 'editor_gone_kept'],
    ] as const) {
      const found = await both(lines);
      expect(found.map(one => [one.key, one.path?.includes('text.md'), one.left.length])).toEqual([
        [key, true, 1],
        [key, true, 1],
      ]);
    }
  });

  it('is refused if its whole folder is gone', async () => {
    const refused = { key: 'editor_gone', path: undefined, left: [] };
    expect(await both('rm -r "$(dirname "$1")"')).toEqual([refused, refused]);
  });
});
