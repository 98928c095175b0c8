import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { orderIn } from '../../support/harm.ts';
import { openPlace, run } from '../../support/world.ts';
import type { Place, Setting } from '../../support/world.ts';

// Much is tried on a machine that may do other things as well.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const sequences = [
  '\u001b[2J',
  '\u001b[H',
  '\u001b[31m',
  '\u001b[1;31m',
  '\u001b[1m',
  '\u001b[0m',
  '\u001b[8m',
  '\u001b[5A',
  '\u001b[K',
  '\u001b[?1049h',
  '\u001b[?25l',
  '\u001b[6n',
  '\u001b[c',
  '\u001b[5i',
  '\u001b[20t',
  '\u001b[4h',
  '\u001b[1;1r',
  '\u001b]0;owned\u0007',
  '\u001b]0;owned\u001b\\',
  '\u001b]52;c;b3duZWQ=\u0007',
  '\u001b]8;;http://example.invalid\u001b\\link\u001b]8;;\u001b\\',
  '\u001b]1337;File=:aGk=\u0007',
  '\u001b]11;?\u0007',
  '\u001bP$q"p\u001b\\',
  '\u001b_Gi=1;owned\u001b\\',
  '\u001b^owned\u001b\\',
  '\u001bXowned\u001b\\',
  '\u001bc',
  '\u001b(0',
  '\u001b)0',
  '\u001b7\u001b8',
  '\u001bM',
  '\u001b#8',
  '\u001b',
  '\u009b31m',
  '\u009d0;owned\u009c',
  '\u0090owned\u009c',
  '\u009fowned\u009c',
  '\u0085',
  '\u0084',
  '\u008d',
  '\u0007',
  '\b\b\b\b',
  '\u007f',
  '\u000b',
  '\u000c',
  '\r',
  'All is well\r',
  '\u000e',
  '\u000f',
  '\u0001',
  '\u0005',
  '\u0013',
  '\u0018',
  '\u001a',
  '\u001d',
  '\u001f',
  '\u202aa\u202c',
  '\u202b',
  '\u202d',
  '\u202eabc\u202c',
  '\u2066',
  '\u2067',
  '\u2068\u2069',
] as const;
const frames: readonly ((sequence: string) => string)[] = [
  one => one,
  one => `They ${one} moved`,
  one => `${one}${one}`,
  one => `漢${one}é👩\u200d💻`,
];
const payloads = frames.flatMap(region => sequences.map(region)).slice(0, 240);

const quoted = (text: string): string =>
  `"${text.replace(/["\\]/g, '\\$&').replace(/[\u0000-\u001f\u007f-\u009f]/g, one => `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;
const idOf = (at: number): string =>
  `p${'abcdefghjk'[Math.floor(at / 100)]}${'abcdefghjk'[Math.floor(at / 10) % 10]}${'abcdefghjk'[at % 10]}aa`;

let place: Place;
beforeAll(() => {
  place = openPlace();
  for (const path of [
    place.folder,
    place.config,
    join(place.folder, 'templates'),
    join(place.folder, 'broken'),
    join(place.home, 'in'),
  ])
    mkdirSync(path, { recursive: true, mode: 0o700 });
  for (const [at, one] of payloads.entries()) {
    const id = idOf(at);
    const front = `rupture: 1\nid: ${id}\nsession: 2026-01-${String(1 + (at % 28)).padStart(2, '0')}\nstatus: ${['open', 'planned', 'raised', 'repaired'][at % 4]}\ntitle: ${quoted(one)}\nwith: ${quoted(one)}\nkinds: [${quoted(`other: ${one}`)}]\nfeelings: [${quoted(one)}]\necho: [${quoted(one)}]\nsize: 5\nmine: ${quoted(one)}\nhistory:\n  - 2026-01-01 open 7\n`;
    writeFileSync(
      join(place.folder, `2026-01-05-${id}.md`),
      `---\n${front}---\n\n# ${one}\n\n## What happened\n\nmoved ${one}\n\n## One sentence\n\n${one} moved\n\n## ${one}\n\n- ${one}\n\n> ${one}\n\n| ${one} | [${one}](${one}) |\n| --- | --- |\n`,
      { mode: 0o600 },
    );
    writeFileSync(join(place.folder, 'broken', `${one.replace(/[/\0]/g, '')}${id}.md`), '---\nrupture: 1\n', {
      mode: 0o600,
    });
    writeFileSync(
      join(place.home, 'in', `${one.replace(/[/\0]/g, '')}${at}.md`),
      at % 2 === 0 ? '' : `# ${one}\n\n${one}\n`,
    );
  }
  const questions = payloads
    .slice(0, 60)
    .map(
      (one, at) =>
        `  - ask: mine_${at}\n    kind: select\n    words: ${quoted(one)}\n    hint: ${quoted(one)}\n    heading: ${quoted(`Of ${at} ${one.replace(/[\r\n]/g, '')}`)}\n    options:\n      - {key: a, label: ${quoted(one)}, reply: ${quoted(one)}}\n      - {key: b, label: B}\n`,
    )
    .join('');
  writeFileSync(
    join(place.folder, 'templates', 'mine.yaml'),
    `template: 1\nname: mine\nsteps:\n${questions}`,
  );
  writeFileSync(
    join(place.folder, 'templates', 'broken.yaml'),
    `template: 1\nname: ${quoted(payloads[1] ?? '')}\nsteps:\n${payloads.map(one => `  - ask: ${quoted(one)}\n    kind: ${quoted(one)}\n    ${quoted(one)}: x\n`).join('')}`,
  );
  writeFileSync(join(place.folder, 'help.md'), `# Mine\n\n${payloads.map(one => `- ${one}`).join('\n')}\n`);
  writeFileSync(
    join(place.config, 'config.json'),
    JSON.stringify({
      with: payloads.join(' '),
      therapist_word: payloads.slice(0, 40).join(' '),
      editor: payloads.slice(0, 40).join(' '),
      [payloads[0] ?? '']: 1,
    }),
  );
});
afterAll(() => place.remove());

const go = (args: readonly string[], more: Partial<Setting> = {}) => run(args, { place, input: '', ...more });

describe(`${payloads.length} payloads`, () => {
  it.each([
    'summary',
    'summary --format plain',
    'summary --format json',
    'summary --format tasks',
    'summary --format org',
    'summary --format todo-txt',
    'summary --format taskwarrior',
    'list',
    'list --format json',
    'list --format tasks',
    'search moved',
    'search moved --format json',
    'patterns',
    'patterns --format json',
    'patterns --format plain',
    'export json',
    'export csv',
    'export markdown',
    'export html',
    'doctor',
    'doctor --format json',
    'doctor --format plain',
    'trash list',
    'templates list',
    'templates check TEMPLATE',
    'config list',
    'config get with',
    'help-now',
    'reflect --template mine',
    'prep',
    'follow-up',
    'let-go',
    'import --dry-run IN',
    '__complete bash show ',
    '__complete zsh show ',
    '__complete fish list --kind ',
  ])('rupture %s gives no order of any of them, in a pipe and on a terminal', async line => {
    const args = line
      .split(' ')
      .map(word =>
        word
          .replace('TEMPLATE', join(place.folder, 'templates', 'broken.yaml'))
          .replace(/^IN$/, join(place.home, 'in')),
      );
    const [piped, onTerminal] = [
      await go(args, { input: '1\n'.repeat(100) }),
      await go(args, { outIsTerminal: true, columns: 44, input: '1\n'.repeat(100) }),
    ];
    expect([line, orderIn(piped.out, { colours: false }), orderIn(piped.err, { colours: false })]).toEqual([
      line,
      undefined,
      undefined,
    ]);
    // The codes of our own colours among the payloads are the same bytes as ours.
    expect([
      line,
      orderIn(onTerminal.out),
      orderIn(onTerminal.err),
      onTerminal.err.includes('Something went wrong'),
    ]).toEqual([line, undefined, undefined, false]);
    expect(piped.out.length + piped.err.length).toBeGreaterThan(0);
  });

  it('as words on the command line, each is refused or taken without an order', async () => {
    const ways: readonly ((one: string) => readonly string[])[] = [
      one => ['show', one],
      one => [one],
      one => ['list', '--status', one],
      one => ['list', `--${one}`],
      one => ['reflect', '-m', 'x', '--date', one],
      one => ['summary', '--format', one],
      one => ['mark', 'last', one],
      one => ['config', 'set', one, 'x'],
      one => ['config', 'set', 'mode', one],
      one => ['templates', 'show', one],
      one => ['templates', 'new', one],
      one => ['import', one],
      one => ['reflect', '--answers', one],
      one => ['reflect', '--template', one],
      one => ['learn', one],
      one => ['search', one],
      one => ['trash', 'restore', one],
      one => ['export', one],
      one => ['completion', one],
      one => ['summary', '--limit', one],
      one => ['list', '--kind', one],
      one => ['prep', one],
    ];
    const own = openPlace();
    await run(['reflect', '-m', 'They moved on.'], { place: own, input: '' });
    for (const [at, one] of payloads.entries()) {
      for (const way of [ways[at % ways.length], ways[(at * 7 + 3) % ways.length]]) {
        const args = way?.(one) ?? [];
        const ran = await run(args, { place: own, input: '', outIsTerminal: at % 2 === 0 });
        expect([args, orderIn(ran.out), orderIn(ran.err), ran.err.includes('Something went wrong')]).toEqual([
          args,
          undefined,
          undefined,
          false,
        ]);
      }
    }
    own.remove();
  });

  it('in a file of answers, each is refused or taken without an order', async () => {
    for (const [at, one] of payloads.entries()) {
      const text =
        [
          `sit: ${quoted(one)}\n`,
          `${quoted(one)}: x\n`,
          `sit: bothered\nkinds: [${quoted(one)}]\n`,
          `sit: bothered\nsize: ${quoted(one)}\n`,
        ][at % 4] ?? '';
      const own = openPlace();
      const ran = await run(['reflect', '--answers', '-'], { place: own, input: text });
      expect([text, orderIn(ran.out), orderIn(ran.err), ran.err.includes('Something went wrong')]).toEqual([
        text,
        undefined,
        undefined,
        false,
      ]);
      own.remove();
    }
  });

  it('control: show in a pipe is the file as it is, like cat, and the check sees every one of them', async () => {
    const own = openPlace();
    mkdirSync(own.folder, { mode: 0o700 });
    let seen = 0;
    for (const [at] of payloads.entries()) {
      const file = readFileSync(join(place.folder, `2026-01-05-${idOf(at)}.md`));
      writeFileSync(join(own.folder, 'note.md'), file);
      const { out } = await run(['show', 'last'], { place: own, input: '' });
      if (out === file.toString() && orderIn(out, { colours: false }) !== undefined) seen += 1;
    }
    own.remove();
    expect(seen).toBe(payloads.length);
    process.stderr.write(`control: ${seen} of ${payloads.length} payloads were caught in the bytes of cat\n`);
  });
});
