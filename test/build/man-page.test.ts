import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { manual } from '../../src/build/man-page.ts';
import { hasPrograms, reportMissing } from '../support/needs.ts';
import { openPlace, run } from '../support/world.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { version, man, files }: { version: string; man: string; files: readonly string[] } = JSON.parse(
  readFileSync(at('package.json'), 'utf8'),
);
const text = await manual(version);
const place = openPlace();
afterAll(() => place.remove());

const hasMan = hasPrograms('the manual page in man', 'man');
const hasMandoc = hasPrograms('the manual page in mandoc', 'mandoc');
const isBuilt = existsSync(at('man/rupture.1'));
if (!isBuilt) reportMissing('the manual page as it was built', 'man/rupture.1', 'npm run build');

async function helpOf(line: readonly string[], columns = 80): Promise<string> {
  return (
    await run([...line, '--help'], { place, input: '', outIsTerminal: true, columns, env: { NO_COLOR: '1' } })
  ).out;
}

const commands = [
  ...((await helpOf([])).split('Commands:\n')[1] ?? '').matchAll(/^ {2}([a-z][a-z-]*)/gm),
].map(([, name]) => name ?? '');

describe('the man page', () => {
  it.skipIf(!isBuilt)('is the newest build', () => {
    expect(readFileSync(at('man/rupture.1'), 'utf8')).toBe(text);
  });

  it('is named in package.json and included in the package', () => {
    expect(man).toBe('man/rupture.1');
    expect(files).toContain('man');
  });

  it('lists every key that a screen mentions', () => {
    const table = (/\.SH KEYS\n([^]*?)\.SH /.exec(text)?.[1] ?? '')
      .replaceAll('\\-', '-')
      .replaceAll('\\(ha', '^');
    const hints = readFileSync(at('templates/en/words/terminal.yaml'), 'utf8').replace(/^ *#.*$/gm, '');
    const named = new Set(hints.match(/\b(?:(?:Ctrl|Alt|Shift)-\w+|Tab|Enter|Esc|:[a-z]+)\b/g));
    expect([...named]).toEqual(expect.arrayContaining(['Ctrl-D', 'Ctrl-Y', 'Shift-Tab', 'Esc']));
    for (const key of named) expect(table).toMatch(new RegExp(`^\\.B .*(?<![\\w-])${key}\\b`, 'm'));
  });

  it('has every command and every flag of --help', async () => {
    expect(commands.length).toBeGreaterThan(15);
    for (const name of commands) {
      expect(text).toContain(`.SS rupture ${name.replaceAll('-', '\\-')}`);
      const flags = [...(await helpOf([name])).matchAll(/--[a-z][a-z-]+/g)]
        .map(([flag]) => flag)
        .filter(flag => flag !== '--help');
      for (const flag of flags) expect(text).toContain(flag.replaceAll('-', '\\-'));
    }
  });

  it.skipIf(!hasMan).each([60, 80])('is shown by man without a warning, %i columns wide', columns => {
    const shown = spawnSync('man', ['--warnings', '-E', 'UTF-8', '-l', '-'], {
      input: text,
      encoding: 'utf8',
      env: { ...process.env, MANWIDTH: String(columns), LC_ALL: 'C.UTF-8', MAN_KEEP_FORMATTING: '' },
    });
    expect([shown.status, shown.stderr]).toEqual([0, '']);
    expect(shown.stdout).toMatch(/^NAME\n +rupture - a private notebook/m);
    expect(shown.stdout).toMatch(/rupture mark \[id\] \[status\]/);
  });

  it.skipIf(!hasMandoc)('passes the check of mandoc', () => {
    const { stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'style'], { input: text, encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  it.skipIf(!hasMandoc)('would fail the check of mandoc if it had an error', () => {
    expect(
      spawnSync('mandoc', ['-T', 'lint', '-W', 'style'], { input: `${text}.XX nothing\n`, encoding: 'utf8' })
        .stdout,
    ).toContain('XX');
  });
});

describe('--help', () => {
  const lines: readonly (readonly string[])[] = [
    [],
    ...commands.map(name => [name]),
    ['config', 'set'],
    ['templates', 'new'],
    ['trash', 'restore'],
  ];

  it.each(lines.map(line => [line.join(' '), line] as const))(
    'of rupture %s begins with its usage, and then an example',
    async (_name, line) => {
      const shown = await helpOf(line);
      const [usage, examples = ''] = shown.split('\n\n');
      expect(usage).toMatch(/^Usage: rupture/);
      expect(examples).toMatch(/^Examples:\n {2}\S/);
      expect(examples).toContain('rupture');
    },
  );

  it.each([[], ['demo']].map(line => [line.join(' '), line] as const))(
    'is what rupture %s says in a pipe, to its last line',
    async (_name, line) => {
      const env = { TMPDIR: place.home };
      const { exit, out } = await run([...line], { place, input: '', env });
      expect([exit, out]).toEqual([0, (await run(['--help'], { place, input: '', env })).out]);
      expect(out).toMatch(
        /\n\nrupture COMMAND --help shows examples\. rupture help-now names people to reach\.\n$/,
      );
    },
  );

  it.each([60, 80])('fits into %i columns', async columns => {
    for (const line of lines) {
      const wide = (await helpOf(line, columns)).split('\n').filter(row => row.length > columns);
      expect(wide).toEqual([]);
    }
  });

  it('shows only the examples of a subcommand, if it has any', async () => {
    expect(await helpOf(['templates', 'new'])).toContain('Examples:\n  rupture templates new monday\n');
    expect(await helpOf(['templates', 'new'])).not.toContain('rupture templates list');
  });
});
