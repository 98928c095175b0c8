import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { hasPrograms } from '../support/needs.ts';
import { filesBelow, filesWith, passphrase } from '../support/sealed.ts';
import { openPacked } from '../support/packed.ts';
import type { Packed } from '../support/packed.ts';
import { startPty } from '../support/pty.ts';
import { keys, openHand, patience, questions } from './support/hand.ts';
import { openHome, type Home } from './support/home.ts';
import { openSealedHome } from './support/encrypted-home.ts';

const secret = 'the clock on the wall';
const hasAge = hasPrograms('opening encrypted notes without rupture', 'age');

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let packed: Packed;
beforeAll(async () => {
  packed = await openPacked();
});

const sealedHome = (): Promise<Home> => openSealedHome(packed.rupture, secret);

describe('an encrypted folder', () => {
  it.skipIf(!hasAge)(
    'is opened by age alone, with the passphrase, and by us when age has sealed a note',
    async () => {
      const home = openHome(packed.rupture);
      expect(home.run(['reflect', '-m', '-'], { input: secret }).code).toBe(0);
      const on = home.onTerminal(['encrypt', 'on']);
      const hand = openHand(on);
      await hand.choose('Which passphrase', 'One of my own');
      await hand.sees('The new passphrase');
      on.write(`${passphrase}${keys.enter}`);
      await hand.sees('type it once more');
      on.write(`${passphrase}${keys.enter}`);
      await hand.choose('Show the recovery key?', 'No');
      await hand.sees('1 file is sealed now.');
      expect((await on.exited).code).toBe(0);
      expect(on.raw()).not.toContain(passphrase);
      const [sealed = ''] = filesBelow(home.folder).filter(name => name.endsWith('.md.age'));
      const pty = startPty('age', [
        '-d',
        '-i',
        join(home.folder, '.rupture', 'identity.age'),
        '-o',
        join(home.root, 'opened'),
        join(home.folder, sealed),
      ]);
      await pty.waitFor('passphrase', patience);
      pty.write(`${passphrase}\r`);
      expect((await pty.exited).code).toBe(0);
      const text = readFileSync(join(home.root, 'opened'), 'utf8');
      expect(text).toContain(secret);
      writeFileSync(join(home.root, 'changed'), text.replace('on the wall', 'on the shelf'));
      const recipient = readFileSync(join(home.folder, '.rupture', 'recipient.txt'), 'utf8').trim();
      writeFileSync(join(home.root, 'pass'), `${passphrase}\n`);
      for (const armor of ['', '-a ']) {
        expect(
          home.shell(
            `age ${armor}-r ${recipient} -o ${join(home.folder, sealed)} ${join(home.root, 'changed')}`,
          ).code,
        ).toBe(0);
        expect(home.shell(`rupture show last --passphrase-fd 3 3< ${join(home.root, 'pass')}`).out).toContain(
          'on the shelf',
        );
      }
    },
  );

  it('asks once, echoes nothing, and asks again after a wrong passphrase', async () => {
    const home = await sealedHome();
    for (const flags of [[], ['--plain']]) {
      const pty = home.onTerminal([...flags, 'search', 'clock']);
      await pty.waitFor('Passphrase of your notes', patience);
      pty.write(`something else${keys.enter}`);
      await pty.waitFor('another one', patience);
      pty.write(`${passphrase.slice(0, -1)}x\u007f${passphrase.slice(-1)}${keys.enter}`);
      await pty.waitFor(/Unlocking[^]*Unlocking[^]*clock/, patience);
      expect((await pty.exited).code).toBe(0);
      expect(pty.raw()).not.toMatch(/something else|correct horse/);
    }
  });

  it('Ctrl-C at the question ends the command, and an empty passphrase leaves it locked', async () => {
    const home = await sealedHome();
    for (const flags of [[], ['--plain']]) {
      for (const [key, code] of [
        [keys.ctrlC, 130],
        [keys.enter, 4],
      ] as const) {
        const pty = home.onTerminal([...flags, 'summary']);
        await pty.waitFor('not shown', patience);
        pty.write(key);
        expect((await pty.exited).code).toBe(code);
      }
    }
  });

  it('encrypts an unfinished text, and offers it after the passphrase', async () => {
    const home = await sealedHome();
    const pty = home.onTerminal(['reflect']);
    const hand = openHand(pty);
    await hand.choose(questions.sit, 'Something is bothering');
    await hand.sees(questions.what);
    pty.write('they looked at the clock again');
    await pty.waitUntil(
      () =>
        existsSync(join(home.folder, '.rupture', 'drafts')) &&
        readdirSync(join(home.folder, '.rupture', 'drafts')).some(name => name.endsWith('.json.age')),
      'a draft',
      patience,
    );
    pty.write(keys.ctrlC);
    expect((await pty.exited).code).toBe(130);
    expect(filesWith(home.root, 'looked at the clock', passphrase)).toEqual([]);
    const again = home.onTerminal(['reflect']);
    await again.waitFor('Passphrase of your notes', patience);
    again.write(`${passphrase}${keys.enter}`);
    await again.waitFor(/Go on: .*they looked at the clock again/, patience);
    again.write(keys.enter);
    await again.waitFor(/│ they looked at the clock again/, patience);
    again.write(keys.ctrlC);
    expect((await again.exited).code).toBe(130);
    expect(filesWith(home.root, 'looked at the clock', passphrase)).toEqual([]);
  });

  it.each([
    ['where the session keeps things in memory', undefined, undefined],
    ['in /dev/shm, where XDG_RUNTIME_DIR lies on a disk', 'node_modules/.rupture-run', '/dev/shm/rupture-'],
  ])(
    'gives an editor a copy in memory %s, which is gone afterwards, as is all that it could have left',
    async (_, disk, expected) => {
      const home = await sealedHome();
      const runtime =
        disk === undefined ? (home.env['XDG_RUNTIME_DIR'] ?? '') : mkdtempSync(join(process.cwd(), disk));
      onTestFinished(() => rmSync(runtime, { recursive: true, force: true }));
      const editor = join(home.root, 'editor');
      writeFileSync(
        editor,
        `#!/bin/sh\necho "$1 $TMPDIR" > ${join(home.root, 'seen')}\nsed -i 's/wall/shelf/' "$1"\n`,
      );
      chmodSync(editor, 0o700);
      writeFileSync(join(home.root, 'pass'), `${passphrase}\n`);
      const ran = home.shell(`rupture edit last --passphrase-fd 3 3< ${join(home.root, 'pass')}`, {
        env: { EDITOR: editor, XDG_RUNTIME_DIR: runtime },
      });
      expect(ran.code).toBe(0);
      expect(ran.err.replace(/\s+/g, ' ')).toContain("can't be turned off from here");
      const [path = '', temp = ''] = readFileSync(join(home.root, 'seen'), 'utf8').trim().split(' ');
      expect([path.startsWith(expected ?? join(runtime, 'rupture-')), existsSync(path), temp]).toEqual([
        true,
        false,
        path.slice(0, path.lastIndexOf('/')),
      ]);
      expect(readdirSync(runtime)).toEqual([]);
      expect(filesWith(home.root, 'clock on the')).toEqual([]);
      expect(home.shell(`rupture show last --passphrase-fd 3 3< ${join(home.root, 'pass')}`).out).toContain(
        'clock on the shelf',
      );
    },
  );

  it('leaves no plaintext word and no passphrase anywhere after any command', async () => {
    const home = await sealedHome();
    writeFileSync(join(home.root, 'pass'), `${passphrase}\n`);
    const fd = `--passphrase-fd 3 3< ${join(home.root, 'pass')}`;
    mkdirSync(join(home.root, 'out'));
    for (const line of [
      `rupture summary ${fd}`,
      `rupture list ${fd}`,
      `rupture search clock ${fd}`,
      `rupture patterns ${fd}`,
      `rupture show last ${fd}`,
      `rupture export html ${fd}`,
      `rupture mark last planned --note "${secret}" ${fd}`,
      `rupture follow-up last --answers - ${fd} <<< '{said: "${secret}"}'`,
      `rupture undo ${fd}`,
      `rupture doctor ${fd}`,
      `rupture delete last --yes ${fd}`,
      `rupture trash list ${fd}`,
      `rupture trash restore last ${fd}`,
      `rupture encrypt rotate ${fd}`,
      `rupture encrypt status`,
      `rupture __complete bash show ''`,
      `rupture where`,
    ]) {
      const ran = home.shell(line);
      expect([line, ran.code === 4 || ran.err.includes('not your doing')]).toEqual([line, false]);
    }
    expect(filesWith(home.root, secret).filter(path => path !== 'pass')).toEqual([]);
    expect(filesWith(home.root, passphrase)).toEqual(['pass']);
    expect(filesBelow(home.folder).filter(path => path.endsWith('.md'))).toEqual([]);
  });
});
