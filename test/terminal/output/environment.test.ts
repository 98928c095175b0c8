import { describe, expect, it } from 'vitest';
import { isAsciiLocale, openAsciiSink } from '../../../src/terminal/output/ascii-sink.ts';
import { isOn, wantsColour, withTerminals } from '../../../src/terminal/output/environment.ts';
import type { Sink } from '../../../src/terminal/output/sink.ts';

describe('colour', () => {
  it.each([
    [{}, true],
    [{ TERM: 'dumb' }, false],
    [{ NO_COLOR: '1' }, false],
    [{ NO_COLOR: '' }, true],
    [{ NODE_DISABLE_COLORS: '1' }, false],
    [{ NODE_DISABLE_COLORS: '' }, true],
    [{ CLICOLOR: '0' }, false],
    [{ CLICOLOR: '1' }, true],
    [{ CLICOLOR_FORCE: '1', TERM: 'dumb' }, true],
    [{ CLICOLOR_FORCE: '1', NO_COLOR: '1' }, false],
    [{ FORCE_COLOR: '0' }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ])('of %j on a terminal: %s', (env, colour) => {
    expect(wantsColour(env, true)).toBe(colour);
    // A pipe gets data, whatever the variables ask for.
    expect(wantsColour(env, false)).toBe(false);
  });

  it.each([
    ['1', true],
    ['yes', true],
    ['0', false],
    ['false', false],
    ['', false],
    [undefined, false],
  ])('a variable with %j counts as on: %s', (value, on) => {
    expect(isOn(value)).toBe(on);
  });
});

describe('a locale', () => {
  it.each([
    [{ LC_ALL: 'C' }, true],
    [{ LC_ALL: 'POSIX', LANG: 'en_US.UTF-8' }, true],
    [{ LANG: 'C' }, true],
    [{ LC_CTYPE: 'de_DE.ISO-8859-1@euro' }, true],
    [{ LC_ALL: 'C.UTF-8' }, false],
    [{ LC_ALL: 'en_US.utf8', LANG: 'C' }, false],
    [{ LANG: 'en_US' }, false],
    [{ LC_CTYPE: 'UTF-8' }, false],
    [{}, false],
    [{ LC_ALL: '', LANG: 'de_DE.UTF-8' }, false],
  ])('%j is one of ASCII: %s', (env, is) => {
    expect(isAsciiLocale(env)).toBe(is);
  });
});

describe('a terminal that knows ASCII only', () => {
  const open = (isTTY: boolean): { readonly stream: Sink; readonly written: () => string } => {
    const all: string[] = [];
    return {
      stream: { write: text => all.push(String(text)), on: () => undefined, isTTY, columns: 60 },
      written: () => all.join(''),
    };
  };
  it("gets our signs in ASCII, and the person's letters unchanged", () => {
    const { stream, written } = open(true);
    const ascii = openAsciiSink(stream, { isDrawnOver: false });
    ascii.write('› “one” · two… │ ◉ ○ – ’ über 漢');
    expect([written(), ascii.columns, ascii.isTTY]).toEqual([
      '> "one" - two... | * o - \' über 漢',
      60,
      true,
    ]);
  });

  it('keeps the width of redrawn text', () => {
    const { stream, written } = open(true);
    openAsciiSink(stream, { isDrawnOver: true }).write('› “one” · two…');
    expect([written(), written().length]).toEqual(['> "one" - two~', '› “one” · two…'.length]);
  });

  it("is no pipe, and no other locale's", () => {
    const [terminal, pipe] = [open(true), open(false)];
    const both = withTerminals(
      { stdout: pipe.stream, stderr: terminal.stream, platform: 'linux' },
      { LC_ALL: 'C' },
    );
    both.stdout.write('·');
    both.stderr.write('·');
    expect([pipe.written(), terminal.written()]).toEqual(['·', '-']);
    withTerminals(
      { stdout: pipe.stream, stderr: terminal.stream, platform: 'linux' },
      { LANG: 'de_DE.UTF-8' },
    ).stderr.write('·');
    expect(terminal.written()).toBe('-·');
  });
});
